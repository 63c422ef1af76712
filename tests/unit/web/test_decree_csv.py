"""The list of a decree as CSV: nothing in it is computed by a spreadsheet."""

from __future__ import annotations

import csv
import io
from types import SimpleNamespace

from tests.support.badfiles.grids import INJECTIONS
from tests.support.office_files import REGION, nik

from semesta.web.decrees import views


def test_no_cell_of_the_export_is_computed(settings) -> None:
    settings.WORKSPACE = SimpleNamespace(region=REGION)
    entries = [
        SimpleNamespace(
            number=number, name=danger, nik=nik(number), address=danger,
            kelurahan="13.74.01.1001", occupation=danger,
            get_status_display=lambda: "Aktif",
        )
        for number, danger in enumerate(INJECTIONS, start=1)
    ]  # fmt: skip
    text = views._csv(SimpleNamespace(), entries).removeprefix("\ufeff")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))[1:]
    assert len(rows) == len(INJECTIONS)
    for row in rows:
        assert not any(cell.lstrip().startswith(("=", "+", "-", "@")) for cell in row)
