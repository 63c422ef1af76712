"""The readers of learning: which weights a city's linkage uses."""

from __future__ import annotations

import json

from semesta.linkage.learning.models import ChosenWeights
from semesta.linkage.weighing import Model, load_model


def newest_choice() -> ChosenWeights | None:
    """The newest choice of weights; None when nobody has ever chosen."""
    return ChosenWeights.objects.order_by("pk").last()


def weights_in_use() -> Model:
    """The weights every linkage of this city uses: those chosen last, else the shipped."""
    choice = newest_choice()
    if choice and choice.content:
        return Model(json.loads(choice.content))
    return load_model()
