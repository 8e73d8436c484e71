"""Who holds an office of the state that a text is about: "Defence Minister Ana Ruiz", "the army chief, Omar Haddad"."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from ingest.dateline_states import find_dateline_state
from ingest.discourse import Discourse
from ingest.gazetteer import Gazetteer
from ingest.names import get_name_words
from ingest.office_states import OfficeStates
from ingest.office_words import Office, iter_offices, list_titles
from ingest.reference_states import States
from ingest.types import Actor, Finding, Mention, ParsedBlock

_KNOWN, _READ = 0.85, 0.75
# Of these a state has several at a time.
_SHARED = frozenset(
    {"minister", "spokesperson", "deputy-commander", "vice-president", "deputy-prime-minister"}
)


def find_offices(
    text: str,
    blocks: Sequence[ParsedBlock],
    mentions: Sequence[Mention],
    actors: Sequence[Actor],
    findings: Iterable[Finding],
    gazetteer: Gazetteer,
) -> tuple[tuple[Actor, ...], tuple[Mention, ...], list[Finding]]:
    """Return actors and mentions with those added that are the states of offices named without them, and who holds these.

    The words of the office stand for the state, or those for the force in them for that force.

    Args:
        text: The document as it is stored.
        blocks: Parsed blocks, in order.
        mentions: Names, pronouns and descriptions; those added come behind them.
        actors: What the mentions' `actor` indexes into; those added come behind them.
        findings: What titles and roles with a state beside them say, among others.
        gazetteer: What is known of states.

    Cost: linear in tokens and mentions.
    """
    discourse = Discourse(blocks, mentions, actors)
    words = get_name_words(gazetteer.lexicon)
    offices = list(iter_offices(discourse, words))
    if not offices:
        return tuple(actors), tuple(mentions), []
    states = States(discourse, gazetteer)
    chosen = OfficeStates(discourse, states, findings, find_dateline_state(text, gazetteer))
    located = _locate(discourse, chosen, offices)
    bearers = _list_bearers(discourse, located)
    for mention in mentions:
        for code in chosen.ties.get(mention.actor, ()):
            for title in list_titles(discourse, words, mention):
                bearers[title, code].add(mention.actor)
    found: list[Finding] = []
    seen: set[tuple[int, str]] = set()
    for office, code in located:
        mention = discourse.mentions[office.person]
        known = discourse.actors[mention.actor].country_code is not None
        rivals = bearers[office.title.id, code] - {mention.actor} if office.modality is None else set()
        if (mention.actor, office.title.id) in seen or (
            rivals and not known and office.title.id not in _SHARED
        ):
            continue
        target = _take_target(discourse, states, office, code)
        if target is not None:
            seen.add((mention.actor, office.title.id))
            found.append(_make_finding(discourse, office, target, _KNOWN if known else _READ))
    return tuple(discourse.actors), tuple(discourse.mentions), found


def _locate(
    discourse: Discourse, chosen: OfficeStates, offices: Iterable[Office]
) -> list[tuple[Office, str]]:
    """Return the offices of which it is clear in what state they are held, with its code.

    Whose minister somebody is tells that only where it is known what office that one holds: those come last.
    """
    located: list[tuple[Office, str]] = []
    for office in sorted(offices, key=lambda office: office.owner is not None):
        code = chosen.find(office)
        if code is None:
            continue
        located.append((office, code))
        if office.owner is None and office.modality is None:
            chosen.held[discourse.mentions[office.person].actor].add(code)
    return located


def _list_bearers(
    discourse: Discourse, located: Iterable[tuple[Office, str]]
) -> defaultdict[tuple[str, str], set[int]]:
    """The persons by title and state; an office that two hold in one text is nobody's for sure."""
    bearers: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    for office, code in located:
        if office.modality is None:
            bearers[office.title.id, code].add(discourse.mentions[office.person].actor)
    return bearers


def _take_target(discourse: Discourse, states: States, office: Office, code: str) -> int | None:
    """Add the words of an office as a mention of its state or force, and return its index."""
    force = office.force
    actor = states.take_state(code) if force is None else states.find_body(code, force)
    if actor is None:
        return None
    number = discourse.mentions[office.person].block
    parsed = discourse.blocks[number]
    span = parsed.doc[office.start : office.end]
    begins = parsed.block.start_char
    discourse.add(
        Mention(
            begins + span.start_char, begins + span.end_char, span.text, discourse.actors[actor].type, actor,
            "description", number, office.start, office.end, office.end - 1,
        )
    )  # fmt: skip
    return len(discourse.mentions) - 1


def _make_finding(discourse: Discourse, office: Office, target: int, sure: float) -> Finding:
    mention = discourse.mentions[office.person]
    relation = str(office.title.relation)
    return Finding(
        mention.block, office.person, relation, office.title.how, target, office.end - 1, sure, "title:state",
        office.modality,
    )  # fmt: skip
