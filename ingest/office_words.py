"""Offices of a state beside names that stand without it: "Defence Minister Ana Ruiz", "Omar Haddad, the army chief"."""

from collections.abc import Iterator
from typing import NamedTuple

from graph.models import Modality
from ingest.cues import get_cues
from ingest.discourse import Discourse
from ingest.lexicon import ForceHead, Title
from ingest.names import NameWords, get_forces
from ingest.parse import Doc, Token
from ingest.types import Mention

_STATE_IDS = frozenset(
    {"president", "strongman", "supreme-leader", "prime-minister", "vice-president", "deputy-prime-minister"}
)
_FORCE_KINDS = frozenset({"commander", "deputy-commander", "spokesperson"})
_OWN_KINDS = frozenset({"security-force", "country"})
# Held in provinces, schools and companies as well.
_HELD_ELSEWHERE = frozenset(
    {"assistant secretary", "attorney general", "attorney-general", "coup leader", "executive vice president", "first minister", "fm",
     "premier", "presidente", "state minister", "state president", "treasurer", "under secretary", "undersecretary", "vp"}
)  # fmt: skip
# Before a title these make it that of a province, a party, a company or a state that few know.
_NARROWING = frozenset(
    {"academy", "assembly", "association", "bank", "breakaway", "cabinet", "chamber", "church", "club", "commission", "company",
     "council", "court", "de", "exile", "exiled", "federation", "group", "league", "local", "opposition", "other", "parallel",
     "parliament", "party", "provincial", "rebel", "regional", "rival", "school", "self-declared", "self-proclaimed",
     "self-styled", "senate", "separatist", "shadow", "state", "student", "students", "union", "university", "visiting"}
)  # fmt: skip
_LINKS = frozenset({"at", "for", "from", "in", "of"})
_HONORIFIC = "honorific"


class Office(NamedTuple):
    """Words for an office that a person is said to hold.

    Attributes:
        person: Whose it is, as an index into the mentions.
        start: First token of the words that say which.
        end: One past the last of them.
        title: What the lexicon knows of it.
        force: The force, body or government that the words begin with; None for an office of the state itself.
        before: Whether it stands before the name.
        modality: `past` for "former", else None.
        owner: Whose minister it is, as an index into the actors, where a person's name or pronoun says so.
    """

    person: int
    start: int
    end: int
    title: Title
    force: ForceHead | None
    before: bool
    modality: Modality | None
    owner: int | None = None


def iter_offices(discourse: Discourse, words: NameWords) -> Iterator[Office]:
    """Yield the offices of a state beside the persons' names of a document; cost: linear in mentions."""
    for number, mention in enumerate(discourse.mentions):
        if mention.type == "person" and mention.resolution in {"name", "surname"}:
            doc = discourse.blocks[mention.block].doc
            for end, before in _iter_ends(doc, mention, words):
                office = _read(discourse, words, number, end, before=before)
                if office is not None:
                    yield office
                    break


def _iter_ends(doc: Doc, mention: Mention, words: NameWords) -> Iterator[tuple[int, bool]]:
    """Where the words for an office may end: before a name and its ranks, and in apposition to it."""
    end = mention.start_token
    while end > 0:
        start, values = words.titles.match_to(doc, end)
        ranks = [value for value in values if isinstance(value, Title) and value.kind == _HONORIFIC]
        if not ranks or len(ranks) < len(values):
            break
        end = start
    following = doc[mention.end_token] if mention.end_token < len(doc) else None
    if following is None or following.lower_ not in _LINKS or following.head.i != mention.head_token:
        yield end, True
    head = doc[mention.head_token]
    if head.dep_ == "appos" and _is_role(head.head) and head.head.i < mention.start_token:
        yield head.head.i + 1, False
    yield from (
        (child.i + 1, False)
        for child in head.children
        if child.dep_ == "appos" and child.i >= mention.end_token and _is_role(child)
    )


def _is_role(noun: Token) -> bool:
    """Whether a noun in apposition is in the singular, and nothing tells in what the role is held."""
    return noun.tag_ in {"NN", "NNP"} and not any(
        (child.dep_ == "prep" and child.lower_ in _LINKS) or child.dep_ == "conj" for child in noun.children
    )


def _read(discourse: Discourse, words: NameWords, person: int, end: int, *, before: bool) -> Office | None:
    block = discourse.mentions[person].block
    doc = discourse.blocks[block].doc
    start, values = words.titles.match_to(doc, end)
    title = next((value for value in values if isinstance(value, Title) and value.relation), None)
    if title is None or _is_of_another(discourse, person, start, end):
        return None
    force = _find_force(doc, words, start, end) if title.kind in _FORCE_KINDS else None
    own = title.id in _STATE_IDS or title.kind == "minister"
    if (force is None and not own) or doc[start:end].text.casefold() in _HELD_ELSEWHERE:
        return None
    if title.kind == "minister":
        start = _widen(discourse, block, start)
    owner = _find_owner(discourse, person, start) if title.kind == "minister" else None
    if owner is None and _is_narrowed(discourse, person, start, end):
        return None
    return Office(person, start, end, title, force, before, _find_modality(doc, start, end), owner)


def _find_owner(discourse: Discourse, person: int, start: int) -> int | None:
    """Somebody else whose minister one is: "his labour minister", "Castillo's former interior minister"."""
    mention = discourse.mentions[person]
    doc = discourse.blocks[mention.block].doc
    while start > 0 and doc[start - 1].pos_ == "ADJ" and doc[start - 1].lower_ not in _NARROWING:
        start -= 1
    possessive = doc[start - 1] if start else None
    if possessive is None or possessive.tag_ not in {"POS", "PRP$"}:
        return None
    at = possessive.i - (possessive.tag_ == "POS")
    owner = discourse.find_at(mention.block, at) if at >= 0 else None
    if owner is None or owner.type != "person" or owner.actor == mention.actor:
        return None
    return owner.actor


def _is_of_another(discourse: Discourse, person: int, start: int, end: int) -> bool:
    """Whether words are part of a name or description of somebody else."""
    mention = discourse.mentions[person]
    found = (discourse.find_at(mention.block, token) for token in range(start, end))
    return any(other is not None and other.actor != mention.actor for other in found)


def _find_force(doc: Doc, words: NameWords, start: int, end: int) -> ForceHead | None:
    """The force that a title begins with: the army of "army chief"."""
    stop, values = words.forces.match_from(doc, start)
    fitting = [force for force in get_forces(values) if not force.needs_name and not force.weak]
    if not fitting or stop >= end:
        return None
    return fitting[0] if fitting[0].type in _OWN_KINDS or fitting[0].suffix else None


def _widen(discourse: Discourse, block: int, start: int) -> int:
    """Where the words for a minister begin of whom the lexicon has no field: "Fisheries Minister"."""
    doc = discourse.blocks[block].doc
    while start > 0 and doc[start - 1].dep_ in {"compound", "nmod"} and doc[start - 1].head.i >= start:
        if discourse.is_covered(block, start - 1) or doc[start - 1].lower_ in _NARROWING:
            break
        start -= 1
    return start


def _is_narrowed(discourse: Discourse, person: int, start: int, end: int) -> bool:
    """Whether the words before a title tell in what it is held, or that it is none of a state's own."""
    doc = discourse.blocks[discourse.mentions[person].block].doc
    position = start
    while position > 0:
        token = doc[position - 1]
        if _is_of_another(discourse, person, position - 1, position) and token.head.i in range(
            start, end + 1
        ):
            return True
        if token.tag_ in {"POS", "PRP$"} or token.lower_ in _NARROWING:
            return True
        if (
            token.pos_ not in {"ADJ", "NOUN", "PROPN"}
            or token.head.i < position
            or token.dep_ in {"appos", "conj"}
        ):
            return False
        if token.pos_ != "ADJ":
            return True
        position -= 1
    return False


def _find_modality(doc: Doc, start: int, end: int) -> Modality | None:
    beside = {token.lower_ for token in doc[max(0, start - 3) : start] if not token.is_punct}
    beside |= {child.lower_ for child in doc[end - 1].children}
    return "past" if beside & get_cues().past_adjectives else None


def list_titles(discourse: Discourse, words: NameWords, mention: Mention) -> set[str]:
    """Return the ids of the titles beside a name, in whatever they are held."""
    doc = discourse.blocks[mention.block].doc
    found: set[str] = set()
    for end, _ in _iter_ends(doc, mention, words):
        values = words.titles.match_to(doc, end)[1]
        found |= {value.id for value in values if isinstance(value, Title) and value.relation}
    return found
