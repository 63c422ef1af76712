"""Value types every stage shares; standard library only."""

from semesta.kernel.actor import Actor
from semesta.kernel.citation import Citation
from semesta.kernel.errors import NotAllowed, NotPossible, UserError
from semesta.kernel.identity import FamilyCard, Nik
from semesta.kernel.month import Month, day_in_words
from semesta.kernel.region import Place, Region
from semesta.kernel.rupiah import Rupiah

__all__ = [
    "Actor",
    "Citation",
    "FamilyCard",
    "Month",
    "Nik",
    "NotAllowed",
    "NotPossible",
    "Place",
    "Region",
    "Rupiah",
    "UserError",
    "day_in_words",
]
