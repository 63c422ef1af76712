"""Posting: what the lists and proofs of payment say becomes entries, once."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.support.enrolment import a_decree, a_plan
from tests.support.enrolment import a_person as listable
from tests.support.paid_rows import bpu, month
from tests.support.people import a_person, a_registry_run, deliver

from semesta.audit.models import Event, Run
from semesta.kernel import Actor
from semesta.kernel.errors import NotPossible
from semesta.ledger import queries, services
from semesta.ledger.models import LedgerEntry
from semesta.registry.models import Person
from semesta.warehouse.workspace import Workspace

pytestmark = pytest.mark.django_db


def entries() -> list[tuple]:
    return list(
        LedgerEntry.objects.values_list(
            "person_id", "segment", "payer", "paid_from", "paid_until", "amount"
        )
    )


class TestParticipants:
    def test_each_paid_range_becomes_an_entry(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        ani, budi = a_person(), a_person()
        rows = deliver(
            workspace,
            "bpu_participants",
            [
                bpu("2025-05", "2026-01", amount=134_400),
                bpu("2024-01", "2024-11", payer="SELF", amount=None),
            ],
        )
        a_registry_run(workspace, {rows[0]: ani, rows[1]: budi})
        counts = services.post(workspace=workspace, by=officer)
        assert counts["entries"] == 2
        assert counts["paid_months"] == 18
        assert counts["unposted"] == {}
        assert entries() == [
            (ani.pk, "BPU", "APBD", month("2025-05"), month("2026-01"), 134_400),
            (budi.pk, "BPU", "SELF", month("2024-01"), month("2024-11"), None),
        ]

    def test_rows_that_cannot_be_posted_are_counted_and_kept_with_their_reason(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        ani = a_person()
        rows = deliver(
            workspace,
            "bpu_participants",
            [
                bpu("2025-05", "2026-01"),
                bpu("2025-05", "2026-01"),
                bpu("2025-06", "2025-06"),
                bpu("2025-06", "2025-07", fate="held"),
                bpu("2025-06", "2025-08"),
            ],
        )
        reached = dict.fromkeys((rows[0], rows[2], rows[3], rows[4]), ani)
        run = a_registry_run(workspace, reached)
        counts = services.post(workspace=workspace, by=officer)
        assert counts["unposted"] == {
            "empty_range": 1,
            "held": 1,
            "no_person": 1,
            "overlap": 1,
        }
        assert counts["rows"] == counts["posted_rows"] + 4
        key = Run.objects.get(stage="post").key[:16]
        table = pq.read_table(workspace.lake / "ledger" / key / "unposted.parquet")
        assert sorted(table["row_id"].to_pylist()) == sorted(rows[1:])
        assert run.name in Run.objects.get(stage="post").inputs["registry"]

    def test_an_overlap_by_the_same_payer_is_posted_only_where_uncovered(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        ani = a_person()
        rows = deliver(
            workspace,
            "bpu_participants",
            [
                bpu("2025-03", "2025-05", amount=33_600),
                bpu("2025-01", "2025-07", amount=100_800),
                bpu("2025-01", "2025-07", payer="BAZNAS", amount=100_800),
            ],
        )
        a_registry_run(workspace, dict.fromkeys(rows, ani))
        counts = services.post(workspace=workspace, by=officer)
        assert [(row[2], row[3], row[4], row[5]) for row in entries()] == [
            ("APBD", month("2025-03"), month("2025-05"), 33_600),
            ("APBD", month("2025-01"), month("2025-03"), 33_600),
            ("APBD", month("2025-05"), month("2025-07"), 33_600),
            ("BAZNAS", month("2025-01"), month("2025-07"), 100_800),
        ]
        assert (counts["overlap_months"], counts["overlap_amount"]) == (2, 33_600)

    def test_this_years_payments_follow_the_history(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        ani = a_person()
        old = deliver(workspace, "bpu_participants", [bpu("2025-05", "2026-01")])
        new = deliver(workspace, "payments", [bpu("2026-01", "2026-07")])
        a_registry_run(workspace, {old[0]: ani, new[0]: ani})
        services.post(workspace=workspace, by=officer)
        drawn = queries.timeline_of(ani.pk)
        assert [(year.year, year.paid) for year in drawn.years] == [
            (2025, 8),
            (2026, 6),
        ]


class TestWageWorkers:
    def deliver(self, workspace: Workspace, ended: date | None = None) -> Person:
        ani = a_person(occupation="karyawan-swasta")
        rows = deliver(
            workspace,
            "pu_participants",
            [
                {
                    "npp": "ZZ000001",
                    "kpj": "99000000001",
                    "started_on": date(2023, 4, 17),
                }
            ],
        )
        deliver(
            workspace,
            "employers",
            [
                {
                    "npp": "ZZ000001",
                    "programmes": "JKK+JKM+JHT",
                    "paid_until": month("2025-12"),
                }
            ],
        )
        if ended:
            deliver(
                workspace,
                "deactivations",
                [{"kpj": "99000000001", "occurred_on": ended}],
            )
        a_registry_run(workspace, {rows[0]: ani})
        return ani

    def test_membership_runs_from_the_start_to_what_the_employer_paid(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        ani = self.deliver(workspace)
        services.post(workspace=workspace, by=officer)
        assert entries() == [
            (ani.pk, "PU", "EMPLOYER", month("2023-04"), month("2025-12"), None)
        ]
        assert LedgerEntry.objects.get().programmes == "JKK+JKM+JHT"

    def test_a_deactivation_ends_it(self, workspace: Workspace, officer: Actor) -> None:
        ani = self.deliver(workspace, ended=date(2025, 8, 20))
        services.post(workspace=workspace, by=officer)
        assert entries() == [
            (ani.pk, "PU", "EMPLOYER", month("2023-04"), month("2025-08"), None)
        ]

    def test_an_older_deactivation_of_the_same_number_does_not(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        self.deliver(workspace, ended=date(2021, 8, 20))
        services.post(workspace=workspace, by=officer)
        assert entries()[0][4] == month("2025-12")

    def test_a_newer_employer_list_brings_the_months_since(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        self.deliver(workspace)
        services.post(workspace=workspace, by=officer)
        deliver(
            workspace,
            "employers",
            [{"npp": "ZZ000001", "paid_until": month("2026-02")}],
        )
        counts = services.post(workspace=workspace, by=officer)
        assert counts["entries"] == 1
        assert entries()[1][3:5] == (month("2025-12"), month("2026-02"))

    def test_a_deactivation_learnt_later_asks_for_a_correction(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        self.deliver(workspace)
        services.post(workspace=workspace, by=officer)
        deliver(
            workspace,
            "deactivations",
            [{"kpj": "99000000001", "occurred_on": date(2025, 6, 2)}],
        )
        counts = services.post(workspace=workspace, by=officer)
        assert counts["unposted"] == {"ended_later": 1}
        assert len(entries()) == 1

    def test_an_unknown_employer_or_unknown_payment_is_a_reason(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        ani = a_person()
        rows = deliver(
            workspace,
            "pu_participants",
            [
                {
                    "npp": "ZZ000002",
                    "kpj": "99000000002",
                    "started_on": date(2023, 4, 1),
                },
                {
                    "npp": "ZZ000003",
                    "kpj": "99000000003",
                    "started_on": date(2023, 4, 1),
                },
            ],
        )
        deliver(
            workspace,
            "employers",
            [{"npp": "ZZ000003", "paid_until": None}],
            paid_until=pa.date32(),
        )
        a_registry_run(workspace, dict.fromkeys(rows, ani))
        counts = services.post(workspace=workspace, by=officer)
        assert counts["unposted"] == {"employer_unknown": 1, "employer_unpaid": 1}


class TestPayments:
    """Proofs of payment are not linked: the decree, or a number, says who is meant."""

    def payment(self, nik: str = "", **changes: object) -> dict[str, object]:
        numbers = {"nik": nik, "kpj": "", "decree_number": "400/1/2026"}
        return bpu("2026-01", "2026-07", amount=100_800) | numbers | changes

    def post(
        self, workspace: Workspace, by: Actor, *rows: dict[str, object]
    ) -> dict[str, object]:
        deliver(workspace, "payments", rows)
        a_registry_run(workspace, {})
        return services.post(workspace=workspace, by=by)

    def test_the_decree_says_who_is_meant(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        listed = [listable(1), listable(2)]
        a_decree(a_plan(workspace, officer, listed), workspace, officer)
        # Another record with the same number leaves no doubt about the decree's own.
        a_person(nik=listed[0].nik)
        counts = self.post(
            workspace, officer, *(self.payment(each.nik) for each in listed)
        )
        assert counts["unposted"] == {}
        assert [row[0] for row in entries()] == [each.pk for each in listed]

    def test_who_was_merged_since_is_held_by_the_one_who_stays(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        listed = listable(1)
        a_decree(a_plan(workspace, officer, [listed]), workspace, officer)
        stays = a_person()
        Person.objects.filter(pk=listed.pk).update(merged_into=stays)
        self.post(workspace, officer, self.payment(listed.nik))
        assert [row[0] for row in entries()] == [stays.pk]

    def test_a_proof_for_another_decree_is_held(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        listed, stranger = listable(1), listable(2)
        a_decree(a_plan(workspace, officer, [listed]), workspace, officer)
        counts = self.post(
            workspace,
            officer,
            self.payment(listed.nik, decree_number="400/9/2026"),
            self.payment(stranger.nik),
        )
        assert counts["unposted"] == {"decree_unknown": 1, "not_on_decree": 1}
        assert entries() == []

    def test_a_member_number_also_says_who_on_the_decree_is_meant(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        listed = listable(1, kpj="99000000777")
        a_decree(a_plan(workspace, officer, [listed]), workspace, officer)
        self.post(workspace, officer, self.payment(kpj="99000000777"))
        assert [row[0] for row in entries()] == [listed.pk]

    def test_without_a_decree_a_number_that_one_person_bears(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        ani = a_person(nik="1374010101909771")
        budi = a_person(nik="", kpj="99000000777")
        counts = self.post(
            workspace,
            officer,
            self.payment(ani.nik, decree_number="", payer="SELF"),
            self.payment(kpj=budi.kpj, decree_number=None, payer="BAZNAS"),
        )
        assert counts["entries"] == 2
        assert [row[0] for row in entries()] == [ani.pk, budi.pk]

    def test_a_number_that_two_people_bear_or_nobody_reaches_no_one(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        for _ in range(2):
            a_person(nik="1374010101909771")
        counts = self.post(
            workspace,
            officer,
            self.payment("1374010101909771"),
            self.payment("1374010101909772"),
        )
        assert counts["unposted"] == {"no_person": 2}


class TestTwice:
    def test_posting_again_adds_no_entry_no_run_and_no_event(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        ani = a_person()
        rows = deliver(workspace, "bpu_participants", [bpu("2025-05", "2026-01")])
        a_registry_run(workspace, {rows[0]: ani})
        first = services.post(workspace=workspace, by=officer)
        events = Event.objects.count()
        assert services.post(workspace=workspace, by=officer) == first
        assert Event.objects.count() == events
        assert LedgerEntry.objects.count() == 1

    def test_after_a_new_registration_posted_rows_stay_posted_and_others_follow(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        ani, budi = a_person(), a_person()
        rows = deliver(workspace, "bpu_participants", [bpu("2025-05", "2026-01")] * 2)
        a_registry_run(workspace, {rows[0]: ani})
        assert services.post(workspace=workspace, by=officer)["entries"] == 1
        a_registry_run(workspace, {rows[0]: ani, rows[1]: budi})
        counts = services.post(workspace=workspace, by=officer)
        assert (counts["entries"], counts["already"]) == (1, 1)
        assert {row[0] for row in entries()} == {ani.pk, budi.pk}

    def test_without_a_registration_it_says_what_to_do(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        with pytest.raises(NotPossible) as caught:
            services.post(workspace=workspace, by=officer)
        assert caught.value.code == "ledger.no_registry"

    def test_with_no_list_there_is_nothing_to_post(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        a_registry_run(workspace, {})
        assert services.post(workspace=workspace, by=officer)["rows"] == 0
