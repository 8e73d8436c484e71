"""Signed graphs whose balance is known: drawn by hand, published, or found by trying everything."""

from collections.abc import Iterable, Mapping
from itertools import combinations

from graph.balance.ties import SignedGraph, Tie
from graph.ontology import Sign

SignedPairs = Iterable[tuple[str, str, int]]


def make_graph(pairs: SignedPairs, confidences: Mapping[tuple[str, str], float] | None = None) -> SignedGraph:
    """Return a graph of ties `(one, other, sign)`; each is of confidence 0.5 unless told otherwise."""
    ties = []
    for one, other, sign in pairs:
        left, right = min(one, other), max(one, other)
        sure = (confidences or {}).get((left, right), 0.5)
        is_positive = sign > 0
        chosen: Sign = 1 if is_positive else -1
        ties.append(
            Tie(left, right, chosen, sure, sure if is_positive else 0, 0 if is_positive else sure, ())
        )
    ties.sort(key=lambda tie: (tie.left, tie.right))
    return SignedGraph(tuple(sorted({end for tie in ties for end in (tie.left, tie.right)})), tuple(ties))


def complete(size: int, sign: int) -> SignedGraph:
    """Return a complete graph of one sign."""
    return make_graph((f"a{i:02d}", f"a{j:02d}", sign) for i, j in combinations(range(size), 2))


def petersen(negative: Iterable[tuple[int, int]] | None = None) -> SignedGraph:
    """Return a signed Petersen graph: an outer ring 0-4, an inner star 5-9, spokes; all negative unless told."""
    pairs = [(i, (i + 1) % 5) for i in range(5)]
    pairs += [(i + 5, (i + 2) % 5 + 5) for i in range(5)]
    pairs += [(i, i + 5) for i in range(5)]
    minus = pairs if negative is None else list(negative)
    return make_graph((f"p{i}", f"p{j}", -1 if (i, j) in minus else 1) for i, j in pairs)


_TRIBES = (
    "Gavev",
    "Kotun",
    "Ove",
    "Alika",
    "Nagam",
    "Gahuk",
    "Masil",
    "Ukudz",
    "Notoh",
    "Kohik",
    "Geham",
    "Asaro",
    "Uheto",
    "Seuve",
    "Nagad",
    "Gama",
)
# Who is friend (+) or foe (-) of whom, each tribe with those after it.
_RELATIONS = (
    "+----00000-00++",
    "-0--00--0000++",
    "+0+++00000000",
    "000+00000000",
    "0+0+0000+--",
    "++-0++-00-",
    "+00+++000",
    "00++0-00",
    "+-0+0-0",
    "-0+0-0",
    "+-0--",
    "0---",
    "+--",
    "0-",
    "+",
)


def highland_tribes() -> SignedGraph:
    """Return the friends and foes among sixteen tribes of the Gahuku-Gama of New Guinea (Read 1954)."""
    return make_graph(
        (tribe, _TRIBES[row + 1 + column], -1 if mark == "-" else 1)
        for row, (tribe, marks) in enumerate(zip(_TRIBES, _RELATIONS, strict=False))
        for column, mark in enumerate(marks)
        if mark != "0"
    )


def try_every_split(ties: Iterable[tuple[int, int, int]]) -> int:
    """Return the least weight that a split of the actors frustrates, by looking at every split."""
    listed = list(ties)
    actors = sorted({end for left, right, _ in listed for end in (left, right)})
    least = sum(abs(weight) for _, _, weight in listed)
    for chosen in range(1 << max(len(actors) - 1, 0)):
        sides = {actor: -1 if chosen >> at & 1 else 1 for at, actor in enumerate(actors)}
        cost = sum(abs(weight) for left, right, weight in listed if sides[left] * sides[right] * weight < 0)
        least = min(least, cost)
    return least
