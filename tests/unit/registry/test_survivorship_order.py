"""The order of sources names every supplier of people for every field it can say."""

from __future__ import annotations

import pytest

from semesta.intake.fields import FIELDS, PARTS
from semesta.intake.maps import SupplierMap, supplier_maps
from semesta.registry.survivorship import FACT_COLUMNS, field_rules

# Not linked: they answer our own decree and say nothing new about who someone is.
ANSWERS = {"insurer_answer", "payments"}
# Reaches people by their family card.
OF_FAMILIES = "dtsen_family"
# A fact that follows from another: `standing` reads it from the list.
IMPLIED = {"occupation": "works", "died_on": "alive"}
SUPPLIERS = [
    one
    for one in supplier_maps().values()
    if one.subject == "person" and one.name not in ANSWERS
]


def says(supplier: SupplierMap) -> set[str]:
    """The fields of a person that a list of this supplier can say."""
    given = {name for field in supplier.fields if field in FIELDS
             for name in FIELDS[field].gives} | set(supplier.defaults)  # fmt: skip
    if set(PARTS) <= set(supplier.fields):
        given.add("kelurahan")
    given |= {fact for cause, fact in IMPLIED.items() if cause in given}
    return given & set(FACT_COLUMNS)


def test_there_are_suppliers_of_people() -> None:
    assert {"p3ke_individual", "erdkk_farmers", "field_survey"} <= {
        one.name for one in SUPPLIERS
    }


@pytest.mark.parametrize("supplier", SUPPLIERS, ids=lambda one: one.name)
def test_a_supplier_has_a_rank_in_all_it_says(supplier: SupplierMap) -> None:
    unranked = {
        field
        for field in says(supplier)
        if supplier.name not in field_rules()[field].sources
    }
    assert unranked == set()


@pytest.mark.parametrize("field", field_rules())
def test_an_order_names_only_who_can_say_it_and_once(field: str) -> None:
    sources = field_rules()[field].sources
    able = {one.name for one in SUPPLIERS if field in says(one)}
    if field == "decile":
        able.add(OF_FAMILIES)
    assert set(sources) == able
    assert len(set(sources)) == len(sources)
    assert field_rules()[field].why
