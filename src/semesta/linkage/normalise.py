"""Rows → identities: names, dates, numbers and streets in comparable form, in SQL.

In: a table `person_rows` in the session with the columns of `rows.PERSON_COLUMNS`.
Out: a table `identities`, one row per row of `person_rows`, `seq` in order of `row_id`.
Python sees each distinct word once (`spelling.dictionary`); everything else is SQL.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from semesta.linkage.spelling import dictionary

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# Everything behind a comma is a degree, and so is a dotted abbreviation at the end.
DEGREE_TAIL = (
    r"\s+(S|M|A)\s*\.\s*(PDI?|KOM|SOS|AG|IP|KEP|MD|SI|KES|FARM|PSI|HUM|KM|TP|HUT|T|E|H|P|M|I)"
    r"\s*(\.\s*(I|KEB|KEP|PI))?\s*\.?\s*$"
)
RT_RW = (
    r"\bRT\s*[./:]?\s*\d+(\s*[/,.-]?\s*RW\s*[./:]?\s*\d+)?|\bRW\s*[./:]?\s*\d+"
    r"|\b\d{1,3}\s*/\s*\d{1,3}\b"
)
AREA_TAIL = r"\b(KELURAHAN|KEL|DESA|KECAMATAN|KEC|KABUPATEN|KAB|KOTA)\b.*$"
STREET_WORDS = (
    r"\b(JALAN|JLN|JL|GANG|GG|LORONG|LR|NOMOR|NO|BLOK|KOMPLEK|KOMP|PERUMAHAN|PERUM)\b"
)


def normalise(con: DuckDBPyConnection) -> None:
    """Create `identities` from `person_rows` (see the module's text)."""
    _split_names(con)
    _look_up_words(con)
    _name_forms(con)
    _streets(con)
    con.execute(IDENTITIES)


def _split_names(con: DuckDBPyConnection) -> None:
    """Distinct names of people and mothers, cut into lower-case words without titles."""
    con.execute(
        """
        CREATE OR REPLACE TEMP TABLE raw_names AS
        WITH spoken AS (
            SELECT name AS raw FROM person_rows WHERE name IS NOT NULL
            UNION SELECT mother_name FROM person_rows WHERE mother_name IS NOT NULL
        ), cut AS (
            SELECT raw, split_part(upper(strip_accents(raw)), ',', 1) AS text FROM spoken
        ), bare AS (
            -- The expression is dear, and only dotted names can have such a tail.
            SELECT raw, CASE WHEN contains(text, '.')
                THEN regexp_replace(text, $degree, '') ELSE text END AS text FROM cut
        )
        SELECT raw, trim(regexp_replace(lower(regexp_replace(
            text, '[''`’‘]', '', 'g')), '[^a-z]+', ' ', 'g')) AS text
        FROM bare
        """,
        {"degree": DEGREE_TAIL},
    )


def _look_up_words(con: DuckDBPyConnection) -> None:
    tokens = con.execute(
        "SELECT DISTINCT unnest(string_split(text, ' ')) AS t FROM raw_names ORDER BY t"
    ).fetchall()
    # Typed, for lists in which nobody has a name.
    kinds = [pa.string(), pa.bool_(), pa.string(), pa.string(), pa.string()]
    found = dictionary([token for (token,) in tokens if token])
    table = pa.table(found, schema=pa.schema(list(zip(found, kinds, strict=True))))
    con.register("arrow_dictionary", table)
    con.execute(
        "CREATE OR REPLACE TEMP TABLE dictionary AS SELECT * FROM arrow_dictionary"
    )
    con.unregister("arrow_dictionary")


def _name_forms(con: DuckDBPyConnection) -> None:
    """One row per distinct name: `norm`, `joined`, `keys` (the bag), first and last key."""
    con.execute(
        """
        CREATE OR REPLACE TEMP TABLE name_forms AS
        WITH words AS (
            SELECT raw, unnest(string_split(text, ' ')) AS token,
                   generate_subscripts(string_split(text, ' '), 1) AS place
            FROM raw_names
        ), spoken AS (
            SELECT w.raw, w.token,
                   row_number() OVER (PARTITION BY w.raw ORDER BY w.place) AS place
            FROM words w JOIN dictionary d ON d.token = w.token AND d.first
            WHERE d.role <> 'title'
        ), placed AS (
            SELECT s.raw, s.place, d.norm, d.key, d.role, coalesce(min(s.place)
                     FILTER (WHERE d.role IN ('gelar', 'father'))
                     OVER (PARTITION BY s.raw), 99) AS cut
            FROM spoken s
            JOIN dictionary d ON d.token = s.token AND d.first = (s.place = 1)
        ), kept AS (
            SELECT * FROM placed WHERE place < cut AND role <> 'title'
        )
        SELECT raw,
               string_agg(norm, ' ' ORDER BY place) AS norm,
               string_agg(norm, '' ORDER BY place) AS joined,
               string_agg(norm, ' ' ORDER BY norm) AS ordered,
               -- An initial is no word: "Rinaldi S" must not differ from "Rinaldi Setiawan".
               list_sort(list_distinct(coalesce(
                   list(key) FILTER (WHERE length(norm) > 1), list(key)))) AS keys,
               coalesce(first(key ORDER BY place) FILTER (WHERE role = 'word'),
                        first(key ORDER BY place)) AS first_key,
               CASE WHEN count(*) > 1 THEN
                   coalesce(last(key ORDER BY place) FILTER (WHERE role = 'word'),
                            last(key ORDER BY place)) END AS last_key
        FROM kept GROUP BY raw
        """
    )


def _streets(con: DuckDBPyConnection) -> None:
    """One row per distinct address: the first two words of its street, joined, and the
    first number that is no RT or RW: the house."""
    con.execute(
        r"""
        CREATE OR REPLACE TEMP TABLE streets AS
        WITH bare AS (
            SELECT DISTINCT address, regexp_replace(regexp_replace(
                upper(strip_accents(address)), $rt, ' ', 'g'), $area, '') AS text
            FROM person_rows WHERE address IS NOT NULL
        ), words AS (
            SELECT address, regexp_extract(text, '\d+') AS house,
                   string_split(trim(regexp_replace(regexp_replace(
                text, $street, ' ', 'g'), '[^A-Z]+', ' ', 'g')), ' ') AS parts
            FROM bare
        ), named AS (
            SELECT address, ltrim(house, '0') AS house,
                   array_to_string(parts[1:2], '') AS street FROM words
        )
        SELECT address, nullif(house, '') AS house,
               CASE WHEN length(street) >= 4 THEN street END AS street FROM named
        """,
        {"rt": RT_RW, "area": AREA_TAIL, "street": STREET_WORDS},
    )


# The date in a NIK is ddmmyy with 40 added to a woman's day; an impossible date, an
# all-zero serial or region means the number was made up, so it is no evidence at all.
IDENTITIES = r"""
CREATE OR REPLACE TEMP TABLE identities AS
WITH numbered AS (
    SELECT *, row_number() OVER (ORDER BY row_id) AS seq,
           CASE WHEN regexp_full_match(nik, '\d{16}') THEN nik END AS digits,
           regexp_replace(upper(nik), '[^A-Z0-9]', '', 'g') AS bare_number
    FROM person_rows
), dated AS (
    SELECT *, digits[7:8]::INT AS nik_day, digits[9:10]::INT AS nik_month
    FROM numbered
), checked AS (
    SELECT *, CASE WHEN digits[1:2] <> '00' AND digits[13:16] <> '0000'
             AND nik_month BETWEEN 1 AND 12
             AND nik_day % 40 BETWEEN 1 AND 31 AND nik_day <= 71
             THEN digits END AS good_nik
    FROM dated
)
SELECT c.seq, c.row_id, c.source, c.good_nik AS nik, c.kpj, c.phone,
       CASE WHEN c.digits IS NULL AND length(c.bare_number) >= 5
           THEN c.bare_number END AS other_id,
       list_aggregate(list_sort(string_split(CASE WHEN c.digits IS NULL
           AND length(c.bare_number) >= 5 THEN c.bare_number END, '')), 'string_agg', '')
           AS other_digits,
       CASE WHEN regexp_full_match(c.family_card, '\d{16}') THEN c.family_card END
           AS family_card,
       CASE WHEN c.good_nik IS NOT NULL THEN
           lpad((c.nik_day % 40)::VARCHAR, 2, '0') || c.good_nik[9:12] END AS nik_date,
       n.norm AS name, n.ordered, n.joined, n.keys, n.first_key, n.last_key,
       array_to_string(n.keys, ' ') AS bag,
       CASE WHEN c.sex IN ('L', 'P') THEN c.sex END AS sex,
       CASE WHEN year(c.born_on) BETWEEN 1850 AND 2150
           THEN strftime(c.born_on, '%d%m%Y') END AS born,
       born[1:4] || born[7:8] AS born_short, born[5:8] AS born_year,
       m.norm AS mother, array_to_string(m.keys, ' ') AS mother_bag,
       m.first_key AS mother_key,
       regexp_replace(upper(c.born_at), '[^A-Z]', '', 'g') AS birthplace,
       s.street, s.house, c.rt, c.rw, c.kelurahan,
       regexp_extract(c.kelurahan, '^(\d+\.\d+\.\d+)\.', 1) AS district
FROM checked c
LEFT JOIN name_forms n ON n.raw = c.name
LEFT JOIN name_forms m ON m.raw = c.mother_name
LEFT JOIN streets s ON s.address = c.address
ORDER BY c.seq
"""
