"""The whole invented city: people, the files of its offices, the truth."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import date
from itertools import count
from pathlib import Path

from semesta.demo import dirt_rates
from semesta.demo.calendar import TODAY
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
from semesta.demo.proposing import MISFITS, MisfitRates
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
    today: date = TODAY,
    progress: Report | None = None,
    slice_people: int = SLICE_PEOPLE,
) -> CityFiles:
    """Invent a city of 100 to 10,000,000 `people` and write its office files.

    `out/inbox` gets the files, `out/truth` what is true of them. The same seed, size
    and slice size give the same bytes. Memory is bounded by `slice_people`, not by
    `people`. `progress(stage, done, total)` is called after each step of the work.
    """
    scale = CityScale(people, slice_people)
    truth = Truth(out / "truth")
    offices = _offices(out / "inbox", truth, seed)
    so_far = Progress(NumberRegister())
    step = _steps(progress, scale.slices * (1 + len(offices)) + len(offices))
    for chunk in scale:
        part = populate(scale=scale, seed=seed, chunk=chunk, today=today, so_far=so_far)
        truth.slice(part)
        step("penduduk")
        for office in offices:
            office.write(part)
            step("berkas")
    files: list[InboxFile] = []
    for office in offices:
        files += office.close()
        step("berkas")
    files.sort(key=lambda file: (file.received, _rank(file)))
    truth.close(
        people=people,
        seed=seed,
        today=today.isoformat(),
        slices=scale.slices,
        stated_rates=_stated_rates(),
    )
    return CityFiles(
        inbox=out / "inbox",
        truth=out / "truth",
        files=tuple(files),
        counts=dict(truth.people_counts),
    )


def _steps(progress: Report | None, total: int) -> Callable[[str], None]:
    """A function that counts one step of `total` and tells `progress`."""
    done = count(1)

    def step(stage: str) -> None:
        if progress:
            progress(stage, next(done), total)

    return step


def _stated_rates() -> dict[str, dict[str, float]]:
    """The rates of dirt and of misfits in force, by office, without the zeros."""
    tables: dict[str, dirt_rates.DirtRates | MisfitRates] = {
        "dukcapil": dirt_rates.REGISTER,
        "dtsen": dirt_rates.WELFARE_LIST,
        "bpjs": dirt_rates.INSURER,
        "sk": dirt_rates.DECREE,
        "kelurahan": dirt_rates.DEATH_LIST,
        "bkpsdm": dirt_rates.STAFF_LIST,
        "usulan": dirt_rates.KELURAHAN,
        "usulan_misfits": MISFITS,
    }
    return {
        office: {kind: rate for kind, rate in asdict(rates).items() if rate}
        for office, rates in tables.items()
    }


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
