"""The whole invented city: people, the files of its offices, the truth."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from semesta.demo.identifiers import NumberRegister
from semesta.demo.offices.civil_servants import CivilServants
from semesta.demo.offices.death_list import DeathList
from semesta.demo.offices.decrees import Decrees
from semesta.demo.offices.dtsen import WelfareRegister
from semesta.demo.offices.dukcapil import CivilRegister
from semesta.demo.offices.employer_list import EmployerList
from semesta.demo.offices.insurer_lists import Deactivations, Employees, Participants
from semesta.demo.offices.office import InboxFile, Office
from semesta.demo.offices.oss_projects import ProjectExport
from semesta.demo.offices.proposals import Proposals
from semesta.demo.population import Progress, populate
from semesta.demo.scale import CITY_PEOPLE, SLICE_PEOPLE, CityScale
from semesta.demo.truth import Truth

Report = Callable[[str, int, int], None]


@dataclass(frozen=True)
class CityFiles:
    """What was written: inbox, files in the order of delivery, truth, counts."""

    inbox: Path
    truth: Path
    files: tuple[InboxFile, ...]
    counts: dict[str, int] = field(default_factory=dict)


def build_city(
    *,
    out: Path,
    people: int = CITY_PEOPLE,
    seed: int = 1374,
    today: date = date(2026, 1, 31),
    progress: Report | None = None,
    slice_people: int = SLICE_PEOPLE,
) -> CityFiles:
    """Invent a city of 100 to 10,000,000 `people` and write its office files.

    `out/inbox` gets the files, `out/truth` what is true of them. The same seed, size
    and slice size give the same bytes. Memory is bounded by `slice_people`, not by
    `people`. `progress(stage, done, total)` is called as slices are done.
    """
    scale = CityScale(people, slice_people)
    truth = Truth(out / "truth")
    offices = _offices(out / "inbox", truth, seed)
    so_far = Progress(NumberRegister())
    for chunk in scale:
        part = populate(scale=scale, seed=seed, chunk=chunk, today=today, so_far=so_far)
        truth.slice(part)
        for office in offices:
            office.write(part)
        if progress:
            progress("penduduk", scale.bounds(chunk)[1], people)
    files: list[InboxFile] = []
    for number, office in enumerate(offices, 1):
        files += office.close()
        if progress:
            progress("berkas", number, len(offices))
    files.sort(key=lambda file: (file.received, _rank(file)))
    truth.close(people=people, seed=seed, today=today.isoformat(), slices=scale.slices)
    return CityFiles(
        inbox=out / "inbox",
        truth=out / "truth",
        files=tuple(files),
        counts=dict(truth.people_counts),
    )


def _rank(file: InboxFile) -> int:
    """Of files of one day the small and sure ones come first, the proposals last."""
    return file.supplier == "proposal"


def _offices(inbox: Path, truth: Truth, seed: int) -> list[Office]:
    """All offices in the order in which their files are delivered."""
    return [
        CivilRegister(inbox, truth),
        WelfareRegister(inbox, truth),
        CivilServants(inbox, truth),
        EmployerList(inbox, truth),
        ProjectExport(inbox, truth),
        Employees(inbox, truth),
        Participants(inbox, truth),
        Deactivations(inbox, truth),
        DeathList(inbox, truth),
        Decrees(inbox, truth),
        Proposals(inbox, truth, seed),
    ]
