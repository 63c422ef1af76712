"""Perusahaan wajib belum daftar: a licensed firm with workers and no registration.

Refuted by an NPP under another name or branch, or by workers who are only the owner.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from semesta.compliance.found import Found, breached_article
from semesta.law.book import Law

KIND = "PWBD"


def find(employers: pa.Table, law: Law) -> Iterator[Found]:
    """Firms with a NIB and at least one licensed worker for which no NPP is known.

    All licensed workers are exposed: whatever happens, the employer owes the rights
    itself (PP 44/2015 art. 27(1), 35(1)). A firm whose number of workers is unknown or
    zero (an owner without staff) is not a finding.
    """
    breach = pc.and_(
        pc.and_(
            pc.not_equal(employers["nib"], ""),
            pc.equal(employers["npp"], ""),
        ),
        pc.greater(employers["licensed_workers"], 0),
    )
    article = breached_article(law, KIND)
    for row in employers.filter(breach).to_pylist():
        workers, projects = row["licensed_workers"], row["projects"]
        yield Found(
            employer_id=row["id"],
            kind=KIND,
            workers_exposed=workers,
            observed={
                "licensed_workers": workers,
                "projects": projects,
                "scale": row["scale"],
            },
            law=article,
            explanation=(
                f"Izin berusaha mencatat {workers} pekerja di {projects} proyek, "
                "tetapi belum ada nomor pendaftaran (NPP) BPJS Ketenagakerjaan. "
                "Bila terjadi risiko kerja, hak pekerja menjadi tanggungan pemberi "
                "kerja."
            ),
        )
