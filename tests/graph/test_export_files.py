"""Export files: the right format, wholly there or not at all, and with the rights of any new file."""

import io
import json
import os
import resource
import stat
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import networkx as nx
import pytest
from pyarrow import parquet

from graph.errors import ExportError, InvalidQuery
from graph.export import FORMATS, find_format_of, get_format, get_format_of, write_export
from graph.export.atomic import write_whole
from graph.export.extras import Extras
from graph.filters import EdgeFilter
from graph.snapshot.snapshot import Snapshot
from tests.graph.nasty_graph import make_nasty

if TYPE_CHECKING:
    from tests.graph.conftest import Rows


@pytest.fixture
def small(rows: "Rows") -> Snapshot:
    """Two edges between three."""
    return rows.snapshot([rows.claim("iran", "supports", "iraq"), rows.claim("isis", "opposes", "iraq")])


@pytest.mark.parametrize(
    ("name", "chosen", "format_name"),
    [
        ("out.graphml", None, "graphml"),
        ("out.GraphML", None, "graphml"),
        ("out.xml", None, "graphml"),
        ("out.json", None, "json"),
        ("out.gexf", None, "gexf"),
        ("out.cyjs", None, "cytoscape"),
        ("out.graphology.json", None, "graphology"),
        ("out.csv.zip", None, "csv"),
        ("out.zip", None, "csv"),
        ("out.parquet.zip", None, "parquet"),
        ("out.ttl", None, "turtle"),
        ("out.ftm.json", None, "ftm"),
        ("graph.2014.JSON", None, "json"),
        ("out.json", "graphml", "graphml"),
        ("out", "json", "json"),
    ],
)
def test_the_format_is_told_by_suffix_or_name(
    small: Snapshot, tmp_path: Path, name: str, chosen: str | None, format_name: str
) -> None:
    """A format that is named goes before the suffix; the summary says what was written."""
    summary = write_export(tmp_path / name, small, format_name=chosen)
    written = (tmp_path / name).read_bytes()
    assert written == b"".join(FORMATS[format_name].iter_chunks(small, None))
    assert (summary.format, summary.nodes, summary.edges) == (format_name, 3, 2)
    assert summary.size_bytes == len(written)


def test_every_format_names_itself() -> None:
    """Each has a media type, and every suffix of each leads back to it, though some end in another's."""
    for known in FORMATS.values():
        assert get_format(known.name) is known
        assert "/" in known.media_type
        for suffix in known.suffixes:
            assert find_format_of(Path(f"june{suffix}")) is known
            assert find_format_of(Path(f"june{suffix}.bak")) is None


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(
    "where", [None, EdgeFilter(kinds=["supports"]), EdgeFilter(min_confidence=1.0)], ids=repr
)
def test_the_same_graph_gives_the_same_bytes(rows: "Rows", name: str, where: EdgeFilter | None) -> None:
    """Whatever the order of its rows, and whenever it is written: no format has a clock in it."""
    claims = [rows.claim("iran", kind, "iraq") for kind in ("supports", "opposes", "commands")]
    first, second = (rows.snapshot(mixed) for mixed in (claims, claims[::-1]))
    written = b"".join(FORMATS[name].iter_chunks(first, where))
    assert written == b"".join(FORMATS[name].iter_chunks(second, where))
    assert len(written) > 0


def test_filters_are_passed_on(small: Snapshot, tmp_path: Path) -> None:
    """The file holds what the filter leaves, and the summary counts that."""
    summary = write_export(tmp_path / "out.graphml", small, where=EdgeFilter(kinds=["supports"]))
    assert (summary.nodes, summary.edges) == (2, 1)
    assert nx.read_graphml(tmp_path / "out.graphml").number_of_edges() == 1


@pytest.mark.parametrize("name", ["out.docx", "out", "graphml"])
def test_an_unknown_suffix_is_refused_before_anything_is_written(
    small: Snapshot, tmp_path: Path, name: str
) -> None:
    """The message lists the suffixes there are."""
    with pytest.raises(InvalidQuery, match=r"\.graphml, \.xml, \.gexf, \.json"):
        write_export(tmp_path / name, small)
    with pytest.raises(InvalidQuery, match=r"format: must be one of graphml, gexf, json, .*, not 'docx'"):
        write_export(tmp_path / "out.json", small, format_name="docx")
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(InvalidQuery, match="end it in one of"):
        get_format_of(tmp_path / name)


def break_off() -> Iterator[bytes]:
    """Yield one chunk, then fail."""
    yield b"half"
    raise RuntimeError("broken off")


@pytest.mark.parametrize("before", [None, b"the old file"])
def test_there_is_never_half_a_file(tmp_path: Path, before: bytes | None) -> None:
    """When writing breaks off, what was there stays as it was, and nothing is left lying about."""
    path = tmp_path / "out.graphml"
    if before is not None:
        path.write_bytes(before)
    with pytest.raises(RuntimeError, match="broken off"):
        write_whole(path, break_off())
    assert (path.read_bytes() if path.exists() else None) == before
    assert list(tmp_path.iterdir()) == ([path] if before is not None else [])


def test_until_it_is_whole_it_has_another_name_in_the_same_folder(tmp_path: Path) -> None:
    """So that the last step is a rename within one file system, and readers of the folder see no false file."""
    path = tmp_path / "out.graphml"
    seen: list[list[str]] = []

    def watch() -> Iterator[bytes]:
        yield b"a"
        seen.append([entry.name for entry in tmp_path.iterdir()])
        yield b"b"

    assert write_whole(path, watch()) == 2
    assert path.read_bytes() == b"ab"
    (names,) = seen
    assert len(names) == 1
    assert names[0].startswith(".out.graphml.")
    assert names[0].endswith(".part")


@pytest.mark.parametrize(("umask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_the_file_has_the_rights_of_any_new_file(tmp_path: Path, umask: int, mode: int) -> None:
    """As the process's umask says, not those of a private temporary file."""
    before = os.umask(umask)
    try:
        write_whole(tmp_path / "out.json", [b"{}"])
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "out.json").stat().st_mode) == mode


def test_a_link_is_followed(tmp_path: Path) -> None:
    """The link stays a link, and what it points to is replaced."""
    (tmp_path / "real.json").write_bytes(b"old")
    (tmp_path / "link.json").symlink_to("real.json")
    write_whole(tmp_path / "link.json", [b"new"])
    assert (tmp_path / "link.json").is_symlink()
    assert (tmp_path / "real.json").read_bytes() == b"new"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("missing/out.json", "no such file or directory"),
        ("file/out.json", "not a directory"),
        (".", "something else than a file"),
    ],
)
def test_where_nothing_can_be_written_the_error_says_why(
    small: Snapshot, tmp_path: Path, name: str, reason: str
) -> None:
    """A missing folder, a file in the folder's place, or a folder in the file's."""
    (tmp_path / "file").touch()
    with pytest.raises(ExportError, match=reason) as caught:
        write_export(tmp_path / name, small, format_name="json")
    assert caught.value.path == str(tmp_path / name)


def test_long_names_are_fine(tmp_path: Path) -> None:
    """The name it has until it is whole is no longer than a name may be."""
    path = tmp_path / ("n" * 250 + ".json")
    write_whole(path, [b"{}"])
    assert path.read_bytes() == b"{}"


def test_a_disk_that_takes_no_more_is_explained(tmp_path: Path) -> None:
    """What the system says comes through as our error, and the part that was written is gone."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2**20, hard))
    try:
        with pytest.raises(ExportError, match="file too large"):
            write_whole(tmp_path / "out.json", [b"x" * 2**19] * 4)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert list(tmp_path.iterdir()) == []


def test_a_device_is_not_replaced() -> None:
    """A rename over it would make a file of it."""
    with pytest.raises(ExportError, match="something else than a file"):
        write_whole(Path(os.devnull), [b"x"])


def _list_graphml(written: bytes) -> tuple[set[str], set[str]]:
    graph = nx.read_graphml(io.BytesIO(written))
    nodes, edges = graph.nodes.values(), graph.edges.values()
    return _list_members(list(nodes), [{k: v for k, v in data.items() if k != "id"} for data in edges])


def _list_members(*rows_: Sequence[Mapping[str, object]]) -> tuple[set[str], set[str]]:
    nodes, edges = ({name for row in sort for name in row} - {"id", "source", "target"} for sort in rows_)
    return nodes, edges


def _list_csv(written: bytes) -> tuple[set[str], set[str]]:
    archive = zipfile.ZipFile(io.BytesIO(written))
    lines = (archive.read(f"{name}.csv").decode("utf-8-sig").splitlines()[0] for name in ("nodes", "edges"))
    return _list_members(*([dict.fromkeys(line.replace('"', "").split(","))] for line in lines))


def _list_parquet(written: bytes) -> tuple[set[str], set[str]]:
    archive = zipfile.ZipFile(io.BytesIO(written))
    tables = (io.BytesIO(archive.read(f"{name}.parquet")) for name in ("nodes", "edges"))
    return _list_members(*([dict.fromkeys(parquet.read_schema(table).names)] for table in tables))


NAMED: dict[str, Callable[[bytes], tuple[set[str], set[str]]]] = {
    "graphml": _list_graphml,
    "json": lambda written: _list_members(json.loads(written)["nodes"], json.loads(written)["edges"]),
    "cytoscape": lambda written: _list_members(
        *([row["data"] for row in json.loads(written)["elements"][sort]] for sort in ("nodes", "edges"))
    ),
    "graphology": lambda written: _list_members(
        *([row["attributes"] for row in json.loads(written)[sort]] for sort in ("nodes", "edges"))
    ),
    "csv": _list_csv,
    "parquet": _list_parquet,
}
"""Which attributes nodes and edges have in a file, by format; GEXF has tests of its own."""


@pytest.mark.parametrize("name", NAMED)
@pytest.mark.parametrize(
    ("wanted", "of_nodes", "of_edges"),
    [
        (("confidence", "kind"), set(), {"kind", "confidence"}),
        (("mentions", "type", "id", "target"), {"type", "mentions"}, set()),
        (("name", "sign", "first"), {"name"}, {"sign", "first"}),
        ((), set(), set()),
    ],
    ids=["of edges", "of both, by nodes", "of both, by edges", "none"],
)
def test_a_file_has_the_attributes_that_were_chosen(
    small: Snapshot, name: str, wanted: tuple[str, ...], of_nodes: set[str], of_edges: set[str]
) -> None:
    """And no other, beside ids and ends; a name that only one sort has is left out of the other."""
    written = b"".join(FORMATS[name].iter_chunks(small, None, Extras(attributes=wanted)))
    nodes, edges = NAMED[name](written)
    # In Cytoscape, edges are called something too.
    assert (nodes, edges) == (of_nodes, of_edges | ({"name"} & {*wanted} if name == "cytoscape" else set()))
    every_node, every_edge = NAMED[name](b"".join(FORMATS[name].iter_chunks(small)))
    assert nodes < every_node
    assert edges < every_edge


@pytest.mark.parametrize("name", ["graphml", "gexf", "json", "cytoscape", "graphology", "csv", "parquet"])
def test_values_do_not_depend_on_what_else_is_chosen(rows: "Rows", name: str) -> None:
    """Naming every attribute gives the same nodes and edges as naming none, and the header says which they are."""
    snapshot = make_nasty(rows)
    where = EdgeFilter(evidence=True)
    with pytest.raises(
        InvalidQuery, match="attributes: 'colour' is not known in this format; known are"
    ) as caught:
        next(FORMATS[name].iter_chunks(snapshot, where, Extras(attributes=("kind", "colour"))))
    known = tuple(str(caught.value).rpartition("known are ")[2].rstrip(".").split(", "))
    chosen = _read(b"".join(FORMATS[name].iter_chunks(snapshot, where, Extras(attributes=known))))
    plain = _read(b"".join(FORMATS[name].iter_chunks(snapshot, where)))
    assert chosen != plain
    assert _drop_choice(chosen, known) == plain


def _read(written: bytes) -> str:
    """Return a file as text; of a zip, its entries, tables of columns as their rows."""
    if not written.startswith(b"PK"):
        return written.decode()
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        return "".join(
            str(parquet.read_table(io.BytesIO(archive.read(entry))).to_pylist())
            if entry.endswith(".parquet")
            else archive.read(entry).decode()
            for entry in archive.namelist()
        )


def _drop_choice(text: str, known: Sequence[str]) -> str:
    """Take out what a header says of the choice, in whichever way its format writes it."""
    listed = ",".join(known)
    for said in (
        f'<data key="g_attributes">{listed}</data>',
        f'"attributes":"{listed}",',
        f'"attributes":{json.dumps(list(known), separators=(",", ":"))},',
        f'"attributes": {json.dumps(list(known))}, ',
        f'"attributes": {json.dumps(list(known))}, '.replace('"', "&quot;"),
    ):
        text = text.replace(said, "", 1)
    return text


@pytest.mark.parametrize("name", ["turtle", "ftm"])
def test_formats_of_fixed_terms_take_no_choice(small: Snapshot, name: str) -> None:
    """What they tell is what their terms are for; the message says which formats take a choice."""
    with pytest.raises(
        InvalidQuery, match=r"attributes: cannot be chosen .*; they can in graphml, gexf, json"
    ):
        FORMATS[name].iter_chunks(small, None, Extras(attributes=("kind",)))


def test_a_wrong_attribute_leaves_no_file(small: Snapshot, tmp_path: Path) -> None:
    """It is told before anything is there."""
    with pytest.raises(InvalidQuery, match="'colour' is not known"):
        write_export(tmp_path / "out.csv.zip", small, extras=Extras(attributes=("colour",)))
    assert list(tmp_path.iterdir()) == []
