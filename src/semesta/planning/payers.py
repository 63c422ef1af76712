"""Who may pay for whom: special funds have a purpose, and a plan respects it."""

from __future__ import annotations

from semesta.kernel import Month, UserError
from semesta.law.book import law_at

JOBS = "bpu.payer_jobs"


def payer_names(month: Month) -> dict[str, str]:
    """Code and name of every payer the law knows in a month."""
    return dict(law_at(month.first_day).get("bpu.payers").value)


def payer_name(payer: str, month: Month) -> str:
    """The payer's name as the law writes it. UserError `plan.payer` for none it knows."""
    known = payer_names(month)
    if payer in known:
        return known[payer]
    raise UserError(
        "plan.payer",
        f"Pembayar {payer or '(kosong)'} tidak dapat dipakai.",
        f"Hukum mengenal pembayar: {', '.join(known)}.",
        "Pakai salah satu kode itu.",
    )


def jobs_of(payer: str, month: Month) -> frozenset[str] | None:
    """The occupations a payer may pay for; None when it may pay for any."""
    found = law_at(month.first_day).find(JOBS)
    jobs = found.value.get(payer) if found is not None else None
    return None if jobs is None else frozenset(jobs)


def may_pay(payer: str, occupation: str | None, month: Month) -> bool:
    """Whether a payer may pay for someone with this occupation; unknown is no."""
    jobs = jobs_of(payer, month)
    return jobs is None or (occupation or "") in jobs


def refusal(payer: str, month: Month) -> UserError:
    """The error when a payer may pay for nobody among the candidates."""
    found = law_at(month.first_day).get(JOBS)
    jobs = ", ".join(sorted(jobs_of(payer, month) or ()))
    return UserError(
        "plan.payer_may_not",
        f"{payer_name(payer, month)} tidak boleh membayari seorang pun calon.",
        f"Menurut {found.law} dana ini hanya untuk pekerjaan: {jobs}.",
        "Pilih pembayar lain, atau lengkapi pekerjaan orang di daftar.",
    )
