"""The readers of measuring: what waits to be looked at, and what the sample says."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet

from semesta.access.area import in_area
from semesta.access.rights import check_may
from semesta.audit.queries import newest_run as newest_run_of
from semesta.linkage.measuring.estimate import (
    AtWeight,
    Estimate,
    Looked,
    by_threshold,
    estimate,
)
from semesta.linkage.measuring.models import QualityPair, QualitySample
from semesta.linkage.measuring.strata import stratum_words
from semesta.linkage.models import LinkageRun

if TYPE_CHECKING:
    from semesta.access.models import User
    from semesta.warehouse.workspace import Workspace


@dataclass(frozen=True)
class Stratum:
    """A stratum of a sample: its pairs, those drawn, and what people said of them."""

    looked: Looked
    drawn: int
    unsure: int

    @property
    def words(self) -> str:
        """What kind of pairs these are, in Indonesian."""
        return stratum_words(self.looked.code)

    @property
    def different(self) -> int:
        return self.looked.decided - self.looked.same

    @property
    def wrong(self) -> int:
        """Pairs on which people and linkage differ."""
        return self.different if self.looked.joined else self.looked.same


@dataclass(frozen=True)
class Sampled:
    """A sample, and what it says so far."""

    sample: QualitySample
    strata: list[Stratum]

    @property
    def drawn(self) -> int:
        return sum(s.drawn for s in self.strata)

    @property
    def answered(self) -> int:
        return sum(s.looked.decided + s.unsure for s in self.strata)

    @property
    def finished(self) -> bool:
        return self.answered == self.drawn

    @property
    def unsure(self) -> int:
        return sum(s.unsure for s in self.strata)

    @property
    def wrong(self) -> int:
        return sum(s.wrong for s in self.strata)

    @property
    def share(self) -> float:
        """Per cent of the pairs that somebody has looked at."""
        return 100 * self.answered / self.drawn if self.drawn else 0.0

    @property
    def estimate(self) -> Estimate:
        return estimate([s.looked for s in self.strata])

    @property
    def by_threshold(self) -> list[AtWeight]:
        return by_threshold([s.looked for s in self.strata])


@dataclass(frozen=True)
class Measured:
    """Figures of a linkage whose truth is known, as `services.record_quality` keeps."""

    linkage_run: LinkageRun
    figures: dict[str, Any]


def newest_sample() -> QualitySample | None:
    """The sample drawn last, whichever linkage it is from."""
    return QualitySample.objects.select_related("linkage_run__run", "run").last()


def sampled(sample: QualitySample) -> Sampled:
    """What a sample says. Counts only: no area limits, no personal data."""
    counts = Counter(sample.pairs.values_list("stratum", "answer"))
    strata = []
    for entry in sample.strata:
        code = entry["code"]
        same, different, unsure, waiting = (
            counts[code, answer] for answer in (*QualityPair.Answer.values, "")
        )
        decided = same + different
        looked = Looked(decided=decided, same=same, **entry)
        strata.append(Stratum(looked, decided + unsure + waiting, unsure))
    return Sampled(sample, strata)


def sample_pairs(user: User, sample: QualitySample | None) -> QuerySet[QualityPair]:
    """The pairs of a sample in the user's area that wait, or that the user answered."""
    check_may(user, "review_matches")
    pairs = QualityPair.objects.filter(sample=sample)
    mine = pairs.filter(Q(answer="") | Q(answered_by=user.get_username()))
    return in_area(mine, user, "area")


def quality_file(workspace: Workspace, run: LinkageRun) -> Path:
    """The file with a run's figures against what is known of its rows."""
    return workspace.lake / "linkage" / run.name / "quality.json"


def newest_measured(workspace: Workspace) -> Measured | None:
    """The figures measured last against a known answer; None where none is known."""
    recorded = newest_run_of("quality")
    if recorded is None:
        return None
    run = LinkageRun.objects.get(name=recorded.inputs["linkage"])
    content = quality_file(workspace, run).read_text("utf-8")
    return Measured(run, json.loads(content))
