"""Suppliers' maps: what each office calls its columns. One YAML file per supplier."""

from __future__ import annotations

from functools import cache, cached_property
from importlib.resources import files
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from semesta.intake.fields import COLUMNS, NAMEABLE
from semesta.intake.headers import header_key
from semesta.intake.stored import parsed, stored
from semesta.kernel import UserError

Subject = Literal["person", "household", "employer"]


class SupplierMap(BaseModel):
    """One supplier's map.

    `fields`: field → the headers this supplier uses for it, best first; the common
    headers of the field (`common.yaml`) are understood too.
    `required`: columns a table must have to be this supplier's, each a field or a list
    of which one is enough. `needs`: what each row must have, likewise; a row without
    is held. `asks`: fields whose unreadable value holds the row.
    `hints`: words in file name, sheet name or title that speak for this supplier.
    `defaults`: standard columns with one value for the whole file.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    title: str
    subject: Subject
    office: str
    fields: dict[str, list[str]]
    required: list[str | list[str]]
    needs: list[str | list[str]] = []
    asks: list[str] = []
    hints: list[str] = []
    sheets: list[str] = []
    defaults: dict[str, str | int | bool] = {}
    area_from: Literal["", "title"] = ""
    decree_from_title: bool = False

    @model_validator(mode="after")
    def _names_are_known(self) -> SupplierMap:
        if unknown := set(self.fields) - NAMEABLE:
            raise ValueError(f"no such fields: {', '.join(sorted(unknown))}")
        if unknown := set(self.defaults) - set(COLUMNS):
            raise ValueError(f"no such columns: {', '.join(sorted(unknown))}")
        for name in (*_flat(self.required), *_flat(self.asks)):
            if name not in self.fields:
                raise ValueError(f"{name} is required or asked for but not mapped")
        for name in _flat(self.needs):
            if name not in COLUMNS:
                raise ValueError(f"a row cannot need {name}: no such column")
        return self

    @cached_property
    def aliases(self) -> dict[str, tuple[str, ...]]:
        """Field → header keys, best first, with the common ones behind the own."""
        return {
            name: tuple(
                dict.fromkeys(
                    header_key(text) for text in (*own, *common_headers().get(name, ()))
                )
            )
            for name, own in self.fields.items()
        }

    @cached_property
    def single_needs(self) -> frozenset[str]:
        """Columns that a row needs without an alternative."""
        return frozenset(n if isinstance(n, str) else n[0] for n in self.needs
                         if isinstance(n, str) or len(n) == 1)  # fmt: skip


def _flat(names: list[Any]) -> list[str]:
    return [
        one for name in names for one in (name if isinstance(name, list) else [name])
    ]


def alternatives(entry: str | list[str]) -> list[str]:
    """An entry of `required` or `needs` as the list of which one is enough."""
    return entry if isinstance(entry, list) else [entry]


@cache
def common_headers() -> dict[str, list[str]]:
    """Field → headers met in files of many offices."""
    return stored("suppliers/common.yaml")


def parse_map(text: str, source: str) -> SupplierMap:
    """A map from its YAML text. UserError `supplier.map` tells what is wrong and where."""
    try:
        return SupplierMap.model_validate(parsed(text))
    except yaml.YAMLError as error:
        raise _bad_map(source, str(error).replace("\n", " ")) from error
    except ValidationError as error:
        faults = "; ".join(
            f"{'.'.join(map(str, e['loc'])) or 'peta'}: {e['msg']}"
            for e in error.errors()
        )
        raise _bad_map(source, faults) from error


def _bad_map(source: str, faults: str) -> UserError:
    return UserError(
        "supplier.map",
        f"Peta kolom {source} tidak dapat dipakai.",
        f"Kesalahan: {faults}.",
        "Perbaiki berkas peta kolom itu menurut contoh peta lain.",
    )


@cache
def supplier_maps() -> dict[str, SupplierMap]:
    """All maps by name."""
    folder = files("semesta.intake") / "suppliers"
    maps = [
        parse_map(path.read_text("utf-8"), path.name)
        for path in sorted(folder.iterdir(), key=lambda path: path.name)
        if path.name.endswith(".yaml") and path.name != "common.yaml"
    ]
    return {one.name: one for one in maps}


def supplier_map(name: str) -> SupplierMap:
    """The map with this name. UserError `supplier.unknown` lists those there are."""
    maps = supplier_maps()
    if name not in maps:
        raise UserError(
            "supplier.unknown",
            f"Pengirim {name} tidak dikenal.",
            f"Pengirim yang dikenal: {', '.join(maps)}.",
            "Pilih salah satu di antaranya, atau `auto`.",
        )
    return maps[name]


@cache
def known_headers() -> frozenset[str]:
    """Header keys of all suppliers: what a header row is recognised by."""
    return frozenset(
        key
        for one in supplier_maps().values()
        for keys in one.aliases.values()
        for key in keys
    )
