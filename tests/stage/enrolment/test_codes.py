"""The branch's code list: a new version, what it changes, and who has no code then."""

from __future__ import annotations

from datetime import date

import pytest
from tests.support.enrolment import a_decree, a_person, a_plan

from semesta.enrolment.codes.models import CodeVersion
from semesta.enrolment.codes.queries import codes_on, orphans
from semesta.enrolment.codes.services import load_codes, use_code
from semesta.enrolment.models import DataTask
from semesta.enrolment.services import write_upload
from semesta.kernel import Actor, UserError
from semesta.warehouse.workbook import Column, Sheet, write_workbook
from semesta.warehouse.workspace import Workspace

pytestmark = pytest.mark.django_db

SINCE = date(2026, 1, 2)
CSV = b"JENIS;KODE;URAIAN\nPekerjaan;P01;Buruh tani\nPekerjaan;OJEK;Ojek\n"


def load(by: Actor, content: bytes = CSV, since: date = SINCE) -> CodeVersion | None:
    return load_codes(content=content, filename="kode.csv", effective_on=since, by=by)


def test_a_version_holds_from_its_day(officer: Actor) -> None:
    version = load(officer, since=date(2026, 2, 1))
    assert version is not None
    assert version.changes["added"]["job"] == ["P01"]
    assert "petani" in version.changes["orphans"]["job"]
    assert codes_on(date(2026, 1, 31)).code_for("job", "buruh-tani") == "BURUH TANI"
    assert codes_on(date(2026, 2, 1)).code_for("job", "buruh-tani") == "P01"


def test_the_same_list_is_no_new_version(officer: Actor) -> None:
    load(officer)
    assert load(officer) is None
    assert CodeVersion.objects.count() == 1


def test_a_workbook_with_numbers_for_codes(officer: Actor) -> None:
    columns = [Column("JENIS"), Column("KODE"), Column("URAIAN")]
    sheet = Sheet("kode", columns, [("Pekerjaan", 17, "Petani")])
    content = write_workbook([sheet], title="kode", made_on=SINCE)
    load_codes(content=content, filename="k.xlsx", effective_on=SINCE, by=officer)
    assert codes_on(SINCE).code_for("job", "petani") == "17"


@pytest.mark.parametrize(
    ("content", "name"), [(b"\xff\xfe\x00", "kode.csv"), (b"no", "kode.xlsx")]
)
def test_what_cannot_be_read(officer: Actor, content: bytes, name: str) -> None:
    with pytest.raises(UserError) as error:
        load_codes(content=content, filename=name, effective_on=SINCE, by=officer)
    assert error.value.code == "codes.unreadable"
    assert not CodeVersion.objects.exists()


def test_an_occupation_without_code_is_a_task_until_one_is_chosen(
    workspace: Workspace, officer: Actor
) -> None:
    people = [a_person(1), a_person(2, occupation="ojek")]
    decree = a_decree(a_plan(workspace, officer, people), workspace, officer)
    load(officer)
    (file,) = write_upload(decree=decree, months=6, workspace=workspace, by=officer)
    assert file.rows == 1
    assert DataTask.objects.get(closed_at=None).column == "JENIS_PEKERJAAN_1"
    assert [(one.code, one.people) for one in orphans(codes_on(SINCE))] == [
        ("petani", 1)
    ]
    with pytest.raises(UserError) as error:
        use_code(
            kind="job", ours="petani", code="PETANI", effective_on=SINCE, by=officer
        )
    assert error.value.code == "codes.unknown"
    use_code(kind="job", ours="petani", code="P01", effective_on=SINCE, by=officer)
    files = write_upload(decree=decree, months=6, workspace=workspace, by=officer)
    assert [one.rows for one in files] == [1, 1]
    assert files[1].codes == codes_on(SINCE).sha256
    assert orphans(codes_on(SINCE)) == []
    assert not DataTask.objects.filter(closed_at=None).exists()
