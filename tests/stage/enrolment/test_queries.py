"""What pages read: whole for the city, only their own for a kelurahan."""

from __future__ import annotations

import pytest
from tests.support.enrolment import (
    a_decree,
    a_nik,
    a_person,
    a_plan,
    an_answer_delivery,
)

from semesta.access.models import User
from semesta.decrees import queries as of_decrees
from semesta.decrees.models import Decree
from semesta.enrolment import queries
from semesta.enrolment.services import take_answers, write_upload
from semesta.kernel import Actor
from semesta.planning import queries as of_plans
from semesta.registry.models import Person
from semesta.warehouse.workspace import Workspace

pytestmark = pytest.mark.django_db

CITY = User(username="petugas", role="petugas")
GANTING = User(username="lurah", role="kelurahan", area="13.74.01.1001")
ELSEWHERE = User(username="lain", role="kelurahan", area="13.74.02.1007")


@pytest.fixture
def decree(workspace: Workspace, officer: Actor) -> Decree:
    """Three people in Ganting and two in Bukit Surungan; one rejected, one gap."""
    people = [
        a_person(1, name="ADE"),
        a_person(2, name="BUDI", occupation=""),
        a_person(3, name="CICI"),
        a_person(4, name="DEDI", kelurahan="13.74.02.1001"),
        a_person(5, name="ELI", kelurahan="13.74.02.1001"),
        a_person(6, name="FIKRI"),
    ]
    plan = a_plan(workspace, officer, people, places=5)
    decree = a_decree(plan, workspace, officer)
    write_upload(decree=decree, months=6, workspace=workspace, by=officer)
    an_answer_delivery(workspace, {"nik": a_nik(3), "status": "DITOLAK"})
    take_answers(decree=decree, workspace=workspace, by=officer)
    return decree


class TestLists:
    def test_decrees_with_somebody_of_the_area(self, decree: Decree) -> None:
        assert [d.in_area for d in of_decrees.decrees(CITY)] == [5]
        assert [d.in_area for d in of_decrees.decrees(GANTING)] == [3]
        assert not of_decrees.decrees(ELSEWHERE).exists()

    def test_entries(self, decree: Decree) -> None:
        assert of_decrees.entries(CITY, decree).paginator.count == 5
        assert of_decrees.entries(GANTING, decree).paginator.count == 3
        assert of_decrees.entries(ELSEWHERE, decree).paginator.count == 0

    @pytest.mark.parametrize(
        ("chosen", "names"),
        [
            ({"search": "bud"}, ["BUDI"]),
            ({"search": a_nik(4)}, ["DEDI"]),
            ({"search": a_nik(4)[:15]}, []),
            ({"status": "rejected"}, ["CICI"]),
            ({"kelurahan": "13.74.02.1001"}, ["DEDI", "ELI"]),
        ],
    )
    def test_entries_searched(self, decree: Decree, chosen: dict, names: list) -> None:
        page = of_decrees.entries(CITY, decree, **chosen)
        assert [entry.name for entry in page] == names

    def test_a_search_does_not_reach_outside_the_area(self, decree: Decree) -> None:
        assert not list(of_decrees.entries(GANTING, decree, search=a_nik(4)))

    def test_entries_for_an_export_are_in_printed_order(self, decree: Decree) -> None:
        names = [entry.name for entry in of_decrees.entries_in_view(GANTING, decree)]
        assert names == ["ADE", "BUDI", "CICI"]

    def test_pages(self, decree: Decree, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(of_decrees, "ENTRIES_PER_PAGE", 2)
        assert [e.name for e in of_decrees.entries(CITY, decree, page=2)] == [
            "CICI", "DEDI",
        ]  # fmt: skip
        assert of_decrees.entries(CITY, decree, page="99").number == 3

    def test_a_page_of_entries_is_two_queries(
        self, decree: Decree, django_assert_num_queries
    ) -> None:
        with django_assert_num_queries(2):
            assert len(list(of_decrees.entries(CITY, decree))) == 5

    def test_counts(self, decree: Decree) -> None:
        counts = of_decrees.entry_counts(CITY, decree)
        assert counts.total == 5
        assert counts.by_status == {"listed": 4, "registered": 0, "rejected": 1}
        assert counts.by_kelurahan == {"13.74.01.1001": 3, "13.74.02.1001": 2}
        assert of_decrees.entry_counts(GANTING, decree).total == 3

    def test_a_whole_file_is_for_the_whole_city(self, decree: Decree) -> None:
        assert queries.upload_files(CITY, decree).count() == 1
        assert not queries.upload_files(GANTING, decree).exists()

    def test_tasks(self, decree: Decree) -> None:
        for user, number in ((CITY, 1), (GANTING, 1), (ELSEWHERE, 0)):
            assert queries.data_tasks(user, decree).count() == number
            assert queries.replacement_tasks(user).count() == number
        assert queries.replacement_tasks(CITY, decree).get().candidate.name == "FIKRI"

    def test_a_persons_decrees(self, decree: Decree) -> None:
        person = decree.entries.get(name="DEDI").person
        assert of_decrees.entries_of_person(CITY, person.pk).get().decree == decree
        assert not of_decrees.entries_of_person(GANTING, person.pk).exists()

    def test_a_merged_double_is_listed_as_the_one_who_stays(
        self, decree: Decree, workspace: Workspace
    ) -> None:
        """FIKRI waits for the free place, but stands on the decree already."""
        double = decree.entries.exclude(status="rejected").order_by("number").first()
        assert double is not None
        waiting = queries.replacement_tasks(CITY).get().candidate
        Person.objects.filter(pk=double.person_id).update(merged_into=waiting)

        assert of_decrees.entries_of_person(CITY, waiting.pk).get() == double
        rejected = decree.entries.get(status="rejected").person_id
        found = queries.next_in_line(decree, workspace, [rejected], {})
        assert found == {rejected: None}


class TestPlan:
    def test_summary(self, decree: Decree) -> None:
        summary = of_plans.plan_summary(of_plans.newest_plan())
        assert (summary.left, summary.last_rank) == (0, 5)
        assert summary.reasons == [("anggaran habis sebelum peringkat ini", 1)]
        assert of_decrees.newest_decree() == decree

    def test_ranking_line_of_the_chosen(
        self, decree: Decree, workspace: Workspace
    ) -> None:
        person = decree.entries.get(name="BUDI").person_id
        line = of_plans.ranking_line(person, workspace)
        assert (line.rank, line.outcome) == (2, "chosen")
        assert line.sentence == (
            "Peringkat 2 dari 6 calon; dibiayai (batas peringkat 5)."
        )

    def test_ranking_line_of_the_waiting(
        self, decree: Decree, workspace: Workspace
    ) -> None:
        person = queries.replacement_tasks(CITY).get().candidate_id
        line = of_plans.ranking_line(person, workspace, decree.plan)
        assert (line.rank, line.reason) == (6, "budget")
        assert "menunggu: anggaran habis" in line.sentence
        assert line.keys == [("Desil keluarga (nasional)", 5)]

    def test_no_candidate_no_line(self, decree: Decree, workspace: Workspace) -> None:
        assert of_plans.ranking_line(0, workspace) is None

    def test_no_plan_at_all(self, workspace: Workspace) -> None:
        assert of_plans.ranking_line(1, workspace) is None
        assert of_decrees.newest_decree() is None
