"""PDF lists as a branch prints them, typeset here so that nothing binary is kept."""

from __future__ import annotations

import json
from collections.abc import Sequence

import typst

HEADER = ["No", "Tgl Daftar", "Nama Lengkap", "NIK"]
_SOURCE = r"""
#let data = json(bytes(sys.inputs.data))
#set page(
  paper: "a4",
  header: if data.running != "" [#data.running],
  footer: context [#h(1fr) Halaman #counter(page).display() dari #counter(page).final().at(0)],
)
#set text(size: 9pt)
#for title in data.titles [#title #parbreak()]
#table(
  columns: data.columns.map(width => if width == "" { auto } else { eval(width) }),
  stroke: if data.ruled { 0.5pt } else { none },
  align: data.align.map(side => eval(side)),
  table.header(repeat: data.repeat, ..data.header.map(text => [#text])),
  ..data.rows.flatten().map(text => [#text]),
)
#for line in data.below [#line #parbreak()]
"""


def pdf_list(
    rows: Sequence[Sequence[str]],
    *,
    header: Sequence[str] = HEADER,
    titles: Sequence[str] = ("DAFTAR PENDAFTARAN PESERTA BPU",),
    running: str = "Kode Perisai : PRS0123",
    below: Sequence[str] = (),
    ruled: bool = True,
    repeat: bool = True,
    columns: Sequence[str] = ("", "", "1fr", ""),
    align: Sequence[str] = ("center", "center", "left", "left"),
) -> bytes:
    """A PDF with one table; `running` stands at the top of each page."""
    data = {
        "rows": [list(row) for row in rows], "header": list(header),
        "titles": list(titles), "running": running, "below": list(below),
        "ruled": ruled, "repeat": repeat, "columns": list(columns), "align": list(align),
    }  # fmt: skip
    made: bytes = typst.compile(
        _SOURCE.encode(),
        format="pdf",
        sys_inputs={"data": json.dumps(data)},
        ignore_system_fonts=True,
    )
    return made


def locked_pdf() -> bytes:
    """A PDF that asks for a password (its key is made of nothing)."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
        f"<< /Filter /Standard /V 1 /R 2 /P -4 /O <{'5a' * 32}> /U <{'a5' * 32}> >>",
    ]
    return _assembled(objects, "/Root 1 0 R /Encrypt 4 0 R /ID [<00> <00>]")


def picture_pdf(pages: int = 1) -> bytes:
    """A PDF whose pages hold no letters, as a scanner makes them."""
    kids = " ".join(f"{n} 0 R" for n in range(3, 3 + pages))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>",
        *["<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"] * pages,
    ]
    return _assembled(objects, "/Root 1 0 R")


def _assembled(objects: Sequence[str], trailer: str) -> bytes:
    content, places = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, start=1):
        places.append(len(content))
        content += f"{number} 0 obj\n{text}\nendobj\n".encode()
    start = len(content)
    content += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    content += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    size = len(objects) + 1
    return (
        content
        + (
            f"trailer\n<< /Size {size} {trailer} >>\nstartxref\n{start}\n%%EOF\n"
        ).encode()
    )
