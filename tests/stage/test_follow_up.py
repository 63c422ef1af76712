"""What new files change, without deciding anything for anybody."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from semesta.audit.models import Run
from semesta.cycle import FOLLOWS, follow_up
from semesta.intake.services import take_in
from semesta.kernel import Actor, NotPossible
from semesta.registry.models import Person
from semesta.warehouse.workspace import Workspace

pytestmark = pytest.mark.django_db
AS_OF = date(2026, 3, 31)
LIST = """NO;NAMA;NIK;TANGGAL LAHIR;ALAMAT;PEKERJAAN
1;CONTOH SATU;1374010101909001;01-01-1990;JL. CONTOH 1;PETANI
2;CONTOH DUA;1374010202929002;02-02-1992;JL. CONTOH 2;PENJAHIT
"""


@pytest.fixture
def with_a_list(workspace: Workspace, officer: Actor, tmp_path: Path) -> Workspace:
    """A workspace whose one file nobody has worked in yet."""
    file = tmp_path / "Usulan_Sigando.csv"
    file.write_text(LIST)
    take_in(path=file, as_of=AS_OF, area="", workspace=workspace, by=officer)
    return workspace


def test_new_files_become_people_and_figures(
    with_a_list: Workspace, officer: Actor
) -> None:
    told: list[str] = []
    seconds = follow_up(
        workspace=with_a_list,
        as_of=AS_OF,
        by=officer,
        tell=lambda stage, done, total: told.append(stage),
    )
    assert tuple(seconds) == FOLLOWS
    assert tuple(dict.fromkeys(told)) == FOLLOWS
    assert Person.objects.count() == 2
    assert not Run.objects.filter(stage__in=["decisions", "plan", "decree"]).exists()


def test_twice_is_the_same_as_once(with_a_list: Workspace, officer: Actor) -> None:
    follow_up(workspace=with_a_list, as_of=AS_OF, by=officer)
    before = Run.objects.count()
    follow_up(workspace=with_a_list, as_of=AS_OF, by=officer)
    assert Run.objects.count() == before


def test_without_any_list_it_says_what_to_do_first(
    workspace: Workspace, officer: Actor
) -> None:
    with pytest.raises(NotPossible) as refused:
        follow_up(workspace=workspace, as_of=AS_OF, by=officer)
    assert refused.value.code == "linkage.no_rows"
