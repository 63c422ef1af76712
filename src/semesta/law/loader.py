"""Reads the law files into one checked book; every mistake is named with its line."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from semesta.kernel import Citation
from semesta.law.document import Document, refuse
from semesta.law.schema import DatedValue, Instrument, Parameter, Switch, Term

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class LawBook:
    """Everything the law files say, by key.

    `version` is a hash of what answers depend on: the same version, the same answers.
    """

    parameters: Mapping[str, Parameter]
    instruments: Mapping[str, Instrument]
    switches: Mapping[str, Switch]
    terms: Mapping[str, Term]
    version: str

    def cite(self, value: DatedValue) -> str:
        """`PP 44/2015 Pasal 20 ayat (3)`."""
        return str(Citation(self.instruments[value.law].short, value.article))


def read_book(folder: Traversable) -> LawBook:
    """Read and check a folder of law files (see `README.md` for its layout).

    UserError `law.file` lists every mistake with file and line.
    """
    problems: list[str] = []
    instruments = _entries(folder / "instruments.yaml", Instrument, "id", problems)
    switches = _entries(folder / "switches.yaml", Switch, "id", problems)
    terms = _entries(folder / "glossary.yaml", Term, "term", problems)
    problems += _unknown(folder / "instruments.yaml", "amends", instruments)
    problems += _unknown(folder / "switches.yaml", "law", instruments)
    parameters: dict[str, Parameter] = {}
    for key, file in _files(folder / "parameters"):
        name = f"parameters/{key.replace('.', '/')}.yaml"
        document = Document(file.read_text("utf-8"), name)
        parameter = _parameter(key, document, problems)
        if parameter is not None:
            parameters[key] = parameter
            problems += _loose_ends(parameter, document, instruments, switches)
    refuse(
        problems,
        "Berkas hukum tidak dapat dimuat.",
        "Perbaiki baris-baris yang disebut; lihat README di folder law.",
    )
    return LawBook(parameters, instruments, switches, terms, _version(folder))


def _version(folder: Traversable) -> str:
    # Not the glossary: its words change no answer.
    listed = [(name, folder / name) for name in ("instruments.yaml", "switches.yaml")]
    whole = hashlib.sha256()
    for name, file in [*listed, *_files(folder / "parameters")]:
        whole.update(f"{name}\n{file.read_text('utf-8')}\n".encode())
    return whole.hexdigest()


def _files(folder: Traversable, prefix: str = "") -> Iterator[tuple[str, Traversable]]:
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        if item.is_dir():
            yield from _files(item, f"{prefix}{item.name}.")
        elif item.name.endswith(".yaml"):
            yield f"{prefix}{item.name.removesuffix('.yaml')}", item


def _parameter(key: str, document: Document, problems: list[str]) -> Parameter | None:
    body = document.data if isinstance(document.data, dict) else {}
    try:
        parameter = Parameter.model_validate({**body, "key": key})
    except ValidationError as error:
        problems += document.problems(error)
        return None
    problems += [
        document.at(["values", number], message)
        for number, message in parameter.problems()
    ]
    return parameter


def _entries(
    file: Traversable, model: type[M], name: str, problems: list[str]
) -> dict[str, M]:
    """The entries of a file that is one list, by their name."""
    document = Document(file.read_text("utf-8"), file.name)
    found: dict[str, M] = {}
    for number, entry in enumerate(document.data or []):
        try:
            item = model.model_validate(entry)
        except ValidationError as error:
            problems += document.problems(error, within=[number])
            continue
        key = getattr(item, name)
        if key in found:
            problems.append(document.at([number], f"{key} tertulis dua kali"))
        found[key] = item
    return found


def _unknown(
    file: Traversable, column: str, instruments: Mapping[str, Instrument]
) -> list[str]:
    """Instruments named in a list column that `instruments.yaml` does not have."""
    document = Document(file.read_text("utf-8"), file.name)
    return [
        document.at([number, column], f"peraturan {name} tidak ada di instruments.yaml")
        for number, entry in enumerate(document.data or [])
        if isinstance(entry, dict)
        for name in entry.get(column) or []
        if name not in instruments
    ]


def _loose_ends(
    parameter: Parameter,
    document: Document,
    instruments: Mapping[str, Instrument],
    switches: Mapping[str, Switch],
) -> list[str]:
    """What a parameter names that does not exist, or that contradicts it."""
    problems = [
        document.at(["switches"], f"pilihan hukum {name} tidak ada di switches.yaml")
        for name in parameter.switches
        if name not in switches
    ]
    for number, value in enumerate(parameter.values):
        if value.law not in instruments:
            problems.append(
                document.at(
                    ["values", number, "law"],
                    f"peraturan {value.law} tidak ada di instruments.yaml",
                )
            )
        if value.from_switch is None:
            continue
        switch = switches.get(value.from_switch)
        if switch is None or switch.default != value.from_.isoformat():
            problems.append(
                document.at(
                    ["values", number, "from_switch"],
                    f"{value.from_switch} harus ada di switches.yaml, dan pilihan "
                    f"bakunya harus sama dengan from ({value.from_.isoformat()})",
                )
            )
    return problems
