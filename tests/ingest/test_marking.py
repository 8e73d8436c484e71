"""The marks that tell the relation scorer which two names it is asked about."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.marking import Fragment, mark_pair


@pytest.mark.parametrize(
    ("text", "first", "second", "marked"),
    [
        ("Oslo sued Bonn.", [(0, 4)], [(10, 14)], "@ Oslo @ sued # Bonn #."),
        (
            "Oslo, said Oslo, sued Bonn.",
            [(0, 4), (11, 15)],
            [(22, 26)],
            "@ Oslo @, said @ Oslo @, sued # Bonn #.",
        ),
        ("Bonn's police left.", [(0, 13)], [(0, 4)], "@ # Bonn #'s police @ left."),
        ("Police of Bonn left.", [(0, 14)], [(10, 14)], "@ Police of # Bonn # @ left."),
    ],
)
def test_both_names_are_marked_wherever_they_stand(
    text: str, first: list[Fragment], second: list[Fragment], marked: str
) -> None:
    """Each mention has its marks, inside one another where the names are."""
    assert mark_pair(text, first, second)[0] == marked


@st.composite
def build_marked(draw: st.DrawFn) -> tuple[str, list[Fragment], list[Fragment]]:
    """Return a text with mentions of two names that do not overlap."""
    text = draw(st.text(alphabet="ab é.", min_size=4, max_size=60))
    edges = sorted(draw(st.sets(st.integers(0, len(text)), min_size=4, max_size=12)))
    fragments = list(zip(edges[::2], edges[1::2], strict=False))
    first = [fragments[0], *fragments[2::2]]
    return text, first, fragments[1::2]


@given(case=build_marked())
def test_names_read_the_same_where_they_are_marked(case: tuple[str, list[Fragment], list[Fragment]]) -> None:
    """The places told are those of the names in the marked text, and without its marks it is the text."""
    text, first, second = case
    marked, *placed = mark_pair(text, first, second)
    for before, after in zip((first, second), placed, strict=True):
        assert [text[slice(*place)] for place in before] == [marked[slice(*place)] for place in after]
    assert marked.replace("@ ", "").replace(" @", "").replace("# ", "").replace(" #", "") == text
