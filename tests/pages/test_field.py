"""The phone pages of the field and the officer's: areas hold, nothing is stored twice."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.test import Client
from django.urls import reverse
from tests.support.field import a_png

from semesta.access.models import Role
from semesta.verification.models import FieldAnswer, VerificationRound, VerificationTask

GANTING = "13.74.01.1001"


def mine() -> Any:
    return VerificationTask.objects.filter(kelurahan=GANTING, state="open")


def elsewhere() -> VerificationTask:
    return VerificationTask.objects.exclude(kelurahan=GANTING).first()


def post(client: Client, task: VerificationTask, **fields: Any) -> Any:
    queued = fields.pop("queued", False)
    given = {"key": str(uuid4()), "verdict": "confirm"} | fields
    headers = {"X-Queued": "1"} if queued else {}
    return client.post(reverse("field-task", args=[task.pk]), given, headers=headers)


def test_the_walk_shows_only_those_of_my_kelurahan(as_role: Any) -> None:
    page = as_role(Role.KELURAHAN).get(reverse("field"))

    shown = {task.kelurahan for task in page.context["page"].object_list}
    assert shown == {GANTING}
    (_, whole) = page.context["rounds"][0]
    assert whole.total == VerificationTask.objects.filter(kelurahan=GANTING).count()


def test_search_stays_in_the_area_and_out_of_the_address(as_role: Any) -> None:
    other = elsewhere().address
    client = as_role(Role.KELURAHAN)

    found = client.post(reverse("field"), {"text": other}).context["page"]

    assert all(task.kelurahan == GANTING for task in found.object_list)
    own = client.post(reverse("field"), {"text": mine().first().address})
    assert own.context["page"].paginator.count >= 1


def test_a_plain_form_saves_and_leads_to_the_next_person(as_role: Any) -> None:
    client, task = as_role(Role.KELURAHAN), mine().first()

    response = post(client, task, verdict="refuse", reason="pindah")

    answer = FieldAnswer.objects.get(task=task)
    assert (answer.reason, answer.lives_here, answer.by) == (
        "pindah", False, "kelurahan",
    )  # fmt: skip
    assert response.status_code == 302
    assert response.url.startswith("/lapangan/tugas/")
    assert response.url != reverse("field-task", args=[task.pk])


def test_a_resent_answer_is_stored_once(as_role: Any) -> None:
    client, task, key = as_role(Role.KELURAHAN), mine().first(), str(uuid4())

    answers = [post(client, task, key=key, queued=True) for _ in range(3)]

    assert [one.status_code for one in answers] == [200] * 3
    assert FieldAnswer.objects.filter(task=task).count() == 1


def test_an_answer_elsewhere_is_refused_in_the_words_of_nobody(as_role: Any) -> None:
    client = as_role(Role.KELURAHAN)

    there = post(client, elsewhere(), queued=True)
    nowhere = client.post(
        "/lapangan/tugas/999999/",
        {"key": str(uuid4()), "verdict": "confirm"},
        headers={"X-Queued": "1"},
    )

    assert there.status_code == nowhere.status_code == 403
    assert there.json() == nowhere.json()
    assert not FieldAnswer.objects.filter(task=elsewhere()).exists()


def test_an_incomplete_answer_says_what_is_missing(as_role: Any) -> None:
    client, task = as_role(Role.KELURAHAN), mine().first()

    page = post(client, task, verdict="refuse")
    queued = post(client, task, verdict="correct", queued=True)

    assert page.status_code == queued.status_code == 400
    assert "Pilih alasan penolakan" in page.content.decode()
    assert "satu hal yang berubah" in queued.json()["problem"]
    assert not FieldAnswer.objects.filter(task=task).exists()


def test_a_photo_is_seen_in_its_area_and_the_look_is_recorded(
    as_role: Any, tmp_path: Any
) -> None:
    from semesta.audit.models import Event

    client, task = as_role(Role.KELURAHAN), mine().first()
    path = tmp_path / "rumah.png"
    path.write_bytes(a_png())
    with path.open("rb") as photo:
        post(client, task, photo=photo)
    url = reverse("field-photo", args=[FieldAnswer.objects.get(task=task).pk])

    seen = client.get(url)
    VerificationTask.objects.filter(pk=task.pk).update(kelurahan="13.74.01.1002")

    assert seen.content.startswith(b"\x89PNG")
    assert Event.objects.filter(action="verification.photo_seen").count() == 1
    assert client.get(url).status_code == 403


def test_two_who_differ_are_settled_by_the_officer_and_the_round_closed(
    as_role: Any, client: Client
) -> None:
    from semesta.access.models import User

    VerificationRound.objects.update(needed=2)
    task = mine().first()
    post(as_role(Role.KELURAHAN), task)
    User.objects.create(username="rt2", role=Role.KELURAHAN, area=GANTING)
    client.force_login(User.objects.get(username="rt2"))
    post(client, task, verdict="refuse", reason="pindah")
    officer = as_role(Role.OFFICER)
    settle = reverse("field-settle", args=[task.pk])
    round_url = reverse("field-round", args=[task.round_id])

    page = officer.get(settle)
    chosen = FieldAnswer.objects.filter(task=task, verdict="refuse").get()
    assert len(page.context["voices"]) == 2
    close = reverse("field-close", args=[task.round_id])
    assert officer.post(close).status_code == 400
    assert officer.post(settle, {"answer": chosen.pk, "note": ""}).status_code == 400
    officer.post(settle, {"answer": chosen.pk, "note": "Rumah kosong."})
    officer.post(close)

    task.refresh_from_db()
    assert task.state == "refused"
    shown = officer.get(round_url).context
    assert not shown["round"].is_open
    assert shown["round"].delivery


def test_an_officer_draws_a_round(as_role: Any) -> None:
    officer = as_role(Role.OFFICER)
    plan = VerificationRound.objects.get().plan_id
    asked = {"plan": plan, "due_on": "2026-03-01", "needed": 1, "fresh_days": 0}

    nobody = officer.post(reverse("field-draw"), asked | {"waiting": 0})
    more = officer.post(reverse("field-draw"), asked | {"waiting": 90})

    assert "tidak diperlukan" in nobody.content.decode()
    assert more.status_code == 302
    assert VerificationRound.objects.count() == 2
