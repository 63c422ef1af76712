"""Rights about to be lost or gained, as sentences for the person who can act on them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from semesta.benefits.entitlement import Death
from semesta.kernel import Month, day_in_words
from semesta.law.book import law_at
from semesta.ledger.ranges import Span, merge, month_at
from semesta.ledger.standing import PROTECTED, Lapse

# How far ahead a warning looks, in days; and from how many months short of the
# scholarship's minimum someone counts as near it.
AHEAD = 60
NEAR_MONTHS = 5


@dataclass(frozen=True)
class Notice:
    """One warning about one person; `due_on` is the day on which something changes."""

    person_id: int
    kind: str
    due_on: date | None
    detail: str


def lapse_notice(lapse: Lapse) -> Notice:
    """Protection ends unless somebody pays."""
    return Notice(
        lapse.person_id,
        "lapses_soon",
        lapse.lapses_on,
        f"Iuran {lapse.segment} dibayar sampai {(lapse.paid_until + -1).in_words()}. "
        "Bila tidak dilanjutkan, perlindungan hilang mulai "
        f"{day_in_words(lapse.lapses_on)} (masa iur {lapse.tenure_months} bulan).",
    )


def birthday_within(born_on: date, years: int, on: date, days: int) -> date | None:
    """The day of that birthday, when it lies within `days` after `on`.

    Someone born on 29 February turns a year older on 1 March in other years.
    """
    try:
        day = born_on.replace(year=born_on.year + years)
    except ValueError:
        day = date(born_on.year + years, 3, 1)
    return day if on < day <= on + timedelta(days=days) else None


def age_limit(on: date) -> int | None:
    """The age below which one may register first (Permenaker 5/2021), if any then."""
    found = law_at(on).find("bpu.max_age")
    return None if found is None else int(found.value)


def scholarship_minimum(on: date) -> int:
    """Paid months from which a death leaves scholarships (PP 82/2019 art. 34(1)d)."""
    return int(law_at(on).get("scholarship.jkm_minimum_months").value)


def age_notice(
    person_id: int, born_on: date, on: date, *, limit: int, is_member: bool
) -> Notice | None:
    """The age limit of first registration comes near."""
    day = birthday_within(born_on, limit, on, AHEAD)
    if day is None:
        return None
    detail = f"Berusia {limit} tahun pada {day_in_words(day)}. " + (
        "Boleh terus dibayar selama masih bekerja; bila terhenti sampai nonaktif, "
        "tidak dapat mendaftar lagi."
        if is_member
        else "Sejak hari itu tidak dapat lagi didaftarkan sebagai peserta BPU."
    )
    return Notice(person_id, "turns_65", day, detail)


def paid_after_death(
    death: Death, spans: Iterable[tuple[str, Span]], on: date
) -> Notice | None:
    """Months paid that begin after the death (or, its day unknown, after `on`)."""
    from_index = Month.of(death.died_on or on).index + 1
    late = merge(
        Span(max(span.start, from_index), span.until)
        for _, span in spans
        if span.until > from_index
    )
    if not late:
        return None
    months = sum(span.months for span in late)
    when = (
        f"Meninggal {day_in_words(death.died_on)}"
        if death.died_on
        else "Tercatat meninggal (tanggal belum diketahui)"
    )
    return Notice(
        death.person_id,
        "dead_but_paid",
        None,
        f"{when}, tetapi {months} bulan sesudahnya dibayar "
        f"({month_at(late[0].start).in_words()} s.d. "
        f"{month_at(late[-1].until - 1).in_words()}).",
    )


def near_scholarship(
    row: Mapping[str, Any], on: date, *, minimum: int
) -> Notice | None:
    """A protected member who lacks few months to the scholarship's minimum.

    `row` is a row of the ledger's standing table. The month named is that in which
    the last missing month begins, if every month until then is paid.
    """
    short = minimum - row["tenure_months"]
    if row["status"] not in PROTECTED or not 1 <= short <= NEAR_MONTHS:
        return None
    paid_until = Month.of(row["paid_until"])
    counted = min(paid_until + -1, Month.of(on))
    reached = counted + short
    if reached < paid_until:
        how = f"tercapai {reached.in_words()}; bulan-bulan itu sudah dibayar"
    elif reached <= Month.of(on):
        how = f"tercapai begitu iuran sampai {reached.in_words()} dilunasi"
    else:
        how = f"tercapai {reached.in_words()} bila tidak terputus"
    return Notice(
        row["person_id"],
        "near_36_months",
        reached.first_day,
        f"{row['tenure_months']} bulan dibayar sebagai peserta {row['segment']}, kurang "
        f"{short} bulan untuk hak beasiswa anak ({how}).",
    )
