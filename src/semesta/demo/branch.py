"""The invented insurer's branch: answers what the city sends, in files of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from semesta.demo import insurer
from semesta.demo.calendar import (
    ANSWERED_ON,
    BILLED_MONTHS,
    FIRST_MONTH,
    PAID_ON,
)
from semesta.intake.received import ReceivedFile


class Branch:
    """Knows the truth of the city, as the real branch knows the civil register."""

    def __init__(self, *, inbox: Path, truth: Path) -> None:
        self._out = inbox / "bpjs"
        self._truth = truth
        self._answers: list[Path] = []

    def answer(self, uploads: list[Path], *, number: str) -> list[ReceivedFile]:
        """One answer file per upload file: accepted or refused, row by row."""
        self._answers = [
            insurer.answer(
                upload_file=upload,
                truth=self._truth,
                out=self._out / f"jawaban-{part}",
                decree_number=number,
                on=ANSWERED_ON,
            )
            for part, upload in enumerate(uploads, 1)
        ]
        return [
            ReceivedFile(path, "insurer_answer", ANSWERED_ON) for path in self._answers
        ]

    def proof_of_payment(self, *, number: str) -> dict[str, Any]:
        """When the treasurer paid the first bill, and the number on the proof."""
        return {"paid_on": PAID_ON, "reference": f"NTPN {number}/{FIRST_MONTH}"}

    def confirm_payment(self, *, number: str) -> list[ReceivedFile]:
        """The proof of the first bill: everyone accepted, January to June."""
        paths = [
            insurer.confirm_payment(
                answer_file=answer,
                out=answer.parent,
                month_from=FIRST_MONTH,
                month_until=FIRST_MONTH + BILLED_MONTHS,
                paid_on=PAID_ON,
            )
            for answer in self._answers
        ]
        return [ReceivedFile(path, "payments", PAID_ON) for path in paths]
