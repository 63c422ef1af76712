"""The only readers of the registry; area limits are applied here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from django.db.models import Max, Q, QuerySet
from django.db.models.functions import Coalesce

from semesta.access.area import check_sees_place, in_area
from semesta.access.rights import check_may
from semesta.intake.corrections.lineages import newest_row
from semesta.intake.corrections.queries import replaced_rows
from semesta.intake.models import Delivery
from semesta.kernel.errors import UserError
from semesta.linkage.queries import clusters_file, rows_file
from semesta.linkage.rows import LINKED_FATES, select_list
from semesta.registry.models import Employer, Household, Person, RegistryRun
from semesta.registry.succession import Known
from semesta.registry.survivorship import FACT_COLUMNS
from semesta.warehouse.engines import file_list

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from semesta.access.models import User
    from semesta.linkage.models import LinkageRun
    from semesta.warehouse.workspace import Workspace

# Of a record about a `person`: whoever that person is now, after merging doubles.
HOLDER = Coalesce("person__merged_into_id", "person_id")
FEWEST_LETTERS = 3
MOST_FOUND = 50
ROW_COLUMNS = {
    "row_id": "VARCHAR", "delivery": "VARCHAR", "source": "VARCHAR",
    **FACT_COLUMNS, "npp": "VARCHAR",
}  # fmt: skip
HOUSEHOLD_COLUMNS = {
    "row_id": "VARCHAR", "delivery": "VARCHAR", "source": "VARCHAR",
    "family_card": "VARCHAR", "decile": "BIGINT",
}  # fmt: skip
FIRM_COLUMNS = {
    "row_id": "VARCHAR", "delivery": "VARCHAR", "source": "VARCHAR",
    "name": "VARCHAR", "employer_name": "VARCHAR", "npp": "VARCHAR", "nib": "VARCHAR",
    "npwp": "VARCHAR", "scale": "VARCHAR", "address": "VARCHAR", "kelurahan": "VARCHAR",
    "project_id": "VARCHAR", "workers": "BIGINT", "paid_until": "DATE",
    "arrears_months": "BIGINT", "arrears_amount": "BIGINT",
}  # fmt: skip


def newest_run() -> RegistryRun | None:
    """The latest registration."""
    runs = RegistryRun.objects.select_related("linkage_run__run")
    return runs.order_by("pk").last()


def newest_run_name() -> str:
    """The name of the latest registration; blank before the first. A stage that keeps a
    current view names it among its inputs: people who came apart and together again look
    as they did before, but what stands in between must be written anew."""
    return (
        RegistryRun.objects.order_by("pk").values_list("name", flat=True).last() or ""
    )


def provenance_file(workspace: Workspace, name: str) -> Path:
    """The Parquet file with the provenance of the registration called `name`."""
    return workspace.lake / "registry" / name / "provenance.parquet"


def person_rows_file(workspace: Workspace, name: str) -> Path:
    """The Parquet file with `person_id, row_id, delivery, source` of a registration."""
    return workspace.lake / "registry" / name / "person_rows.parquet"


def person_rows(workspace: Workspace) -> Path | None:
    """The newest registration's `person_rows.parquet`; None before the first."""
    run = newest_run()
    return person_rows_file(workspace, run.name) if run else None


# ── people in view ───────────────────────────────────────────────────────────


class Found(NamedTuple):
    """The people a search found (at most fifty, by name), and whether there are more.
    `also`: person → names of the doubles merged into them by which they were found."""

    people: list[Person]
    more: bool
    also: dict[int, list[str]]


def people_in_view(user: User) -> QuerySet[Person]:
    """Everyone the user may see: of their area, without those merged into others."""
    check_may(user, "see_people")
    return in_area(Person.objects.filter(merged_into=None), user)


def search_people(user: User, text: str) -> Found:
    """People by full NIK, or by the beginnings of the words of their name; also by number
    or name of somebody who was merged into them.

    Only doubles of the user's area lead to somebody by name: a spelling that only another
    kelurahan knew tells nothing here.
    At least three letters or sixteen digits: the register is searched, not leafed
    through. Raises UserError otherwise.
    """
    digits = re.sub(r"[\s.\-]", "", text)
    people, also = people_in_view(user), dict[int, list[str]]()
    if digits.isdigit():
        if len(digits) != 16:
            raise _too_short("NIK yang diketik bukan 16 angka.")
        # Also under the number of somebody who was merged into them.
        doubles = Person.objects.filter(nik=digits, merged_into__isnull=False)
        merged = list(doubles.values_list("merged_into_id", flat=True))
        people = people.filter(Q(nik=digits) | Q(pk__in=merged))
    else:
        words = re.sub(r"[^A-Z]+", " ", text.upper()).split()
        if max(map(len, words), default=0) < FEWEST_LETTERS:
            raise _too_short("Kata yang diketik terlalu pendek.")
        also = _doubles_named(user, words)
        people = people.filter(_named(words))
    numbers = _first_of(people, people_in_view(user).filter(pk__in=also))
    found = Person.objects.in_bulk(numbers[:MOST_FOUND])
    shown = [found[pk] for pk in numbers[:MOST_FOUND]]
    # A double spelled just like the survivor is no news.
    told = {
        person.pk: [name for name in also.get(person.pk, []) if name != person.name]
        for person in shown
    }
    also = {pk: names for pk, names in told.items() if names}
    return Found(shown, len(numbers) > MOST_FOUND, also)


def _first_of(people: QuerySet[Person], more: QuerySet[Person]) -> list[int]:
    """Numbers of the first people of both by name, one more than a page shows.

    Asked apart: the index that a search by name reads in order knows no numbers.
    """
    first, others = (
        list(
            some.order_by("search_name", "pk").values_list("search_name", "pk")[:limit]
        )
        for some, limit in ((people, MOST_FOUND + 1), (more, None))
    )
    if not set(others) - set(first):
        return [pk for _, pk in first]
    return [pk for _, pk in sorted({*first, *others})][: MOST_FOUND + 1]


def _named(words: Sequence[str]) -> Q:
    """Whose name has words that begin with all of these."""
    named = Q()
    for word in words:
        named &= Q(search_name__startswith=word) | Q(search_name__contains=f" {word}")
    return named


def _doubles_named(user: User, words: Sequence[str]) -> dict[int, list[str]]:
    """Person → names of the doubles merged into them that have these words; a few more
    than a page can show, found in the index of doubles alone."""
    doubles = Person.objects.filter(_named(words), merged_into__isnull=False)
    found: dict[int, list[str]] = {}
    ordered = in_area(doubles, user).order_by("search_name", "pk")
    for into, name in ordered.values_list("merged_into_id", "name")[: 2 * MOST_FOUND]:
        names = found.setdefault(into or 0, [])
        if name not in names:
            names.append(name)
    return found


def _too_short(what: str) -> UserError:
    return UserError(
        "people.search_short",
        what,
        "Data penduduk hanya dibuka dengan mencari orang tertentu.",
        "Ketik paling sedikit tiga huruf nama, atau NIK lengkap 16 angka.",
    )


def person_or_denied(user: User, pk: int) -> Person:
    """The person with this number, or the one they were merged into.

    Raises NotAllowed outside the user's rights or area, UserError when nobody has it.
    """
    check_may(user, "see_people")
    person = (
        Person.objects.select_related("household", "merged_into").filter(pk=pk).first()
    )
    if person is None:
        raise UserError(
            "people.unknown",
            "Orang ini tidak ada di daftar.",
            f"Tidak ada nomor {pk}.",
            "Cari lagi dengan nama atau NIK.",
        )
    person = person.merged_into or person
    check_sees_place(user, person.kelurahan)
    return person


def numbers_of(person_id: int) -> list[int]:
    """A person's number and those of the doubles merged into them: what was written under
    any of these is about one human being."""
    # Two look-ups by index; one query with OR across the join would read every entry.
    doubles = Person.objects.filter(merged_into=person_id)
    return [person_id, *doubles.values_list("pk", flat=True)]


class Origin(NamedTuple):
    """Where one value of a field came from; rules are named in `survivorship.RULES`."""

    field: str
    value: str
    row_id: str
    source: str
    rule: str


def provenance_of(person_id: int, workspace: Workspace) -> list[Origin]:
    """Where each value of a person came from, also values set aside. By field."""
    run = newest_run()
    if run is None:
        return []
    table = _rows_of(provenance_file(workspace, run.name), person_id)
    return [Origin(**row) for row in table.drop(["person_id"]).to_pylist()]


def rows_of(person_id: int, workspace: Workspace) -> list[dict[str, str]]:
    """The person's rows (row_id, delivery, source), in order of arrival."""
    path = person_rows(workspace)
    if path is None:
        return []
    return _rows_of(path, person_id).drop(["person_id"]).to_pylist()


def _rows_of(path: Path, person_id: int) -> pa.Table:
    """The rows of one person from a file sorted by `person_id`: only the row groups
    whose range holds the number are read."""
    with pq.ParquetFile(path) as file:
        groups = []
        for number in range(file.num_row_groups):
            range_of = file.metadata.row_group(number).column(0).statistics
            if range_of.min <= person_id <= range_of.max:
                groups.append(number)
        table = file.read_row_groups(groups)
    return table.filter(pc.equal(table["person_id"], person_id))


def households(user: User) -> QuerySet[Household]:
    """Families in the user's area."""
    check_may(user, "see_people")
    return in_area(Household.objects.order_by("pk"), user)


def employers(user: User) -> QuerySet[Employer]:
    """Employers, for those who work on compliance, in the user's area."""
    check_may(user, "see_employers")
    return in_area(Employer.objects.order_by("name", "pk"), user)


# ── what a registration reads ────────────────────────────────────────────────


def companions() -> list[Delivery]:
    """Deliveries about families and employers, in order of arrival."""
    found = Delivery.objects.filter(
        status=Delivery.Status.READ, subject__in=("household", "employer")
    )
    return list(found.order_by("pk"))


def load_facts(con: DuckDBPyConnection, workspace: Workspace, run: LinkageRun) -> None:
    """Create `person_rows` (with `cluster_id`), `household_rows` and `firm_rows`.

    Each has `turn`, the order of arrival, and `age`, from the newest row on; both are
    unique, `age` over all three tables.
    """
    names = [name for name, _ in run.run.inputs["deliveries"]]
    people = list(Delivery.objects.filter(name__in=names).order_by("pk"))
    others = companions()
    ages = _ages([*people, *others])
    clusters = f"JOIN read_parquet({file_list([clusters_file(workspace, run)])}) USING (row_id)"
    for subject, deliveries, target in (
        ("person", people, Target("person_rows", ROW_COLUMNS, clusters)),
        ("household", others, Target("household_rows", HOUSEHOLD_COLUMNS)),
        ("employer", others, Target("firm_rows", FIRM_COLUMNS)),
    ):
        chosen = [d for d in deliveries if d.subject == subject]
        _load(con, workspace, {d.name: ages[d.name] for d in chosen}, target)


class Target(NamedTuple):
    """A session table to make of rows: its columns, and what else to join to it."""

    table: str
    columns: dict[str, str]
    join: str = ""


def _ages(deliveries: Sequence[Delivery]) -> dict[str, int]:
    """Deliveries by name, the newest 1: by the day they speak of, then by arrival."""
    newest_first = sorted(deliveries, key=lambda d: (d.as_of, d.pk), reverse=True)
    return {delivery.name: age for age, delivery in enumerate(newest_first, 1)}


def _load(
    con: DuckDBPyConnection,
    workspace: Workspace,
    ages: dict[str, int],
    target: Target,
) -> None:
    """Create the target table from the accepted and corrected rows of these deliveries.

    `ages` names them in order of arrival, which `turn` follows: files are read in
    order, so no sorting is needed.
    """
    table, columns, join = target
    if not ages:
        typed = ", ".join(f"{name} {kind}" for name, kind in columns.items())
        con.execute(
            f"CREATE OR REPLACE TEMP TABLE {table} ({typed}, turn BIGINT, age BIGINT)"
        )
        return
    files = file_list(rows_file(workspace, name) for name in ages)
    source = f"read_parquet({files}, union_by_name=true)"
    available = [row[0] for row in con.execute(f"DESCRIBE FROM {source}").fetchall()]
    fates = ", ".join(f"'{fate}'" for fate in LINKED_FATES)
    aged = pa.table(
        {"delivery": list(ages), "lists": pa.array(ages.values(), pa.int64())}
    )
    con.register("arrow_ages", aged)
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE {table} AS
        SELECT * EXCLUDE lists, lists * (1::BIGINT << 32) - turn AS age
        FROM (SELECT {select_list(available, columns)}, row_number() OVER () AS turn
              FROM {source} WHERE fate IN ({fates})) r
        JOIN arrow_ages USING (delivery) {join}
        """
    )
    con.unregister("arrow_ages")


def known_people(workspace: Workspace) -> Known:
    """The registry as it stands, for giving numbers to clusters.

    A row that a correction replaced counts as the one that stands for it today.
    """
    path = person_rows(workspace)
    if path is None:
        return Known()
    rows = pq.read_table(path, columns=["row_id", "person_id"])
    people = Person.objects.values_list("anchor", "pk", "merged_into_id")
    replaced = replaced_rows(workspace)
    row_ids = [newest_row(row, replaced) for row in rows["row_id"].to_pylist()]
    return Known(
        person_of_row=dict(zip(row_ids, rows["person_id"].to_pylist(), strict=True)),
        anchors={newest_row(anchor, replaced): pk for anchor, pk, _ in people},
        merged=frozenset(pk for _, pk, into in people if into),
        highest=Person.objects.aggregate(highest=Max("pk"))["highest"] or 0,
    )
