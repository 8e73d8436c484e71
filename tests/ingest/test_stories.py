"""Which texts are copies of one story: by any day, in whatever order they were stored."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from graph.store import CopyPair, StoryMember
from ingest.stories import choose_links

FIRST = date(2014, 6, 1)
TEXTS = "abcdefg"


def join(names: Iterable[str], pairs: Iterable[tuple[str, str]]) -> set[frozenset[str]]:
    """Return the groups that chains of pairs make, one step after another."""
    groups = {frozenset(name) for name in names}
    for left, right in pairs:
        touched = {group for group in groups if left in group or right in group}
        groups = (groups - touched) | {frozenset().union(*touched)}
    return groups


@given(
    copies=st.sets(st.sampled_from(list(combinations(TEXTS, 2)))),
    days=st.lists(st.none() | st.integers(0, 4), min_size=len(TEXTS), max_size=len(TEXTS)),
    order=st.permutations(TEXTS),
)
def test_links_join_what_all_copies_would(
    copies: set[tuple[str, str]], days: list[int | None], order: list[str]
) -> None:
    """For every day, the links kept join the same texts of that time as all pairs of copies do, at most one a text less one."""
    published = {
        text: None if day is None else FIRST + timedelta(day) for text, day in zip(TEXTS, days, strict=True)
    }
    links: list[CopyPair] = []
    for place, text in enumerate(order):
        copied = [
            StoryMember(other, "s", None, published[other])
            for other in order[:place]
            if (text, other) in copies or (other, text) in copies
        ]
        links += choose_links(text, published[text], copied, set(links))
    for day in (FIRST + timedelta(n) for n in range(5)):
        there = {text for text, when in published.items() if when is not None and when <= day}
        told = [(left, right) for left, right, known_on in links if known_on is not None and known_on <= day]
        assert join(there, told) == join(there, (pair for pair in copies if there.issuperset(pair)))
    assert join(TEXTS, (pair[:2] for pair in links)) == join(TEXTS, copies)


def test_a_text_that_came_early_links_once() -> None:
    """In a story stored day by day each copy has one link: to the first text it is like."""
    story = [StoryMember(f"d-{day}", "d-0", None, FIRST + timedelta(day)) for day in range(20)]
    links: list[CopyPair] = []
    for place, member in enumerate(story):
        links += choose_links(member.document_id, member.published_on, story[:place], set(links))
    assert len(links) == 19
    assert all(link.known_on == FIRST + timedelta(place) for place, link in enumerate(links, start=1))
