"""The square code on a paper: what it says can be read by any telephone."""

from __future__ import annotations

import io


def qr_svg(text: str) -> str:
    """A QR code as SVG text, with the quiet border that readers need."""
    import qrcode  # wanted only when something is printed
    from qrcode.image.svg import SvgPathImage

    out = io.BytesIO()
    qrcode.make(text, image_factory=SvgPathImage, border=2).save(out)
    return out.getvalue().decode()
