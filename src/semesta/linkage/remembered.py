"""What a workspace's last linkage remembers: new deliveries are compared, old ones are not.

Only where that saves minutes: below GROW_FROM rows everything is linked from scratch in
seconds, and the same deliveries give the same clusters whatever came first.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from semesta.linkage.growth import Memory, recollect
from semesta.linkage.matching import Growing

if TYPE_CHECKING:
    from semesta.intake.models import Delivery
    from semesta.linkage.weighing import Model
    from semesta.warehouse.workspace import Workspace

GROW_FROM = 500_000


def what_is_new(
    workspace: Workspace, deliveries: Sequence[Delivery], model: Model
) -> tuple[list[Delivery], Growing]:
    """The deliveries whose rows must be read, and what the others are known from.

    A delivery whose rows have changed, as by a correction, is read anew; the rows of one
    that does not count any more are forgotten.
    """
    if sum(delivery.rows for delivery in deliveries) < GROW_FROM:
        return list(deliveries), Growing()
    folder = workspace.lake / "linkage" / "known"
    now = {delivery.name: delivery.rows_sha256 for delivery in deliveries}
    memory = Memory.new(folder, told=now)
    known = recollect(folder, model, across_sources=False)
    if known is None:
        return list(deliveries), Growing(memory=memory)
    then = known.index["told"]
    gone = [name for name, sha256 in then.items() if now.get(name) != sha256]
    fresh = [d for d in deliveries if then.get(d.name) != d.rows_sha256]
    return fresh, Growing(known, gone, memory)
