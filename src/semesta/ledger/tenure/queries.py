"""The only readers of the tenure guard; area limits are applied here."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from semesta.access.rights import check_may
from semesta.audit.models import Run
from semesta.audit.queries import newest_run
from semesta.ledger import queries as ledger
from semesta.ledger.ranges import span_of
from semesta.ledger.tenure.children import CHILD, PARENTS, UNMARRIED, ChildFacts
from semesta.ledger.tenure.figures import figures_of
from semesta.ledger.tenure.guard import Guard, PaidRange, guard_of
from semesta.registry.models import Person
from semesta.registry.queries import numbers_of, people_in_view
from semesta.warehouse.engines import duck
from semesta.warehouse.workspace import Workspace

if TYPE_CHECKING:
    from semesta.access.models import User

STAGE = "guard"


def guard_file(workspace: Workspace, key: str) -> Path:
    """Where the guard of a run lies."""
    return workspace.lake / "ledger" / "guard" / f"{key[:16]}.parquet"


def newest_guard(workspace: Workspace) -> Run | None:
    """The run that last worked the guard out, while its file is there."""
    run = newest_run(STAGE)
    return run if run and guard_file(workspace, run.key).exists() else None


@dataclass(frozen=True)
class Wanted:
    """What a list of the guard is narrowed to; blank, None and 0 narrow nothing.

    `within`: something is lost in so many days; `people`: only these.
    """

    within: int = 0
    kelurahan: str = ""
    people: Collection[int] | None = None


@dataclass(frozen=True)
class Listed:
    """One line of the list: the person and the columns of `columns.GUARD`."""

    person: Person
    row: dict[str, Any]


class GuardList:
    """Those in the user's area whose protection is at stake, dearest loss first.

    Sliced like a list, read piece by piece; `rupiah` and `keep_monthly` are the sums of
    all its lines. NotAllowed for who may not see people.
    """

    def __init__(
        self, user: User, run: Run, wanted: Wanted, workspace: Workspace
    ) -> None:
        check_may(user, "see_people")
        self._user = user
        self._where, self._given = _conditions(user, run, wanted)
        self._given["file"] = str(guard_file(workspace, run.key))
        sums = "count(*), sum(loss_rupiah)::BIGINT, sum(keep_monthly)::BIGINT"
        with duck() as con:
            found = con.execute(self._sql(sums), self._given).fetchall()[0]
        self._people, self.rupiah, self.keep_monthly = (number or 0 for number in found)

    def __len__(self) -> int:
        return int(self._people)

    def __getitem__(self, part: slice) -> list[Listed]:
        order = "ORDER BY at_stake DESC NULLS LAST, loss_on, person_id"
        first = part.start or 0
        page = f"LIMIT {part.stop - first} OFFSET {first}"
        with duck() as con:
            sql = f"{self._sql('*')} {order} {page}"
            rows = con.execute(sql, self._given).to_arrow_table().to_pylist()
        ids = [row["person_id"] for row in rows]
        # Who was merged or moved away since is left out; the area is asked again.
        known = people_in_view(self._user).in_bulk(ids)
        return [
            Listed(known[row["person_id"]], row)
            for row in rows
            if row["person_id"] in known
        ]

    def _sql(self, what: str) -> str:
        return f"SELECT {what} FROM read_parquet($file) WHERE {self._where}"


def _conditions(user: User, run: Run, wanted: Wanted) -> tuple[str, dict[str, Any]]:
    """Losses still ahead, in the user's area, narrowed as wanted."""
    on = run.as_of or date.min
    # What an employer leaves unpaid is the employer's to answer for.
    conditions, given = ["loss_right <> 'employer'"], dict[str, Any]()
    if wanted.within:
        conditions.append("loss_on <= $last")
        given["last"] = on + timedelta(days=wanted.within)
    for name, area in (("area", user.area), ("place", wanted.kelurahan)):
        if area:
            conditions.append(
                f"(kelurahan = ${name} OR starts_with(kelurahan, ${name} || '.'))"
            )
            given[name] = area
    if wanted.people is not None:
        conditions.append("person_id IN (SELECT unnest($people::BIGINT[]))")
        given["people"] = list(wanted.people)
    return " AND ".join(conditions), given


def guard_figures(user: User, run: Run, workspace: Workspace) -> dict[str, Any]:
    """The figures of the day for the user's area (see `figures_of`)."""
    check_may(user, "see_people")
    if not user.area:
        return dict(run.counts)
    with duck() as con:
        inside = con.execute(
            "SELECT * EXCLUDE (gaps) FROM read_parquet($file) "
            "WHERE kelurahan = $area OR starts_with(kelurahan, $area || '.')",
            {"file": str(guard_file(workspace, run.key)), "area": user.area},
        )
        return figures_of(inside.to_arrow_table(), run.as_of or date.min)


def first_rows(file: Path, count: int) -> list[dict[str, Any]]:
    """The first so many rows of a guard file: those who lose most."""
    with duck() as con:
        rows = con.execute(
            "SELECT * FROM read_parquet($file) LIMIT $count",
            {"file": str(file), "count": count},
        )
        return rows.to_arrow_table().to_pylist()


def guard_of_person(person: Person, on: date) -> Guard | None:
    """One person's guard as of a day, straight from the ledger; None if never paid for.

    The caller has checked that the person may be seen.
    """
    entries = ledger.in_force().filter(person__in=numbers_of(person.pk))
    rows = entries.values_list("segment", "payer", "paid_from", "paid_until")
    ranges = [
        PaidRange(segment, payer, span_of(first, until))
        for segment, payer, first, until in rows
    ]
    return guard_of(
        ranges, on=on, occupation=person.occupation, children=_children_of(person, on)
    )


def _children_of(person: Person, on: date) -> list[ChildFacts] | None:
    """What is known of the children on the family card; None when the card says nothing."""
    if person.household_id is None or person.relation not in PARENTS:
        return None
    rows = (
        Person.objects.filter(
            household=person.household_id, relation=CHILD, merged_into=None
        )
        .exclude(alive=False)
        .exclude(died_on__lte=on)
        .values_list("born_on", "marital_status", "works")
    )
    return [
        ChildFacts(born_on, status != UNMARRIED if status else None, works)
        for born_on, status, works in rows
    ]
