"""Marks around the two names that the relation scorer is asked about, so that it reads the sentence for them alone."""

from collections.abc import Sequence

Fragment = tuple[int, int]
"""Where a name stands: (start, end) code points, the end outside."""

_MARKS = (("@ ", " @"), ("# ", " #"))
"""Before and after the name that comes first, and the other; marks that are punctuation need no new word pieces."""


def mark_pair(
    text: str, first: Sequence[Fragment], second: Sequence[Fragment]
) -> tuple[str, tuple[Fragment, ...], tuple[Fragment, ...]]:
    """Return the text with marks around every mention of two names, and where the names stand in it.

    After the punctuation marks of Zhou and Chen, "An Improved Baseline for Sentence-level Relation Extraction" (AACL
    2022). One name may lie inside the other; then its marks lie inside too.

    Args:
        text: A sentence.
        first: Where the name stands that is mentioned first, at least one place.
        second: The same of the other name.
    """
    edges = sorted(
        edge
        for name, fragments in enumerate((first, second))
        for start, end in fragments
        # What closes at a place comes before what opens there; of two that open the longer, of two that close the shorter.
        for edge in ((start, 1, -end, name), (end, 0, -start, name))
    )
    marked, done = "", 0
    opened: tuple[list[int], list[int]] = ([], [])
    placed: tuple[list[Fragment], list[Fragment]] = ([], [])
    for place, opens, _, name in edges:
        marked += text[done:place]
        done = place
        if opens:
            marked += _MARKS[name][0]
            opened[name].append(len(marked))
        else:
            placed[name].append((opened[name].pop(), len(marked)))
            marked += _MARKS[name][1]
    return marked + text[done:], tuple(placed[0]), tuple(placed[1])
