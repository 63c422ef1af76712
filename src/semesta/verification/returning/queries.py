"""What came back as deliveries and is not taken yet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from semesta.access.models import Role, User
from semesta.intake.models import Delivery
from semesta.intake.queries import lake_file, session
from semesta.linkage.rows import LINKED_FATES
from semesta.verification.models import FieldAnswer, VerificationTask
from semesta.warehouse.engines import file_list
from semesta.warehouse.workspace import Workspace

PAPER, FORM = "field_paper", "field_form"
CHANNELS = {PAPER: FieldAnswer.Channel.PAPER, FORM: FieldAnswer.Channel.FORM}


def returned_deliveries() -> list[Delivery]:
    """All readable deliveries of answers, in order of arrival."""
    read = Delivery.objects.filter(
        supplier__in=(PAPER, FORM), status=Delivery.Status.READ
    )
    return list(read.order_by("pk"))


def answer_rows(workspace: Workspace, delivery: Delivery) -> list[dict[str, Any]]:
    """A delivery's rows that stood their test, in the order of the file."""
    path = lake_file(workspace, "rows", delivery.name)
    fates = ", ".join(f"'{fate}'" for fate in LINKED_FATES)
    with session() as con:
        result = con.execute(
            f"SELECT * FROM read_parquet({file_list([path])}) "
            f"WHERE fate IN ({fates}) ORDER BY line"
        )
        names = [column[0] for column in result.description]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def tasks_on_paper(codes: Sequence[str]) -> dict[tuple[str, int], VerificationTask]:
    """Page and number → the task that stands there, in rounds that are open."""
    found = VerificationTask.objects.filter(
        page_code__in=set(codes), earlier=None, round__closed_at=None
    )
    return {(t.page_code, t.line): t for t in found.select_related("round")}


def surveyors() -> dict[str, User]:
    """Open accounts that verify in the field, by name."""
    accounts: QuerySet[User] = User.objects.filter(role=Role.KELURAHAN, is_active=True)
    return {user.username.lower(): user for user in accounts}


def stored_rows(delivery: Delivery) -> set[str]:
    """Numbers of this delivery's rows that are answers already."""
    rows = FieldAnswer.objects.filter(row_id__startswith=f"{delivery.name}:")
    return set(rows.values_list("row_id", flat=True))
