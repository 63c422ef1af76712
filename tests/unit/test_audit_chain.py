"""The hash chain finds any change, removal or reordering."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from semesta.audit.chain import GENESIS, Link, find_breaks, link_hash


def a_chain(length: int) -> list[Link]:
    links: list[Link] = []
    for seq in range(1, length + 1):
        link = Link(
            seq, datetime(2026, 1, 1, seq, tzinfo=UTC), "petugas", f"did.{seq}",
            f"thing:{seq}", "", {"count": seq}, links[-1].hash if links else GENESIS, "",
        )  # fmt: skip
        links.append(link._replace(hash=link_hash(link)))
    return links


def breaks(links: list[Link], head: Link) -> list[str]:
    found = find_breaks(links, head_seq=head.seq, head_hash=head.hash)
    return [item.code for item in found]


def test_an_untouched_chain_is_whole() -> None:
    chain = a_chain(5)
    assert breaks(chain, chain[-1]) == []


def test_an_empty_chain_is_whole() -> None:
    assert find_breaks([], head_seq=0, head_hash="") == []


@pytest.mark.parametrize(
    "change",
    [
        {"actor": "orang lain"}, {"action": "did.nothing"}, {"subject": "thing:9"},
        {"detail": {"count": 99}}, {"at": datetime(2027, 1, 1, tzinfo=UTC)},
        {"authority": "SK palsu"},
    ],
)  # fmt: skip
def test_any_changed_field_is_found(change: dict) -> None:
    chain = a_chain(5)
    tampered = [*chain[:2], chain[2]._replace(**change), *chain[3:]]
    assert breaks(tampered, chain[-1]) == ["audit.changed"]


def test_a_changed_event_with_its_hash_mended_breaks_its_successor() -> None:
    chain = a_chain(5)
    forged = chain[2]._replace(actor="orang lain")
    forged = forged._replace(hash=link_hash(forged))
    assert breaks([*chain[:2], forged, *chain[3:]], chain[-1]) == ["audit.order"]


@pytest.mark.parametrize("gone", [0, 2])
def test_a_removed_event_is_found(gone: int) -> None:
    chain = a_chain(5)
    assert "audit.missing" in breaks(chain[:gone] + chain[gone + 1 :], chain[-1])


def test_a_cut_tail_is_found() -> None:
    chain = a_chain(5)
    assert breaks(chain[:3], chain[-1]) == ["audit.tail"]


def test_swapped_events_are_found() -> None:
    chain = a_chain(5)
    swapped = [chain[0], chain[2], chain[1], *chain[3:]]
    renumbered = [link._replace(seq=n) for n, link in enumerate(swapped, 1)]
    assert breaks(renumbered, chain[-1])
