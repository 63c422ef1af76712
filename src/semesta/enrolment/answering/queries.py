"""Readers of answer files: what of each was applied, and what is held and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from semesta.audit.models import Run
from semesta.decrees.models import Decree
from semesta.enrolment.queries import ANSWERS, answer_deliveries
from semesta.intake.models import Delivery

# Why an answer changed nothing.
HELD = {
    "other_decree": "untuk SK lain",
    "unknown_nik": "NIK tidak ada di SK ini",
    "unreadable": "status tidak dikenal",
    "conflicting": "dua jawaban berbeda untuk satu orang",
}


@dataclass
class AnswerFile:
    """One answer file against one decree: rows applied, rows held by why with their
    lines, the other decrees it names."""

    delivery: Delivery
    applied: int = 0
    held: dict[str, list[int]] = field(default_factory=dict)
    other_numbers: dict[str, int] = field(default_factory=dict)

    @property
    def is_for_another(self) -> bool:
        """Whether nothing of it is about this decree."""
        return not self.applied and set(self.held) == {"other_decree"}

    @property
    def reasons(self) -> list[tuple[str, list[int]]]:
        """Why rows are held, in words, with their lines."""
        return [(HELD[why], lines) for why, lines in self.held.items()]


def newest_matching(decree: Decree) -> Run | None:
    """The run that last matched answers to this decree."""
    runs = Run.objects.filter(stage="answers", inputs__decree=decree.sha256)
    return runs.order_by("-pk").first()


def unmatched_answers(decree: Decree) -> int:
    """How many answer files came in since answers were last matched to this decree."""
    run = newest_matching(decree)
    known = set(run.inputs["deliveries"]) if run else set()
    return len(set(answer_deliveries()) - known)


def answer_files(decree: Decree) -> list[AnswerFile]:
    """Every answer file that was matched to this decree, newest first."""
    run = newest_matching(decree)
    if run is None:
        return []
    deliveries = Delivery.objects.filter(
        supplier=ANSWERS, name__in=run.inputs["deliveries"]
    )
    files = {one.name: AnswerFile(one) for one in deliveries.order_by("-pk")}
    for name, number in run.outputs.get("applied", {}).items():
        files[name].applied = number
    for name, numbers in run.outputs.get("other_numbers", {}).items():
        files[name].other_numbers = dict(Counter(numbers).most_common())
    for why, row_ids in run.outputs["rows_without_effect"].items():
        for row_id in row_ids:
            name, _, line = row_id.split(":")
            files[name].held.setdefault(why, []).append(int(line))
    return list(files.values())
