"""The shapes that flow through ingest: a text, the actors and mentions in it, and the claims it makes."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal, NamedTuple

from graph.models import Modality, Polarity

if TYPE_CHECKING:
    # Whoever merely loads or reads needs no parse.
    from ingest.parse import Doc

Resolution = Literal[
    "name",  # the full or usual name
    "surname",  # a part of a longer name given elsewhere in the document
    "acronym",  # letters introduced in brackets, or known
    "metonym",  # Tehran or the Kremlin for a government
    "demonym",  # Iranian, Iranians
    "nested",  # a force or body named by its country: the Iraqi army, Iran's parliament
    "pronoun",  # he, it, they
    "description",  # the group, the prime minister
]


@dataclass(frozen=True, slots=True)
class RawDocument:
    r"""A text as a reader gives it, before anything is understood.

    Attributes:
        text: Line ends are `\n`; otherwise exactly as read.
        published_on: From metadata only; a dateline inside the text is read later.
        source: The outlet, as given.
        external_id: The giver's own id, if any.
        origin: Where it was read from, for messages: a path, `-`, or a path and line.
    """

    text: str
    title: str | None = None
    published_on: date | None = None
    source: str | None = None
    url: str | None = None
    external_id: str | None = None
    origin: str = "-"


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a document that is parsed on its own: a headline, a paragraph, a forum post.

    `text[start_char:end_char]` of the document; a `post` is somebody's own words in a thread.
    """

    start_char: int
    end_char: int
    kind: Literal["headline", "paragraph", "post"]


class ParsedBlock(NamedTuple):
    """A block and its parse; a token's place in the document is `block.start_char + token.idx`."""

    block: Block
    doc: "Doc"


@dataclass(frozen=True, slots=True)
class Actor:
    """An entity as one document knows it, before it is linked to what is stored.

    Attributes:
        name: The fullest name the document uses, or the gazetteer's when it is known.
        surface: The fullest name as written in the document.
        type: An entity type of the ontology.
        aliases: Every distinct name the document uses (no pronouns or descriptions).
        known_id: The gazetteer's id, when it is known.
        country_code: ISO 3166-1 alpha-2, where the name or the gazetteer says so.
    """

    name: str
    surface: str
    type: str
    aliases: tuple[str, ...] = ()
    known_id: str | None = None
    country_code: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that stand for an actor: `text == document.text[start_char:end_char]`, always.

    Attributes:
        actor: Index into the extraction's actors.
        block: Index into the parsed blocks.
        start_token: First token in the block's Doc.
        end_token: One past the last token.
        head_token: The token that heads it in the parse.
    """

    start_char: int
    end_char: int
    text: str
    type: str
    actor: int
    resolution: Resolution
    block: int
    start_token: int
    end_token: int
    head_token: int


@dataclass(frozen=True, slots=True)
class Finding:
    """A relation seen in a parse, before it is known whether the sentence means it, and who says so.

    Attributes:
        source: Index into the mentions.
        target: Index into the mentions.
        trigger_token: The word that carries the relation, in the block's Doc.
        confidence: The rule's own precision, or the scorer's probability, within (0, 1].
        rule: Which rule fired, such as `verb:passive`; `learned:` and the heads asked where it was the scorer.
        modality: What the rule itself knows, such as `past` for "former commander"; else None.
    """

    block: int
    source: int
    kind: str
    how: str | None
    target: int
    trigger_token: int
    confidence: float
    rule: str
    modality: Modality | None = None

    @property
    def is_learned(self) -> bool:
        """Whether the learned scorer found it, and no rule."""
        return self.rule.startswith("learned:")


@dataclass(frozen=True, slots=True)
class Claim:
    """One finding with its scope judged. `source`, `target`, `speaker` index the extraction's mentions; offsets are the document's.

    `rule` names the rule that found it, or the scorer's heads with the probability they gave: `learned:stated@0.93`.
    """

    source: int
    kind: str
    how: str | None
    target: int
    quote: str
    quote_start: int
    quote_end: int
    trigger: str
    trigger_start: int
    trigger_end: int
    rule: str
    polarity: Polarity
    modality: Modality
    confidence: float
    attributed_to: str | None = None
    speaker: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None

    @property
    def counts(self) -> bool:
        """Whether it counts towards an edge: affirmed and not merely possible."""
        return self.polarity == "affirmed" and self.modality != "possible"


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was understood of one document."""

    document: RawDocument
    published_on: date | None
    actors: tuple[Actor, ...]
    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]
    extractor: str
