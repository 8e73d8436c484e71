"""Zips of tables, read back by pandas and Arrow: nothing lost, nothing a spreadsheet would run."""

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from pyarrow import csv, parquet

from graph.export import FORMATS
from graph.export.archive import iter_zip
from graph.export.extras import Extras
from graph.filters import EdgeFilter
from graph.snapshot.snapshot import Snapshot
from tests.graph.nasty_graph import NASTY, Shelf, make_nasty

if TYPE_CHECKING:
    from tests.graph.conftest import Rows

EVERYTHING = EdgeFilter(evidence=True)


@pytest.fixture
def nasty(rows: "Rows") -> Snapshot:
    """Return the graph with everything in it."""
    return make_nasty(rows)


def unpack(snapshot: Snapshot, format_name: str, where: EdgeFilter | None = EVERYTHING) -> dict[str, bytes]:
    """Return the files of a zip by name."""
    written = b"".join(FORMATS[format_name].iter_chunks(snapshot, where, Extras(Shelf(snapshot))))
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def read_csv(content: bytes) -> Any:  # noqa: ANN401 (pandas ships no types here)
    """Return a table as pandas reads it, texts as they stand."""
    return pd.read_csv(io.BytesIO(content), keep_default_na=False, na_values=[""], dtype={"name": str})


def clean(text: str) -> str:
    """Take out what neither CSV in UTF-8 nor PostgreSQL can hold."""
    return "".join(char for char in text if char != "\0" and not "\ud800" <= char <= "\udfff")


@pytest.mark.parametrize(("name", "suffix"), [("csv", "csv"), ("parquet", "parquet")])
def test_what_is_in_a_zip(nasty: Snapshot, name: str, suffix: str) -> None:
    """Claims are there only if evidence is asked for; the header is there always."""
    assert list(unpack(nasty, name)) == [
        "about.json",
        *(f"{t}.{suffix}" for t in ("nodes", "edges", "claims")),
    ]
    plain = unpack(nasty, name, EdgeFilter(kinds=["supports"]))
    assert list(plain) == ["about.json", f"nodes.{suffix}", f"edges.{suffix}"]
    about = json.loads(plain["about.json"])
    assert (about["version"], about["filters"]) == (7, {"kinds": ["supports"]})
    assert (about["first"], about["nodes"], about["edges"]) == ("2014-06-12", 2, 2)


def test_pandas_reads_csv(nasty: Snapshot) -> None:
    """Names with quotes, commas, line ends, emoji and right-to-left marks come back as they were."""
    files = unpack(nasty, "csv")
    nodes = read_csv(files["nodes.csv"]).set_index("id")
    assert nodes["name"].to_dict() == {node.id: clean(node.name) for node in nasty.nodes.values()}
    assert nodes.loc["mosul", ["lat", "geonames_id", "country_code"]].tolist() == [36.335, 99072, "IQ"]
    edges = read_csv(files["edges.csv"]).set_index("id")
    assert sorted(edges.index) == list(nasty.edges)
    for edge in nasty.edges.values():
        row = edges.loc[edge.id]
        shown = (row["source"], row["target"], row["kind"], row["confidence"], row["claims"])
        assert shown == (edge.source, edge.target, edge.kind, edge.confidence, edge.claims)
        assert bool(row["disputed"]) is edge.disputed
        assert (None if pd.isna(row["valid_to"]) else row["valid_to"]) == (
            edge.valid_to and edge.valid_to.isoformat()
        )


def test_arrow_reads_csv(nasty: Snapshot) -> None:
    """A second reader sees the same names, and dates as dates."""
    files = unpack(nasty, "csv")
    options = csv.ParseOptions(newlines_in_values=True)
    nodes = csv.read_csv(io.BytesIO(files["nodes.csv"]), parse_options=options).to_pylist()
    assert {row["id"]: row["name"] for row in nodes} == {n.id: clean(n.name) for n in nasty.nodes.values()}
    edges = csv.read_csv(io.BytesIO(files["edges.csv"]), parse_options=options).to_pylist()
    assert {row["id"]: row["valid_to"] for row in edges} == {e.id: e.valid_to for e in nasty.edges.values()}


def test_csv_has_the_mark_that_excel_needs(nasty: Snapshot) -> None:
    """Each table starts with the byte order mark of UTF-8, once."""
    for name, content in unpack(nasty, "csv").items():
        marks = content.count(b"\xef\xbb\xbf")
        assert marks == (0 if name == "about.json" else 1)


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+49 30", "'+49 30"),
        ("-x", "'-x"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("  =cmd|'/c calc'!A1", "'  =cmd|'/c calc'!A1"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("\n@x", "'\n@x"),
        ("\u200e", "\u200e"),
        ("\uff1d1+1", "'\uff1d1+1"),
        ("'quoted'", "'quoted'"),
        ("al-Qaeda", "al-Qaeda"),
        ("a=b", "a=b"),
        ("R&D", "R&D"),
    ],
)
def test_formulas_are_made_harmless(rows: "Rows", name: str, cell: str) -> None:
    """A cell that a spreadsheet would run gets an apostrophe in front; others are left as they are."""
    snapshot = rows.snapshot(entities=[rows.entity("iran", name=name, lat=-12.5, aliases=("=2",))])
    row = read_csv(unpack(snapshot, "csv")["nodes.csv"]).iloc[0]
    assert row["name"] == cell
    assert row["aliases"] == "'=2"
    assert row["lat"] == -12.5


def test_quotes_are_made_harmless_too(rows: "Rows") -> None:
    """What a text says goes the same way as a name."""
    snapshot = rows.snapshot([rows.claim("iran", "supports", "iraq", outlet="=HYPERLINK(1)")])
    claims = read_csv(unpack(snapshot, "csv")["claims.csv"])
    assert claims["quote"].tolist() == [NASTY["quotes"]]
    snapshot = rows.snapshot([rows.claim("-iran", "supports", "iraq")])
    edges = read_csv(unpack(snapshot, "csv")["edges.csv"])
    assert edges["id"].tolist() == ["'-iran.supports.iraq"]


def test_parquet_keeps_types_and_names(nasty: Snapshot) -> None:
    """Arrow reads dates, truths, lists and every text that UTF-8 can hold; the header is in each table."""
    files = unpack(nasty, "parquet")
    nodes = parquet.read_table(io.BytesIO(files["nodes.parquet"]))
    for row in nodes.to_pylist():
        node = nasty.nodes[row["id"]]
        assert row["name"] == node.name.encode("utf-8", "ignore").decode()
        assert row["aliases"] == [alias.encode("utf-8", "ignore").decode() for alias in node.aliases]
        assert (row["type"], row["lat"], row["mentions"]) == (node.type, node.lat, node.mentions)
    edges = parquet.read_table(io.BytesIO(files["edges.parquet"]))
    assert json.loads(edges.schema.metadata[b"actorgraph"])["version"] == 7
    for row in edges.to_pylist():
        edge = nasty.edges[row["id"]]
        assert {name: getattr(edge, name) for name in row} == row


def test_claims_hold_the_words_and_where_they_stand(nasty: Snapshot) -> None:
    """Each claim of each edge, in order, with its quote, offsets, document and how it counts."""
    shelf = Shelf(nasty)
    table = parquet.read_table(io.BytesIO(unpack(nasty, "parquet")["claims.parquet"]))
    found = {row["id"]: row for row in table.to_pylist()}
    expected = {row.id: edge_id for edge_id, claims in nasty.claims.items() for row in claims}
    assert {claim_id: row["relation_id"] for claim_id, row in found.items()} == expected
    for claim_id, row in found.items():
        claim = shelf[claim_id].claim
        assert row["quote"] == claim.quote
        assert (row["quote_start"], row["quote_end"]) == (claim.quote_start, claim.quote_end)
        assert row["published_on"] == shelf[claim_id].document.published_on
        assert row["counts"] is (claim.polarity == "affirmed" and claim.modality != "possible")


def test_filters_on_claims_leave_claims_out(rows: "Rows") -> None:
    """What was not known by a day is neither in the edges nor in the claims, and numbers are added up anew."""
    snapshot = rows.snapshot(
        [
            rows.claim("iran", "supports", "iraq", published_on=date(2014, 6, 1), confidence=0.5),
            rows.claim("iran", "supports", "iraq", published_on=date(2014, 6, 9), confidence=0.5),
            rows.claim("iran", "opposes", "isis", published_on=date(2014, 6, 9)),
        ],
        places=[rows.known_place("mosul", "iraq")],
    )
    where = EdgeFilter(known_by=date(2014, 6, 2), evidence=True)
    files = unpack(snapshot, "csv", where)
    edges = read_csv(files["edges.csv"]).set_index("id")
    assert edges["confidence"].to_dict() == {
        "iran.supports.iraq": 0.5,
        "mosul.located-in.iraq.gazetteer": 1.0,
    }
    assert read_csv(files["claims.csv"])["published_on"].tolist() == ["2014-06-01"]
    assert json.loads(files["about.json"])["known_by"] == "2014-06-02"
    assert json.loads(files["about.json"])["last"] == "2014-06-01"


def test_a_zip_leaves_as_it_is_packed() -> None:
    """Nothing of it is kept: each piece of content is out before the next is asked for, and the bytes never change."""
    asked: list[int] = []

    def content() -> Iterator[bytes]:
        for number in range(5):
            asked.append(number)
            yield bytes([number]) * 100_000

    pieces = iter_zip([("a.bin", content()), ("b.txt", iter([b"b"]))], compress=False)
    sizes = [(len(asked), len(piece)) for piece in pieces]
    assert [count for count, _ in sizes[:5]] == [1, 2, 3, 4, 5]
    assert all(size >= 100_000 for _, size in sizes[:5])
    again = [b"".join(iter_zip([("a", iter([b"x" * 1000]))])) for _ in range(2)]
    assert again[0] == again[1]
    assert zipfile.ZipFile(io.BytesIO(again[0])).read("a") == b"x" * 1000
