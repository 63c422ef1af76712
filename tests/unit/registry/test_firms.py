"""Employers: which rows are one firm, and which are left apart."""

from __future__ import annotations

import pytest

from semesta.registry.firms import FirmRow, firm_key, join_firms


def listed(row_id: str, name: str, npp: str, **more: object) -> FirmRow:
    return FirmRow(row_id, "employers", int(row_id[1:]), name, npp=npp, **more)


def licence(row_id: str, name: str, nib: str, **more: object) -> FirmRow:
    return FirmRow(row_id, "oss_projects", int(row_id[1:]), name, nib=nib, **more)


@pytest.mark.parametrize(
    "name",
    ["PT Sago Jaya", "PT. SAGO JAYA", "Sago Jaya, PT", "P.T. Sago Jaya (Persero)"],
)
def test_firm_key(name: str) -> None:
    assert firm_key(name) == "SAGOJAYA"


def test_one_licence_with_two_projects_is_one_firm() -> None:
    firms = join_firms(
        [
            licence("r1", "PT SAGO", "9900001", project_id="P1", workers=4),
            licence("r2", "SAGO", "9900001", project_id="P2", workers=6),
        ]
    )
    assert [(f.licensed_workers, f.projects) for f in firms] == [(10, 2)]


def test_a_newer_export_replaces_a_project() -> None:
    firms = join_firms(
        [
            licence("r1", "PT SAGO", "9900001", project_id="P1", workers=4),
            licence("r9", "PT SAGO", "9900001", project_id="P1", workers=7),
        ]
    )
    assert [(f.licensed_workers, f.projects) for f in firms] == [(7, 1)]


def test_the_insurers_list_and_a_licence_by_nib_npwp_or_name() -> None:
    rows = [
        listed("r1", "PT SAGO", "ZZ1", nib="9900001", arrears_months=2),
        licence("r2", "SAGO MAKMUR", "9900001", workers=3),
        listed("r3", "CV LAWANG", "ZZ2", npwp="99.000.002.0-204.000"),
        licence("r4", "LAWANG CV", "9900002", npwp="990000020204000", workers=5),
        listed("r5", "UD Talago", "ZZ3"),
        licence("r6", "U.D. TALAGO", "9900003", workers=8),
    ]
    firms = {f.npp: f for f in join_firms(rows)}
    assert {npp: f.licensed_workers for npp, f in firms.items()} == {
        "ZZ1": 3, "ZZ2": 5, "ZZ3": 8,
    }  # fmt: skip
    assert firms["ZZ1"].name == "PT SAGO"
    assert firms["ZZ1"].arrears_months == 2


def test_a_name_two_firms_bear_joins_neither() -> None:
    rows = [
        listed("r1", "TOKO BERKAH", "ZZ1"),
        licence("r2", "TOKO BERKAH", "9900001"),
        licence("r3", "TOKO BERKAH", "9900002"),
    ]
    assert len(join_firms(rows)) == 3


def test_a_name_does_not_join_what_numbers_tell_apart() -> None:
    rows = [
        listed("r1", "PT SAGO", "ZZ1", nib="9900007"),
        licence("r2", "PT SAGO", "9900001"),
    ]
    assert len(join_firms(rows)) == 2


def test_no_licence_is_unknown_not_zero() -> None:
    assert join_firms([listed("r1", "PT SAGO", "ZZ1")])[0].licensed_workers is None
