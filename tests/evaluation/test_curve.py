"""Precision over recall: the points, and that the picture shows them."""

from pathlib import Path
from xml.etree import ElementTree as ET

from tests.evaluation.curve import Point, build_curve, write_curves
from tests.evaluation.matching import Judged

SVG = "{http://www.w3.org/2000/svg}"


def judge(confidence: float, *, counts: bool) -> Judged:
    """Return a claim of some rule."""
    return Judged("verb", "opposes", confidence, counts, counts)


def test_one_point_for_each_confidence() -> None:
    """Claims come in by falling confidence; equals come together; gold that is never found limits recall."""
    judged = [judge(0.5, counts=False), judge(0.9, counts=True), judge(0.5, counts=True)]
    assert build_curve(judged, gold=4) == [Point(0.9, 1.0, 0.25), Point(0.5, 0.6667, 0.5)]


def test_no_claims_no_points() -> None:
    """An extractor that finds nothing has no curve."""
    assert build_curve([], gold=3) == []


def test_picture_has_a_line_for_each_set_that_has_points(tmp_path: Path) -> None:
    """The SVG is well-formed, names each set, and ends each line at its last point."""
    path = tmp_path / "curve.svg"
    write_curves(path, {"a < b": [Point(0.9, 1.0, 0.0), Point(0.5, 0.5, 1.0)], "empty": []})
    root = ET.parse(path).getroot()  # noqa: S314 - our own file
    (line,) = root.iter(f"{SVG}polyline")
    (dot,) = root.iter(f"{SVG}circle")
    assert line.get("points") == "70.0,50.0 510.0,270.0"
    assert (dot.get("cx"), dot.get("cy")) == ("510.0", "270.0")
    words = {text.text for text in root.iter(f"{SVG}text")}
    assert "a < b" in words
    assert "empty" not in words
    assert "all claims: P 0.50, R 1.00" in words
