"""The states of a month, as in the insurer's portal: Draft → Finalisasi → Posting."""

from __future__ import annotations

from semesta.kernel import Month, NotPossible

DRAFT, FINAL, POSTED = "draft", "final", "posted"
# State → states it may become; after posting nothing changes without a new period.
TRANSITIONS: dict[str, frozenset[str]] = {
    DRAFT: frozenset({FINAL}),
    FINAL: frozenset({DRAFT, POSTED}),
    POSTED: frozenset(),
}


def check_open(month: Month, state: str) -> None:
    """NotPossible `month.final` or `month.posted` unless the month is a draft."""
    if state == DRAFT:
        return
    if state == POSTED:
        raise NotPossible(
            "month.posted",
            f"{month.in_words()} sudah diposting.",
            "Sesudah posting isi periode tidak berubah lagi.",
            f"Catat perubahan ini pada periode {(month + 1).in_words()}.",
        )
    raise NotPossible(
        "month.final",
        f"{month.in_words()} sudah difinalisasi.",
        "Selama finalisasi isi periode dikunci untuk diperiksa orang lain.",
        "Kembalikan periode ke draft bila masih ada yang harus diubah.",
    )


def check_step(month: Month, before: str, after: str) -> None:
    """NotPossible `month.step` for a step that the state does not allow."""
    if after not in TRANSITIONS[before]:
        raise no_such_step(month)


def no_such_step(month: Month) -> NotPossible:
    """The error for a step that does not exist in this state."""
    return NotPossible(
        "month.step",
        f"Periode {month.in_words()} tidak dapat melangkah ke sana.",
        "Urutannya draft, finalisasi, posting; posting tidak dapat ditarik.",
        "Muat ulang halaman untuk melihat keadaannya sekarang.",
    )


def check_second_person(finalised_by: str, posted_by: str) -> None:
    """NotPossible `month.same_person`: nobody posts what they finalised themselves."""
    if finalised_by != posted_by:
        return
    raise NotPossible(
        "month.same_person",
        "Posting perlu orang lain.",
        "Yang memfinalisasi tidak memposting pekerjaannya sendiri.",
        "Minta pimpinan atau petugas lain memeriksa lalu memposting periode ini.",
    )
