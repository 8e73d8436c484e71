"""The names of some nodes, with what they are looked up by."""

from collections.abc import Callable, Iterable, Iterator
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from graph.search.columns import KeyColumns, WordColumns
from graph.snapshot.columns import Int32, Int64, Mask

if TYPE_CHECKING:
    from graph.nodes import Node
    from graph.search.keys import NamePart, Parts
    from graph.search.words import WordIndex
    from graph.snapshot.node_table import NodeColumns


class Saved(NamedTuple):
    """What a name table is looked up by, as it was saved."""

    keys: KeyColumns
    words: WordColumns


class NameTable:
    """Names by row. What they are looked up by is made when it is first needed, by whoever needs it first.

    Args:
        parts: Yields the names, each time it is called.
        get_text: Returns a name by the number of its node and where it stands (see `KeyColumns.text`).
        saved: What was made before; None where nothing was.
    """

    def __init__(
        self, parts: "Parts", get_text: Callable[[int, int], str], saved: Saved | None = None
    ) -> None:
        self._parts = parts
        self._get_text = get_text
        self._lock = Lock()
        self._keys = saved.keys if saved else None
        self._saved_words = saved.words if saved else None
        self._words: WordIndex | None = None

    @classmethod
    def of_columns(cls, nodes: "NodeColumns", saved: Saved | None = None) -> "NameTable":
        """Wrap the names of the nodes of a snapshot."""

        def read() -> "Iterable[NamePart]":
            from graph.search.keys import iter_column_names  # noqa: PLC0415 (many questions look up no name)

            return iter_column_names(nodes)

        return cls(read, lambda node, text: nodes.names[node] if text < 0 else nodes.aliases[text], saved)

    @classmethod
    def of_nodes(cls, nodes: "Iterable[tuple[int, Node]]") -> "NameTable":
        """List the names of nodes, given by number."""
        from graph.search.keys import list_node_names  # noqa: PLC0415

        by_number = dict(nodes)
        part = list_node_names(by_number.items())
        return cls(lambda: [part], lambda node, text: by_number[node].name if text < 0 else part.texts[text])

    @property
    def is_made(self) -> bool:
        """Whether names can be looked up at once."""
        return self._keys is not None

    @property
    def count(self) -> int:
        """How many names there are."""
        return len(self.keys.node)

    @property
    def keys(self) -> KeyColumns:
        """The names by search key. Cost: that of `graph.search.keys.build_keys`, the first time."""
        if self._keys is None:
            from graph.search.keys import build_keys  # noqa: PLC0415

            with self._lock:
                if self._keys is None:
                    self._keys = build_keys(self._parts)
        return self._keys

    @property
    def words(self) -> "WordIndex":
        """The words of names. Cost: that of `graph.search.words.build_words`, the first time."""
        if self._words is None:
            from graph.search.words import WordIndex, build_words  # noqa: PLC0415

            keys = self.keys
            with self._lock:
                if self._words is None:
                    self._words = WordIndex(self._saved_words or build_words(keys, self._parts))
        return self._words

    def list_rows(self, key: str) -> list[int]:
        """Return the names with a search key, by row. Cost: O(log names + names found)."""
        from graph.names import search_key  # noqa: PLC0415

        rows = self.keys.find(crc32(key.encode())).tolist()
        return [row for row in rows if search_key(self.get_text(row)) == key]

    def get_node(self, row: int) -> int:
        """Return the number of the node that goes by a name."""
        return int(self.keys.node[row])

    def get_text(self, row: int) -> str:
        """Return a name."""
        return self._get_text(self.get_node(row), int(self.keys.text[row]))

    def iter_columns(self) -> Iterator[tuple[str, KeyColumns | WordColumns]]:
        """Yield what is saved, by name, made if it was not."""
        yield "keys", self.keys
        yield "words", self.words.columns


class Layer(NamedTuple):
    """The names of some nodes, but for those of nodes that a later layer has.

    Attributes:
        table: The names.
        replaced: (nodes,) 1 for the nodes of a later layer, and for those that are not to be found; None where there
            are none.
    """

    table: NameTable
    replaced: Mask | None

    def list_rows(self, key: str) -> list[int]:
        """Return the names with a search key, by row."""
        rows = self.table.list_rows(key)
        if self.replaced is None:
            return rows
        node = self.table.keys.node
        return [row for row in rows if not self.replaced[node[row]]]

    def list_holders(self, words: Int64) -> Int32:
        """Return the names that hold any of these words, by row; twice where they hold two."""
        rows = self.table.words.list_holders(words)
        if self.replaced is not None:
            rows = rows[self.replaced[self.table.keys.node[rows]] == 0]
        return rows
