"""How a benefit is claimed: what is owed in kind, papers, and who must act by when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from semesta.kernel import UserError, day_in_words
from semesta.law.answer import in_words
from semesta.law.book import Law, Overrides, Reading, law_at

INSURER = "BPJS Ketenagakerjaan"
LABOUR_OFFICE = "dinas ketenagakerjaan setempat"
AT_WORK = ("work_death", "total_disability", "partial_disability", "work_accident")
# Whose papers each kind of event needs.
_PAPERS = {"death": "death", "work_death": "work_death"}


@dataclass(frozen=True)
class Deadline:
    """Something that must be done, by whom, to whom, and until when.

    `within` says it in words; `last_day` is the day where the case decides it, None
    where it hangs on a day to come (healed, file complete).
    """

    code: str
    what: str
    who: str
    to: str
    within: str
    last_day: date | None
    law: str

    def as_dict(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "what": self.what,
            "who": self.who,
            "to": self.to,
            "within": self.within,
            "last_day": self.last_day.isoformat() if self.last_day else None,
            "law": self.law,
        }


@dataclass(frozen=True)
class InKind:
    """A right that is no money: `explanation` says what, in the law's words."""

    code: str
    explanation: str
    law: str


def in_kind(kind: str, on: date, *, switches: Overrides = None) -> tuple[InKind, ...]:
    """Care and help after a work accident, also while contributions are overdue.

    PP 44/2015 arts. 25, 31, 39(1), 49. Nothing for a death that was no accident.
    """
    if kind not in AT_WORK:
        return ()
    law = law_at(on, Reading.of(switches))
    codes = ["jkk.medical_care"]
    codes += ["jkk.return_to_work"] if kind != "work_death" else []
    found = [law.get(code) for code in codes]
    return tuple(InKind(each.key, str(each.value), each.law) for each in found)


def time_limit(kind: str, on: date, *, switches: Overrides = None) -> date | None:
    """The last day for claiming; None where the law names none (JKM).

    JKK: five years from the accident, two for accidents before 2 December 2019.
    PP 44/2015 and PP 82/2019 art. 26.
    """
    if kind not in AT_WORK:
        return None
    rule = law_at(on, Reading.of(switches)).get("jkk.time_limit")
    return years_later(on, rule.value)


def years_later(day: date, years: int) -> date:
    """The same day so many years later; 1 March for a 29 February that has none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, day.month + 1, 1)


def check_reported(on: date, reported_on: date | None) -> None:
    """UserError `law.reported` when an event is reported before it happened."""
    if reported_on is not None and reported_on < on:
        raise UserError(
            "law.reported",
            "Tanggal laporan mendahului peristiwanya.",
            f"Peristiwa {day_in_words(on)}, laporan {day_in_words(reported_on)}.",
            "Periksa kedua tanggal itu.",
        )


def documents(
    kind: str, on: date, *, scholarship: bool = False, switches: Overrides = None
) -> tuple[tuple[str, str], ...]:
    """The papers to bring: pairs of what for (santunan, beasiswa) and which."""
    table = law_at(on, Reading.of(switches)).get("claim.documents").value
    papers = [("santunan", name) for name in table[_PAPERS.get(kind, "injury")]]
    if scholarship:
        papers += [("beasiswa", name) for name in table["scholarship"]]
    return tuple(papers)


def deadlines(
    kind: str,
    on: date,
    *,
    segment: str = "BPU",
    scholarship: bool = False,
    switches: Overrides = None,
) -> tuple[Deadline, ...]:
    """Who must report, claim, pay and prove by when. One entry per duty, in order.

    PP 44/2015 arts. 26, 37, 40, 43, 44; PP 82/2019 art. 26; PP 49/2023 art. 25A.
    """
    law = law_at(on, Reading.of(switches))
    found = list(_reports(law, kind, segment)) if kind in AT_WORK else []
    found.append(_claim(law, kind))
    found.append(_payment(law, kind))
    if scholarship:
        levels = law.find("scholarship.levels")
        if levels is not None:
            found.append(
                Deadline(
                    "scholarship_proof", "Bukti masih sekolah", "Wali anak", INSURER,
                    "setiap tahun ajaran", None, levels.law,
                )
            )  # fmt: skip
    return tuple(found)


def _reports(law: Law, kind: str, segment: str) -> Iterator[Deadline]:
    rule = law.get("claim.report_days")
    who = "Pemberi kerja" if segment == "PU" else "Peserta atau keluarganya"
    to = f"{INSURER} dan {LABOUR_OFFICE}"
    first = law.on + timedelta(days=rule.value["first"])
    yield Deadline(
        "first_report", "Laporan kecelakaan tahap pertama", who, to,
        f"{rule.value['first']} × 24 jam sejak kejadian", first, rule.law,
    )  # fmt: skip
    second = law.on + timedelta(days=rule.value["second"])
    yield Deadline(
        "second_report", "Laporan kecelakaan tahap kedua", who, to,
        f"{rule.value['second']} × 24 jam sejak sembuh, cacat, atau meninggal",
        second if kind == "work_death" else None, rule.law,
    )  # fmt: skip
    suspected = law.find("jkk.suspected_days")
    if suspected is not None:
        yield Deadline(
            "conclusion", "Kesimpulan apakah kecelakaan kerja", INSURER,
            who if segment != "PU" else f"Peserta atau keluarganya, dan {who.lower()}",
            f"{suspected.value} hari sejak laporan tahap pertama", None, suspected.law,
        )  # fmt: skip


def _claim(law: Law, kind: str) -> Deadline:
    if kind not in AT_WORK:
        rule = law.get("claim.jkm_time_limit")
        return Deadline(
            "claim", "Pengajuan JKM", "Ahli waris", INSURER,
            str(rule.value).lower(), None, rule.law,
        )  # fmt: skip
    rule = law.get("jkk.time_limit")
    who = "Ahli waris" if kind == "work_death" else "Peserta"
    return Deadline(
        "claim", "Pengajuan JKK", who, INSURER, f"{rule.value} tahun sejak kecelakaan",
        time_limit(kind, law.on, switches=law.reading), rule.law,
    )  # fmt: skip


def _payment(law: Law, kind: str) -> Deadline:
    rule = law.get("jkk.paid_within" if kind in AT_WORK else "jkm.paid_within")
    late = law.get("claim.late_compensation")
    to = "Peserta" if kind in AT_WORK and kind != "work_death" else "Ahli waris"
    within = (
        f"{rule.value} hari kerja sesudah berkas lengkap; terlambat, ditambah "
        f"{in_words(late.value)} per hari"
    )
    return Deadline("payment", "Pembayaran", INSURER, to, within, None, rule.law)
