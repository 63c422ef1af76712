"""The small city's office files: what deliveries left in the lake, written by hand."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from semesta.warehouse.lake import write_parquet

if TYPE_CHECKING:
    from tests.support.pages import SmallCity

AT = datetime(2026, 1, 5, 3, 0, tzinfo=UTC)


def make_lists(city: SmallCity) -> None:
    """Deliver every list and register their people; fills `city.rows`."""
    from tests.support.people import a_registry_run

    deliver(city, "dukcapil", "Ekstrak_Dukcapil_13.74_2025-12.csv", city.people)
    deliver(city, "dtsen_individual", "DTSEN_individu_1374.csv", city.people[::2])
    for place in city.workspace.region.places[:5]:
        inside = [p for p in city.people if p.kelurahan == place.code and p.proposed]
        name = f"Usulan_{place.name.replace(' ', '_')}.xlsx"
        deliver(city, "proposal", name, inside, area=place.code, dirty=True)
    deliver(city, "bpu_participants", "Peserta_BPU_iuran.csv", [])
    deliver(city, "pu_participants", "data_tk_baru.xlsx", [])
    deliver(city, "civil_servants", "Daftar_ASN.xlsx", [])
    _refused(city)
    run = a_registry_run(city.workspace, city.rows)
    _doubt(city, run.linkage_run)
    _sample(city, run.linkage_run)
    _bonds(city, run.linkage_run.name)
    _provenance(city, run.name)


def deliver(
    city: SmallCity,
    supplier: str,
    filename: str,
    people: Iterable[Any],
    *,
    area: str = "",
    dirty: bool = False,
) -> None:
    """One delivery with a row per person; every seventh dirty row has a question."""
    from semesta.intake.models import Delivery

    sha256 = hashlib.sha256(filename.encode()).hexdigest()
    name = sha256[:16]
    rows, problems = [], []
    for line, person in enumerate(people, start=6):
        row_id = f"{name}:1:{line}"
        fate = _fate(line) if dirty else "accepted"
        rows.append(_row(person, row_id, name, supplier, line, fate))
        if fate != "accepted":
            problems.append(_problem(row_id, line, fate))
        if fate in ("accepted", "corrected"):
            city.rows[row_id] = person
    lake = city.workspace.lake
    table = pa.Table.from_pylist(rows, ROWS)
    write_parquet(table, lake / "rows" / f"{name}.parquet")
    write_parquet(
        pa.Table.from_pylist(problems, PROBLEMS), lake / "problems" / f"{name}.parquet"
    )
    fates = [row["fate"] for row in rows]
    Delivery.objects.create(
        name=name, sha256=sha256, supplier=supplier, filename=filename, size=48_000,
        area=area, status="read", rows=len(rows), rows_sha256=sha256,
        **{f: fates.count(f) for f in ("accepted", "corrected", "held", "refused")},
        as_of=date(2025, 12, 31), received_at=AT, received_by="petugas",
    )  # fmt: skip


def _fate(line: int) -> str:
    return {3: "held", 5: "corrected", 0: "refused"}.get(line % 7, "accepted")


ROWS = pa.schema(
    [
        *((name, pa.string()) for name in (
            "row_id", "delivery", "source", "subject", "fate", "nik", "family_card",
            "name", "titles", "sex", "kelurahan", "address", "occupation",
        )),
        ("line", pa.int64()), ("born_on", pa.date32()), ("alive", pa.bool_()),
        ("decile", pa.int16()), ("codes", pa.list_(pa.string())),
        ("month_from", pa.date32()), ("month_until", pa.date32()),
        ("payer", pa.string()),
    ]
)  # fmt: skip
PROBLEMS = pa.schema(
    [
        ("row_id", pa.string()), ("line", pa.int64()), ("column", pa.string()),
        ("code", pa.string()), ("kind", pa.string()), ("message", pa.string()),
        ("office", pa.string()),
    ]
)  # fmt: skip
NOTICED = {
    "held": (
        "nik.numeric_cell",
        "NIK tersimpan sebagai angka. Berapa NIK lengkapnya?",
        "Kelurahan pengusul",
    ),
    "corrected": ("name.titles", "Gelar dipisahkan dari nama.", None),
    "refused": ("row.not_a_person", "Baris ini bukan data orang.", None),
}


def _row(
    person: Any, row_id: str, delivery: str, source: str, line: int, fate: str
) -> dict[str, Any]:
    return {
        "row_id": row_id, "delivery": delivery, "source": source, "subject": "person",
        "line": line, "fate": fate, "codes": [], "nik": person.nik,
        "family_card": person.family_card, "name": person.name, "titles": person.titles,
        "sex": person.sex, "born_on": person.born_on, "kelurahan": person.kelurahan,
        "address": person.address, "occupation": person.occupation,
        "alive": person.alive, "decile": person.decile,
    }  # fmt: skip


def _problem(row_id: str, line: int, fate: str) -> dict[str, Any]:
    code, message, office = NOTICED[fate]
    column = "NIK" if fate == "held" else "NAMA"
    return {
        "row_id": row_id, "line": line, "column": column, "code": code, "kind": fate,
        "message": message, "office": office,
    }  # fmt: skip


def _refused(city: SmallCity) -> None:
    from semesta.intake.models import Delivery

    filename = "Usulan pasar (foto).xlsx"
    sha256 = hashlib.sha256(filename.encode()).hexdigest()
    Delivery.objects.create(
        name=sha256[:16], sha256=sha256, supplier="", filename=filename, size=820_000,
        status="refused", as_of=date(2025, 12, 31), received_at=AT,
        received_by="petugas",
        problem={
            "code": "file.not_a_sheet",
            "what": "Berkas ini bukan lembar kerja.",
            "why": "Isinya PDF yang diberi nama .xlsx.",
            "fix": "Mintalah berkas Excel aslinya kepada pengirim, lalu kirim ulang.",
        },
    )  # fmt: skip


def _doubt(city: SmallCity, run: Any) -> None:
    """One doubtful pair: a person's row in the register and in another list."""
    from semesta.linkage.models import ReviewTask

    person = city.people[0]
    rows = [row for row, whose in city.rows.items() if whose == person]
    ReviewTask.objects.create(
        linkage_run=run, row_id_l=rows[0], row_id_r=rows[1], match_weight=1.0,
        area=person.kelurahan,
    )  # fmt: skip


def _sample(city: SmallCity, linkage_run: Any) -> None:
    """A quality sample of eight pairs: six joined, two apart, half of them Ganting's."""
    from tests.support.people import a_run

    from semesta.linkage.measuring.models import QualityPair, QualitySample

    strata = [
        {"code": "exact", "joined": True, "low": None, "pairs": 400},
        {"code": "apart-3", "joined": False, "low": -3.0, "pairs": 30},
    ]
    sample = QualitySample.objects.create(
        linkage_run=linkage_run, run=a_run("sample"), strata=strata
    )
    ganting = [p for p in city.people if p.kelurahan == "13.74.01.1001"][:4]
    elsewhere = [p for p in city.people if p.kelurahan == "13.74.01.1002"][:4]
    for position, person in enumerate(
        [each for couple in zip(ganting, elsewhere, strict=True) for each in couple]
    ):
        row, *others = [row for row, whose in city.rows.items() if whose == person]
        QualityPair.objects.create(
            sample=sample, position=position + 1, area=person.kelurahan,
            stratum="exact" if position < 6 else "apart-3", match_weight=-1.5,
            row_id_l=row, row_id_r=others[0] if others else next(iter(city.rows)),
        )  # fmt: skip


def _bonds(city: SmallCity, name: str) -> None:
    """The linkage's pairs: every row hangs on its person's first by the NIK."""
    firsts: dict[int, str] = {}
    pairs = [
        {"row_id_l": firsts[person.pk], "row_id_r": row_id, "pass": "exact"}
        for row_id, person in city.rows.items()
        if firsts.setdefault(person.pk, row_id) != row_id
    ]
    schema = pa.schema(
        [("row_id_l", pa.string()), ("row_id_r", pa.string()),
         ("match_weight", pa.float64()), ("pass", pa.string())]
    )  # fmt: skip
    path = city.workspace.lake / "linkage" / name / "pairs.parquet"
    write_parquet(pa.Table.from_pylist(pairs, schema), path)


def _provenance(city: SmallCity, name: str) -> None:
    records = [
        {"person_id": person.pk, "field": each, "value": str(getattr(person, each)),
         "row_id": row_id, "source": "dukcapil", "rule": "agreed"}
        for row_id, person in city.rows.items()
        for each in ("nik", "name", "born_on", "address", "kelurahan", "occupation")
        if row_id.startswith(next(iter(city.rows))[:16])
    ]  # fmt: skip
    schema = pa.schema(
        [("person_id", pa.int64()), *((c, pa.string()) for c in (
            "field", "value", "row_id", "source", "rule"))]
    )  # fmt: skip
    table = pa.Table.from_pylist(records, schema).sort_by("person_id")
    folder = city.workspace.lake / "registry" / name
    write_parquet(table, folder / "provenance.parquet")
    people = pa.table(
        {
            "person_id": pa.array([p.pk for p in city.rows.values()], pa.int64()),
            "row_id": pa.array(list(city.rows), pa.string()),
            "delivery": pa.array([row.split(":")[0] for row in city.rows], pa.string()),
            "source": pa.array([_source(row) for row in city.rows], pa.string()),
        }
    ).sort_by("person_id")
    write_parquet(people, folder / "person_rows.parquet")


def _source(row_id: str) -> str:
    from semesta.intake.models import Delivery

    if not _SOURCES:
        _SOURCES.update(Delivery.objects.values_list("name", "supplier"))
    return _SOURCES[row_id.split(":")[0]]


_SOURCES: dict[str, str] = {}
