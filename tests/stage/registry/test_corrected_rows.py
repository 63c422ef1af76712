"""Somebody whose only row is corrected by its sender is still the same person."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.support.clerk import AS_OF
from tests.support.corrections import filled
from tests.support.office_files import HEADER, nik, person, workbook

from semesta.intake.corrections.services import write_corrections
from semesta.intake.services import take_in
from semesta.kernel import Actor
from semesta.linkage.services import link_rows
from semesta.registry.models import Person
from semesta.registry.services import register
from semesta.warehouse.workspace import Workspace

pytestmark = pytest.mark.django_db


def test_a_corrected_row_keeps_its_persons_number(
    workspace: Workspace, officer: Actor, tmp_path: Path
) -> None:
    do = {"workspace": workspace, "by": officer}

    def receive(name: str, content: bytes):
        path = tmp_path / name
        path.write_bytes(content)
        return take_in(path=path, as_of=AS_OF, **do)

    listed = [["KELURAHAN GANTING"], HEADER, person(1), person(2)]
    delivery = receive("Usulan.xlsx", workbook(listed))
    register(linkage_run=link_rows(**do), **do)
    before = Person.objects.get(nik=nik(2))

    letter = write_corrections(delivery=delivery, all_rows=True, **do)
    receive("Perbaikan.xlsx", filled(letter, {4: {"NAMA": "SALMA RAHIM"}}))
    register(linkage_run=link_rows(**do), **do)

    (after,) = Person.objects.filter(nik=nik(2))
    assert after.pk == before.pk
    assert after.name == "SALMA RAHIM"
    assert Person.objects.count() == 2
