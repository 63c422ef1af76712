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

# Licences are self-declared, once per project: a small gap proves nothing, and the same
# worker may stand under several projects.
TOLERATED_PER_CENT = 5
TOLERATED_PER_FURTHER_PROJECT = 1


def find(
    employers: pa.Table,
    law: Law,
    *,
    tolerated_per_cent: int = TOLERATED_PER_CENT,
    tolerated_per_project: int = TOLERATED_PER_FURTHER_PROJECT,
) -> Iterator[Found]:
    """Registered firms whose licensed workers exceed the registered ones.

    The gap must be larger than `tolerated_per_cent` of the licensed workers and
    `tolerated_per_project` for each project after the first. A firm for which either
    number is unknown is not a finding.
    """
    licensed = employers["licensed_workers"]
    gap = pc.subtract(licensed, employers["registered_workers"])
    further = pc.max_element_wise(pc.subtract(employers["projects"], 1), 0)
    tolerated = pc.add(
        pc.multiply(licensed, tolerated_per_cent),
        pc.multiply(further, 100 * tolerated_per_project),
    )
    breach = pc.and_(
        pc.not_equal(employers["npp"], ""),
        pc.greater(pc.multiply(gap, 100), tolerated),
    )
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
                "projects": row["projects"],
                "tolerated_per_cent": tolerated_per_cent,
                "tolerated_per_project": tolerated_per_project,
            },
            law=article,
            explanation=(
                f"Menurut izin berusaha ada {should} pekerja, yang terdaftar {has}: "
                f"{should - has} orang tampaknya belum didaftarkan. Hak pekerja yang "
                "tidak didaftarkan menjadi tanggungan pemberi kerja."
            ),
        )
