"""One thing that is wrong with the ledger, in words and by number, without names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Fault:
    """`code` is stable; `subject` is `kind:id`; `message` a sentence in Indonesian."""

    code: str
    subject: str
    message: str

    def as_dict(self) -> dict[str, Any]:
        return {"code": self.code, "subject": self.subject, "message": self.message}
