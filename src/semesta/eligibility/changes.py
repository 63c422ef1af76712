"""Two judgements of the same people side by side: who changed, which way, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import pyarrow as pa

from semesta.eligibility.criteria import catalogue
from semesta.eligibility.grounds import RESULTS
from semesta.eligibility.judge import FAIL, LETTERS, PASS, UNKNOWN
from semesta.eligibility.policy import Policy
from semesta.warehouse.engines import arrow, duck

NOBODY = "absent"
# Which way a change goes, the good ones first: what pages and the command call it.
DIRECTIONS = {
    (FAIL, PASS): "dari tidak lolos menjadi lolos",
    (UNKNOWN, PASS): "dari belum diketahui menjadi lolos",
    (NOBODY, PASS): "belum dinilai, sekarang lolos",
    (PASS, FAIL): "dari lolos menjadi tidak lolos",
    (PASS, UNKNOWN): "dari lolos menjadi belum diketahui",
    (PASS, NOBODY): "dari lolos menjadi tidak dinilai lagi",
    (UNKNOWN, FAIL): "dari belum diketahui menjadi tidak lolos",
    (FAIL, UNKNOWN): "dari tidak lolos menjadi belum diketahui",
    (NOBODY, FAIL): "belum dinilai, sekarang tidak lolos",
    (NOBODY, UNKNOWN): "belum dinilai, sekarang belum diketahui",
    (FAIL, NOBODY): "dari tidak lolos menjadi tidak dinilai lagi",
    (UNKNOWN, NOBODY): "dari belum diketahui menjadi tidak dinilai lagi",
}
Results = Mapping[str, str]


@dataclass(frozen=True)
class Judged:
    """One judgement: `rows` has person_id, kelurahan, results (letters by criterion)."""

    rows: pa.Table
    policy: Policy

    def by_criterion(self, letters: str | None) -> dict[str, str]:
        """Criterion → pass, fail, or unknown."""
        uses = self.policy.criteria
        return {
            use.criterion: LETTERS[letter]
            for use, letter in zip(uses, letters or "", strict=False)
        }

    def clause(self, criterion: str) -> str:
        """The clause a criterion stands in; blank when the policy lacks it."""
        return next(
            (u.clause for u in self.policy.criteria if u.criterion == criterion), ""
        )


@dataclass(frozen=True)
class Reason:
    """One criterion that speaks otherwise than before; blank where a policy lacks it."""

    criterion: str
    label: str
    before: str
    after: str
    clause: str

    @property
    def sentence(self) -> str:
        """`Desil kesejahteraan: tidak terpenuhi → terpenuhi (Pasal 7)`."""
        was = RESULTS.get(self.before, "belum ada").lower()
        now = RESULTS.get(self.after, "tidak lagi disyaratkan").lower()
        where = f" · {self.clause}" if self.clause else ""
        return f"{self.label}: {was} → {now}{where}"


@dataclass(frozen=True)
class Changes:
    """The people whose results differ: `rows` has person_id, kelurahan, before, after
    (outcomes), was, now (letters), by person."""

    rows: pa.Table
    before: Judged
    after: Judged

    @cached_property
    def moved(self) -> pa.Table:
        """Those whose outcome differs; the others differ in a criterion only."""
        with duck() as session:
            session.register("changed", self.rows)
            return arrow(session.sql("SELECT * FROM changed WHERE before <> after"))

    @cached_property
    def directions(self) -> dict[tuple[str, str], int]:
        """How many went which way, in the order of DIRECTIONS; ways nobody went are left
        out."""
        pairs = zip(
            self.moved["before"].to_pylist(),
            self.moved["after"].to_pylist(),
            strict=True,
        )
        counted = Counter(pairs)
        return {way: counted[way] for way in DIRECTIONS if counted[way]}

    @cached_property
    def places(self) -> dict[str, tuple[int, int]]:
        """Kelurahan → (how many pass now, how many no longer); a blank is unknown."""
        gained: Counter[str] = Counter()
        lost: Counter[str] = Counter()
        for row in self.moved.select(["kelurahan", "before", "after"]).to_pylist():
            place = row["kelurahan"] or ""
            gained[place] += row["after"] == PASS
            lost[place] += row["before"] == PASS
        return {p: (gained[p], lost[p]) for p in sorted({*gained, *lost})}

    @cached_property
    def criteria(self) -> dict[str, int]:
        """Criterion → for how many people it speaks otherwise, most first: of those whose
        outcome changed, or when nobody's did, of all in `rows`."""
        found: Counter[str] = Counter()
        told = self.moved if self.moved.num_rows else self.rows
        pairs = Counter(
            zip(told["was"].to_pylist(), told["now"].to_pylist(), strict=True)
        )
        for (was, now), people in pairs.items():
            for reason in self.reasons(was, now):
                found[reason.criterion] += people
        return dict(found.most_common())

    def reasons(self, was: str | None, now: str | None) -> list[Reason]:
        """The criteria that speak otherwise for somebody with these letters."""
        before, after = self.before.by_criterion(was), self.after.by_criterion(now)
        return [
            Reason(
                criterion=name,
                label=catalogue()[name].label,
                before=before.get(name, ""),
                after=after.get(name, ""),
                clause=self.after.clause(name) or self.before.clause(name),
            )
            for name in dict.fromkeys([*after, *before])
            if before.get(name) != after.get(name)
            # A criterion that came or went and is met changed nothing for the person.
            and {before.get(name, PASS), after.get(name, PASS)} != {PASS}
        ]


def compare(before: Judged, after: Judged) -> Changes:
    """What differs between two judgements, whichever policies they applied."""
    with duck() as session:
        session.register("earlier", before.rows.select(_COLUMNS))
        session.register("later", after.rows.select(_COLUMNS))
        rows = arrow(session.sql(_SQL))
    changes = Changes(rows, before, after)
    return Changes(_speaking(changes), before, after)


def _speaking(changes: Changes) -> pa.Table:
    """Without people whose letters differ only because the policies list other criteria."""
    pairs = set(
        zip(
            changes.rows["was"].to_pylist(),
            changes.rows["now"].to_pylist(),
            strict=True,
        )
    )
    silent = [
        {"was": was, "now": now}
        for was, now in pairs
        if was and now and not changes.reasons(was, now)
    ]
    if not silent:
        return changes.rows
    schema = pa.schema([("was", pa.string()), ("now", pa.string())])
    with duck() as session:
        session.register("changed", changes.rows)
        session.register("silent", pa.Table.from_pylist(silent, schema=schema))
        return arrow(
            session.sql(
                "SELECT c.* FROM changed AS c ANTI JOIN silent AS s "
                "USING (was, now) ORDER BY person_id"
            )
        )


_COLUMNS = ["person_id", "kelurahan", "results"]
_OUTCOME = """CASE WHEN {letters} IS NULL THEN 'absent' WHEN contains({letters}, 'f')
    THEN 'fail' WHEN contains({letters}, 'u') THEN 'unknown' ELSE 'pass' END"""
_SQL = f"""
-- One row per person whose letters differ; null letters: not judged on that side.
SELECT coalesce(l.person_id, e.person_id) AS person_id,
    coalesce(l.kelurahan, e.kelurahan) AS kelurahan,
    {_OUTCOME.format(letters="e.results")} AS before,
    {_OUTCOME.format(letters="l.results")} AS after,
    e.results AS was, l.results AS now
FROM earlier AS e FULL JOIN later AS l USING (person_id)
WHERE e.results IS DISTINCT FROM l.results
ORDER BY person_id
"""
