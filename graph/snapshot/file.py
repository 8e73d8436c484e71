"""A graph's columns in a file that processes map into memory: nothing is read before it is looked at.

The file holds a line of JSON that says what it is, and arrays behind it, each at a page of its own and with the room
that its table has. It is mapped copy-on-write: pages that nobody writes to are shared by all processes that map it, and
what comes later goes into the room, which is each process's own. It is replaced as a whole (written beside, then
renamed), so whoever has it mapped keeps what they have.
"""

import json
import mmap
import os
import time
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import fields
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from graph.adjacency import Adjacency
from graph.search.columns import KeyColumns, WordColumns
from graph.search.tables import Saved
from graph.snapshot.columns import (
    ClaimColumns,
    ColumnsT,
    CopyColumns,
    DocumentColumns,
    EdgeColumns,
    Growing,
    HowColumns,
    WordList,
    Words,
)
from graph.snapshot.graph_columns import BaseArcs, GraphColumns
from graph.snapshot.node_table import NodeColumns, NodeTable, Special
from graph.snapshot.spare_edges import mark_alive
from graph.snapshot.standing import Standing
from graph.snapshot.string_table import GrowingStrings, StringIndex, StringTable

_MAGIC = b"actorgraph snapshot 2\n"
_PAGE = 4096
_HEADER_START = len(_MAGIC) + 12
_PART_KEPT_S = 3600.0
CHECKED_BYTES = 512 * 1024 * 1024
"""Of a larger file only what walking relies on is checked before it is used: a wrong number there would read beyond
an array. The rest is checked by whoever opens it, later."""

_WALKED = ("forward.", "backward.", "mirror.", "mirror_out.", "edges.source", "edges.target")
Arrays = dict[str, NDArray[Any]]
_TABLES = {
    "edges": EdgeColumns, "hows": HowColumns, "claims": ClaimColumns, "documents": DocumentColumns,
    "copies": CopyColumns,
}  # fmt: skip
_ARCS = ("forward", "backward", "mirror", "mirror_out")
_ARC_ARRAYS = ("indptr", "heads", "edges")
_NODE_STRINGS = ("ids", "names", "aliases")
_NODE_ARRAYS = (
    "type", "country", "admin1", "lat", "lon", "geonames_id", "mentions", "alias_offsets",
    "name_days", "seen_days", "seen_counts", "seen_offsets",
)  # fmt: skip
_NODE_WORDS = ("types", "countries", "regions")


_READ_BY = ("ontology.yaml", "names.py", "identity/spelling.py")
"""What decides which graph and which search keys the same rows make."""


class DamagedFile(Exception):
    """A snapshot file that cannot be used; the message says why."""


def save_columns(columns: GraphColumns, path: Path) -> None:
    """Write columns that nothing was laid over, replacing the file at once.

    Raises:
        OSError: It cannot be written; what was there stays.

    Cost: about a second a gigabyte.
    """
    arrays = _list_arrays(columns)
    described: dict[str, tuple[str, int, int, int, list[int]]] = {}
    place = 0
    for name, (array, used) in arrays.items():
        described[name] = (array.dtype.str, used, len(array), place, _sum(array[:used]))
        place += -(-array.nbytes // _PAGE) * _PAGE
    header = json.dumps({**_describe(columns), "size": place, "arrays": described}).encode()
    start = -(-(_HEADER_START + len(header)) // _PAGE) * _PAGE
    beside = path.with_name(f"{path.name}.{os.getpid()}.part")
    _clear_parts(path)
    try:
        with beside.open("wb") as file:
            file.write(_MAGIC + len(header).to_bytes(8, "little") + zlib.crc32(header).to_bytes(4, "little"))
            file.write(header)
            for name, (array, used) in arrays.items():
                file.seek(start + described[name][3])
                file.write(np.ascontiguousarray(array[:used]).view(np.uint8).data)
            # What room is left is never written: it takes no space on the disk.
            file.truncate(start + place)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _clear_parts(path: Path) -> None:
    """Remove what processes left that were stopped while they wrote."""
    for part in path.parent.glob(f"{path.name}.*.part"):
        with suppress(OSError):
            if time.time() - part.stat().st_mtime > _PART_KEPT_S:
                part.unlink()


def load_columns(path: Path, *, check_all: bool | None = None) -> GraphColumns:
    """Map a file that `save_columns` wrote.

    Args:
        path: Where it is.
        check_all: Whether every byte is checked, or only what walking relies on; None for every byte of a file of up
            to 512 MiB.

    Raises:
        FileNotFoundError: There is none.
        DamagedFile: It is damaged, cut short, or of another version of the product.
        OSError: It cannot be read.

    Cost: at 10 million edges about 0.1 s, and a pass over what is checked.
    """
    header, arrays = _map(path)
    if check_all is None:
        check_all = is_checked_whole(path)
    check_arrays(header, arrays, walked_only=not check_all)
    return _assemble(header, arrays)


def is_checked_whole(path: Path) -> bool:
    """Say whether `load_columns` checks every byte of a file of this size."""
    return path.stat().st_size <= CHECKED_BYTES


def check_file(path: Path) -> None:
    """Check every byte of a file.

    Raises:
        DamagedFile: It is damaged.
        OSError: It cannot be read.
    """
    check_arrays(*_map(path), walked_only=False)


def check_arrays(header: Mapping[str, Any], arrays: Arrays, *, walked_only: bool) -> None:
    """Compare arrays with the sums that the header has of them.

    Raises:
        DamagedFile: One differs.
    """
    for name, (_, used, *_, wanted) in header["arrays"].items():
        if walked_only and not name.startswith(_WALKED):
            continue
        if _sum(arrays[name][:used]) != wanted:
            raise DamagedFile(f"the column {name} is not as it was written")


def _sum(array: NDArray[Any]) -> list[int]:
    """Return two checksums of an array: of its words, and of its words by their place. As fast as memory."""
    data = np.ascontiguousarray(array).view(np.uint8).reshape(-1)
    whole = len(data) // 8 * 8
    words = data[:whole].view(np.uint64)
    total = int(np.add.reduce(words, dtype=np.uint64))
    mixed = int(np.bitwise_xor.reduce(words)) if len(words) else 0
    # Blocks are told apart, so that two that changed places are noticed.
    blocks = words[: len(words) // 512 * 512].reshape(-1, 512)
    sums = np.add.reduce(blocks, axis=1, dtype=np.uint64) if len(blocks) else words[:0]
    return [total ^ mixed, zlib.crc32(sums.tobytes() + data[whole:].tobytes())]


def _map(path: Path) -> tuple[dict[str, Any], Arrays]:
    with path.open("rb") as file:
        start = file.read(_HEADER_START)
        if not start.startswith(_MAGIC):
            raise DamagedFile("it is not a snapshot of this version of the product")
        if len(start) < _HEADER_START:
            raise DamagedFile("it is cut short")
        length = int.from_bytes(start[-12:-4], "little")
        size = os.fstat(file.fileno()).st_size
        raw = file.read(length) if length < size else b""
        if len(raw) != length or zlib.crc32(raw) != int.from_bytes(start[-4:], "little"):
            raise DamagedFile("its header is damaged")
        header: dict[str, Any] = json.loads(raw)
        first = -(-(_HEADER_START + length) // _PAGE) * _PAGE
        if size != first + header["size"]:
            raise DamagedFile("it is cut short" if size < first + header["size"] else "it is too long")
        if header["meaning"] != _hash_meaning():
            raise DamagedFile("it is of another version of the product")
        memory = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY)
    arrays = {}
    for name, (dtype, _, capacity, place, _) in header["arrays"].items():
        # An empty array has no place of its own to look at.
        arrays[name] = (
            np.frombuffer(memory, np.dtype(dtype), capacity, first + place)
            if capacity
            else np.zeros(0, dtype)
        )
    return header, arrays


@cache
def _hash_meaning() -> str:
    """Return what changes when the same rows would make another graph: the ontology, how names are read, the columns."""
    digest = blake2b(digest_size=16)
    for name in _READ_BY:
        digest.update(files("graph").joinpath(name).read_bytes())
    for table in (*_TABLES.values(), NodeColumns, BaseArcs, Words, KeyColumns, WordColumns):
        digest.update(repr([(field.name, str(field.type)) for field in fields(table)]).encode())
    return digest.hexdigest()


def _describe(columns: GraphColumns) -> dict[str, Any]:
    nodes = columns.nodes.columns
    return {
        "meaning": _hash_meaning(),
        "version": columns.version,
        "state": columns.state,
        "nodes": columns.base.nodes,
        "edges": columns.base.edges,
        "canonical": dict(columns.canonical),
        "words": {field.name: getattr(columns.words, field.name).words for field in fields(Words)},
        "node_words": {name: getattr(nodes, name).words for name in _NODE_WORDS},
        "special": dict(nodes.special),
    }


def _list_arrays(columns: GraphColumns) -> dict[str, tuple[NDArray[Any], int]]:
    """Return every array with how much of it is in use, those that walking relies on first."""
    found: dict[str, tuple[NDArray[Any], int]] = {}

    def add(prefix: str, record: Any, names: tuple[str, ...]) -> None:  # noqa: ANN401 (any record of arrays)
        for name in names:
            array = getattr(record, name)
            found[f"{prefix}.{name}"] = array, len(array)

    for arcs in _ARCS:
        add(arcs, getattr(columns.base, arcs), _ARC_ARRAYS)
    for name, table in columns.tables.items():
        for field in fields(_TABLES[name]):
            found[f"{name}.{field.name}"] = getattr(table.room, field.name), table.length
    nodes = columns.nodes.columns
    add("nodes", nodes, _NODE_ARRAYS)
    for name in _NODE_STRINGS:
        add(f"nodes.{name}", getattr(nodes, name), ("blob", "offsets"))
    add("node_index", columns.nodes.ids.index, ("hashes", "order"))
    for prefix, names in columns.nodes.names.iter_columns():
        add(prefix, names, tuple(field.name for field in fields(names)))
    for name, strings in _list_strings(columns):
        add(name, strings.base, ("blob", "offsets"))
        if strings.index is not None:
            add(f"{name}_index", strings.index, ("hashes", "order"))
    return found


def _list_strings(columns: GraphColumns) -> Iterator[tuple[str, GrowingStrings]]:
    yield "claim_names", columns.claim_names
    yield "document_names", columns.document_names
    yield "stories", columns.stories


def _assemble(header: Mapping[str, Any], arrays: Arrays) -> GraphColumns:
    special = {
        int(number): Special(tuple(merged), *(tuple(map(tuple, part)) for part in parts))
        for number, (merged, *parts) in header["special"].items()
    }
    parts: dict[str, Any] = {
        **{name: _get_strings(arrays, f"nodes.{name}") for name in _NODE_STRINGS},
        **{name: _lock(arrays[f"nodes.{name}"]) for name in _NODE_ARRAYS},
        **{name: WordList(words) for name, words in header["node_words"].items()},
    }
    nodes = NodeColumns(**parts, special=special)
    length = {name: header["arrays"][f"{name}.{fields(table)[0].name}"][1] for name, table in _TABLES.items()}
    edge_table = Growing(_get_table(arrays, "edges", EdgeColumns), length["edges"])
    return GraphColumns(
        version=header["version"],
        state=header["state"],
        canonical=header["canonical"],
        words=Words(**{name: WordList(words) for name, words in header["words"].items()}),
        nodes=NodeTable.of(nodes, _get_index(arrays, "node_index"), _get_names(arrays)),
        edge_table=edge_table,
        how_table=Growing(_get_table(arrays, "hows", HowColumns), length["hows"]),
        claim_table=Growing(_get_table(arrays, "claims", ClaimColumns), length["claims"]),
        document_table=Growing(_get_table(arrays, "documents", DocumentColumns), length["documents"]),
        copy_table=Growing(_get_table(arrays, "copies", CopyColumns), length["copies"]),
        claim_names=GrowingStrings(_get_strings(arrays, "claim_names")),
        document_names=_get_indexed(arrays, "document_names"),
        stories=_get_indexed(arrays, "stories"),
        standing=Standing(_lock(mark_alive(edge_table.rows))),
        base=BaseArcs(
            header["nodes"],
            header["edges"],
            *(Adjacency(*(_lock(arrays[f"{arcs}.{name}"]) for name in _ARC_ARRAYS)) for arcs in _ARCS),
        ),
    )


def _get_table(arrays: Arrays, name: str, table: type[ColumnsT]) -> ColumnsT:
    return table(**{field.name: arrays[f"{name}.{field.name}"] for field in fields(table)})


def _get_names(arrays: Arrays) -> Saved:
    return Saved(
        KeyColumns(**{field.name: _lock(arrays[f"keys.{field.name}"]) for field in fields(KeyColumns)}),
        WordColumns(**{field.name: _lock(arrays[f"words.{field.name}"]) for field in fields(WordColumns)}),
    )


def _get_strings(arrays: Arrays, name: str) -> StringTable:
    return StringTable(_lock(arrays[f"{name}.blob"]), _lock(arrays[f"{name}.offsets"]))


def _get_index(arrays: Arrays, name: str) -> StringIndex:
    return StringIndex(_lock(arrays[f"{name}.hashes"]), _lock(arrays[f"{name}.order"]))


def _get_indexed(arrays: Arrays, name: str) -> GrowingStrings:
    return GrowingStrings(_get_strings(arrays, name), _get_index(arrays, f"{name}_index"))


ArrayT = TypeVar("ArrayT", bound=NDArray[Any])


def _lock(array: ArrayT) -> ArrayT:
    array.flags.writeable = False
    return array
