"""What an employer must do: programmes by size, and by when each duty is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from semesta.law.answer import YesNo
from semesta.law.book import Law, Overrides, Reading, law_at
from semesta.law.due_dates import after_working_days
from semesta.law.known import check_known


def programmes_of(law: Law, size: str) -> tuple[str, ...]:
    """The programmes an employer of this size must join; blank size means all.

    Perpres 109/2013 art. 6(3). UserError `law.size` for an unknown size.
    """
    table = law.get("employer.programmes").value
    if not size:
        return max((tuple(joined) for joined in table.values()), key=len)
    check_known(size, table, code="law.size", what="Skala usaha")
    return tuple(table[size])


@dataclass(frozen=True)
class Size:
    """The size class of an enterprise, "" when the facts do not decide it."""

    size: str
    why: str
    law: str
    needs: tuple[str, ...] = ()


def size_of(
    on: date, *, capital: int | None = None, yearly_sales: int | None = None
) -> Size:
    """mikro, kecil, menengah or besar, by capital at registration, else by sales.

    Capital without land and buildings. PP 7/2021 art. 35. Whole rupiah.
    """
    found = law_at(on).get("employer.size")
    measured = ("capital", capital) if capital is not None else ("sales", yearly_sales)
    column, amount = measured
    if amount is None:
        needed = ("modal usaha, atau hasil penjualan setahun",)
        return Size("", f"Diperlukan: {needed[0]}.", found.law, needed)
    row = next(
        row for row in found.value if row[column] is None or amount <= row[column]
    )
    return Size(row["size"], f"Usaha {row['size']} ({found.law}).", found.law)


@dataclass(frozen=True)
class JobLossRight:
    """Whether a worker belongs in JKP, and why."""

    answer: YesNo
    why: str
    law: str
    needs: tuple[str, ...] = ()


def job_loss_right(
    on: date,
    *,
    citizen: bool | None,
    age_at_registration: int | None,
    size: str,
    programmes: tuple[str, ...] | None,
    health_insured: bool | None,
) -> JobLossRight:
    """Whether the conditions of JKP are met on a day. PP 6/2025 art. 4.

    One condition that fails decides; otherwise every missing fact is named.
    """
    found = law_at(on).get("pu.jkp.condition")
    limit, needed = found.value["below_age"], found.value["programmes"][size or "besar"]
    conditions: list[tuple[bool | None, str, str]] = [
        (citizen, "bukan warga negara Indonesia", "kewarganegaraan"),
        (None if age_at_registration is None else age_at_registration < limit,
         f"sudah berusia {limit} tahun saat didaftarkan", "usia saat didaftarkan"),
        (None if programmes is None else set(needed) <= set(programmes),
         f"belum ikut {', '.join(needed)}", "program yang diikuti"),
        (health_insured, "belum ikut JKN", "kepesertaan JKN"),
    ]  # fmt: skip
    failed = [why for met, why, _ in conditions if met is False]
    if failed:
        return JobLossRight("no", f"Tidak: {'; '.join(failed)}.", found.law)
    missing = tuple(fact for met, _, fact in conditions if met is None)
    if missing:
        why = f"Diperlukan: {', '.join(missing)}."
        return JobLossRight("unknown", why, found.law, missing)
    return JobLossRight("yes", "Semua syarat JKP dipenuhi.", found.law)


@dataclass(frozen=True)
class Due:
    """The last day of one duty, with its article."""

    code: str
    what: str
    last_day: date
    law: str


# What starts each clock: its parameter, whether it counts working days, and the duty.
_CLOCKS = {
    "form_received": [
        ("employer.registration_days", True, "Mengembalikan formulir pendaftaran"),
    ],
    "worker_hired": [
        (
            "employer.hiring_days",
            True,
            "Mendaftarkan pekerja baru ke JKK, JKM, dan JHT",
        ),
        ("employer.jp_registration_days", False, "Mendaftarkan pekerja baru ke JP"),
    ],
    "data_changed": [
        ("employer.change_report_days", True, "Melaporkan perubahan data"),
    ],
    "work_order": [
        ("jakon.registration_days", True, "Mendaftarkan proyek konstruksi"),
    ],
    "project_worker_changed": [
        ("jakon.change_report_days", True, "Melaporkan perubahan pekerja proyek"),
    ],
}


def due_by(event: str, on: date, *, switches: Overrides = None) -> tuple[Due, ...]:
    """What an event at an employer makes due, and by which day.

    `event` is form_received, worker_hired, data_changed, work_order or
    project_worker_changed. UU 24/2011 art. 15, PP 86/2013 art. 3, PP 44/2015 arts. 6,
    9, 10, PP 45/2015 art. 4. KeyError for any other event.
    """
    law = law_at(on, Reading.of(switches))
    found = []
    for key, working, what in _CLOCKS[event]:
        rule = law.get(key)
        last = (
            after_working_days(on, rule.value)
            if working
            else on + timedelta(days=rule.value)
        )
        found.append(Due(key, what, last, rule.law))
    return tuple(found)
