"""The shapes of the answers, over HTTP and with `--json` alike."""

from datetime import date, datetime
from typing import Annotated, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from graph.models import Modality, Polarity, ReviewStatus

Item = TypeVar("Item")
Confidence = Annotated[float, Field(ge=0, le=1, description="Within [0, 1]")]
Offset = Annotated[int, Field(ge=0, description="Unicode code points into the stored text")]
Sign = Annotated[int, Field(ge=-1, le=1, description="+1 support, -1 opposition, 0 neither")]


class Wire(BaseModel):
    """Base of every answer: frozen, and written with the names the contract uses."""

    model_config = ConfigDict(frozen=True, populate_by_name=True, defer_build=True)

    def to_json(self) -> bytes:
        """Return the answer as compact JSON in UTF-8."""
        return self.__pydantic_serializer__.to_json(self, by_alias=True)


class EntityRef(Wire):
    """An entity, short."""

    id: str
    name: str
    type: str


class Entity(EntityRef):
    """An actor or place with its names; the node of every graph answer."""

    aliases: list[str] = Field(description="Other names, oldest first")
    country_code: str | None = Field(default=None, description="ISO 3166-1 alpha-2")
    admin1: str | None = Field(default=None, description="Province or state")
    lat: float | None = Field(default=None, description="Degrees north, WGS 84")
    lon: float | None = Field(default=None, description="Degrees east, WGS 84")
    mentions: int = Field(description="How often texts name it")


class FoundEntity(Entity):
    """An entity in a list; where it was searched for, with what it was found by."""

    matched: str | None = Field(default=None, description="The one of its names that fits best")
    match: Literal["id", "exact", "prefix", "fuzzy"] | None = Field(default=None, description="How it fits")
    score: float | None = Field(default=None, description="How well, within (0, 1]")


class Edge(Wire):
    """A relation: what all claims of one source, kind and target add up to."""

    id: str
    source: str = Field(description="Entity id")
    target: str = Field(description="Entity id")
    kind: str
    how: str | None = Field(default=None, description="The finer kind most claims give")
    sign: Sign
    confidence: Confidence
    claims: int = Field(description="Claims that count: affirmed, not merely possible, not rejected")
    denials: int = Field(description="Claims that it is not so")
    possibles: int = Field(description="Claims that it may, might or would be so")
    independent_sources: int = Field(description="Stories behind them; copies of one story count once")
    first: date | None = Field(default=None, description="Earliest date of a claim")
    last: date | None = Field(default=None, description="Latest date of a claim")
    disputed: bool
    origin: Literal["text", "gazetteer", "user"]


class Relation(Edge):
    """An edge with the names of its two ends."""

    source_name: str
    target_name: str


class DocumentRef(Wire):
    """Where something was read."""

    id: str
    title: str | None = None
    source: str | None = Field(default=None, description="The outlet")
    published_on: date | None = None
    url: str | None = None


class Speaker(Wire):
    """Who says so: the document's words and, where they could be linked, the entity."""

    text: str
    entity: EntityRef | None = None


class Quote(Wire):
    """The words behind a hop; `text` is exactly `document.text[start_char:end_char]`."""

    claim_id: str
    text: str
    start_char: Offset
    end_char: Offset
    document: DocumentRef
    polarity: Polarity
    modality: Modality
    confidence: Confidence
    attributed_to: Speaker | None = None


class Hop(Wire):
    """One step of a path, in walking order; `backward` means the edge points the other way."""

    from_: EntityRef = Field(alias="from")
    to: EntityRef
    walked: Literal["forward", "backward"]
    edge: Edge
    also: list[str] = Field(description="Ids of other relations that join the two and fit the question")
    quotes: list[Quote] = Field(description="The best that count; where it is denied, the best denial last")


class Path(Wire):
    """A way from one actor to another, with its evidence."""

    nodes: list[EntityRef]
    hops: list[Hop]
    length: int = Field(description="Hops")
    sign: Sign = Field(description="Product of the signed hops; 0 when no hop has a sign")
    confidence: Confidence = Field(description="Product over the hops")
    weakest_hop: int = Field(ge=0, description="Index of the least confident hop")


class Breaks(Wire):
    """What a connection hangs on: sets of sources, smallest first.

    A source is an outlet's name or, for a text that names none, the id of the story it tells.
    """

    disconnect: list[list[str]] = Field(description="Without all of one set, no path is left")
    changes_sign: list[list[str]] = Field(
        description="Without all of one set, the best path left has another sign"
    )
    exact: bool = Field(
        description="All minimal sets of up to three are listed; where none disconnects, a larger one, if there is any"
    )


class PathAnswer(Wire):
    """The best ways between two actors."""

    from_: EntityRef = Field(alias="from")
    to: EntityRef
    shown: int
    total: int = Field(description="Paths found within the limits of the question")
    total_exact: bool = Field(description="False when there may be more than `total`")
    graph_version: int
    paths: list[Path]
    breaks: Breaks | None = Field(
        default=None, description="What would break it; only with `explain`, and where there is a path"
    )


class GraphSize(Wire):
    """How much of a graph."""

    nodes: int
    edges: int


class Subgraph(Wire):
    """Actors and the relations among them; `shown` of `total`, most confident first."""

    of: list[EntityRef] = Field(description="Who was asked about")
    depth: int = Field(description="Hops from them, or between them")
    shown: GraphSize
    total: GraphSize
    total_exact: bool = Field(description="False when there may be more than `total`")
    graph_version: int
    nodes: list[Entity]
    edges: list[Edge]


class CarryingRelation(Wire):
    """A relation, and how much of a score it carries."""

    share: Confidence = Field(
        description="Of the score; of pagerank and katz a part is everybody's own and carried by none"
    )
    relation: Relation


class Ranked(Wire):
    """One place in a ranking; equal scores share a rank."""

    rank: int
    entity: EntityRef
    score: float
    relations: int = Field(description="Relations it has in the graph that was asked about")
    carried_by: list[CarryingRelation] = Field(
        default=[], description="The relations that carry most of the score; with `explain`"
    )


class Ranking(Wire):
    """Actors by a measure of centrality, highest first."""

    metric: str
    direction: Literal["any", "out"] | None = Field(
        default=None, description="How relations were walked, where they were"
    )
    exact: bool
    samples: int | None = Field(
        default=None, description="From how many actors was walked, where not from all"
    )
    error_bound: float = Field(description="With 95 % probability no score is further off; 0 where exact")
    shown: int
    total: int
    tied_beyond: int = Field(description="How many that are not shown tie with the last that is")
    graph_version: int
    items: list[Ranked]


class SourceCount(Wire):
    """An outlet and how much of the graph it gave."""

    source: str
    claims: int


class Span(Wire):
    """From the earliest to the latest day of publication."""

    first: date | None = None
    last: date | None = None


class Stats(Wire):
    """What the graph holds, or what a filter leaves of it.

    Documents, stories and mentions are all that is stored, or with `known_by` all that was published by then.
    """

    graph_version: int
    entities: int
    entities_by_type: dict[str, int]
    relations: int
    relations_by_kind: dict[str, int]
    relations_by_origin: dict[str, int]
    disputed_relations: int
    evidence_only: int = Field(description="Relations that are only denied or only possible, and not counted")
    claims: int = Field(description="Claims that count towards these relations")
    denials: int
    claims_by_source: list[SourceCount]
    claimed: Span = Field(description="When these claims were published")
    documents: int
    stories: int = Field(description="Documents, copies of one story as one")
    mentions: int
    published: Span = Field(description="When the documents were published")


class EntityName(Wire):
    """A name an entity goes by, and who uses it."""

    text: str
    origin: str
    mentions: int
    sources: list[str] = Field(description="Outlets that use it, most often first")


class Degree(Wire):
    """Relations of an entity, by direction."""

    in_: int = Field(alias="in")
    out: int
    total: int


class EntityDetail(Entity):
    """All that is known of one actor or place."""

    geonames_id: int | None = None
    names: list[EntityName]
    degree: Degree
    claims: int = Field(description="Claims that count among its relations")


class MentionMark(Wire):
    """Words in a document that stand for an entity; `text` is exactly `document.text[start_char:end_char]`."""

    entity: EntityRef
    start_char: Offset
    end_char: Offset
    text: str
    resolution: str = Field(description="How it is known who is meant: name, surname, pronoun, ...")


class MentionInContext(MentionMark):
    """A mention with its document and the words around it."""

    document: DocumentRef
    excerpt: str
    excerpt_start: Offset


class Claim(Wire):
    """What one sentence says."""

    id: str
    relation: str = Field(description="Id of the relation it is evidence for")
    source: EntityRef
    kind: str
    how: str | None = None
    target: EntityRef
    polarity: Polarity
    modality: Modality
    counts: bool = Field(description="Whether it counts towards the relation")
    quote: str
    quote_start: Offset
    quote_end: Offset
    source_start: Offset
    source_end: Offset
    source_resolution: str
    target_start: Offset
    target_end: Offset
    target_resolution: str
    trigger: str
    trigger_start: Offset
    trigger_end: Offset
    attributed_to: Speaker | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    confidence: Confidence
    rule: str = Field(description="What found it")
    review_status: ReviewStatus = Field(description="A rejected claim is kept and no longer counts")
    reviewed_by: str | None = Field(default=None, description="The name of the key that reviewed it last")
    reviewed_at: datetime | None = None
    document: DocumentRef


class ClaimDetail(Claim):
    """A claim with the words around its quote."""

    before: str = Field(description="Up to 300 code points before the quote")
    after: str = Field(description="Up to 300 code points after it")


class Document(DocumentRef):
    """A stored text, without the text."""

    external_id: str | None = None
    story_id: str = Field(description="Shared by copies of one story")
    length: int = Field(description="Code points")
    mentions: int
    claims: int
    extractor: str
    ingested_at: datetime


class DocumentDetail(Document):
    """A stored text with everything that was read in it; offsets slice `text`."""

    text: str
    mention_marks: list[MentionMark]
    claim_marks: list[Claim]


class Page(Wire, Generic[Item]):
    """A part of a list; `next` continues it."""

    items: list[Item]
    total: int
    next: str | None = Field(default=None, description="Give this as `cursor` for the next page")


class Health(Wire):
    """Whether the service lives, and whether it can answer."""

    status: Literal["ok", "unavailable"]
    checks: dict[str, str] = Field(default_factory=dict, description="What was looked at, and what was seen")


class Index(Wire):
    """Where to go from here."""

    name: str
    version: str
    docs: str
    openapi: str
    try_: list[str] = Field(alias="try", description="Questions worth asking first")


class FieldFault(Wire):
    """What is wrong with one part of a request."""

    field: str
    message: str


class Problem(Wire):
    """An error, by RFC 9457."""

    type: str = Field(description="Names the kind; look it up at this address")
    title: str
    status: int
    detail: str
    instance: str = Field(description="The path that was asked for")
    errors: list[FieldFault] | None = Field(default=None, description="Which parts of the request, and why")
    suggestions: list[EntityRef] | None = Field(default=None, description="The closest names")
    candidates: list[EntityRef] | None = Field(default=None, description="Everybody of that name")


class ProblemMeaning(Wire):
    """What a kind of problem means."""

    type: str
    title: str
    status: int
    meaning: str
