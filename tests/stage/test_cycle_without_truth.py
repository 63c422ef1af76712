"""The cycle without the truth folder, on the database of this test run.

The files are those of the finished city, the insurer's answers the recorded ones. Equal
figures prove two things: no stage looks at the truth, and SQLite and PostgreSQL agree.
"""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from tests.stage.conftest import FinishedCity
from tests.support.commands import CITY_PEOPLE

from semesta.cli.story import programme
from semesta.coverage.queries import figures
from semesta.cycle import run_cycle
from semesta.decrees.queries import newest_decree
from semesta.intake.received import ReceivedFile
from semesta.kernel import Actor
from semesta.ledger.queries import totals
from semesta.registry.queries import newest_run
from semesta.warehouse.workspace import Workspace

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


class RecordedInsurer:
    """Answers with the files the invented branch wrote for the finished city."""

    def __init__(self, inbox: Path) -> None:
        self.inbox = inbox

    def answer(self, uploads: list[Path], *, number: str) -> list[ReceivedFile]:
        return self._files("Jawaban_SK_*.xlsx", "insurer_answer", date(2026, 1, 12))

    def proof_of_payment(self, *, number: str) -> dict[str, object]:
        return {"paid_on": date(2026, 1, 20), "reference": f"NTPN {number}/2026-01"}

    def confirm_payment(self, *, number: str) -> list[ReceivedFile]:
        return self._files("Bukti_Iuran_*.csv", "payments", date(2026, 1, 20))

    def _files(self, pattern: str, supplier: str, on: date) -> list[ReceivedFile]:
        found = sorted(self.inbox.rglob(pattern))
        return [ReceivedFile(path, supplier, on) for path in found]


def test_the_same_files_give_the_same_city(
    city: FinishedCity, workspace: Workspace, officer: Actor
) -> None:
    shutil.copytree(city.workspace / "inbox", workspace.inbox, dirs_exist_ok=True)
    assert not (workspace.root / "truth").exists()
    listing = json.loads((city.workspace / "city.json").read_text("utf-8"))
    run_cycle(
        workspace=workspace,
        files=[
            ReceivedFile(
                workspace.inbox / entry["path"],
                entry["supplier"],
                date.fromisoformat(entry["as_of"]),
                entry["area"],
            )
            for entry in listing
        ],
        programme=programme(CITY_PEOPLE),
        by=officer,
        insurer=RecordedInsurer(workspace.inbox),
    )
    registry_run, decree, ledger = newest_run(), newest_decree(), totals()
    assert registry_run is not None
    assert decree is not None
    assert registry_run.persons == city.figures["persons"]
    assert decree.sha256 == city.figures["decree"]["sha256"]
    assert ledger["entries"] == city.figures["ledger"]["entries"]
    assert ledger["paid_months"] == city.figures["ledger"]["paid_months"]
    assert [each.as_dict() for each in figures()] == city.figures["coverage"]
