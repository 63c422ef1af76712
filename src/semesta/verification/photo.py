"""Evidence photos: what is accepted, and what is taken out before one is kept.

A telephone writes place, time and its own number into a picture. Nothing of that is kept
but the turn of the picture, without which it would lie on its side.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from semesta.kernel import UserError

LARGEST = 6_000_000
_JPEG, _PNG = b"\xff\xd8", b"\x89PNG\r\n\x1a\n"
# JPEG markers that stand without a length.
_BARE = {0x01, *range(0xD0, 0xD9)}
_SCAN, _APP0, _APP1, _APP14, _APP15, _COMMENT = 0xDA, 0xE0, 0xE1, 0xEE, 0xEF, 0xFE
# PNG chunks that draw the picture; all others only tell about it.
_DRAWING = {
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP",
    b"sBIT", b"bKGD", b"pHYs",
}  # fmt: skip
_ORIENTATION = 0x0112


class Photo(NamedTuple):
    """A picture ready to be kept: its bytes, ending and content type."""

    content: bytes
    ending: str
    kind: str


def cleaned(content: bytes) -> Photo:
    """A picture without what it tells beside its image.

    UserError `field.photo_size`, `field.photo_type`.
    """
    if len(content) > LARGEST:
        raise UserError(
            "field.photo_size",
            "Foto ini terlalu besar.",
            f"Paling besar {LARGEST // 1_000_000} MB.",
            "Ambil foto dengan mutu lebih rendah, atau simpan jawaban tanpa foto.",
        )
    try:
        if content.startswith(_JPEG):
            return Photo(b"".join(_jpeg(content)), ".jpg", "image/jpeg")
        if content.startswith(_PNG):
            return Photo(b"".join(_png(content)), ".png", "image/png")
    except (struct.error, IndexError, ValueError):
        pass
    raise UserError(
        "field.photo_type",
        "Berkas ini bukan foto yang dapat dibaca.",
        "Yang diterima hanya foto JPEG dan PNG yang utuh.",
        "Ambil fotonya lagi, atau simpan jawaban tanpa foto.",
    )


def _jpeg(content: bytes) -> Iterator[bytes]:
    yield _JPEG
    turn = 1
    kept: list[bytes] = []
    at = len(_JPEG)
    while True:
        marker, segment = _segment(content, at)
        if marker == _SCAN:
            break
        if marker == _APP1 and segment[4:10] == b"Exif\0\0":
            turn = _turn(segment[10:]) or turn
        elif marker != _COMMENT and (not _APP0 < marker <= _APP15 or marker == _APP14):
            kept.append(segment)
        at += len(segment)
    if turn != 1:
        yield _turned(turn)
    yield from kept
    yield _image_of(content, at)


def _segment(content: bytes, at: int) -> tuple[int, bytes]:
    if content[at] != 0xFF:
        raise ValueError("no marker where one must be")
    marker = content[at + 1]
    if marker in _BARE:
        return marker, content[at : at + 2]
    (length,) = struct.unpack_from(">H", content, at + 2)
    segment = content[at : at + 2 + length]
    if length < 2 or len(segment) < 2 + length:
        raise ValueError("a segment runs over the end")
    return marker, segment


def _image_of(content: bytes, at: int) -> bytes:
    """The image itself, up to its end mark: whatever is hung on behind goes."""
    end = content.rfind(b"\xff\xd9")
    if end < at:
        raise ValueError("a picture without an end")
    # A second picture behind the first (motion photos, thumbnails) begins anew.
    second = content.find(b"\xff\xd9\xff\xd8", at)
    return content[at : (second if second >= 0 else end) + 2]


def _turn(tiff: bytes) -> int:
    """The orientation (2–8) an EXIF block states; 0 when none."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return 0
    (first,) = struct.unpack_from(f"{order}I", tiff, 4)
    (entries,) = struct.unpack_from(f"{order}H", tiff, first)
    for n in range(entries):
        tag, _, _, value = struct.unpack_from(f"{order}HHIH", tiff, first + 2 + 12 * n)
        if tag == _ORIENTATION:
            return value if 1 <= value <= 8 else 0
    return 0


def _turned(turn: int) -> bytes:
    """An EXIF segment that says nothing but how the picture is turned."""
    tiff = b"MM\0\x2a" + struct.pack(">IHHHIHHI", 8, 1, _ORIENTATION, 3, 1, turn, 0, 0)
    body = b"Exif\0\0" + tiff
    return struct.pack(">BBH", 0xFF, _APP1, len(body) + 2) + body


def _png(content: bytes) -> Iterator[bytes]:
    yield _PNG
    at, kind = len(_PNG), b""
    while kind != b"IEND":
        (length,) = struct.unpack_from(">I", content, at)
        kind = content[at + 4 : at + 8]
        chunk = content[at : at + 12 + length]
        if len(chunk) < 12 + length:
            raise ValueError("a chunk runs over the end")
        if kind in _DRAWING:
            yield chunk
        at += len(chunk)
