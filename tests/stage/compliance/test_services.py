"""Detection with the database: found, changed, gone, repeated; limited to the area."""

from __future__ import annotations

from datetime import date

import pytest
from tests.support.employers import an_employer

from semesta.access.models import User
from semesta.audit.models import Event
from semesta.compliance.models import Finding
from semesta.compliance.queries import exposed_workers, finding_totals, findings
from semesta.compliance.services import detect
from semesta.kernel import Actor
from semesta.warehouse.workspace import Workspace

ON = date(2026, 1, 31)

pytestmark = pytest.mark.django_db


class TestDetect:
    def test_finds_and_records(self, workspace: Workspace, officer: Actor) -> None:
        an_employer(1, npp="", licensed_workers=4)
        an_employer(2, registered_workers=2, arrears_months=5, arrears_amount=900)
        an_employer(3)
        counts = detect(on=ON, workspace=workspace, by=officer)
        assert counts == {
            "employers": 3,
            "PWBD": 1,
            "PDS-TK": 1,
            "TUNGGAKAN": 1,
            "exposed_workers": 4 + 8,
            "added": 3,
            "changed": 0,
            "removed": 0,
        }
        assert Event.objects.get().action == "run.comply"
        assert list((workspace.lake / "compliance").glob("*/employers.parquet"))

    def test_the_same_again_changes_nothing(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        an_employer(1, npp="")
        first = detect(on=ON, workspace=workspace, by=officer)
        before = Finding.objects.get()
        assert detect(on=ON, workspace=workspace, by=officer) == first
        assert Finding.objects.get().pk == before.pk
        assert Event.objects.count() == 1

    def test_only_what_differs_is_replaced(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        stays = an_employer(1, npp="")
        grows = an_employer(2, arrears_months=2)
        mends = an_employer(3, arrears_months=2)
        detect(on=ON, workspace=workspace, by=officer)
        kept = Finding.objects.get(employer=stays).pk
        grows.arrears_months = 4
        grows.save()
        mends.arrears_months = 0
        mends.save()
        later = date(2026, 3, 31)
        counts = detect(on=later, workspace=workspace, by=officer)
        assert (counts["added"], counts["changed"], counts["removed"]) == (0, 1, 1)
        assert Finding.objects.get(employer=stays).pk == kept
        assert "4 bulan" in Finding.objects.get(employer=grows).explanation
        assert not Finding.objects.filter(employer=mends).exists()
        assert set(Finding.objects.values_list("as_of", flat=True)) == {later}

    def test_a_city_without_employers(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        counts = detect(on=ON, workspace=workspace, by=officer)
        assert counts["employers"] == 0
        assert not Finding.objects.exists()


class TestQueries:
    @pytest.fixture
    def users(self, workspace: Workspace, officer: Actor) -> dict[str, User]:
        an_employer(1, npp="", licensed_workers=4, name="PT Sinar Contoh")
        an_employer(2, kelurahan="13.74.02.1003", registered_workers=2)
        an_employer(
            3, kelurahan="13.74.02.1003", registered_workers=6, arrears_months=5
        )
        detect(on=ON, workspace=workspace, by=officer)
        return {
            "city": User(username="tim", role="kepatuhan"),
            "east": User(username="timur", role="kepatuhan", area="13.74.01"),
        }

    def test_lists_by_kind_and_area(self, users: dict[str, User]) -> None:
        assert findings(users["city"]).count() == 4
        assert findings(users["city"], "PDS-TK").count() == 2
        assert findings(users["east"]).count() == 1

    def test_most_exposed_first(self, users: dict[str, User]) -> None:
        exposed = [finding.workers_exposed for finding in findings(users["city"])]
        assert exposed == [8, 6, 4, 4]

    @pytest.mark.parametrize("search", ["sinar", "9900000000001", " Sinar "])
    def test_search(self, users: dict[str, User], search: str) -> None:
        assert findings(users["city"], search=search).count() == 1

    def test_search_by_registration_number(self, users: dict[str, User]) -> None:
        assert findings(users["city"], search="zz000003").count() == 2
        assert findings(users["east"], search="zz000003").count() == 0

    def test_totals_name_every_kind(self, users: dict[str, User]) -> None:
        totals = {t.kind: t for t in finding_totals(users["east"])}
        assert totals["PWBD"].employers == 1
        assert totals["PWBD"].workers_exposed == 4
        assert totals["TUNGGAKAN"].employers == 0
        assert totals["TUNGGAKAN"].as_of is None

    def test_an_employer_with_two_findings_counts_once(
        self, users: dict[str, User]
    ) -> None:
        assert exposed_workers(users["city"]) == 4 + 8 + 6
        assert exposed_workers(users["east"]) == 4
