"""A YAML text that remembers its lines, so that a mistake in it can be pointed at."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

import yaml
from pydantic import ValidationError

from semesta.kernel import UserError

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


_BOOL = "tag:yaml.org,2002:bool"


class _Loader(_Base):
    """Reads `0.24` as an exact decimal, because a float must never reach money.

    Only `true` and `false` are truth values: plain YAML turns the key `on` into True.
    """

    yaml_implicit_resolvers = {
        first: [pair for pair in pairs if pair[0] != _BOOL]
        for first, pairs in _Base.yaml_implicit_resolvers.items()
    }


def _decimal(loader: Any, node: yaml.ScalarNode) -> Decimal:
    return Decimal(loader.construct_scalar(node).replace("_", ""))


_Loader.add_implicit_resolver(_BOOL, re.compile("^(true|false)$"), list("tf"))
_Loader.add_constructor("tag:yaml.org,2002:float", _decimal)


class Document:
    """One parsed YAML file.

    `name` is how the file is called in messages, `code` the UserError for bad YAML.
    """

    def __init__(self, text: str, name: str, *, code: str = "law.file") -> None:
        self.name = name
        loader = _Loader(text)
        try:
            self._root = loader.get_single_node()
            self.data: Any = (
                loader.construct_document(self._root) if self._root else None
            )
        except (yaml.YAMLError, ValueError, ArithmeticError) as error:
            mark = getattr(error, "problem_mark", None)
            where = f" baris {mark.line + 1}" if mark else ""
            raise UserError(
                code,
                f"Berkas {name}{where} bukan YAML yang sah.",
                str(error).replace("\n", " "),
                "Perbaiki baris itu; lekuk dan tanda titik dua harus tepat.",
            ) from error
        finally:
            loader.dispose()

    def line(self, path: Sequence[str | int]) -> int:
        """The line on which the value at `path` stands, or its nearest parent's."""
        node, line = self._root, 1
        for step in path:
            child = _child(node, step)
            if child is None:
                break
            node = child
            line = node.start_mark.line + 1
        return line

    def at(self, path: Sequence[str | int], message: str) -> str:
        """`berkas.yaml baris 7: message`."""
        return f"{self.name} baris {self.line(path)}: {message}"

    def problems(
        self, error: ValidationError, within: Sequence[str | int] = ()
    ) -> list[str]:
        """Every problem pydantic found, each with file, line and a sentence.

        `within` is the path of the validated part when it is not the whole file.
        """
        return [
            self.at([*within, *item["loc"]], in_words(item))
            for item in error.errors(include_url=False, include_input=False)
        ]


def _child(node: Any, step: str | int) -> Any:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                return value
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int):
        return node.value[step] if step < len(node.value) else None
    return None


# Pydantic's limits in a sentence; the number is in its context.
_LIMITS = {
    "greater_than": "harus lebih dari {gt}",
    "greater_than_equal": "paling sedikit {ge}",
    "less_than_equal": "paling banyak {le}",
    "string_too_short": "wajib diisi",
    "too_short": "wajib diisi, paling sedikit {min_length}",
    "string_pattern_mismatch": "bentuknya tidak sah",
}


def in_words(item: Any) -> str:
    """One problem that pydantic found, as a sentence about its field."""
    name = ".".join(str(step) for step in item["loc"]) or "isi"
    known = {
        "missing": "wajib diisi",
        "extra_forbidden": "kolom ini tidak dikenal",
        "literal_error": f"harus salah satu dari {item.get('ctx', {}).get('expected')}",
        "enum": f"harus salah satu dari {item.get('ctx', {}).get('expected')}",
        "string_type": "harus berupa teks (beri tanda kutip)",
        "int_type": "harus berupa bilangan bulat",
        "int_parsing": "harus berupa bilangan bulat",
        "int_from_float": "harus berupa bilangan bulat",
        "bool_type": "harus true atau false",
        "list_type": "harus berupa daftar",
        "dict_type": "harus berupa pasangan kunci dan nilai",
        "model_type": "harus berupa pasangan kunci dan nilai",
    }
    limits = item.get("ctx", {})
    if item["type"] in _LIMITS:
        known[item["type"]] = _LIMITS[item["type"]].format(**limits)
    if item["type"].startswith("date"):
        return f"{name}: harus berupa tanggal, mis. 2026-01-31"
    text = known.get(item["type"]) or item["msg"].removeprefix("Value error, ")
    return f"{name}: {text}"


def refuse(
    problems: Iterable[str], what: str, fix: str, *, code: str = "law.file"
) -> None:
    """Raise one UserError that lists all problems; do nothing when there is none."""
    found = list(problems)
    if found:
        raise UserError(code, what, "\n".join(found), fix)
