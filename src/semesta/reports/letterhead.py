"""The decree in the office's own letterhead: a Word template with names in braces.

A city puts its own `templates/decree.docx` into the workspace; the one shipped is an
example. The template sees what the PDF prints, except the list by name, which stays with
the annex.
"""

from __future__ import annotations

import io
import zipfile
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

from semesta.kernel import UserError


def docx(data: dict[str, Any], own_templates: Path, *, made_on: date) -> bytes:
    """The decree as a Word file; the same data and template give the same bytes.

    UserError `report.template` when the office's template cannot be filled in.
    """
    import jinja2.sandbox  # large libraries, wanted only when something is printed
    from docxtpl import DocxTemplate

    own = own_templates / "decree.docx"
    shipped = files("semesta.reports") / "templates" / "decree.docx"
    source = own.read_bytes() if own.is_file() else shipped.read_bytes()
    said = {name: value for name, value in data.items() if name != "groups"}
    out = io.BytesIO()
    try:
        template = DocxTemplate(io.BytesIO(source))
        # A template is a file somebody made: it may read what it is given, no more.
        safe = jinja2.sandbox.SandboxedEnvironment(
            autoescape=True, undefined=jinja2.StrictUndefined
        )
        template.render(said, jinja_env=safe)
        template.save(out)
    except (jinja2.TemplateError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise UserError(
            "report.template",
            "Templat decree.docx kantor tidak dapat diisi.",
            f"Pesannya: {error}.",
            "Bandingkan nama di dalam kurung kurawal dengan contoh bawaan, atau hapus "
            "berkas itu supaya contoh bawaan dipakai.",
        ) from error
    return _dated(out.getvalue(), made_on)


def _dated(content: bytes, day: date) -> bytes:
    """The same archive with one date on every part, so that bytes do not vary."""
    out = io.BytesIO()
    stamp = (day.year, day.month, day.day, 0, 0, 0)
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, stamp), source.read(name))
    return out.getvalue()
