"""A decree as files: published, published again, whole in the end."""

from __future__ import annotations

import pytest
from tests.support.enrolment import a_decree, a_nik, a_person, a_plan

from semesta.access.models import User
from semesta.audit.models import Event
from semesta.decrees.models import Decree
from semesta.kernel import Actor
from semesta.reports.models import Publication
from semesta.reports.queries import publications
from semesta.reports.services import publish_decree
from semesta.warehouse.lake import file_sha256
from semesta.warehouse.workspace import Workspace

pytestmark = pytest.mark.django_db


@pytest.fixture
def decree(workspace: Workspace, officer: Actor) -> Decree:
    people = [
        a_person(1, name="=1+1 \\#strong[A] *B*"),
        a_person(2, kelurahan="13.74.02.1001", occupation=""),
    ]
    return a_decree(a_plan(workspace, officer, people), workspace, officer)


class TestPublishDecree:
    def test_two_files_with_their_hashes(
        self, workspace: Workspace, officer: Actor, decree: Decree
    ) -> None:
        files = publish_decree(decree=decree, workspace=workspace, by=officer)
        assert [file.kind for file in files] == [
            "decree_pdf",
            "decree_annex",
            "decree_docx",
        ]
        for file in files:
            path = workspace.publications / file.filename
            assert file_sha256(path) == file.sha256
            assert file.inputs == {
                "decree": decree.sha256,
                "masked": True,
                "address": "",
            }
        pdf, annex, word = (workspace.publications / f.filename for f in files)
        assert pdf.read_bytes().startswith(b"%PDF-1.7")
        assert annex.read_bytes().startswith(b"PK")
        assert word.name.endswith(".docx")
        assert pdf.name.startswith("SK_400-1-2026_")

    def test_again_changes_nothing(
        self, workspace: Workspace, officer: Actor, decree: Decree
    ) -> None:
        first = publish_decree(decree=decree, workspace=workspace, by=officer)
        events = Event.objects.count()
        again = publish_decree(decree=decree, workspace=workspace, by=officer)
        assert again == first
        assert Event.objects.count() == events
        assert Publication.objects.count() == 3

    def test_a_lost_file_is_made_again_byte_for_byte(
        self, workspace: Workspace, officer: Actor, decree: Decree
    ) -> None:
        files = publish_decree(decree=decree, workspace=workspace, by=officer)
        for file in files:
            (workspace.publications / file.filename).unlink()
        assert publish_decree(decree=decree, workspace=workspace, by=officer) == files
        for file in files:
            path = workspace.publications / file.filename
            assert file_sha256(path) == file.sha256

    def test_whole_numbers_make_another_pdf_and_the_same_annex(
        self, workspace: Workspace, officer: Actor, decree: Decree
    ) -> None:
        masked = publish_decree(decree=decree, workspace=workspace, by=officer)
        whole = publish_decree(
            decree=decree, workspace=workspace, by=officer, masked=False
        )
        assert masked[0] != whole[0]
        assert masked[1] == whole[1]
        assert a_nik(1) not in masked[0].filename


def test_files_are_for_the_whole_region(
    workspace: Workspace, officer: Actor, decree: Decree
) -> None:
    publish_decree(decree=decree, workspace=workspace, by=officer)
    city = User(username="petugas", role="petugas")
    lurah = User(username="lurah", role="kelurahan", area="13.74.01.1001")
    assert publications(city, f"decree:{decree.pk}").count() == 3
    assert not publications(city, "decree:0").exists()
    assert not publications(lurah).exists()
