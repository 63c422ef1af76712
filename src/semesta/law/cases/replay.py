"""Ask an old question again: the same lines, or what changed and why."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from semesta.kernel import UserError
from semesta.law.book import law_book
from semesta.law.cases.asking import KINDS, answer_case

# What an answer states, beside where it comes from.
_NOT_THE_ANSWER = ("law_version", "consulted", "readings", "given", "kind", "what_if")


@dataclass(frozen=True)
class Replay:
    """An answer given before, and the answer of today to the same question.

    `differences`: place, value then, value now. `changed`: the values of the law (and
    readings of uncertain rules) that are not what they were.
    """

    same: bool
    version_then: str
    version_now: str
    differences: tuple[dict[str, Any], ...]
    changed: tuple[dict[str, Any], ...]
    answer: dict[str, Any]

    def as_dict(self) -> dict[str, Any]:
        return {
            "same": self.same,
            "law_version_then": self.version_then,
            "law_version_now": self.version_now,
            "differences": list(self.differences),
            "changed": list(self.changed),
            "answer": self.answer,
        }


def replay(stored: Any) -> Replay:
    """Answer a stored answer's question with the law as it is loaded now.

    `stored` is what `answer_case` gave, also after a way through JSON. UserError
    `law.replay` when it is no such answer.
    """
    if not isinstance(stored, dict) or stored.get("kind") not in KINDS:
        raise _no_answer("tidak ada kind yang dikenal di dalamnya")
    if "given" not in stored or "consulted" not in stored:
        raise _no_answer("tidak ada given atau consulted di dalamnya")
    then = _plain(stored)
    now = _plain(answer_case(stored["given"], kind=stored["kind"]))
    differences = tuple(_differences(_stated(then), _stated(now)))
    return Replay(
        same=not differences,
        version_then=str(stored.get("law_version", "")),
        version_now=law_book().version,
        differences=differences,
        changed=tuple(_changed(then, now)),
        answer=now,
    )


def _no_answer(why: str) -> UserError:
    return UserError(
        "law.replay",
        "Ini bukan jawaban yang dapat diulang.",
        f"{why[0].upper()}{why[1:]}.",
        "Pakai berkas yang ditulis `semesta law benefit KASUS.yaml --json`.",
    )


def _plain(value: Any) -> Any:
    """As JSON holds it, so that then and now compare alike."""
    return json.loads(json.dumps(value, default=str))


def _stated(answer: dict[str, Any]) -> dict[str, Any]:
    return {key: part for key, part in answer.items() if key not in _NOT_THE_ANSWER}


def _differences(then: Any, now: Any, path: str = "") -> Iterator[dict[str, Any]]:
    if isinstance(then, dict) and isinstance(now, dict):
        for key in [*then, *(key for key in now if key not in then)]:
            step = f"{path}.{key}" if path else key
            yield from _differences(then.get(key), now.get(key), step)
    elif isinstance(then, list) and isinstance(now, list) and len(then) == len(now):
        for number, (old, new) in enumerate(zip(then, now, strict=True)):
            yield from _differences(old, new, f"{path}[{number}]")
    elif then != now:
        yield {"path": path, "then": then, "now": now}


def _changed(then: dict[str, Any], now: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Values looked up then and now that differ, by the parameter's key."""
    old, new = _consulted(then), _consulted(now)
    for key in [*old, *(key for key in new if key not in old)]:
        if old.get(key) != new.get(key):
            yield {"parameter": key, "then": old.get(key), "now": new.get(key)}
    chosen, choose = then.get("readings") or {}, now["readings"]
    for switch in [*chosen, *(key for key in choose if key not in chosen)]:
        if chosen.get(switch) != choose.get(switch):
            yield {
                "switch": switch,
                "then": chosen.get(switch),
                "now": choose.get(switch),
            }


def _consulted(answer: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for each in answer["consulted"]:
        value = {"from": each["from"], "value": each["value"], "law": each["law"]}
        found.setdefault(each["key"], []).append(value)
    for values in found.values():
        values.sort(key=lambda value: str(value["from"]))
    return found
