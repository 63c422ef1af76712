"""Find parameters by key: the value of a day, and the whole history behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any

from semesta.kernel import UserError
from semesta.law.book import Found, law_at, law_book
from semesta.law.schema import Parameter


@dataclass(frozen=True)
class LookedUp:
    """A parameter, and its value on the day asked for; None when no rule held then."""

    parameter: Parameter
    found: Found | None

    def as_dict(self) -> dict[str, Any]:
        now = self.found
        return {
            "key": self.parameter.key,
            "label": self.parameter.label,
            "unit": self.parameter.unit,
            "description": self.parameter.description,
            "value": now.value if now else None,
            "law": now.law if now else None,
            "confidence": now.dated.confidence if now else None,
            "from": now.dated.from_.isoformat() if now else None,
            "history": [
                {
                    **value.model_dump(mode="json", by_alias=True, exclude={"law"}),
                    "law": law_book().cite(value),
                }
                for value in self.parameter.values
            ],
        }


def parameters_under(key: str, on: date) -> list[LookedUp]:
    """The parameter of this key and all below it (`bpu.jkm` finds `bpu.jkm.amount`).

    UserError `law.key` with the nearest keys when there is none.
    """
    book, law = law_book(), law_at(on)
    keys = [
        known
        for known in book.parameters
        if known == key or known.startswith(f"{key}.")
    ]
    if not keys:
        near = get_close_matches(key, book.parameters, cutoff=0)[:2]
        raise UserError(
            "law.key",
            f"Tidak ada parameter hukum {key}.",
            f"Yang mirip: {', '.join(near)}.",
            "Semua kunci ada di docs/reference/generated/law-parameters.md.",
        )
    return [LookedUp(book.parameters[known], law.find(known)) for known in keys]
