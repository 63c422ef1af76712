"""Any tables of people → the rows that linkage reads: columns mapped, values typed.

A table is Parquet, CSV or TSV. Everything is read as text first, so that no number loses
its last digit. Columns that a table lacks are nulls; a table without `row_id` gets
`<file>:<line>`, one without `source` its file's name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from semesta.kernel import UserError
from semesta.linkage.rows import PERSON_COLUMNS

if TYPE_CHECKING:
    import pyarrow as pa
    from duckdb import DuckDBPyConnection

READERS = {
    ".parquet": "read_parquet($path)",
    ".csv": "read_csv($path, all_varchar = true, header = true)",
    ".tsv": "read_csv($path, all_varchar = true, header = true, delim = '\\t')",
    ".txt": "read_csv($path, all_varchar = true, header = true)",
}
# How offices write a day; the first that fits counts.
DAY_FORMS = ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%Y%m%d", "%Y/%m/%d")
MEN = ("L", "LAKI-LAKI", "LAKI LAKI", "LK", "M", "MALE", "PRIA")
WOMEN = ("P", "PEREMPUAN", "PR", "F", "FEMALE", "WANITA")


def read_mapping(text: str) -> dict[str, tuple[str, ...]]:
    """`given_name+surname=name,date_of_birth=born_on` → canonical column → its sources.

    Several columns joined with `+` become one text. UserError `link.columns` for a
    column that linkage does not know, or that is given twice.
    """
    mapping: dict[str, tuple[str, ...]] = {}
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        sources, _, target = (piece.strip() for piece in part.partition("="))
        if target not in PERSON_COLUMNS or target in mapping or not sources:
            raise UserError(
                "link.columns",
                f"Kolom “{part}” tidak dapat dipakai.",
                f"Tulis KOLOM_BERKAS=KOLOM, dengan KOLOM salah satu dari "
                f"{', '.join(PERSON_COLUMNS)}, masing-masing satu kali.",
                "Contoh: --columns given_name+surname=name,date_of_birth=born_on",
            )
        mapping[target] = tuple(source.strip() for source in sources.split("+"))
    return mapping


def load_tables(
    con: DuckDBPyConnection,
    paths: Sequence[Path],
    mapping: Mapping[str, tuple[str, ...]],
) -> int:
    """Create the session's `person_rows` from these files; returns the number of rows.

    UserError `link.file` for a file that cannot be read or a column it does not have,
    `link.row_id` when two rows carry the same id.
    """
    con.execute("DROP TABLE IF EXISTS person_rows")
    for number, path in enumerate(paths):
        selected = _select(con, path, mapping)
        verb = (
            "INSERT INTO person_rows" if number else "CREATE TEMP TABLE person_rows AS"
        )
        con.execute(f"{verb} {selected}", {"path": str(path)})
    _check_row_ids(con)
    return _count(con, "SELECT count(*) FROM person_rows")


def _count(con: DuckDBPyConnection, sql: str) -> int:
    row = con.execute(sql).fetchone()
    return int(row[0]) if row else 0


def _select(
    con: DuckDBPyConnection, path: Path, mapping: Mapping[str, tuple[str, ...]]
) -> str:
    """The SELECT that gives one file's rows in the canonical columns."""
    source = _reader(path)
    available = _columns(con, path, source)
    missing = [
        name for names in mapping.values() for name in names if name not in available
    ]
    if missing:
        raise _unreadable(path, f"tidak ada kolom {', '.join(missing)} di dalamnya")
    parts = []
    for column in PERSON_COLUMNS:
        names = mapping.get(column) or ((column,) if column in available else ())
        parts.append(f"{_value(column, names, path)} AS {column}")
    return f"SELECT {', '.join(parts)} FROM {source}"


def _reader(path: Path) -> str:
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise _unreadable(path, f"bukan {', '.join(READERS)}")
    return reader


def _columns(con: DuckDBPyConnection, path: Path, source: str) -> list[str]:
    import duckdb

    try:
        described = con.execute(f"DESCRIBE SELECT * FROM {source}", {"path": str(path)})
        return [row[0] for row in described.fetchall()]
    except duckdb.Error as error:
        raise _unreadable(path, str(error).splitlines()[0]) from error


def _unreadable(path: Path, why: str) -> UserError:
    return UserError(
        "link.file",
        f"Berkas {path.name} tidak dapat dibaca sebagai tabel orang.",
        f"{why[0].upper()}{why[1:]}.",
        "Periksa berkasnya, atau beri nama kolomnya dengan --columns.",
    )


def _value(column: str, names: Sequence[str], path: Path) -> str:
    """SQL of one canonical value: text trimmed, blank as null, days and sex read."""
    if not names:
        if column == "row_id":
            return f"'{_quoted(path.stem)}:' || row_number() OVER ()"
        kind = PERSON_COLUMNS[column]
        return f"'{_quoted(path.stem)}'" if column == "source" else f"NULL::{kind}"
    quoted = ", ".join(
        f'"{name.replace(chr(34), chr(34) * 2)}"::VARCHAR' for name in names
    )
    text = f"nullif(trim(concat_ws(' ', {quoted})), '')"
    if column == "born_on":
        forms = ", ".join(f"try_strptime({text}, '{form}')" for form in DAY_FORMS)
        return f"coalesce(try_cast({text} AS DATE), {forms})::DATE"
    if column == "sex":
        return (
            f"CASE WHEN upper({text}) IN {MEN} THEN 'L' "
            f"WHEN upper({text}) IN {WOMEN} THEN 'P' END"
        )
    return text


def _quoted(text: str) -> str:
    return text.replace("'", "''")


def read_truth(con: DuckDBPyConnection, path: Path) -> pa.Table:
    """A table `row_id, person_id`, as text. UserError `link.file` otherwise."""
    source = _reader(path)
    names = _columns(con, path, source)
    if not {"row_id", "person_id"} <= set(names):
        raise _unreadable(path, "perlu kolom row_id dan person_id")
    return con.execute(
        f"SELECT row_id::VARCHAR AS row_id, person_id::VARCHAR AS person_id FROM {source}",
        {"path": str(path)},
    ).to_arrow_table()


def _check_row_ids(con: DuckDBPyConnection) -> None:
    found = con.execute(
        "SELECT row_id FROM person_rows GROUP BY row_id "
        "HAVING count(*) > 1 OR row_id IS NULL ORDER BY row_id LIMIT 3"
    ).fetchall()
    if found:
        named = ", ".join(str(row[0]) for row in found)
        raise UserError(
            "link.row_id",
            "Nomor baris tidak unik.",
            f"Dipakai lebih dari sekali, atau kosong: {named}.",
            "Beri setiap baris row_id sendiri, atau hapus kolom itu.",
        )
