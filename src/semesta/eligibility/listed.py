"""Facts that lists tell by naming someone: employers, registers of workers, aids.

Several names about one person are one *marked text*, `;PKH;BPNT;`, because both engines
can look for `;PKH;` in a text. Null means that nothing of the kind is known of anyone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from semesta.eligibility.lists import rows_that_stood
from semesta.registry.standing import NO_WORK

if TYPE_CHECKING:
    import ibis.expr.types as ir
    from duckdb import DuckDBPyConnection

# Aid code → its title. A list of recipients may name any of them.
AIDS = {
    "PKH": "Program Keluarga Harapan (PKH)",
    "BPNT": "Bantuan Pangan Nontunai (BPNT)",
    "SEMBAKO": "Program Sembako",
    "BST": "Bantuan Sosial Tunai (BST)",
    "BPUM": "Bantuan Produktif Usaha Mikro (BPUM)",
    "BLT_DD": "BLT Dana Desa",
    "BSU": "Bantuan Subsidi Upah (BSU)",
}
# Columns of P3KE that answer yes or no for every person in it → the aid they speak of.
AID_OF_COLUMN = {
    "receives_pkh": "PKH",
    "receives_bpnt": "BPNT",
    "receives_sembako": "SEMBAKO",
    "receives_bst": "BST",
    "receives_bpum": "BPUM",
}
AID_COLUMNS = dict.fromkeys(AID_OF_COLUMN, "BOOLEAN")
# Lists with one name each: table of their rows → the name policies call them by.
NAMED_LISTS = {"farmers": "E-RDKK", "poor": "P3KE", "surveyed": "DTSEN"}
# Lists about employers: the insurer's has the name and the NIB, the licences the KBLI.
FIRMS = {
    "employers": {"npp": "VARCHAR", "nib": "VARCHAR", "employer_name": "VARCHAR"},
    "oss_projects": {"nib": "VARCHAR", "kbli": "VARCHAR"},
}


def list_key(name: str) -> str:
    """The name of a list as it stands in marked texts: capitals, single blanks."""
    return " ".join(name.upper().replace(";", " ").split())


def marked(text: ir.StringColumn, name: str) -> ir.BooleanValue:
    """Whether a marked text holds a name; false where the text is null."""
    return text.contains(f";{name};").coalesce(False)


def stands_in(
    found: ir.StringColumn, known: ir.StringColumn, names: Iterable[str]
) -> ir.BooleanValue:
    """Whether someone stands in any of these lists: true, false, or null (unknown).

    `found`: the marked text of lists the person stands in; `known`: of those that say
    something about the person. A list that says nothing leaves the answer open.
    """
    import ibis

    answer = ibis.literal(False)
    for name in names:
        answer = answer | ibis.cases(
            (marked(found, name), True),
            (marked(known, name), False),
            else_=ibis.null("boolean"),
        )
    return answer


def make_firms(con: DuckDBPyConnection, paths: Mapping[str, Sequence[Path]]) -> None:
    """Create `wage_earners` (person_id, employers, employer_kbli) from `jobs`.

    `paths`: the rows of each supplier in FIRMS.
    """
    for name, columns in FIRMS.items():
        _read_firms(con, f"firms_{name}", columns, paths[name])
    con.execute(
        """
        CREATE TABLE wage_earners AS
        SELECT j.person_id,
            ';' || string_agg(DISTINCT upper(e.employer_name), ';'
                ORDER BY upper(e.employer_name)) || ';' AS employers,
            ';' || string_agg(DISTINCT o.kbli, ';' ORDER BY o.kbli) || ';'
                AS employer_kbli
        FROM jobs AS j
        LEFT JOIN firms_employers AS e ON e.npp = j.npp
        LEFT JOIN firms_oss_projects AS o ON o.nib = e.nib
        GROUP BY j.person_id
        """
    )


def _read_firms(
    con: DuckDBPyConnection,
    name: str,
    columns: Mapping[str, str],
    paths: Sequence[Path],
) -> None:
    rows = rows_that_stood(con, paths, columns)
    con.execute(f"CREATE TABLE {name} AS SELECT DISTINCT * FROM ({rows})")


def make_lists(con: DuckDBPyConnection, delivered: Mapping[str, bool]) -> None:
    """Create `list_members` (person_id, lists) and `known_lists` (one row: known).

    `delivered`: table of rows → whether any list of its suppliers was received.
    """
    named = {table: name for table, name in NAMED_LISTS.items() if delivered[table]}
    tidy = "upper(regexp_replace(replace(trim(list_name), ';', ' '), '\\s+', ' ', 'g'))"
    parts = [
        f"SELECT person_id, {tidy} AS list FROM registered WHERE list_name IS NOT NULL"
    ]
    parts += [
        f"SELECT person_id, '{name}' FROM {table}" for table, name in named.items()
    ]
    con.execute(f"CREATE TABLE list_rows AS {' UNION '.join(parts)}")
    con.execute(
        """
        CREATE TABLE list_members AS
        SELECT person_id, ';' || string_agg(list, ';' ORDER BY list) || ';' AS lists
        FROM list_rows GROUP BY person_id
        """
    )
    names = ", ".join(f"('{name}')" for name in named.values())
    also = f" UNION SELECT * FROM (VALUES {names})" if names else ""
    con.execute(
        f"""
        -- A list nobody was found in may still have been delivered.
        CREATE TABLE known_lists AS
        SELECT ';' || string_agg(list, ';' ORDER BY list) || ';' AS known
        FROM (SELECT DISTINCT list FROM list_rows{also})
        """
    )


def make_aids(con: DuckDBPyConnection) -> None:
    """Create `aid_answers` (person_id, aids, aids_known): every person of `people`.

    A list of recipients answers for everyone, also those it does not name; P3KE only for
    those who stand in it.
    """
    columns = "\n".join(
        f"UNION ALL SELECT person_id, '{aid}', {column} FROM poor "
        f"WHERE {column} IS NOT NULL"
        for column, aid in AID_OF_COLUMN.items()
    )
    con.execute(
        f"""
        CREATE TABLE aid_answers AS
        WITH answers AS (
            SELECT person_id, aid, true AS receives FROM aided WHERE aid IS NOT NULL
            UNION ALL
            SELECT p.id, l.aid, false FROM people AS p, (
                SELECT DISTINCT aid FROM aided WHERE aid IS NOT NULL) AS l
            {columns}
        ), each_aid AS (
            SELECT person_id, aid, bool_or(receives) AS receives FROM answers
            GROUP BY person_id, aid
        )
        SELECT person_id,
            ';' || string_agg(aid, ';' ORDER BY aid) FILTER (receives) || ';' AS aids,
            ';' || string_agg(aid, ';' ORDER BY aid) || ';' AS aids_known
        FROM each_aid GROUP BY person_id
        """
    )


def make_seen(con: DuckDBPyConnection) -> None:
    """Create `seen_at_work` (person_id, works): what field forms say, if they agree.

    A form that does not ask whether someone works says so by the occupation it names.
    """
    con.execute(
        f"""
        CREATE TABLE seen_at_work AS
        SELECT person_id, bool_or(works) AS works FROM (
            SELECT person_id, coalesce(works, occupation NOT IN {NO_WORK}) AS works FROM seen)
        WHERE works IS NOT NULL GROUP BY person_id HAVING bool_or(works) = bool_and(works)
        """
    )
