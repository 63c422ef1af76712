"""Union–find: which things are connected."""

from __future__ import annotations


class Unions:
    """Sets over 0 … n-1 that can be joined; the smallest member names its set."""

    def __init__(self, count: int) -> None:
        self._parent = list(range(count))

    def root(self, node: int) -> int:
        """The smallest member of the node's set."""
        parent = self._parent
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    def join(self, one: int, other: int) -> None:
        """Make the sets of two nodes one."""
        a, b = self.root(one), self.root(other)
        if a != b:
            self._parent[max(a, b)] = min(a, b)

    def labels(self) -> list[int]:
        """The name of each node's set."""
        return [self.root(node) for node in range(len(self._parent))]
