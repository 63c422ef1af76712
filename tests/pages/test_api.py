"""The JSON interface: signed in, the same rights, one error shape everywhere."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from jsonschema_rs import Draft202012Validator

from semesta.access.models import Role
from semesta.api.routes import api
from semesta.audit.models import Event
from semesta.coverage.queries import figure
from semesta.decrees.models import Decree
from semesta.intake.models import Delivery
from semesta.registry.models import Person

SHAPE = {"code", "what", "why", "fix"}
RIGHTS = {
    "/me": set(Role),
    "/deliveries": set(Role) - {Role.LEADER, Role.COMPLIANCE},
    "/deliveries/{name}": set(Role) - {Role.LEADER, Role.COMPLIANCE},
    "/deliveries/{name}/rows": set(Role) - {Role.LEADER, Role.COMPLIANCE},
    "/people/search": set(Role) - {Role.LEADER, Role.COMPLIANCE},
    "/people/{pk}": set(Role) - {Role.LEADER, Role.COMPLIANCE},
    "/decrees": set(Role) - {Role.COMPLIANCE},
    "/decrees/{pk}": set(Role) - {Role.COMPLIANCE},
    "/decrees/{pk}/entries": set(Role) - {Role.COMPLIANCE},
}
PUBLIC = {
    "/coverage", "/law/parameters/{key}", "/law/answers/{kind}", "/law/replays",
}  # fmt: skip

LAW: dict[str, tuple[str, Any]] = {
    "/law/parameters/{key}": ("/law/parameters/bpu.jkm", None),
    "/law/answers/{kind}": ("/law/answers/contribution", {"month": "2026-01"}),
    "/law/replays": (
        "/law/replays",
        {"kind": "contribution", "given": {"month": "2026-01"}, "consulted": []},
    ),
}


def paths() -> list[str]:
    return [path.removeprefix("/api/v1") for path in api.get_openapi_schema()["paths"]]


def ask(client: Client, path: str) -> Any:
    """Call an address for a thing in Ganting that is there."""
    ganting = "13.74.01.1001"
    numbers = {"people": Person.objects.filter(kelurahan=ganting).first().pk}
    pk = numbers.get(path.split("/")[1], Decree.objects.get().pk)
    name = Delivery.objects.get(area=ganting).name
    url = "/api/v1" + path.replace("{pk}", str(pk)).replace("{name}", name)
    if path in LAW:
        address, body = LAW[path]
        if body is None:
            return client.get(f"/api/v1{address}")
        return client.post(f"/api/v1{address}", json.dumps(body), "application/json")
    if path == "/people/search":
        return client.post(url, json.dumps({"text": "rahmat"}), "application/json")
    return client.get(url)


def test_every_address_is_in_the_matrix() -> None:
    assert set(paths()) == set(RIGHTS) | PUBLIC


@pytest.mark.parametrize("path", RIGHTS)
@pytest.mark.parametrize("role", list(Role))
def test_rights_hold(path: str, role: Role, as_role: Any) -> None:
    response = ask(as_role(role), path)

    if role in RIGHTS[path]:
        assert response.status_code == 200
    else:
        assert response.status_code == 403
        assert response.json()["error"]["code"] == "access.role"
        assert set(response.json()["error"]) == SHAPE


@pytest.mark.parametrize("path", RIGHTS)
def test_without_signing_in_nothing_is_told(path: str, client: Client) -> None:
    response = ask(client, path)

    assert response.status_code == 401
    assert set(response.json()["error"]) == SHAPE


def test_answers_have_the_form_that_the_documentation_promises(as_role: Any) -> None:
    schema = api.get_openapi_schema()
    client = as_role(Role.OFFICER)
    for path in [*RIGHTS, *PUBLIC]:
        verbs = schema["paths"]["/api/v1" + path]
        promised = next(iter(verbs.values()))["responses"][200]["content"]
        form = promised["application/json"]["schema"] | {
            "components": schema["components"]
        }
        Draft202012Validator(form).validate(ask(client, path).json())


def test_coverage_is_open_and_the_same_as_on_the_page(client: Client) -> None:
    answer = client.get("/api/v1/coverage?measure=active&segment=ALL&area=13.74").json()

    assert answer == [figure("active").as_dict()]


def test_numbers_are_masked_and_looks_recorded(as_role: Any) -> None:
    client = as_role(Role.OFFICER)
    person = Person.objects.first()

    answer = client.get(f"/api/v1/people/{person.pk}")
    event = Event.objects.order_by("-seq").first()

    assert person.nik not in answer.content.decode()
    assert (event.action, event.subject) == ("person.viewed", f"person:{person.pk}")


@pytest.mark.parametrize(
    ("url", "status", "code"),
    [
        ("/api/v1/people/999999", 400, "people.unknown"),
        ("/api/v1/deliveries/tidakada", 404, "api.not_found"),
        ("/api/v1/decrees/999", 404, "api.not_found"),
        ("/api/v1/deliveries?limit=999999", 422, "api.input"),
        ("/api/v1/deliveries/x/rows?fate=hilang", 422, "api.input"),
    ],
)
def test_errors_have_one_shape(url: str, status: int, code: str, as_role: Any) -> None:
    response = as_role(Role.OFFICER).get(url)

    assert response.status_code == status
    assert response.json()["error"]["code"] == code
    assert set(response.json()["error"]) == SHAPE


def test_a_search_without_the_token_is_refused(as_role: Any) -> None:
    from semesta.access.models import User

    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.get(username="petugas"))

    response = client.post("/api/v1/people/search", "{}", "application/json")

    assert response.status_code == 403
    assert response.json()["error"]["code"] == "api.csrf"


def test_the_documentation_is_served_from_here(client: Client) -> None:
    page = client.get("/api/v1/docs").content.decode()

    assert "://" not in page.replace("http://www.w3.org", "")
    assert client.get("/api/v1/openapi.json").json()["info"]["title"] == "Semesta"
