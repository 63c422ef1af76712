"""Perusahaan daftar sebagian tenaga kerja: fewer workers registered than licensed.

Refuted by licensed numbers that are plans rather than people, or by workers registered
under another branch; therefore a tolerance.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from semesta.compliance.found import Found, breached_article
from semesta.law.book import Law

KIND = "PDS-TK"

# Licences count workers once a year and per project, so a small gap proves nothing.
TOLERATED_PER_CENT = 10


def find(
    employers: pa.Table, law: Law, *, tolerated_per_cent: int = TOLERATED_PER_CENT
) -> Iterator[Found]:
    """Registered firms whose licensed workers exceed the registered ones.

    The gap must be larger than `tolerated_per_cent` of the licensed workers. A firm for
    which either number is unknown is not a finding.
    """
    registered = employers["registered_workers"]
    licensed = employers["licensed_workers"]
    gap = pc.subtract(licensed, registered)
    breach = pc.and_(
        pc.not_equal(employers["npp"], ""),
        pc.greater(pc.multiply(gap, 100), pc.multiply(licensed, tolerated_per_cent)),
    )
    # Both numbers at zero compare as 0 > 0; a gap of nobody is none.
    breach = pc.and_(breach, pc.greater(gap, 0))
    article = breached_article(law, KIND)
    for row in employers.filter(breach).to_pylist():
        has, should = row["registered_workers"], row["licensed_workers"]
        yield Found(
            employer_id=row["id"],
            kind=KIND,
            workers_exposed=should - has,
            observed={
                "licensed_workers": should,
                "registered_workers": has,
                "tolerated_per_cent": tolerated_per_cent,
                "projects": row["projects"],
            },
            law=article,
            explanation=(
                f"Izin berusaha mencatat {should} pekerja, yang terdaftar {has}: "
                f"{should - has} orang belum didaftarkan. Hak pekerja yang tidak "
                "didaftarkan menjadi tanggungan pemberi kerja."
            ),
        )
