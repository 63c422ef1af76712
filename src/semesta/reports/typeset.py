"""Templates and data in, PDF out; the same data on the same day give the same bytes."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from importlib.resources import files
from typing import Any, Literal

# Long tables as tagged PDF are twenty times larger; the same list goes out as a
# spreadsheet, which any reader can go through row by row.
STANDARD: Literal["a-2b"] = "a-2b"


def pdf(template: str, data: dict[str, Any], *, made_on: date) -> bytes:
    """Typeset `templates/<template>.typ` with `data` as PDF/A-2b.

    Uses only the fonts that come with the typesetter, so every machine makes the same
    file; `made_on` stands in it instead of the clock's time.
    """
    import typst  # a large library, wanted only when something is printed

    source = (files("semesta.reports") / "templates" / f"{template}.typ").read_bytes()
    return typst.compile(
        source,
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=[STANDARD],
        pdf_tags=False,
        ignore_system_fonts=True,
        timestamp=datetime(made_on.year, made_on.month, made_on.day, tzinfo=UTC),
    )
