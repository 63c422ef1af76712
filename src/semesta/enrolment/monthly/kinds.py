"""Kinds of change: what each means, and what it proposes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from semesta.kernel import Month, day_in_words
from semesta.law.book import law_at

DIED, MOVED, WAGE_WORKER, TURNED_65, NO_WORK, DOUBLE_PAYER, IDENTITY = (
    "died", "moved", "wage_worker", "turned_65", "no_work", "double_payer", "identity",
)  # fmt: skip
CLAIM, REPLACE, KEEP, REFUND, CORRECT = "claim", "replace", "keep", "refund", "correct"
# Actions after which the place on the decree is free.
VACATING = frozenset({CLAIM, REPLACE, REFUND})
ACTIONS = {
    CLAIM: "Buka klaim santunan dan ganti",
    REPLACE: "Hentikan dan ganti",
    KEEP: "Tetap dibayar",
    REFUND: "Hentikan, ganti, dan minta pengembalian",
    CORRECT: "Tetap dibayar, perbaiki identitas di BPJS",
}


@dataclass(frozen=True)
class Kind:
    """One kind of change: its name, what the officer looks at, what may be chosen."""

    code: str
    title: str
    advice: str
    actions: tuple[str, ...]


KINDS = {
    kind.code: kind
    for kind in (
        Kind(DIED, "Meninggal", "Kematian tidak lewat berkas nonaktif: keluarganya "
             "mengajukan klaim JKM, dan tempatnya diganti.", (CLAIM,)),
        Kind(MOVED, "Pindah", "Pastikan ke kelurahan bahwa ia sungguh pindah ke luar "
             "kota.", (REPLACE, KEEP)),
        Kind(WAGE_WORKER, "Menjadi penerima upah", "Pemberi kerja kini membayar; dua "
             "kepesertaan tidak dijumlahkan.", (REPLACE, KEEP)),
        Kind(TURNED_65, "Berusia 65", "Peserta lama boleh terus dibayar selama masih "
             "bekerja; yang belum terdaftar tidak dapat lagi.", (KEEP, REPLACE)),
        Kind(NO_WORK, "Tidak bekerja lagi", "Klaim ditolak bila peserta tidak bekerja; "
             "tanyakan kepada RT.", (REPLACE, KEEP)),
        Kind(DOUBLE_PAYER, "Dibayar pembayar lain", "Bulan yang sama dibayar dua kali. "
             "Pengembalian menurut kesepakatan dengan cabang (Perdir 22/2022).",
             (REFUND, REPLACE, KEEP)),
        Kind(IDENTITY, "NIK berubah", "Catatan orang ini digabung atau NIK-nya "
             "diperbaiki; daftar BPJS perlu ikut.", (CORRECT, REPLACE, KEEP)),
    )
}  # fmt: skip


def titles() -> list[tuple[str, str]]:
    """Kinds with their names, for choices."""
    return [(kind.code, kind.title) for kind in KINDS.values()]


@dataclass(frozen=True)
class Proposal:
    """What is proposed for one change: the action, the first month no longer paid (None
    when it stays paid), and a sentence that says what was found."""

    action: str
    stop_from: Month | None
    detail: str


def continues_after_limit(on: date) -> bool:
    """Whether a member may go on paying past the age limit (Perdir 22/2022)."""
    found = law_at(on).find("bpu.continues_after_max_age")
    return bool(found and found.value)


def payer_in_words(payer: str, month: Month) -> str:
    """A payer's name as the law knows it in a month; an unknown code as it is."""
    known = law_at(month.first_day).find("bpu.payers")
    return str(known.value.get(payer, payer)) if known else payer


def age_limit(on: date) -> int | None:
    """The age below which one may register first (Permenaker 5/2021), if any then."""
    found = law_at(on).find("bpu.max_age")
    return None if found is None else int(found.value)


def propose(
    kind: str,
    *,
    occurred_on: date | None,
    month: Month,
    fact: str = "",
    is_member: bool = False,
    is_twice: bool = False,
) -> Proposal:
    """What to do about a change found in `month`.

    `fact`: where somebody moved to, who pays, since which employer. `is_member`: whether
    the insurer has registered them; `is_twice`: whether the same person stands on the
    decree under another number too.
    """
    day = day_in_words(occurred_on) if occurred_on else ""
    after = Month.of(occurred_on) + 1 if occurred_on else month
    # A month that is over cannot be stopped any more; what was paid for it is a refund.
    stop = max(after, month)
    if kind == DIED:
        when = (
            f"Meninggal {day}." if day else "Tercatat meninggal, tanggalnya belum ada."
        )
        return Proposal(CLAIM, stop, when)
    if kind == MOVED:
        where = f" ke {fact}" if fact else ""
        return Proposal(REPLACE, stop, f"Pindah{where} pada {day}.")
    if kind == WAGE_WORKER:
        since = f" sejak {day}" if day else ""
        return Proposal(REPLACE, stop, f"Terdaftar sebagai penerima upah{since}.")
    if kind == TURNED_65:
        if is_member and occurred_on and continues_after_limit(occurred_on):
            return Proposal(KEEP, None, f"Berusia 65 pada {day}; sudah peserta.")
        return Proposal(REPLACE, stop, f"Berusia 65 pada {day}; belum terdaftar.")
    if kind == NO_WORK:
        return Proposal(REPLACE, month, "Tercatat tidak bekerja lagi.")
    if kind == DOUBLE_PAYER:
        return Proposal(REFUND, month, f"{month.in_words()} juga dibayar {fact}.")
    if is_twice:
        return Proposal(REPLACE, month, "Orang yang sama tercantum dua kali di SK.")
    return Proposal(CORRECT, None, "NIK di SK berbeda dari NIK di data penduduk.")
