"""Which part of the graph a question is about: one filter for every question, validated once."""

from collections.abc import Collection
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Literal, get_args

from graph.edges import Canonical, Edge, normalise_outlet
from graph.errors import InvalidQuery
from graph.models import ReviewStatus
from graph.ontology import get_ontology
from graph.rows import ClaimRow

OriginFilter = Literal["any", "text", "gazetteer"]


@dataclass(frozen=True, slots=True)
class EdgeFilter:
    """Which edges, and which of their claims, a question may use. Empty sets let everything through.

    Claims that a filter leaves out are gone from the edge: its confidence, sources, dates and dispute are added
    up anew from those that remain. The gazetteer has neither outlet, speaker nor reviewer, so asking for one of
    these leaves its edges out; what it says always held, so `as_of` lets it through, and `known_by` does once a text
    names both ends, or something within them. Any list of strings will do.

    With `known_by`, what texts of later days say changes no answer: not the claims that pass, nor which of them are
    copies, what anybody was called, or which places there are. `as_of` alone follows all that is known now. What users
    did (judgements, reviews, renaming) holds for every day.

    Attributes:
        kinds: Relation kinds.
        how: Finer values, such as `funds`.
        types: Entity types; both ends must be of one of them.
        min_confidence: Lowest confidence of an edge, within [0, 1].
        sources: Outlets, compared without regard to case.
        said_by: Ids of speakers: only what they are quoted with.
        not_said_by: Ids of speakers whose own words are left out.
        as_of: Day on which it held. A claim that gives no day holds from its publication on (and one about the
            past, up to it); one with no date at all cannot be placed, and is left out.
        known_by: Last publication day; undated texts are left out.
        origin: `text`, `gazetteer` or `any`.
        review: Review statuses of claims.
        disputed: Only disputed (True) or undisputed (False) edges.
        evidence: Also keep edges that no claim counts for; these are never walked or ranked.

    Raises:
        InvalidQuery: A value is not one of those allowed; `option` names it.
    """

    kinds: Collection[str] = frozenset()
    how: Collection[str] = frozenset()
    types: Collection[str] = frozenset()
    min_confidence: float = 0.0
    sources: Collection[str] = frozenset()
    said_by: Collection[str] = frozenset()
    not_said_by: Collection[str] = frozenset()
    as_of: date | None = None
    known_by: date | None = None
    origin: OriginFilter = "any"
    review: Collection[str] = frozenset()
    disputed: bool | None = None
    evidence: bool = False

    def __post_init__(self) -> None:
        for name in ("kinds", "how", "types", "sources", "said_by", "not_said_by", "review"):
            value = getattr(self, name)
            if isinstance(value, str):
                raise InvalidQuery(name, f"expected a list of values, not the text {value!r}.")
            object.__setattr__(self, name, frozenset(value))
        ontology = get_ontology()
        _require_known("kinds", self.kinds, ontology.relation_kinds)
        _require_known(
            "how", self.how, [how for kind in ontology.relation_kinds.values() for how in kind.how]
        )
        _require_known("types", self.types, ontology.entity_types)
        _require_known("review", self.review, get_args(ReviewStatus))
        _require_known("origin", {self.origin}, get_args(OriginFilter))
        if not 0.0 <= self.min_confidence <= 1.0:
            raise InvalidQuery("min_confidence", f"must be between 0 and 1, not {self.min_confidence:g}.")

    @property
    def selects_claims(self) -> bool:
        """Whether some claims of an edge may pass and others not, so that edges are added up anew."""
        return bool(
            self.how
            or self.sources
            or self.said_by
            or self.not_said_by
            or self.as_of
            or self.known_by
            or self.review
        )

    @property
    def selects_edges(self) -> bool:
        """Whether any edge may be left out, apart from those that do not count."""
        return replace(self, types=(), evidence=False) != EdgeFilter()

    def describe(self) -> dict[str, object]:
        """Return what is not at its default, ready for JSON: sets as sorted lists, dates in ISO 8601."""
        described: dict[str, object] = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if value != field.default:
                described[field.name] = _to_plain(value)
        return described


def _to_plain(value: object) -> object:
    if isinstance(value, frozenset):
        return sorted(value)
    return value.isoformat() if isinstance(value, date) else value


def _require_known(option: str, values: Collection[str], known: Collection[str]) -> None:
    if unknown := sorted(set(values) - set(known)):
        allowed = ", ".join(dict.fromkeys(known))
        raise InvalidQuery(option, f"{', '.join(map(repr, unknown))} is not known; use one of {allowed}.")


def prepare_filter(where: EdgeFilter, canonical: Canonical) -> EdgeFilter:
    """Return the filter as claims are compared with it: speakers by the entities they were merged into, outlets in lower case."""
    return replace(
        where,
        sources=[normalise_outlet(outlet) for outlet in where.sources],
        said_by=[canonical.get(speaker, speaker) for speaker in where.said_by],
        not_said_by=[canonical.get(speaker, speaker) for speaker in where.not_said_by],
    )


def keeps_claim(where: EdgeFilter, claim: ClaimRow, canonical: Canonical) -> bool:
    """Say whether a claim passes by outlet, speaker, dates and review; `how` and the rest are judged elsewhere.

    `where` is as `prepare_filter` returns it.
    """
    if where.sources and normalise_outlet(claim.outlet) not in where.sources:
        return False
    if where.review and claim.review_status not in where.review:
        return False
    speaker = canonical.get(claim.attributed_to_id or "", claim.attributed_to_id)
    if where.said_by and speaker not in where.said_by:
        return False
    if speaker is not None and speaker in where.not_said_by:
        return False
    if where.known_by and (claim.published_on is None or claim.published_on > where.known_by):
        return False
    return where.as_of is None or is_valid_on(claim, where.as_of)


def is_valid_on(claim: ClaimRow, day: date) -> bool:
    """Say whether what a claim says held on a day, as far as the claim can tell.

    Its own dates go first. Without any it held from its publication on. A claim about the past (`once commanded`)
    held until its publication unless it says until when; since when, only if it says so. Without any date at all it is
    never placed.
    """
    start, end = claim.valid_from, claim.valid_to
    if start is None and end is None and claim.published_on is None:
        return False
    if claim.modality == "past":
        end = end or claim.published_on
    elif end is None:
        start = start or claim.published_on
    return (start is None or start <= day) and (end is None or day <= end)


def keeps_edge(where: EdgeFilter, edge: Edge) -> bool:
    """Say whether an edge, added up from the claims that remain, passes; entity types are judged elsewhere."""
    if edge.origin == "gazetteer" and not _keeps_known_place(where, edge):
        return False
    is_strong = edge.confidence >= where.min_confidence if edge.counts else where.evidence
    return (
        is_strong
        and (not where.kinds or edge.kind in where.kinds)
        and where.origin in {"any", edge.origin}
        and (where.disputed is None or edge.disputed == where.disputed)
    )


def _keeps_known_place(where: EdgeFilter, edge: Edge) -> bool:
    asks_for_words = bool(where.sources or where.said_by or where.review)
    return not asks_for_words and (not where.how or edge.how in where.how)
