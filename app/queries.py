"""What can be asked, with the limits of each option; the same over HTTP and on the command line."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.config import JsonDict

from graph.models import ReviewStatus
from graph.ontology import get_ontology

CentralityMetric = Literal[
    "degree",
    "in-degree",
    "out-degree",
    "pagerank",
    "betweenness",
    "closeness",
    "harmonic",
    "eigenvector",
    "katz",
]
ExportFormat = Literal[
    "graphml", "gexf", "json", "cytoscape", "graphology", "csv", "parquet", "turtle", "ftm"
]


def _split_commas(value: object) -> object:
    """Read `a,b` and repeated options alike."""
    if isinstance(value, str):
        value = [value]
    if isinstance(value, (list, tuple)):
        return [part.strip() for item in value for part in str(item).split(",") if part.strip()]
    return value


def _check_among(values: list[str], known: list[str], what: str) -> list[str]:
    for value in values:
        if value not in known:
            raise ValueError(f"{value!r} is not a {what}; known are {', '.join(known)}")
    return values


def _among(known: Iterable[str]) -> JsonDict:
    """Return what a schema says of a list of known words."""
    return {"items": {"type": "string", "enum": list(known)}}


def _check_relations(values: list[str]) -> list[str]:
    return _check_among(values, list(get_ontology().relation_kinds), "kind of relation")


def _check_types(values: list[str]) -> list[str]:
    return _check_among(values, list(get_ontology().entity_types), "type of entity")


def _list_hows() -> list[str]:
    """Return every finer kind there is, each once."""
    kinds = get_ontology().relation_kinds.values()
    return list(dict.fromkeys(how for kind in kinds for how in kind.how))


def _check_hows(values: list[str]) -> list[str]:
    return _check_among(values, _list_hows(), "finer kind of relation")


def _check_reviews(values: list[str]) -> list[str]:
    return _check_among(values, list(get_args(ReviewStatus)), "review status")


NO_NUL = r"^[^\x00]*$"
"""Texts that reach the database must not hold the one character that PostgreSQL cannot store."""

Names = Annotated[list[str], BeforeValidator(_split_commas)]
RelationKinds = Annotated[
    list[str],
    BeforeValidator(_split_commas),
    AfterValidator(_check_relations),
    Field(json_schema_extra=lambda schema: schema.update(_among(get_ontology().relation_kinds))),
]
EntityTypes = Annotated[
    list[str],
    BeforeValidator(_split_commas),
    AfterValidator(_check_types),
    Field(json_schema_extra=lambda schema: schema.update(_among(get_ontology().entity_types))),
]
Hows = Annotated[
    list[str],
    BeforeValidator(_split_commas),
    AfterValidator(_check_hows),
    Field(json_schema_extra=lambda schema: schema.update(_among(_list_hows()))),
]
Reviews = Annotated[
    list[str],
    BeforeValidator(_split_commas),
    AfterValidator(_check_reviews),
    Field(json_schema_extra=lambda schema: schema.update(_among(get_args(ReviewStatus)))),
]
Name = Annotated[str, Field(min_length=1, max_length=200)]
Origin = Annotated[
    Literal["text", "gazetteer", "any"], Field(description="Read in texts, known from geography, or both")
]

AsOf = Annotated[
    date | None,
    Field(
        description="What held on this day (valid time), by all that is known now: later texts can change it. "
        "With `known_by` as well, the answer stays what it is"
    ),
]
KnownBy = Annotated[
    date | None,
    Field(
        description="What had been published by this day, and nothing else: claims, sources, names, mentions and "
        "places. Texts published later never change the answer; what users judge, review or rename, and texts of "
        "before that are stored late, do. Undated texts are left out"
    ),
]


class Question(BaseModel):
    """Base of every question: an option nobody knows is a fault, not silence."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class GraphFilter(Question):
    """Which part of the graph is asked; everything when nothing is set."""

    relations: RelationKinds = Field(default=[], description="Kinds of relation, separated by commas")
    types: EntityTypes = Field(default=[], description="Types of entity to keep, separated by commas")
    how: Hows = Field(default=[], description="Finer kinds, such as `funds`, separated by commas")
    min_confidence: float = Field(default=0.0, ge=0, le=1, description="Least confidence of a relation")
    as_of: AsOf = None
    known_by: KnownBy = None
    origin: Origin = "any"
    sources: Names = Field(default=[], description="Outlets, separated by commas")
    said_by: Names = Field(default=[], description="Only what these are quoted with; names or ids")
    not_said_by: Names = Field(default=[], description="All but what these say themselves; names or ids")
    review: Reviews = Field(
        default=[], description="What claims were reviewed as, such as `accepted`, separated by commas"
    )
    disputed: bool | None = Field(default=None, description="Only disputed, or only undisputed relations")


class PathQuestion(GraphFilter):
    """How are two actors connected?"""

    from_: Name = Field(alias="from", description="Name or id")
    to: Name = Field(description="Name or id")
    k: int = Field(default=1, ge=1, le=20, description="Alternatives, best first")
    direction: Literal["any", "out"] = Field(default="any", description="`out` walks relations forward only")
    weight: Literal["hops", "confidence"] = Field(default="hops", description="What the best path has")
    avoid: Names = Field(default=[], description="Names or ids that no path may pass")
    max_hops: int = Field(default=6, ge=1, le=12, description="Longest path")
    sign: Literal["any", "positive", "negative"] = Field(
        default="any", description="Product of the signed hops"
    )
    explain: bool = Field(
        default=False,
        description="Also look for the sources whose removal disconnects the two, or changes the sign",
    )


class NeighborhoodQuestion(GraphFilter):
    """Who is around one or several actors?"""

    of: Annotated[list[str], BeforeValidator(_split_commas), Field(min_length=1, max_length=20)] = Field(
        description="Names or ids, separated by commas"
    )
    depth: int = Field(default=1, ge=1, le=6, description="Hops outward")
    limit: int = Field(default=100, ge=1, le=1000, description="Most actors and places")
    direction: Literal["any", "out"] = Field(default="any", description="`out` walks relations forward only")


class BetweenQuestion(GraphFilter):
    """What lies between two actors?"""

    from_: Name = Field(alias="from", description="Name or id")
    to: Name = Field(description="Name or id")
    max_hops: int = Field(default=3, ge=1, le=12, description="Longest path to look along")
    limit: int = Field(default=50, ge=2, le=1000, description="Most actors and places")
    direction: Literal["any", "out"] = Field(default="any", description="`out` walks relations forward only")


class CentralityQuestion(GraphFilter):
    """Who matters most?"""

    metric: CentralityMetric = Field(default="degree", description="What counts as mattering")
    limit: int = Field(default=20, ge=1, le=1000, description="How many to list")
    direction: Literal["any", "out"] | None = Field(
        default=None,
        description="How relations are walked; by default `out` for pagerank, `any` for the rest",
    )
    explain: int = Field(
        default=0, ge=0, le=20, description="Of each actor, so many of the relations that carry its score"
    )


class ExportQuestion(GraphFilter):
    """The graph as a file."""

    format: ExportFormat = Field(
        default="graphml", description="`json` is node-link JSON, `csv` and `parquet` are zips of tables"
    )
    evidence: bool = Field(
        default=False, description="Also relations only denied or possible; claims as a table in zips"
    )
    attributes: Names = Field(
        default=[],
        description="What to tell of each actor and relation beside ids and ends, such as `kind,confidence`, "
        "separated by commas; everything if nothing is named. A name that is not known is answered with those that are",
    )


class PageQuestion(Question):
    """A part of a list."""

    limit: int = Field(default=50, ge=1, le=200, description="Items on a page")
    cursor: str | None = Field(
        default=None, max_length=500, pattern=r"^[\w=-]*$", description="`next` of the page before"
    )


class DatedQuestion(Question):
    """One record, as it was known or as it held; one that was not, or did not, is not found."""

    as_of: AsOf = None
    known_by: KnownBy = None


class EvidenceQuestion(PageQuestion, DatedQuestion):
    """Which sentences are behind a relation?"""


class MentionSearch(PageQuestion):
    """Where is somebody mentioned?"""

    known_by: KnownBy = None


class EntitySearch(PageQuestion):
    """Which actors and places are there?"""

    q: str | None = Field(
        default=None, min_length=1, max_length=200, description="Start of a name, or something like it"
    )
    type: EntityTypes = Field(default=[], description="Types of entity, separated by commas")
    sort: Literal["mentions", "name"] = Field(default="mentions", description="Without `q`")


class RelationSearch(PageQuestion, GraphFilter):
    """Which relations are there? Surest first."""

    source: Name | None = Field(default=None, description="Whose relations: name or id")
    kind: RelationKinds = Field(
        default=[], description="Kinds of relation, separated by commas; added to `relations`"
    )
    target: Name | None = Field(default=None, description="Relations to whom: name or id")
    evidence: bool = Field(default=False, description="Also those that are only denied, or only possible")


class CandidateSearch(Question):
    """Which actors and places are likely one?"""

    limit: int = Field(default=20, ge=1, le=200, description="How many pairs")
    min_score: float = Field(default=0.6, ge=0, le=1, description="How alike two must be at least")
    type: EntityTypes = Field(default=[], description="Types of entity one of the two has, comma-separated")


class DocumentSearch(PageQuestion):
    """Which texts are there? Latest first."""

    source: str | None = Field(
        default=None, max_length=200, pattern=NO_NUL, description="The outlet, exactly"
    )


class UploadQuestion(Question):
    """What is known of texts that do not say it themselves."""

    title: str | None = Field(default=None, max_length=1_000, pattern=NO_NUL, description="Headline")
    published_on: date | None = Field(default=None, description="Day of publication")
    source: str | None = Field(default=None, max_length=200, pattern=NO_NUL, description="The outlet")
    url: str | None = Field(
        default=None, max_length=2_000, pattern=NO_NUL, description="Where it was published"
    )
    external_id: str | None = Field(default=None, max_length=200, pattern=NO_NUL, description="Your own id")
