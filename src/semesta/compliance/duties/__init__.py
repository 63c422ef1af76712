"""The duties that are checked, one file each; adding one is one file and one line."""

from __future__ import annotations

import pyarrow as pa

from semesta.compliance.duties import arrears, partial_workers, pwbd
from semesta.compliance.found import Found
from semesta.law.book import Law

DUTIES = (pwbd, partial_workers, arrears)


def find_all(employers: pa.Table, law: Law) -> list[Found]:
    """Every breach of every duty; at most one per employer and duty.

    `employers` has the columns of `found.EMPLOYERS`; `law` is the law of the day.
    """
    return [found for duty in DUTIES for found in duty.find(employers, law)]
