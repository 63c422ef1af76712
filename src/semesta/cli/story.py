"""An invented city from nothing to its figures, and those figures in one object."""

from __future__ import annotations

import json
import os
import shutil
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

import pyarrow as pa
import pyarrow.csv as pc

from semesta.access.services import create_demo_accounts
from semesta.audit.queries import events
from semesta.audit.services import record
from semesta.coverage.models import MeasureRun
from semesta.coverage.queries import figures as all_figures
from semesta.cycle import Programme, Progress, run_cycle, take_in_all
from semesta.decrees.queries import newest_decree
from semesta.demo import calendar
from semesta.demo.branch import Branch
from semesta.demo.city import build_city
from semesta.demo.months import known_members, write_month
from semesta.eligibility.queries import ground_counts, newest_decision_run
from semesta.enrolment.monthly.queries import paid_entries
from semesta.intake.models import Delivery
from semesta.intake.queries import fates_of
from semesta.intake.received import ReceivedFile
from semesta.kernel import Actor, Month, UserError
from semesta.ledger.queries import totals
from semesta.linkage import quality
from semesta.linkage.measuring.services import record_quality
from semesta.linkage.queries import newest_run as newest_linkage
from semesta.planning.queries import newest_plan
from semesta.registry.queries import newest_run as newest_registry
from semesta.warehouse.engines import duck
from semesta.warehouse.lake import file_sha256
from semesta.warehouse.workspace import Workspace


def _fates(deliveries: Iterable[Delivery]) -> dict[str, int]:
    """Rows of all these files by fate."""
    counts: Counter[str] = Counter()
    for delivery in deliveries:
        counts.update(fates_of(delivery))
    return dict(counts)


def tell_story(
    *, workspace: Workspace, people: int, seed: int, by: Actor, tell: Progress
) -> dict[str, Any]:
    """Build the city unless it stands, run the cycle, and return its figures.

    A city in which somebody has worked since is shown as it stands: its year is theirs.
    """
    began = perf_counter()
    files = city_files(workspace, people=people, seed=seed, tell=tell)
    built = perf_counter() - began
    create_demo_accounts(region=workspace.region, by=by, record=record)
    seconds = {}
    if not _is_lived_in(by):
        seconds = run_cycle(
            workspace=workspace,
            files=files,
            programme=programme(people),
            by=by,
            insurer=Branch(inbox=workspace.inbox, truth=workspace.root / "truth"),
            tell=tell,
        )
    result = figures(workspace, people=people)
    result["seconds"] = {
        "city": round(built, 3),
        **seconds,
        "total": round(perf_counter() - began, 3),
    }
    return result


def tell_month(workspace: Workspace, month: Month) -> dict[str, Any]:
    """Let the offices report a month about those on decrees, and take their lists in.

    Returns rows by supplier; the same month with the same members changes nothing.
    """
    numbers = list(paid_entries(month).values_list("nik", flat=True))
    if not numbers:
        raise UserError(
            "demo.month",
            f"Tidak ada peserta pada {month.in_words()}.",
            "Tidak ada SK yang membiayai bulan itu.",
            "Pilih bulan yang dibiayai SK.",
        )
    members = known_members(workspace.root / "truth" / "people.csv", numbers)
    seed = int(workspace.settings.get("seed", 0))
    files = write_month(members=members, month=month, out=workspace.inbox, seed=seed)
    heard = datetime.combine(files[0].received, calendar.NOW.timetz())
    take_in_all(
        [
            ReceivedFile(workspace.inbox / file.path, file.supplier, file.received)
            for file in files
        ],
        workspace=workspace,
        by=Actor("semesta", heard, "Kota rekaan"),
    )
    return {"month": str(month), **{file.supplier: file.rows for file in files}}


def _is_lived_in(teller: Actor) -> bool:
    """Whether the story was told to its end and somebody else has acted since."""
    told = MeasureRun.objects.exists()
    # Whoever acts in the story acts on its authority; nobody else does.
    return told and events().exclude(authority=teller.authority).exists()


def programme(people: int) -> Programme:
    """The invented city's year 2026, its budget in proportion to its size."""
    return Programme(
        policy=calendar.POLICY,
        decide_on=calendar.DECIDED_ON,
        budget=calendar.budget_for(people),
        instrument="DPA DPMPTSP 2026 (rekaan)",
        first_month=calendar.FIRST_MONTH,
        months=calendar.PLANNED_MONTHS,
        billed_months=calendar.BILLED_MONTHS,
        decree_number=calendar.DECREE_NUMBER,
        decree_on=calendar.DECREED_ON,
        as_of=calendar.TODAY,
    )


def city_files(
    workspace: Workspace, *, people: int, seed: int, tell: Progress
) -> list[ReceivedFile]:
    """The city's office files; written once, and again when the writing was cut off."""
    listing = workspace.root / "city.json"
    if not listing.exists():
        building = workspace.root / "city.part"
        shutil.rmtree(building, ignore_errors=True)
        city = build_city(
            out=building,
            people=people,
            seed=seed,
            today=calendar.TODAY,
            progress=lambda _, done, total: tell("city", min(done, total - 1), total),
        )
        for folder in ("inbox", "truth"):
            shutil.rmtree(workspace.root / folder, ignore_errors=True)
            os.replace(building / folder, workspace.root / folder)
        shutil.rmtree(building)
        _write_listing(workspace, listing, city.files)
    tell("city", 1, 1)
    return [
        ReceivedFile(
            path=workspace.inbox / entry["path"],
            supplier=entry["supplier"],
            as_of=date.fromisoformat(entry["as_of"]),
            area=entry["area"],
        )
        for entry in json.loads(listing.read_text("utf-8"))
    ]


def _write_listing(workspace: Workspace, listing: Path, files: Any) -> None:
    """`city.json` appears last: until then the city counts as not built."""
    entries = [
        {
            "path": file.path,
            "supplier": file.supplier,
            "as_of": file.received.isoformat(),
            "area": _sender(workspace, file.path),
        }
        for file in files
    ]
    part = listing.with_suffix(".part")
    part.write_text(json.dumps(entries, indent=1), "utf-8")
    os.replace(part, listing)


def _sender(workspace: Workspace, path: str) -> str:
    """The kelurahan that sent a proposal (its name is in the file's), else blank."""
    stem = Path(path).stem
    if not stem.startswith("Usulan_"):
        return ""
    place = workspace.region.find_place(stem.removeprefix("Usulan_").replace("_", " "))
    return place.code if place else ""


def figures(workspace: Workspace, *, people: int) -> dict[str, Any]:
    """Every figure of the closing table, from what the stages stored."""
    deliveries = Delivery.objects.all()
    decisions, plan = newest_decision_run(), newest_plan()
    decree, registry_run = newest_decree(), newest_registry()
    # The cycle has made all of them, or it would have raised.
    assert decisions is not None
    assert plan is not None
    assert decree is not None
    assert registry_run is not None
    grounds = ground_counts(decisions)
    ledger = totals()
    return {
        "region": workspace.region.code,
        "people": people,
        "files": deliveries.count(),
        "rows": sum(delivery.rows for delivery in deliveries),
        "fates": _fates(deliveries),
        "persons": registry_run.persons,
        **linkage_quality(workspace),
        "decisions": {
            "pass": decisions.passed,
            "fail": decisions.failed,
            "unknown": decisions.unknown,
            "failed_by": {each.criterion: each.failed for each in grounds},
            "unknown_by": {each.criterion: each.unknown for each in grounds},
        },
        "plan": {
            key: getattr(plan, key)
            for key in ("budget", "price", "months", "candidates", "people", "cost")
        },
        "decree": {"entries": decree.entries_count, "sha256": decree.sha256},
        "ledger": {key: ledger[key] for key in ("entries", "paid_months")},
        "coverage": [figure.as_dict() for figure in all_figures()],
    }


def linkage_quality(workspace: Workspace) -> dict[str, Any]:
    """Precision, recall and F1 of the newest linkage against the invented truth, over
    pairs of rows and over clusters; the page about quality shows them by threshold."""
    run = newest_linkage()
    assert run is not None  # the cycle made it
    truth = workspace.root / "truth" / "rows.csv"
    text = pc.ConvertOptions(column_types=dict.fromkeys(("sheet", "file"), pa.string()))
    with duck() as con:
        people = quality.truth_rows(
            con, pc.read_csv(truth, convert_options=text), _places(workspace)
        )
    found = record_quality(
        linkage_run=run,
        people=people,
        known_by=file_sha256(truth),
        workspace=workspace,
        by=Actor("semesta", calendar.NOW, "Kota rekaan"),
    )["found"]
    return {
        name: {measure: round(value, 6) for measure, value in found[kind].items()}
        for name, kind in (("linkage", "pairs"), ("linkage_clusters", "clusters"))
    }


def _places(workspace: Workspace) -> dict[tuple[str, str], str]:
    """(file, sheet) of the truth → the beginning of those rows' ids."""
    by_path = {}
    names = {d.sha256: d for d in Delivery.objects.filter(status="read")}
    for entry in json.loads((workspace.root / "city.json").read_text("utf-8")):
        delivery = names.get(file_sha256(workspace.inbox / entry["path"]))
        if delivery is None:
            continue
        for table in delivery.tables:
            if "sheet_number" not in table:  # a sheet that was passed over
                continue
            sheet = table["sheet"] or ""
            by_path[(entry["path"], sheet)] = f"{delivery.name}:{table['sheet_number']}"
    return by_path
