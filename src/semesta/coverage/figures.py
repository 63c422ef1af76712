"""A figure as it is shown everywhere: never a percentage without what stands behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from semesta.coverage.definitions import SEGMENT_LABELS, WITHOUT_DATA
from semesta.kernel import Month


def number_text(number: int) -> str:
    """`12.345`."""
    return f"{number:,}".replace(",", ".")


def percent_text(value: float | None) -> str:
    """`48,1 %`; a dash when it is not known."""
    return "–" if value is None else f"{value:.1f} %".replace(".", ",")


def level_of(area: str) -> str:
    """`region`, `kecamatan` or `kelurahan`, by the parts of a Kemendagri code."""
    return {2: "region", 3: "kecamatan", 4: "kelurahan"}.get(area.count(".") + 1, "")


@dataclass(frozen=True)
class Figure:
    """One measure of one segment in one area, at one date.

    None is unknown. `value` may exceed 100 %; `capped` never does.
    """

    definition: str
    title: str
    segment: str
    area: str
    area_name: str
    numerator: int | None
    denominator: int | None
    numerator_text: str
    denominator_text: str
    unit: str
    phrase: str
    source: str
    source_as_of: date | None
    as_of: date
    citation: str
    cap: str
    note: str

    @property
    def value(self) -> float | None:
        """Share in per cent; None when a part is unknown or the denominator is zero."""
        if self.numerator is None or not self.denominator:
            return None
        return 100 * self.numerator / self.denominator

    @property
    def capped(self) -> float | None:
        """The share, never above 100 %."""
        return None if self.value is None else min(self.value, 100.0)

    @property
    def is_over(self) -> bool:
        """Whether more are counted than the denominator holds."""
        return self.value is not None and self.value > 100

    @property
    def missing(self) -> int | None:
        """How many are still without; 0 when the share is 100 % or more."""
        if self.numerator is None or self.denominator is None:
            return None
        return max(0, self.denominator - self.numerator)

    @property
    def percent(self) -> str:
        return percent_text(self.value)

    @property
    def segment_label(self) -> str:
        return SEGMENT_LABELS[self.segment]

    @property
    def place(self) -> str:
        """`Kelurahan Ganting`, `Kecamatan …`, or the region's own name."""
        if level_of(self.area) == "kecamatan":
            return f"Kecamatan {self.area_name}"
        if level_of(self.area) == "kelurahan":
            # Kemendagri numbers kelurahan from 1001 and desa (nagari, …) from 2001.
            is_desa = self.area.rpartition(".")[2].startswith("2")
            return f"{'Desa' if is_desa else 'Kelurahan'} {self.area_name}"
        return self.area_name

    @property
    def sentence(self) -> str:
        """The figure in one Indonesian sentence, with its day."""
        day = f"{self.as_of.day} {Month.of(self.as_of).in_words()}"
        if self.numerator is None:
            return f"Belum diketahui di {self.place} per {day}: {self.denominator_text}"
        count = number_text(self.numerator)
        if self.denominator is None:
            return (
                f"{count} orang di {self.place} {self.phrase} per {day}; "
                "penyebutnya belum diketahui."
            )
        of = f"dari {number_text(self.denominator)} {self.unit} di {self.place}"
        if self.value is None:
            return (
                f"{count} {of} {self.phrase} per {day}; bagiannya tidak dapat dihitung."
            )
        over = "; pembilang melebihi penyebut, dibatasi 100 %" if self.is_over else ""
        return f"{count} {of} {self.phrase} per {day} ({self.percent}{over})."

    def as_dict(self) -> dict[str, Any]:
        """The figure for JSON, the API and exports."""
        return {
            "measure": self.definition,
            "title": self.title,
            "definition": f"{self.numerator_text} / {self.denominator_text}",
            "segment": self.segment,
            "area": self.area,
            "area_name": self.area_name,
            "numerator": self.numerator,
            "denominator": self.denominator,
            "value": None if self.value is None else round(self.value, 2),
            "capped": None if self.capped is None else round(self.capped, 2),
            "source": self.source,
            "source_as_of": self.source_as_of.isoformat()
            if self.source_as_of
            else None,
            "as_of": self.as_of.isoformat(),
            "sentence": self.sentence,
        }


def figure_from(row: dict[str, Any], words: dict[str, Any]) -> Figure:
    """A stored row (fields of `Measure`) with the words of its own run."""
    segment = row["segment"]
    source = row["denominator_source"]
    text = words["denominator"][segment].replace("{source}", source)
    return Figure(
        definition=row["definition"],
        title=words["title"],
        segment=segment,
        area=row["area"],
        area_name=row["area_name"],
        numerator=None if segment in WITHOUT_DATA else row["numerator"],
        denominator=row["denominator"],
        numerator_text=words["numerator"],
        denominator_text=text,
        unit=words["unit"][segment],
        phrase=words["phrase"],
        source=source,
        source_as_of=row["denominator_as_of"],
        as_of=row["as_of"],
        citation=words["citation"],
        cap=words["cap"],
        note=words["note"],
    )
