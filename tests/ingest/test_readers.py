"""Reading: which bytes become documents, and what is said of those that do not."""

import datetime as dt
import io
import json
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers import ReadFailure, expand_paths, read_bytes, read_paths
from ingest.types import RawDocument

MARKDOWN = """---
title: Convoy reaches the shrine city
date: 2014-06-12
source: Tigris Wire
url: https://tigris.example/1
id: 77
colour: ignored
---

Guards entered Karbala.
"""


def read_one(name: str, data: bytes, max_chars: int = 1000) -> RawDocument | ReadFailure:
    """Read bytes that must hold exactly one document or failure."""
    (result,) = read_bytes(name, data, max_chars)
    return result


def read_document(name: str, data: bytes) -> RawDocument:
    """Read bytes that must hold exactly one document."""
    result = read_one(name, data)
    assert isinstance(result, RawDocument), result
    return result


@pytest.mark.parametrize("name", ["dispatch.md", "dispatch.markdown", "dispatch.txt", "-"])
def test_front_matter_becomes_metadata(name: str) -> None:
    """A header's fields are the document's metadata, and the text begins after it."""
    document = read_document(name, MARKDOWN.encode())

    assert document.text == "Guards entered Karbala."
    assert document.title == "Convoy reaches the shrine city"
    assert document.published_on == dt.date(2014, 6, 12)
    assert document.source == "Tigris Wire"
    assert document.url == "https://tigris.example/1"
    assert document.external_id == "77"


@pytest.mark.parametrize(
    "text",
    [
        "Plain words.",
        "---\nnever closed",
        "---\n\nBetween rules\n\n---\nmore",
        "A line\n---\ntitle: late\n---",
    ],
)
def test_text_without_a_header_is_kept_whole(text: str) -> None:
    """Only a closed fence with fields in it, on the first line, is a header."""
    assert read_document("a.txt", text.encode()).text == text


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2014-06-12", dt.date(2014, 6, 12)),
        ("12 June 2014", dt.date(2014, 6, 12)),
        ("June 12, 2014", dt.date(2014, 6, 12)),
        ("2014-06-12T08:30:00Z", dt.date(2014, 6, 12)),
        ("", None),
        (None, None),
    ],
)
def test_publication_dates_as_people_write_them(written: str | None, expected: dt.date | None) -> None:
    """A whole date in any usual form is read; an absent one stays absent."""
    line = json.dumps({"text": "Words.", "published_on": written})
    assert read_document("a.jsonl", line.encode()).published_on == expected


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\t ...\n", "empty"),
        ("a.md", b"---\ntitle: x\n---\n\n", "empty"),
        ("a.txt", b"%PDF-1.7 ...", "a PDF file"),
        ("a.txt", b"PK\x03\x04....", "ZIP archive"),
        ("a.txt", bytes(range(256)) * 4, "binary"),
        ("a.txt", b"word " * 300, "too long: 1,500 characters, and the limit is 1,000"),
        ("a.md", b"---\ntitle: [x\n---\nbody", "line 2: the front matter is not valid YAML"),
        ("a.md", b"---\ndate: soon\n---\nbody", "date: 'soon' is not a date"),
        ("a.md", b"---\ndate: 2014-13-45\n---\nbody", "front matter is not valid YAML"),
        ("a.md", b"---\ntitle: [a, b]\n---\nbody", "title: expected text, found list"),
        ("page.HTML", b"<p>words</p>", "HTML is not read"),
        ("a.json", b"{}", "call it .jsonl"),
        ("a.jsonl", b"", "empty"),
    ],
)
def test_what_cannot_be_read_says_why(name: str, data: bytes, reason: str) -> None:
    """Every refusal names the file and gives a reason somebody can act on."""
    result = read_one(name, data)

    assert isinstance(result, ReadFailure)
    assert result.origin == name
    assert reason in result.reason
    assert "\n" not in result.reason


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251", "cp1256"])
def test_other_encodings_are_detected(encoding: str) -> None:
    """Text in UTF-8, UTF-16 with a mark, or a common legacy encoding comes out as written."""
    arabic = "أعلنت وزارة الدفاع العراقية أن القوات تقدمت نحو مدينة تكريت بعد معارك عنيفة استمرت أياما. "
    russian = "Министерство обороны сообщило, что войска продвинулись к городу после нескольких дней боёв. "
    text = (arabic if encoding == "cp1256" else russian) * 4

    assert read_document("a.txt", text.encode(encoding)).text == text


def test_line_ends_become_newlines() -> None:
    """Windows and old Mac line ends are read as newlines, so that offsets mean the same everywhere."""
    assert read_document("a.txt", b"one\r\ntwo\rthree").text == "one\ntwo\nthree"


def test_json_lines_failures_are_told_line_by_line() -> None:
    """A bad line is a failure with its number; the lines around it are read."""
    lines = [
        json.dumps({"id": "x1", "text": "First."}),
        "",
        "{broken",
        json.dumps({"title": "no text"}),
        json.dumps({"text": 5}),
        json.dumps(["list"]),
        json.dumps({"text": "Last \ud800.", "published_on": "2014-06-13"}),
    ]
    results = list(read_bytes("in.jsonl", "\n".join(lines).encode(), 1000))

    assert [r.origin for r in results] == [f"in.jsonl, line {n}" for n in (1, 3, 4, 5, 6, 7)]
    reasons = [r.reason for r in results if isinstance(r, ReadFailure)]
    assert reasons == [
        "not JSON: Expecting property name enclosed in double quotes at column 2",
        "text: missing",
        "text: expected text, found int",
        "expected a JSON object, found list",
    ]
    assert [r.text for r in results if isinstance(r, RawDocument)] == ["First.", "Last \ufffd."]


def test_folders_are_walked_in_order_without_hidden_files(tmp_path: Path) -> None:
    """A folder gives its files by name, sub-folders included, hidden ones left out, each once."""
    for name in ("b.txt", "a.md", ".hidden", "sub/c.jsonl", ".git/config"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text('{"text": "words"}')

    found = list(expand_paths([str(tmp_path), str(tmp_path / "a.md"), str(tmp_path / "*.txt")]))

    assert found == [str(tmp_path / name) for name in ("a.md", "b.txt", "sub/c.jsonl")]


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("missing.txt", "there is no such file or folder"),
        ("*.nothing", "no file matches this pattern"),
        ("empty", "this folder holds no file"),
    ],
)
def test_paths_that_lead_nowhere_are_failures(
    path: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mistyped path is reported, and the paths beside it are read."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    (tmp_path / "good.txt").write_text("words")

    first, second = read_paths([path, "good.txt"])

    assert first == ReadFailure(path, reason)
    assert isinstance(second, RawDocument)


@pytest.mark.parametrize(
    ("given", "texts"),
    [(b"Just words.\n", ["Just words."]), (b'{"text": "One."}\n{"text": "Two."}\n', ["One.", "Two."])],
)
def test_standard_input_is_text_or_json_lines(
    given: bytes, texts: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Standard input is JSON Lines when its first line is a JSON object, and one text otherwise."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given)))

    assert [r.text for r in read_paths(["-"]) if isinstance(r, RawDocument)] == texts


@given(st.binary(max_size=300), st.sampled_from(["a.txt", "a.md", "a.jsonl", "-"]))
def test_no_bytes_break_the_reader(data: bytes, name: str) -> None:
    """Whatever the bytes, each result is a storable document or a one-line reason."""
    for result in read_bytes(name, data, 200):
        if isinstance(result, ReadFailure):
            assert result.reason
            assert "\n" not in result.reason
        else:
            assert result.text.encode("utf-8")
            assert "\r" not in result.text
