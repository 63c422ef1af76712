"""Suppliers' maps: what each office calls its columns. One YAML file per supplier."""

from __future__ import annotations

from functools import cache, cached_property, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from semesta.intake.fields import COLUMNS, NAMEABLE
from semesta.intake.headers import header_key, written_out
from semesta.intake.stored import parsed, stored
from semesta.kernel import UserError
from semesta.warehouse.workspace import Workspace

Subject = Literal["person", "household", "employer"]


class SupplierMap(BaseModel):
    """One supplier's map.

    `fields`: field → the headers this supplier uses for it, best first; the common
    headers of the field (`common.yaml`) are understood too.
    `required`: columns a table must have to be this supplier's, each a field or a list
    of which one is enough. `needs`: what each row must have, likewise; a row without
    is held. `asks`: fields whose unreadable value holds the row.
    `hints`: words in file name, sheet name or title that speak for this supplier.
    `proves`: fields that only this supplier's lists have, likewise each a field or a list
    of which one is enough; a table with all of them is hardly another's.
    `titles`: text column → the label before its value in a list's title.
    `others`: headers of columns that are not read; they help to find the header row.
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
    proves: list[str | list[str]] = []
    sheets: list[str] = []
    titles: dict[str, str] = {}
    others: list[str] = []
    defaults: dict[str, str | int | bool] = {}
    area_from: Literal["", "title"] = ""
    decree_from_title: bool = False

    @model_validator(mode="after")
    def _names_are_known(self) -> SupplierMap:
        if unknown := set(self.fields) - NAMEABLE:
            raise ValueError(f"no such fields: {', '.join(sorted(unknown))}")
        if unknown := {*self.defaults, *self.titles} - set(COLUMNS):
            raise ValueError(f"no such columns: {', '.join(sorted(unknown))}")
        for name in (*_flat(self.required), *_flat(self.asks), *_flat(self.proves)):
            if name not in self.fields:
                raise ValueError(
                    f"{name} is required, asked for or a proof, but not mapped"
                )
        for name in _flat(self.needs):
            if name not in COLUMNS:
                raise ValueError(f"a row cannot need {name}: no such column")
        return self

    @cached_property
    def aliases(self) -> dict[str, tuple[str, ...]]:
        """Field → header keys, best first, with the common ones behind the own, and all
        of them written out behind those."""
        found = {}
        for name, own in self.fields.items():
            texts = (*own, *common_headers().get(name, ()))
            keys = (*map(header_key, texts), *map(written_out, texts))
            found[name] = tuple(dict.fromkeys(keys))
        return found

    @cached_property
    def header_keys(self) -> frozenset[str]:
        """Keys of all headers this supplier's lists are known to have."""
        fields = (key for keys in self.aliases.values() for key in keys)
        return frozenset((*fields, *map(header_key, self.others)))

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


class _OwnMaps:
    """The folder with a city's own maps, if it has one."""

    folder: Path | None = None

    @classmethod
    def state(cls) -> tuple[tuple[Path, int], ...]:
        """The own maps and when each was changed: what all maps are remembered by."""
        if cls.folder is None or not cls.folder.is_dir():
            return ()
        found = sorted(cls.folder.glob("*.yaml"))
        return tuple((path, path.stat().st_mtime_ns) for path in found)


def use_own_maps(folder: Path | None) -> None:
    """Understand this folder's maps too, from now on; one named like a shipped one goes
    before it. A process serves one workspace, so this holds for the process."""
    _OwnMaps.folder = folder


def own_maps(workspace: Workspace) -> Path:
    """The folder of a city's own maps."""
    return workspace.root / "suppliers"


def supplier_maps() -> dict[str, SupplierMap]:
    """All maps by name, shipped and own. UserError `supplier.map` for a bad own one."""
    return _all_maps(_OwnMaps.state())


@lru_cache(maxsize=4)
def _all_maps(own: tuple[tuple[Path, int], ...]) -> dict[str, SupplierMap]:
    maps = [parse_map(path.read_text("utf-8"), path.name) for path, _ in own]
    return _shipped_maps() | {one.name: one for one in maps}


@cache
def _shipped_maps() -> dict[str, SupplierMap]:
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


def known_headers() -> frozenset[str]:
    """Header keys of all suppliers: what a header row is recognised by."""
    return frozenset().union(*(one.header_keys for one in supplier_maps().values()))
