"""How protected somebody is today, in a headline and a sentence. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from semesta.kernel import Month
from semesta.law.answer import Answer
from semesta.law.benefit.death import death_benefit
from semesta.law.benefit.scholarship import Right, scholarship_right
from semesta.law.membership import Standing
from semesta.web.formats import day

ORDER = ("active", "grace", "lapsed", "never")
TONES = {"active": "good", "grace": "wait", "lapsed": "bad", "never": "plain"}
MARKS = {"good": "✓", "wait": "!", "bad": "✕", "plain": "–"}


@dataclass(frozen=True)
class Protection:
    """What the page says at the top of a person's story.

    `answer` and `scholarship`: what the family would receive if the person died today
    (not at work); None where no segment of monthly contributions applies.
    """

    tone: str
    mark: str
    headline: str
    sentence: str
    segment: str
    standing: Standing
    answer: Answer | None
    scholarship: Right | None


def best(standings: Mapping[str, Standing]) -> tuple[str, Standing]:
    """The segment in which somebody stands best; the first one wins a draw."""
    return min(standings.items(), key=lambda item: ORDER.index(item[1].status))


def protection_of(
    standings: Mapping[str, Standing], *, on: date, died_on: date | None, dead: bool
) -> Protection:
    """Protection on a day from the standing per segment (at least one)."""
    segment, standing = best(standings)
    if dead:
        when = f"pada {day(died_on)}" if died_on else "(tanggal belum diketahui)"
        return Protection(
            tone="plain",
            mark="–",
            headline="Tercatat meninggal dunia",
            sentence=f"Meninggal {when}. Hak keluarganya ada di bagian santunan.",
            segment=segment,
            standing=standing,
            answer=None,
            scholarship=None,
        )
    tone = TONES[standing.status]
    headline, sentence = _words(standing)
    return Protection(
        tone=tone,
        mark=MARKS[tone],
        headline=headline,
        sentence=sentence,
        segment=segment,
        standing=standing,
        answer=death_benefit(event_on=on, standing=standing, segment=segment),
        scholarship=scholarship_right(event_on=on, standing=standing, segment=segment),
    )


def _words(standing: Standing) -> tuple[str, str]:
    last = standing.paid_until + -1 if standing.paid_until else None
    if standing.status == "never" or last is None:
        return (
            "Belum pernah terlindungi",
            "Tidak ada satu bulan pun yang pernah dibayar untuk orang ini.",
        )
    paid = f"Iuran terakhir untuk {last.in_words()}"
    if standing.status == "active":
        return "Terlindungi hari ini", f"{paid}; tidak ada tunggakan."
    if standing.status == "grace":
        arrears = f"{standing.unpaid_months} bulan belum dibayar"
        later = "Santunan baru cair setelah tunggakan lunas."
        return "Masih terlindungi, tetapi menunggak", f"{paid}; {arrears}. {later}"
    return (
        "Tidak terlindungi",
        f"{paid}; sesudah itu {standing.unpaid_months} bulan tidak dibayar.",
    )


@dataclass(frozen=True)
class Tenure:
    """Paid months toward the months that open the scholarship."""

    months: int
    needed: int

    @property
    def share(self) -> float:
        return min(100.0, 100 * self.months / self.needed)

    @property
    def short(self) -> int:
        return max(0, self.needed - self.months)


def paid_ahead(standing: Standing, on: date) -> int:
    """Months paid for that have not begun, counted from the month after `on`."""
    if standing.paid_until is None:
        return 0
    return max(0, standing.paid_until - (Month.of(on) + 1))
