"""Is a member protected on a day, since when, and how many months were paid.

`standing` answers for one person, `standing_expr` for a table of paid ranges on any
engine; tests hold the two together. PP 44/2015 arts. 21, 24, 38–42.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from semesta.kernel import Month
from semesta.law.book import Overrides, Reading, law_at
from semesta.law.due_dates import check_segment, last_overdue

if TYPE_CHECKING:
    import ibis.expr.types as ir

Status = Literal["active", "grace", "lapsed", "never"]
STATUS_IN_WORDS: dict[str, str] = {
    "active": "aktif",
    "grace": "masa tenggang",
    "lapsed": "nonaktif",
    "never": "belum pernah terlindungi",
}
GRACE = {"BPU": "bpu.grace_months", "PU": "pu.grace_months"}


class Paid(NamedTuple):
    """Months one payer paid, half-open: [paid_from, paid_until)."""

    paid_from: Month
    paid_until: Month
    payer: str = ""


@dataclass(frozen=True)
class Standing:
    """A member's standing on a day. Months count once, whoever paid them.

    status: active = nothing overdue, grace = 1–3 overdue months in a row, lapsed =
    more, never = no paid month has begun. tenure_months: paid months that have begun,
    as the switch `tenure_after_lapse` reads them. unpaid_months: overdue months.
    paid_until: end (exclusive) of the last paid run that has begun. spell_from and
    spell_months: the current membership, which a lapse ends; spells: how many.
    """

    status: Status
    tenure_months: int
    unpaid_months: int
    paid_until: Month | None
    spell_from: Month | None
    switches_used: tuple[str, ...] = ()
    spell_months: int = 0
    paid_months: int = 0
    spells: int = 0
    on: date | None = None

    @property
    def status_in_words(self) -> str:
        return STATUS_IN_WORDS[self.status]


NEVER = Standing("never", 0, 0, None, None)


@dataclass(frozen=True)
class _Terms:
    """The law of one question, as month indexes and numbers of months."""

    grace: int
    overdue: int
    this_month: int
    restarts: bool
    gaps_count: bool


def _terms(on: date, segment: str, reading: Reading) -> _Terms:
    check_segment(segment)
    return _Terms(
        grace=law_at(on, reading).get(GRACE[segment]).value,
        overdue=last_overdue(on, segment, reading=reading).index,
        this_month=Month.of(on).index,
        restarts=reading.peek("tenure_after_lapse") == "restarts",
        gaps_count=reading.peek("gap_inside_spell") == "counts_as_arrears",
    )


def standing(
    paid: Iterable[Paid | Sequence[Any]],
    *,
    on: date,
    segment: str = "BPU",
    switches: Overrides = None,
) -> Standing:
    """The standing of one person from their paid ranges (any order, overlaps allowed).

    A range is `Paid` or a sequence that starts with two months. UserError
    `law.segment`, `law.switch`, or `law.no_rule` before 1 July 2015.
    """
    reading = Reading.of(switches)
    terms = _terms(on, segment, reading)
    months = sorted({m for r in paid for m in range(r[0].index, r[1].index)})
    runs = _runs(months, allowed_gap=0)
    begun = [run for run in runs if run[0] <= terms.this_month]
    if not begun:
        return Standing("never", 0, 0, None, None, on=on)
    until = begun[-1][-1] + 1
    paid_months = [m for run in begun for m in run if m <= terms.this_month]
    spells = _runs(paid_months, allowed_gap=terms.grace)
    spell = spells[-1]
    missed = set(range(spell[0], spell[-1])) - set(spell)
    gaps = sum(1 for month in missed if month <= terms.overdue)
    trailing = max(0, terms.overdue - until + 1)
    unpaid = trailing + (gaps if terms.gaps_count and trailing <= terms.grace else 0)
    status = _status(trailing, unpaid, terms.grace)
    if gaps and status != "lapsed":
        reading.pick("gap_inside_spell")
    if len(spells) > 1 or status == "lapsed":
        reading.pick("tenure_after_lapse")
    current = 0 if status == "lapsed" else len(spell)
    return Standing(
        status=status,
        tenure_months=current if terms.restarts else len(paid_months),
        unpaid_months=unpaid,
        paid_until=_month(until),
        spell_from=_month(spell[0]),
        switches_used=reading.used,
        spell_months=len(spell),
        paid_months=len(paid_months),
        spells=len(spells),
        on=on,
    )


@dataclass(frozen=True)
class Hold:
    """How far the membership running on a day reaches if nothing more is paid.

    until: the month after its last paid one, prepaid months and gaps that do not end
    it included. spell_from, spell_months: that membership as it will be by then;
    paid_months: all months paid by then, earlier memberships too, each once.
    """

    until: Month
    spell_from: Month
    spell_months: int
    paid_months: int


def hold(
    paid: Iterable[Paid | Sequence[Any]],
    *,
    on: date,
    segment: str = "BPU",
    switches: Overrides = None,
) -> Hold | None:
    """The hold of the membership that began last by `on`; None when none has begun.

    Whether it still protects on that day is for `standing` to say.
    """
    terms = _terms(on, segment, Reading.of(switches))
    months = sorted({m for r in paid for m in range(r[0].index, r[1].index)})
    spells = _runs(months, allowed_gap=terms.grace)
    begun = [spell for spell in spells if spell[0] <= terms.this_month]
    if not begun:
        return None
    return Hold(
        until=_month(begun[-1][-1] + 1),
        spell_from=_month(begun[-1][0]),
        spell_months=len(begun[-1]),
        paid_months=sum(len(spell) for spell in begun),
    )


def _runs(months: list[int], *, allowed_gap: int) -> list[list[int]]:
    """Sorted months cut where more than `allowed_gap` months are missing."""
    runs: list[list[int]] = []
    for month in months:
        if runs and month - runs[-1][-1] - 1 <= allowed_gap:
            runs[-1].append(month)
        else:
            runs.append([month])
    return runs


def _status(trailing: int, unpaid: int, grace: int) -> Status:
    if trailing > grace:
        return "lapsed"
    return "grace" if unpaid else "active"


def _month(index: int) -> Month:
    return Month(index // 12, index % 12 + 1)


def standing_expr(
    ranges: ir.Table,
    on: date,
    *,
    segment: str = "BPU",
    switches: Overrides = None,
) -> ir.Table:
    """The same standing as a table: one row per person with a paid month begun by `on`.

    `ranges` has person_id, paid_from, paid_until (dates, half-open; overlaps allowed).
    Gives person_id, status, tenure_months, unpaid_months, paid_until, spell_from
    (dates), spell_months, paid_months, spells. Who is missing was never protected.
    Runs on DuckDB and Spark alike.
    """
    import ibis

    terms = _terms(on, segment, Reading.of(switches))
    spells = _spells(_islands(ranges), terms)
    last = spells.spell == spells.spell.max().over(group_by=spells.person_id)
    people = spells.mutate(is_last=last).group_by("person_id").aggregate(
        paid_months=lambda t: t.months.sum(),
        spells=lambda t: t.spell.max(),
        spell_months=lambda t: t.months.sum(where=t.is_last),
        begins=lambda t: t.begins.max(where=t.is_last),
        until=lambda t: t.ends.max(where=t.is_last),
        gaps=lambda t: t.gaps.max(where=t.is_last),
    )  # fmt: skip
    trailing = ibis.greatest(terms.overdue - people.until + 1, 0)
    lapsed = trailing > terms.grace
    gaps = people.gaps if terms.gaps_count else people.gaps * 0
    unpaid = ibis.ifelse(lapsed, trailing, trailing + gaps)
    current = ibis.ifelse(lapsed, 0, people.spell_months)
    status = ibis.cases((lapsed, "lapsed"), (unpaid > 0, "grace"), else_="active")
    return people.select(
        "person_id",
        status=status,
        tenure_months=current if terms.restarts else people.paid_months,
        unpaid_months=unpaid,
        paid_until=_first_day(people.until),
        spell_from=_first_day(people.begins),
        spell_months=people.spell_months,
        paid_months=people.paid_months,
        spells=people.spells,
    )


# No month is later: with it as this month, every paid month has begun.
_FAR = Month.of(date.max).index


def hold_expr(
    ranges: ir.Table,
    on: date,
    *,
    segment: str = "BPU",
    switches: Overrides = None,
) -> ir.Table:
    """The same as `hold` as a table: one row per person with a paid month begun by `on`.

    `ranges` as for `standing_expr`. Gives person_id, until, spell_from (dates),
    spell_months, paid_months. Runs on DuckDB and Spark alike.
    """
    terms = _terms(on, segment, Reading.of(switches))
    spells = _spells(_islands(ranges), replace(terms, this_month=_FAR))
    spells = spells.filter(spells.begins <= terms.this_month)
    last = spells.spell == spells.spell.max().over(group_by=spells.person_id)
    people = spells.mutate(is_last=last).group_by("person_id").aggregate(
        until=lambda t: t.ends.max(where=t.is_last),
        begins=lambda t: t.begins.max(where=t.is_last),
        spell_months=lambda t: t.months.sum(where=t.is_last),
        paid_months=lambda t: t.months.sum(),
    )  # fmt: skip
    return people.select(
        "person_id",
        until=_first_day(people.until),
        spell_from=_first_day(people.begins),
        spell_months=people.spell_months,
        paid_months=people.paid_months,
    )


def merged_expr(ranges: ir.Table) -> ir.Table:
    """The same paid months as ranges that neither overlap nor touch.

    Gives person_id, paid_from, paid_until: what the other expressions take as well.
    """
    islands = _islands(ranges)
    return islands.select(
        "person_id",
        paid_from=_first_day(islands.begins),
        paid_until=_first_day(islands.ends),
    )


def gap_expr(ranges: ir.Table, on: date) -> ir.Table:
    """The unpaid stretches between paid months begun by `on`, one row per stretch.

    Gives person_id, gap_from, gap_until (first days of months, half-open).
    """
    import ibis

    islands = _islands(ranges)
    islands = islands.filter(islands.begins <= Month.of(on).index)
    order = ibis.window(group_by=islands.person_id, order_by=islands.begins)
    gaps = islands.mutate(before=islands.ends.lag().over(order))
    gaps = gaps.filter(gaps.before.notnull())
    return gaps.select(
        "person_id", gap_from=_first_day(gaps.before), gap_until=_first_day(gaps.begins)
    )


def _islands(ranges: ir.Table) -> ir.Table:
    """Runs of months without a gap. One row per person and run: begins, ends."""
    import ibis

    t = ranges.select(
        "person_id",
        begins=month_index(ranges.paid_from),
        ends=month_index(ranges.paid_until),
    ).filter(lambda t: t.ends > t.begins)
    order = [t.begins, t.ends]
    before = ibis.window(group_by=t.person_id, order_by=order, rows=(None, -1))
    t = t.mutate(reached=t.ends.max().over(before))
    t = t.mutate(opens=ibis.ifelse(t.begins > t.reached.coalesce(-1), 1, 0))
    upto = ibis.window(
        group_by=t.person_id, order_by=[t.begins, t.ends], rows=(None, 0)
    )
    t = t.mutate(island=t.opens.sum().over(upto))
    return t.group_by("person_id", "island").aggregate(
        begins=t.begins.min(), ends=t.ends.max()
    )


def _spells(islands: ir.Table, terms: _Terms) -> ir.Table:
    """Memberships: islands apart by at most the grace. One row per person and spell.

    begins, ends (indexes, prepaid months too), months (paid and begun), gaps (overdue).
    """
    import ibis

    t = islands.filter(islands.begins <= terms.this_month)
    order = ibis.window(group_by=t.person_id, order_by=t.begins)
    t = t.mutate(gap=t.begins - t.ends.lag().over(order))
    t = t.mutate(
        opens=ibis.ifelse(t.gap.coalesce(terms.grace + 1) > terms.grace, 1, 0),
        months=ibis.least(t.ends, terms.this_month + 1) - t.begins,
    )
    upto = ibis.window(group_by=t.person_id, order_by=t.begins, rows=(None, 0))
    t = t.mutate(spell=t.opens.sum().over(upto))
    # A gap counts as far as its months are overdue (with PU the last may not be).
    late = t.gap - ibis.greatest(t.begins - (terms.overdue + 1), 0)
    inside = ibis.ifelse(t.opens == 1, 0, ibis.greatest(late, 0))
    return t.mutate(inside=inside).group_by("person_id", "spell").aggregate(
        begins=lambda t: t.begins.min(),
        ends=lambda t: t.ends.max(),
        months=lambda t: t.months.sum(),
        gaps=lambda t: t.inside.sum(),
    )  # fmt: skip


def month_index(day: Any) -> Any:
    """The month index of a date column (see `Month.index`)."""
    return day.year() * 12 + day.month() - 1


def _first_day(index: Any) -> Any:
    import ibis

    year = (index - index % 12) / 12
    return ibis.date(year.cast("int32"), (index % 12 + 1).cast("int32"), 1)
