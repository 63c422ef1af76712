"""Commands that prepare the pages."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from tests.support.pages import SmallCity

from semesta.coverage.models import MeasureRun
from semesta.web import charts


def test_charts_are_drawn_ahead(
    city: SmallCity, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    call_command("draw_charts")
    monkeypatch.setattr(charts, "_render", lambda spec: pytest.fail("drawn late"))

    assert client.get(reverse("front")).status_code == 200


def test_without_figures_there_is_nothing_to_draw() -> None:
    MeasureRun.objects.all().delete()

    call_command("draw_charts")


def test_warming_up_only_reads() -> None:
    call_command("warm_up")
    call_command("warm_up")
