"""Claims to edges: what all claims about one source, kind and target add up to."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import prod
from operator import attrgetter
from typing import Literal, NamedTuple

from graph.models import ReviewStatus
from graph.ontology import Ontology, Sign
from graph.rows import ClaimRow, GazetteerRow

EdgeOrigin = Literal["text", "gazetteer"]
Canonical = Mapping[str, str]
"""Which entity an entity was judged to be; an id that is missing stands for itself."""


_GET_ID = attrgetter("id")


class EdgeKey(NamedTuple):
    """What makes two claims speak of one edge."""

    source: str
    kind: str
    target: str

    @property
    def id(self) -> str:
        """The edge's id, such as `iran.supports.hezbollah`; unique, for neither slugs nor kinds hold dots."""
        return f"{self.source}.{self.kind}.{self.target}"


@dataclass(frozen=True, slots=True)
class Edge:
    """One relation between two entities, with what its evidence adds up to.

    Attributes:
        id: `source.kind.target`, with `.gazetteer` behind it for what geography knows.
        how: The finer value with most confidence summed over its claims; None where no claim has one.
        hows: Every finer value claimed, the weightiest first.
        sign: The kind's sign: +1, -1 or 0.
        counts: Whether it holds: it has a claim that counts, or the gazetteer knows it. Others are kept as
            evidence alone, and no path or ranking uses them.
        claims: Claims that count: affirmed, more than possible, not rejected. 0 for the gazetteer's.
        denials: Claims that it is not so (rejected ones left out, and those that are merely possible).
        possibles: Claims that it may, might or would be so (rejected ones left out).
        rejected: Claims that a reviewer rejected, of any sort.
        independent_sources: Stories or outlets that do not repeat each other, among the claims that count.
        confidence: 1 minus the product of (1 - c) over independent sources, within [0, 1]; 0 if it does not count.
        first: Earliest publication day of a claim that counts (of any not rejected, if none counts).
        last: Latest such day.
        valid_from: Earliest day on which a claim says it held; None where unknown.
        valid_to: Latest such day; None where unknown or where a claim leaves the end open.
        disputed: It counts and is denied too, or this ordered pair has a support and an opposition that both count.
        symmetric: Every claim that counts reads the same from both ends, so it is walked both ways.
        review: `accepted` if a claim that counts is; `rejected` if all its claims are; else `unreviewed`.
        dataset: Where the gazetteer knows it from; None for text.
    """

    id: str
    source: str
    kind: str
    target: str
    how: str | None
    hows: tuple[str, ...]
    sign: Sign
    origin: EdgeOrigin
    counts: bool
    claims: int
    denials: int
    possibles: int
    rejected: int
    independent_sources: int
    confidence: float
    first: date | None
    last: date | None
    valid_from: date | None
    valid_to: date | None
    disputed: bool
    symmetric: bool
    review: ReviewStatus
    dataset: str | None = None


def follow_edge_id(edge_id: str, canonical: Canonical) -> tuple[str, str] | None:
    """Return the id that an edge has when its ends are who they were judged to be, and that of its other direction.

    None where it is no edge's id. What follows the target, as in a gazetteer's id, stays.
    """
    parts = edge_id.split(".")
    if len(parts) not in {3, 4}:
        return None
    source, target = (canonical.get(end, end) for end in (parts[0], parts[2]))
    followed, turned = (
        ".".join([one, parts[1], other, *parts[3:]]) for one, other in ((source, target), (target, source))
    )
    return followed, turned


def read_both_ways(claims: Iterable[ClaimRow], ontology: Ontology) -> bool:
    """Say whether every claim holds in both directions, so that their edge does."""
    return all(ontology.is_symmetric(claim.kind, claim.how) for claim in claims)


def is_counting(claim: ClaimRow) -> bool:
    """Say whether a claim counts towards its edge: affirmed, more than possible and not rejected."""
    return claim.polarity == "affirmed" and claim.modality != "possible" and claim.review_status != "rejected"


def group_claims(
    claims: Iterable[ClaimRow], canonical: Canonical, ontology: Ontology
) -> dict[EdgeKey, tuple[ClaimRow, ...]]:
    """Sort claims into the edges they speak of, in order of claim id.

    Merged entities are followed here, so nothing stored changes. `A allied with B` and `B allied with A` say the
    same, so two opposite edges of one kind become one when every claim of both is symmetric; it starts at the
    alphabetically first of the two. One claim that is not symmetric (`A funds B`) keeps the two directions apart.

    Cost: O(claims log claims).
    """
    # Plain tuples, which are made several times as fast as named ones and equal them.
    found: defaultdict[tuple[str, str, str], list[ClaimRow]] = defaultdict(list)
    for claim in claims:
        source = canonical.get(claim.source_id, claim.source_id)
        target = canonical.get(claim.target_id, claim.target_id)
        found[source, claim.kind, target].append(claim)
    groups = {EdgeKey(*ends): rows for ends, rows in found.items()}
    symmetric = {
        key for key, rows in groups.items() if all(ontology.is_symmetric(row.kind, row.how) for row in rows)
    }
    for key in sorted(symmetric):
        opposite = EdgeKey(key.target, key.kind, key.source)
        if key.source < key.target and opposite in symmetric:
            groups[key].extend(groups.pop(opposite))
    for rows in groups.values():
        rows.sort(key=_GET_ID)
    return {key: tuple(groups[key]) for key in sorted(groups, key=_GET_ID)}


def group_independent(claims: Sequence[ClaimRow]) -> list[list[ClaimRow]]:
    """Put claims together that may stem from one source.

    Copies of one story belong together, and so does all that one outlet says; both carry over (a story printed
    by two outlets ties them). A missing outlet ties nothing. Cost: almost linear (union-find).
    """
    if len(claims) < 2:
        return [list(claims)] if claims else []
    parent: dict[tuple[str, str], tuple[str, str]] = {}

    def find_root(item: tuple[str, str]) -> tuple[str, str]:
        parent.setdefault(item, item)
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    for claim in claims:
        story = find_root(("story", claim.story_id))
        if outlet := normalise_outlet(claim.outlet):
            parent[story] = find_root(("outlet", outlet))
    groups: defaultdict[tuple[str, str], list[ClaimRow]] = defaultdict(list)
    for claim in claims:
        groups[find_root(("story", claim.story_id))].append(claim)
    return list(groups.values())


def normalise_outlet(outlet: str | None) -> str:
    """Return an outlet's name as names of outlets are compared: case and spaces do not matter; empty for none."""
    return " ".join((outlet or "").split()).casefold()


def compute_confidence(groups: Iterable[Sequence[ClaimRow]]) -> float:
    """Combine independent groups: 1 minus the product of (1 - c), c being a group's best claim's confidence.

    The factors are sorted and the result is rounded to 12 digits (never down to 0), so that the order in which
    claims arrive cannot show. Without groups it is 0.
    """
    best = sorted([max([claim.confidence for claim in group]) for group in groups])
    if not best:
        return 0.0
    # Rounded as columns are, in `graph.snapshot.claim_sums`: scaled, to the even of two neighbours, and back.
    return max(round((1.0 - prod(1.0 - confidence for confidence in best)) * 1e12) / 1e12, 1e-12)


def build_edge(key: EdgeKey, claims: Sequence[ClaimRow], ontology: Ontology) -> Edge:
    """Add up the claims of one edge; `disputed` here means denied (see `mark_disputed` for the rest)."""
    counting = [claim for claim in claims if is_counting(claim)]
    standing = [claim for claim in claims if claim.review_status != "rejected"]
    evidence = counting or standing
    possibles = sum(claim.modality == "possible" for claim in standing)
    denials = len(standing) - len(counting) - possibles
    independent = group_independent(counting)
    hows = _rank_hows(evidence or claims)
    published = [claim.published_on for claim in evidence if claim.published_on is not None]
    valid_from, valid_to = _span_validity(evidence)
    return Edge(
        id=key.id,
        source=key.source,
        kind=key.kind,
        target=key.target,
        how=hows[0] if hows else None,
        hows=hows,
        sign=ontology.get_relation(key.kind).sign,
        origin="text",
        counts=bool(counting),
        claims=len(counting),
        denials=denials,
        possibles=possibles,
        rejected=len(claims) - len(standing),
        independent_sources=len(independent),
        confidence=compute_confidence(independent),
        first=min(published, default=None),
        last=max(published, default=None),
        valid_from=valid_from,
        valid_to=valid_to,
        disputed=bool(counting) and denials > 0,
        symmetric=bool(counting) and all(ontology.is_symmetric(c.kind, c.how) for c in counting),
        review=_sum_up_review(counting, standing),
    )


def _rank_hows(claims: Sequence[ClaimRow]) -> tuple[str, ...]:
    """Order finer values by their claims' summed confidence, then by name; to 9 digits, so that sums compare."""
    hows = {claim.how for claim in claims if claim.how is not None}
    if len(hows) < 2:
        return tuple(hows)
    weights: defaultdict[str, float] = defaultdict(float)
    for claim in claims:
        if claim.how is not None:
            weights[claim.how] += claim.confidence
    return tuple(sorted(weights, key=lambda how: (-round(weights[how] * 1e9), how)))


def _span_validity(claims: Sequence[ClaimRow]) -> tuple[date | None, date | None]:
    if all(claim.valid_from is None and claim.valid_to is None for claim in claims):
        return None, None
    starts = [claim.valid_from for claim in claims if claim.valid_from is not None]
    ends = [claim.valid_to for claim in claims if claim.valid_to is not None]
    is_open = any(claim.valid_from is not None and claim.valid_to is None for claim in claims)
    return min(starts, default=None), None if is_open else max(ends, default=None)


def _sum_up_review(counting: Sequence[ClaimRow], standing: Sequence[ClaimRow]) -> ReviewStatus:
    if any(claim.review_status == "accepted" for claim in counting):
        return "accepted"
    return "unreviewed" if standing else "rejected"


def build_gazetteer_edge(row: GazetteerRow, canonical: Canonical, ontology: Ontology) -> Edge:
    """Make an edge of what geography knows: confidence 1, no claims, one source, parallel to what texts say."""
    source = canonical.get(row.source_id, row.source_id)
    target = canonical.get(row.target_id, row.target_id)
    return Edge(
        id=f"{source}.{row.kind}.{target}.gazetteer",
        source=source,
        kind=row.kind,
        target=target,
        how=row.how,
        hows=(row.how,),
        sign=ontology.get_relation(row.kind).sign,
        origin="gazetteer",
        counts=True,
        claims=0,
        denials=0,
        possibles=0,
        rejected=0,
        independent_sources=1,
        confidence=1.0,
        first=None,
        last=None,
        valid_from=None,
        valid_to=None,
        disputed=False,
        symmetric=ontology.is_symmetric(row.kind, row.how),
        review="unreviewed",
        dataset=row.dataset,
    )


def find_torn_pairs(edges: Iterable[Edge]) -> frozenset[tuple[str, str]]:
    """Return the ordered pairs with both a support and an opposition that count; a symmetric edge has both orders."""
    signs: defaultdict[tuple[str, str], set[Sign]] = defaultdict(set)
    for edge in edges:
        if edge.counts and edge.sign:
            signs[edge.source, edge.target].add(edge.sign)
            if edge.symmetric:
                signs[edge.target, edge.source].add(edge.sign)
    return frozenset(pair for pair, seen in signs.items() if len(seen) > 1)


def mark_disputed(edge: Edge, torn_pairs: frozenset[tuple[str, str]]) -> Edge:
    """Return the edge, disputed as well if its pair is torn between support and opposition."""
    if edge.disputed or not edge.counts or not edge.sign or not torn_pairs:
        return edge
    pairs = {(edge.source, edge.target)}
    if edge.symmetric:
        pairs.add((edge.target, edge.source))
    return replace(edge, disputed=True) if pairs & torn_pairs else edge
