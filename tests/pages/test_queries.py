"""How many queries a page may take, however many rows it shows."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from semesta.access.models import Role
from semesta.benefits.models import BenefitCase
from semesta.decrees.models import Decree
from semesta.intake.models import Delivery
from semesta.registry.models import Person

# Signing in (session, user) takes two of each.
LIMITS = {
    "front": 9,
    "home": 26,
    "coverage": 9,
    "deliveries": 8,
    "people": 2,
    "people-quality": 10,
    "plans": 8,
    "plans-compare": 9,
    "policies": 7,
    "decrees": 4,
    "field": 6,
    "membership": 14,
    "membership-files": 12,
    "membership-answers": 12,
    "membership-tasks": 8,
    "membership-changes": 12,
    "membership-ahead": 10,
    "membership-codes": 6,
    "guard": 5,
    "books": 12,
    "books-differences": 6,
    "books-journal": 5,
    "cases": 6,
    "cases-warnings": 6,
    "employers": 8,
    "law": 2,
    "calculate-contribution": 2,
    "calculate-benefit": 2,
}


@pytest.mark.parametrize(("name", "most"), LIMITS.items())
def test_a_list_takes_few_queries(
    name: str, most: int, as_role: Any, django_assert_max_num_queries: Any
) -> None:
    client: Client = as_role(Role.OFFICER)

    with django_assert_max_num_queries(most):
        client.get(reverse(name))


@pytest.mark.parametrize("role", list(Role))
def test_every_home_page_takes_few_queries(
    role: Role, as_role: Any, django_assert_max_num_queries: Any
) -> None:
    client: Client = as_role(role)

    with django_assert_max_num_queries(LIMITS["home"]):
        client.get(reverse("home"))


def test_one_thing_takes_few_queries(
    as_role: Any, django_assert_max_num_queries: Any
) -> None:
    client: Client = as_role(Role.OFFICER)
    decree = reverse("decrees-decree", args=[Decree.objects.get().pk])
    delivery = reverse("deliveries-delivery", args=[Delivery.objects.first().name])
    person = reverse("people-person", args=[Person.objects.first().pk])
    case = reverse("cases-case", args=[BenefitCase.objects.first().pk])

    for url, most in ((decree, 14), (delivery, 5), (person, 32), (case, 10)):
        with django_assert_max_num_queries(most):
            client.get(url)
