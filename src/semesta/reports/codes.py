"""The square code on a paper: what it says can be read by any telephone."""

from __future__ import annotations

import io


def qr_svg(text: str) -> str:
    """A QR code as SVG text, with the quiet border that readers need."""
    import segno  # wanted only when something is printed

    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        out, kind="svg", xmldecl=False, border=2
    )
    return out.getvalue().decode()
