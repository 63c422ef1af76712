"""Names: titles, degrees and gelar split off and kept; when two names are two people."""

from __future__ import annotations

import pytest

from semesta.intake.cells import NUMBER
from semesta.intake.names import clean_name, clean_other_name, clearly_different


@pytest.mark.parametrize(
    ("cell", "value", "codes"),
    [
        ("SYAFRIL KOTO", ("SYAFRIL KOTO", None), ()),
        ("Syafril  koto ", ("SYAFRIL KOTO", None), ()),
        ("DARNIS", ("DARNIS", None), ()),
        ("H. SYAFRIL", ("SYAFRIL", "H"), ()),
        ("H.SYAFRIL", ("SYAFRIL", "H"), ()),
        ("Hj Rosmaini", ("ROSMAINI", "HJ"), ()),
        ("Dr. H. Syafril, S.Pd, M.Si", ("SYAFRIL", "DR H S.PD M.SI"), ()),
        ("SYAFRIL, S. Pd", ("SYAFRIL", "S.PD"), ()),
        ("SYAFRIL S.Pd.I", ("SYAFRIL", "S.PD.I"), ()),
        ("SYAFRIL A.Md.Keb", ("SYAFRIL", "A.MD.KEB"), ()),
        ("SYAFRIL, SE", ("SYAFRIL", "SE"), ()),
        ("SYAFRIL ST", ("SYAFRIL", "ST"), ()),
        ("ROSMAINI.HJ", ("ROSMAINI", "HJ"), ("name.title_glued",)),
        ("SYAFRIL.S.PD", ("SYAFRIL", "S.PD"), ("name.title_glued",)),
        ("SYAFRIL ST. MUDO", ("SYAFRIL", "ST MUDO"), ()),
        ("SYAFRIL DT. RAJO KAYO", ("SYAFRIL", "DT RAJO KAYO"), ()),
        ("SYAFRIL BAGINDO SATI", ("SYAFRIL", "BAGINDO SATI"), ()),
        ("H. SYAFRIL SUTAN MARAJO, SH", ("SYAFRIL", "H SUTAN MARAJO SH"), ()),
        ("ST. AISYAH", ("ST AISYAH", None), ()),  # Siti, not a gelar
        ("BAGINDO ALI", ("BAGINDO ALI", None), ()),
        ("(ALM) SYAFRIL", ("SYAFRIL", "ALM"), ()),
        ("SYAFRIL (Alm.)", ("SYAFRIL", "ALM"), ()),
        ("M. RIZKI", ("M RIZKI", None), ()),
        ("NU`MAN", ("NU'MAN", None), ()),
        ("R0SMAINI", ("ROSMAINI", None), ("name.digit_for_letter",)),
        ("SYAFRIL 2", ("SYAFRIL", None), ("name.characters",)),
        ("SYAFRIL 🙂", ("SYAFRIL", None), ("name.characters",)),
        ("\u202eSYAFRIL", ("SYAFRIL", None), ()),
        ("H", None, ("name.unreadable",)),
        ("12345", None, ("name.unreadable",)),
        (NUMBER + "7", None, ("name.unreadable",)),
        ("X" * 200, None, ("text.too_long",)),
        ("NN", None, ()),
        ("-", None, ()),
        ("", None, ()),
    ],
)
def test_names(cell: str, value: tuple | None, codes: tuple[str, ...]) -> None:
    assert clean_name(cell) == (value, codes)


def test_a_mothers_name_stands_alone() -> None:
    assert clean_other_name("Hj. Nurbaiti, S.Pd") == ("NURBAITI", ())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SYAFRIL", "SYAFRIL"),
        ("SYAFRIL EFENDI", "EFENDI"),
        ("MUHAMMAD RIZKI", "M RIZKI"),
        ("SITI AMINAH", "AMINAH"),
        ("NUR HAYATI", "NURHAYATI"),
        ("NOERHAJATI", "NURHAYATI"),
        ("SYAFRIZAL", "SAFRIZAL"),
        ("YULIANA", "JULIANA"),
        ("ROSMAINI KOTO", "ROSMAYNI K"),
        ("HENDRI SAPUTRA", "HENDRY"),
    ],
)
def test_variants_are_one_person(one: str, other: str) -> None:
    assert not clearly_different(one, other)
    assert not clearly_different(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SYAFRIL EFENDI", "ROSMAINI"),
        ("YULIA SARI", "RINA SARI"),
        ("MUHAMMAD RIZKI", "MUHAMMAD FADLI"),
        ("SITI AMINAH", "SITI RAHMA"),
        ("SYAFRIL KOTO", "DARNIS KOTO"),
    ],
)
def test_husband_and_wife_are_two(one: str, other: str) -> None:
    assert clearly_different(one, other)
    assert clearly_different(other, one)
