"""Tunggakan iuran: months an employer owes, by age, and who then pays."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from semesta.compliance.found import Found, breached_article
from semesta.kernel import Rupiah
from semesta.law.book import Law

KIND = "TUNGGAKAN"

# Months after which each class ends. The insurer names the classes but publishes no
# boundaries: the first follows the law's own (its `pu.grace_months`), the others are
# this office's reading.
AGE_CLASSES = ((3, "lancar"), (6, "kurang lancar"), (12, "diragukan"))
OLDEST_CLASS = "macet"


def age_class(months: int) -> str:
    """The class of a debt by its age: lancar, kurang lancar, diragukan or macet."""
    for last_month, name in AGE_CLASSES:
        if months <= last_month:
            return name
    return OLDEST_CLASS


def find(employers: pa.Table, law: Law) -> Iterator[Found]:
    """Registered employers with at least one month unpaid.

    Up to `pu.grace_months` the insurer still pays at once (PP 44/2015 art. 38(1),
    41(1)); beyond, the employer pays first. Their registered workers are exposed; how
    many is unknown when the insurer's list does not say.
    """
    breach = pc.and_(
        pc.not_equal(employers["npp"], ""), pc.greater(employers["arrears_months"], 0)
    )
    article = breached_article(law, KIND)
    guaranteed = law.get("pu.grace_months").value
    for row in employers.filter(breach).to_pylist():
        months, amount = row["arrears_months"], row["arrears_amount"]
        paid_until = row["paid_until"]
        yield Found(
            employer_id=row["id"],
            kind=KIND,
            workers_exposed=row["registered_workers"],
            observed={
                "arrears_months": months,
                "arrears_amount": amount,
                "age_class": age_class(months),
                "paid_until": paid_until.isoformat() if paid_until else None,
                "registered_workers": row["registered_workers"],
            },
            law=article,
            explanation=_explanation(months, amount, guaranteed),
        )


def _explanation(months: int, amount: int | None, guaranteed: int) -> str:
    owed = f"Menunggak {months} bulan ({age_class(months)})"
    if amount is not None:
        owed += f", {Rupiah(amount)}"
    if months <= guaranteed:
        return (
            f"{owed}. BPJS Ketenagakerjaan masih membayar manfaat JKK dan JKM bila "
            "terjadi risiko; tunggakan wajib dilunasi."
        )
    return (
        f"{owed}. Lebih dari {guaranteed} bulan: bila terjadi risiko, pemberi "
        "kerja membayar lebih dahulu dan diganti setelah tunggakan dan denda lunas."
    )
