"""The only writers of users: make, close, open again, change, demo accounts.

Each writer is handed `record` (audit's writer): the two stages lie side by side and do
not import each other, and no account changes without an event in the trail.
"""

from __future__ import annotations

from typing import Any, Protocol

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from semesta.access.models import Role, User
from semesta.access.queries import DEMO_ACCOUNTS, DEMO_PASSWORD
from semesta.kernel import Actor, Region, UserError
from semesta.kernel.errors import NotPossible


class Recorder(Protocol):
    """How an event is written, as `semesta.audit.services.record` does it."""

    def __call__(
        self,
        *,
        action: str,
        by: Actor,
        subject: str = "",
        detail: dict[str, Any] | None = None,
    ) -> object: ...


@transaction.atomic
def create_user(
    *,
    username: str,
    password: str,
    role: str,
    region: Region,
    by: Actor,
    record: Recorder,
    area: str = "",
    full_name: str = "",
) -> User:
    """Make one account. UserError when name, role, area or password will not do."""
    username = username.strip().lower()
    check_area(role, area, region)
    if User.objects.filter(username=username).exists():
        raise UserError(
            "access.username_taken",
            "Nama pengguna ini sudah dipakai.",
            "Setiap orang memakai akunnya sendiri, jadi nama harus berbeda.",
            "Pilih nama pengguna lain.",
        )
    user = User(username=username, role=role, area=area, full_name=full_name.strip())
    check_password_strength(password, user)
    user.set_password(password)
    user.save()
    record(
        action="user.created",
        by=by,
        subject=f"user:{user.pk}",
        detail={"role": role, "area": area},
    )
    return user


@transaction.atomic
def change_user(
    *,
    user: User,
    role: str,
    area: str,
    full_name: str,
    region: Region,
    by: Actor,
    record: Recorder,
) -> User:
    """Give an account another role, area or shown name."""
    check_area(role, area, region)
    user.role, user.area, user.full_name = role, area, full_name.strip()
    user.save(update_fields=["role", "area", "full_name"])
    record(
        action="user.changed",
        by=by,
        subject=f"user:{user.pk}",
        detail={"role": role, "area": area},
    )
    return user


@transaction.atomic
def set_active(*, user: User, active: bool, by: Actor, record: Recorder) -> User:
    """Close an account or open it again. Nobody closes their own."""
    if not active and user.username == by.username:
        raise NotPossible(
            "access.own_account",
            "Anda tidak dapat menutup akun Anda sendiri.",
            "Tanpa akun admin tidak ada yang dapat membukanya lagi.",
            "Mintalah admin lain untuk menutupnya.",
        )
    if user.is_active != active:
        user.is_active = active
        user.save(update_fields=["is_active"])
        action = "user.opened" if active else "user.closed"
        record(action=action, by=by, subject=f"user:{user.pk}")
    return user


@transaction.atomic
def set_password(*, user: User, password: str, by: Actor, record: Recorder) -> User:
    """Give an account a new password, e.g. after it was forgotten."""
    check_password_strength(password, user)
    user.set_password(password)
    user.save(update_fields=["password"])
    record(action="user.password_set", by=by, subject=f"user:{user.pk}")
    return user


@transaction.atomic
def create_demo_accounts(*, region: Region, by: Actor, record: Recorder) -> list[User]:
    """One account per role of an invented city, all with the same password.

    Accounts that exist already are left as they are, so a second call changes nothing.
    """
    # One hash for all: a demo should not spend seconds on hashing one known word.
    hashed = make_password(DEMO_PASSWORD)
    existing = set(User.objects.values_list("username", flat=True))
    made = [
        User(
            username=account.username,
            role=account.role,
            full_name=account.full_name,
            area=region.places[0].code if account.role == Role.KELURAHAN else "",
            password=hashed,
        )
        for account in DEMO_ACCOUNTS
        if account.username not in existing
    ]
    User.objects.bulk_create(made)
    if made:
        record(action="user.demo_created", by=by, detail={"accounts": len(made)})
    return list(User.objects.filter(username__in=[a.username for a in DEMO_ACCOUNTS]))


def check_area(role: str, area: str, region: Region) -> None:
    """UserError when a role or area does not exist, or the two do not fit."""
    known = {"", *region.districts, *(place.code for place in region.places)}
    if role not in Role.values or area not in known:
        raise UserError(
            "access.role_or_area",
            "Peran atau wilayah tugas tidak dikenal.",
            f"Wilayah tugas harus kecamatan atau kelurahan di {region.name}.",
            "Pilih dari daftar pada formulir.",
        )
    if role == Role.KELURAHAN and not area:
        raise UserError(
            "access.area_missing",
            "Akun kelurahan memerlukan wilayah tugas.",
            "Tanpa wilayah, akun ini akan melihat seluruh kota.",
            "Pilih kelurahan pada formulir.",
        )


def check_password_strength(password: str, user: User) -> None:
    """UserError, listing everything that is wrong with a password."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise UserError(
            "access.weak_password",
            "Kata sandi ini terlalu lemah.",
            " ".join(error.messages),
            "Pakai paling sedikit delapan huruf dan angka yang sukar ditebak.",
        ) from error
