"""Everything the page of one person tells, gathered from the stages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from semesta.access.models import User
from semesta.benefits.models import BenefitCase, ProtectionWarning
from semesta.benefits.queries import cases_of, warnings_of
from semesta.decrees.models import DecreeEntry
from semesta.decrees.queries import entries_of_person
from semesta.eligibility.grounds import Decision
from semesta.eligibility.models import Pause
from semesta.eligibility.pausing.queries import pause_of
from semesta.eligibility.queries import decision_of
from semesta.intake.queries import deliveries_named
from semesta.kernel.identity import mask
from semesta.law.book import law_at
from semesta.ledger.queries import standing_of, timeline_of
from semesta.ledger.tenure.guard import Guard
from semesta.ledger.tenure.queries import guard_of_person
from semesta.ledger.timeline import Timeline
from semesta.planning.queries import RankingLine, ranking_line
from semesta.registry.models import Person
from semesta.registry.queries import Origin, provenance_of, rows_of
from semesta.registry.survivorship import RULES
from semesta.warehouse.workspace import Workspace
from semesta.web import words
from semesta.web.people.months import MonthGrid, month_grid
from semesta.web.people.protection import (
    Protection,
    Tenure,
    paid_ahead,
    protection_of,
)

FIELD_LABELS = {
    "nik": "NIK",
    "family_card": "Nomor KK",
    "name": "Nama",
    "titles": "Gelar",
    "sex": "Jenis kelamin",
    "born_on": "Tanggal lahir",
    "born_at": "Tempat lahir",
    "mother_name": "Nama ibu",
    "address": "Alamat",
    "rt": "RT",
    "rw": "RW",
    "kelurahan": "Kelurahan",
    "phone": "Telepon",
    "relation": "Hubungan keluarga",
    "marital_status": "Status kawin",
    "alive": "Masih hidup",
    "died_on": "Tanggal meninggal",
    "works": "Bekerja",
    "occupation": "Pekerjaan",
    "income": "Penghasilan",
    "decile": "Desil",
    "kpj": "Nomor peserta",
    "is_civil_servant": "ASN",
    "proposed": "Diusulkan",
    "in_population_register": "Tercatat di Dukcapil",
}
SECRET = {"nik", "family_card"}


class Source(NamedTuple):
    """The rows of one file that are about this person; `lines` as in `8, 12, 13`."""

    supplier: str
    filename: str
    lines: str


class FieldOrigin(NamedTuple):
    """One value of one field, where it stood and why it counts or not."""

    label: str
    value: str
    supplier: str
    line: str
    rule: str
    used: bool


@dataclass(frozen=True)
class Story:
    """A person's page. Months are counted on `on`; lists are in the order shown."""

    person: Person
    on: date
    protection: Protection
    tenure: Tenure
    ahead: int
    timeline: Timeline
    grid: MonthGrid
    rows: int
    sources: list[Source]
    origins: list[FieldOrigin]
    decision: Decision | None
    pause: Pause | None
    ranking: RankingLine | None
    entries: list[DecreeEntry]
    cases: list[BenefitCase]
    warnings: list[ProtectionWarning]
    guard: Guard | None


def story_of(person: Person, *, user: User, on: date, workspace: Workspace) -> Story:
    """Gather one person's story. The caller has checked that the user may see them."""
    protection = protection_of(
        standing_of(person.pk, on),
        on=on,
        died_on=person.died_on,
        dead=person.alive is False or person.died_on is not None,
    )
    timeline = timeline_of(person.pk)
    rows = rows_of(person.pk, workspace)
    needed = law_at(on).get("scholarship.jkm_minimum_months").value
    return Story(
        person=person,
        on=on,
        protection=protection,
        tenure=Tenure(protection.standing.tenure_months, needed),
        ahead=paid_ahead(protection.standing, on),
        timeline=timeline,
        grid=month_grid(timeline, on),
        rows=len(rows),
        sources=_sources(rows),
        origins=_origins(provenance_of(person.pk, workspace), workspace),
        decision=decision_of(person.pk, workspace),
        pause=pause_of(person.pk, on),
        ranking=ranking_line(person.pk, workspace),
        entries=list(entries_of_person(user, person.pk)),
        cases=list(cases_of(person)),
        warnings=list(warnings_of(person)),
        guard=guard_of_person(person, on) if protection.answer else None,
    )


def _sources(rows: list[dict[str, str]]) -> list[Source]:
    files = deliveries_named({row["delivery"] for row in rows})
    lines: dict[str, list[str]] = {}
    for row in rows:
        lines.setdefault(row["delivery"], []).append(row["row_id"].rpartition(":")[2])
    return [
        Source(words.supplier(file.supplier), file.filename, ", ".join(lines[name]))
        for name, file in sorted(files.items(), key=lambda item: item[1].pk)
    ]


def _origins(origins: Iterable[Origin], workspace: Workspace) -> list[FieldOrigin]:
    return [
        FieldOrigin(
            label=FIELD_LABELS.get(one.field, one.field),
            value=_shown(one, workspace),
            supplier=words.supplier(one.source),
            line=one.row_id.rpartition(":")[2],
            rule=RULES.get(one.rule, one.rule),
            used=one.rule != "aside",
        )
        for one in origins
    ]


def _shown(origin: Origin, workspace: Workspace) -> str:
    if origin.field in SECRET:
        return mask(origin.value)
    if origin.field == "kelurahan":
        return workspace.region.area_name(origin.value)
    if origin.field == "occupation":
        return words.occupation(origin.value)
    if origin.field in ("relation", "marital_status"):
        return words.plain(origin.value)
    return {"true": "ya", "false": "tidak"}.get(origin.value, origin.value)
