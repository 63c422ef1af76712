"""Suppliers' maps: what each office calls its columns. One YAML file per supplier."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from semesta.intake.fields import COLUMNS, NAMEABLE
from semesta.intake.headers import Header, header_key, written_out
from semesta.intake.stored import parsed, stored
from semesta.kernel import UserError
from semesta.warehouse.workspace import Workspace

Subject = Literal["person", "household", "employer", "answer"]


class ConfirmedColumn(BaseModel):
    """One column of a layout that an officer has confirmed: its header as received, and
    the field it holds (blank = not used)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    header: str
    field: str = ""


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
    `layouts`: lists as an officer has confirmed them, column by column; a table with just
    these headers is read just so, whatever the headers say elsewhere.
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
    layouts: list[list[ConfirmedColumn]] = []

    @model_validator(mode="after")
    def _names_are_known(self) -> SupplierMap:
        if unknown := set(self.fields) - NAMEABLE:
            raise ValueError(f"no such fields: {', '.join(sorted(unknown))}")
        for layout in self.layouts:
            held = [column.field for column in layout if column.field]
            if len(held) > len(set(held)) or set(held) - set(self.fields):
                raise ValueError(
                    "a layout names a field twice, or one that is not mapped"
                )
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
        confirmed = (
            key for layout in self.layouts
            for key in layout_keys(column.header for column in layout)
            if not key.isdigit()
        )  # fmt: skip
        return frozenset((*fields, *map(header_key, self.others), *confirmed))

    def confirmed(self, headers: Iterable[Header]) -> dict[str, int] | None:
        """Field → position in a list with these headers, as an officer confirmed it;
        None when nobody has."""
        keys = layout_keys(header.text for header in headers)
        for layout in self.layouts:
            if layout_keys(column.header for column in layout) == keys:
                held = enumerate(column.field for column in layout)
                return {field: place for place, field in held if field}
        return None

    @cached_property
    def fingerprint(self) -> str:
        """What tells one version of a map from another: a hash of all it says."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()

    @cached_property
    def single_needs(self) -> frozenset[str]:
        """Columns that a row needs without an alternative."""
        return frozenset(n if isinstance(n, str) else n[0] for n in self.needs
                         if isinstance(n, str) or len(n) == 1)  # fmt: skip


def layout_keys(headers: Iterable[str]) -> list[str]:
    """What two lists of one layout have in common: the keys of their headers, in order."""
    return [header_key(text) for text in headers]


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


class Extension(BaseModel):
    """What a city has added to a shipped map: `extends` names it; the rest as there. A
    new version of the shipped map is taken over without losing the additions."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    extends: str
    fields: dict[str, list[str]] = {}
    others: list[str] = []
    layouts: list[list[ConfirmedColumn]] = []

    def applied(self) -> SupplierMap:
        """The shipped map with the additions before its own. ValueError when none is
        shipped by that name."""
        base = _shipped_maps().get(self.extends)
        if base is None:
            raise ValueError(f"extends: no map {self.extends} is shipped")
        fields = {
            name: [*self.fields.get(name, []), *base.fields.get(name, [])]
            for name in {**base.fields, **self.fields}
        }
        added = {"fields": fields, "others": [*self.others, *base.others]}
        return SupplierMap.model_validate(
            base.model_dump() | added | {"layouts": self.layouts}
        )

    @classmethod
    def of(cls, supplier: SupplierMap) -> Extension:
        """What a map has that the shipped one of its name has not."""
        base = _shipped_maps()[supplier.name]
        return cls(
            extends=supplier.name,
            fields={
                name: added
                for name, texts in supplier.fields.items()
                if (added := _without(texts, base.fields.get(name, [])))
                or name not in base.fields
            },
            others=_without(supplier.others, base.others),
            layouts=supplier.layouts,
        )


def _without(texts: list[str], known: list[str]) -> list[str]:
    return [text for text in texts if text not in known]


def parse_map(text: str, source: str) -> SupplierMap:
    """A map from its YAML text, or a shipped one with what the text adds to it.
    UserError `supplier.map` tells what is wrong and where."""
    try:
        content = parsed(text)
        if isinstance(content, dict) and "extends" in content:
            return Extension.model_validate(content).applied()
        return SupplierMap.model_validate(content)
    except yaml.YAMLError as error:
        raise _bad_map(source, str(error).replace("\n", " ")) from error
    except ValidationError as error:
        faults = "; ".join(
            f"{'.'.join(map(str, e['loc'])) or 'peta'}: {e['msg']}"
            for e in error.errors()
        )
        raise _bad_map(source, faults) from error
    except ValueError as error:
        raise _bad_map(source, str(error)) from error


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


def is_shipped(name: str) -> bool:
    """Whether a map of this name comes with Semesta; a city can only add to it."""
    return name in _shipped_maps()


def own_maps(workspace: Workspace) -> Path:
    """The folder of a city's own maps."""
    return workspace.root / "suppliers"


def own_version(workspace: Workspace, name: str, fingerprint: str) -> Path:
    """Where a version of an own map stays, whatever replaces it."""
    return own_maps(workspace) / "versions" / name / f"{fingerprint[:16]}.yaml"


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
