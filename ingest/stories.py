"""Which story a new text is of, and which links to earlier texts say so for every day asked about.

A story is all texts that a chain of copies joins. Asked about a day, only texts published by then make the chain, so
two stories that a later text joins stay two for those who ask about the time before it.
"""

from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

from graph.store import CopyPair, DocumentWriter, StoryMember
from ingest.duplicates import Fingerprint, is_copy


class Story(NamedTuple):
    """What a new text is of.

    Attributes:
        story_id: The story it joins; None for a new one.
        links: The links to earlier texts that are to be kept.
    """

    story_id: str | None
    links: tuple[CopyPair, ...]


def join_story(
    writer: DocumentWriter, document_id: str, fingerprint: Fingerprint, published_on: date | None
) -> Story:
    """Find what a new text is a copy of; stories that it links become one.

    Cost: the texts that share a band with it, and the links of their stories.
    """
    members = writer.find_story_members(fingerprint.bands)
    copied = [member for member in members if is_copy(fingerprint.signature, member.signature)]
    if not copied:
        return Story(None, ())
    stories = list(dict.fromkeys(member.story_id for member in copied))
    writer.merge_stories(stories[0], stories[1:])
    known = writer.find_copy_links([member.document_id for member in copied])
    return Story(stories[0], choose_links(document_id, published_on, copied, known))


def choose_links(
    document_id: str, published_on: date | None, copied: Sequence[StoryMember], known: Collection[CopyPair]
) -> tuple[CopyPair, ...]:
    """Return the links of a new text that tie together what nothing else ties by the day on which both are published.

    Together with the links known they hold a minimum spanning forest by that day (Kruskal 1956), so the links up to
    any day join what all pairs of copies up to that day would.

    Args:
        document_id: The new text.
        published_on: Its day, if it has one.
        copied: The stored texts that it is a copy of.
        known: The links of their stories.
    """
    new = [
        CopyPair(document_id, member.document_id, _find_later(published_on, member.published_on))
        for member in copied
    ]
    parents: dict[str, str] = {}
    chosen = set(new)
    needed = []
    # Of links of one day the known ones go first, for they cost nothing.
    for pair in sorted((*known, *new), key=lambda pair: (*_order(pair), pair in chosen)):
        left, right = (_find_root(parents, end) for end in (pair.document_id, pair.copied_id))
        if left != right:
            parents[left] = right
            if pair in chosen:
                needed.append(pair)
    return tuple(needed)


def _find_later(left: date | None, right: date | None) -> date | None:
    return None if left is None or right is None else max(left, right)


def _order(pair: CopyPair) -> tuple[bool, date]:
    return pair.known_on is None, pair.known_on or date.min


def _find_root(parents: dict[str, str], item: str) -> str:
    while (parent := parents.get(item, item)) != item:
        parents[item] = parents.get(parent, parent)
        item = parent
    return item
