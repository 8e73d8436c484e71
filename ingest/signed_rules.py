"""The rules for signed relations, one per construction: from a word of a parse to who is for or against whom."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from spacy.tokens import Token

from ingest.arguments import (
    Arguments,
    expand_conjuncts,
    find_bearers,
    find_clause_subjects,
    find_modifiers,
    find_subjects,
    get_arguments,
    get_obliques,
    is_attributive,
    is_passive,
    is_verbal,
)
from ingest.bearers import Bearer, Roster
from ingest.triggers import OBJECT, Frame, find_noun_frames, find_verb_frames, get_triggers, get_verb_key

COPULAS = frozenset({"be", "become", "remain", "stay", "seem", "appear", "prove"})
SUCH_AS = frozenset({"like", "as", "including"})


class Sighting(NamedTuple):
    """One construction seen: every source stands in the frame's relation to every target."""

    frame: Frame
    sources: list[Bearer]
    targets: list[Bearer]
    trigger: Token
    rule: str


def iter_sightings(token: Token, roster: Roster) -> Iterator[Sighting]:
    """Yield what one word, as a trigger, says; either side may turn out empty."""
    if roster.get(token) is not None:
        return
    if is_verbal(token):
        yield from _read_verb(token, roster)
    elif token.pos_ in {"NOUN", "PROPN"} or token.tag_ in {"NN", "NNS", "VBG"}:
        yield from _read_noun(token, roster)
    if token.pos_ in {"ADJ", "VERB", "ADV"}:
        yield from _read_adjective(token, roster)
    if is_attributive(token):
        yield from _read_compound(token, roster)
    if token.lower_ in get_triggers().prefixes or token.lower_.startswith(("anti-", "pro-")):
        yield from _read_prefix(token, roster)


def _reach(arguments: Arguments, frame: Frame) -> tuple[Token, ...]:
    """The words in a frame's target place."""
    found: tuple[Token, ...] = arguments.patients if OBJECT in frame.target else ()
    for preposition, objects in arguments.obliques.items():
        if preposition in frame.target:
            found += objects
    return found


def _read_verb(verb: Token, roster: Roster) -> Iterator[Sighting]:
    words = get_triggers()
    arguments = get_arguments(verb)
    rule = f"verb:{arguments.voice}"
    sources = roster.find_sources(arguments.agents)
    for frame in find_verb_frames(words.verbs, verb):
        if OBJECT not in frame.target and arguments.voice == "passive":
            continue
        targets = roster.find_targets(_reach(arguments, frame))
        yield Sighting(frame, sources, targets, verb, rule)
        if frame.kind == "supports" and targets:
            foes = roster.find_targets(arguments.obliques.get("against", ()))
            yield Sighting(_AGAINST, sources, foes, verb, "verb:against")
    yield from _read_light_verb(arguments, sources, roster)
    if (
        arguments.voice == "active"
        and not arguments.patients
        and not arguments.obliques.keys() & {"with", "against", "for"}
    ):
        for frame in find_verb_frames(words.mutual_verbs, verb):
            yield from _pair_up(frame, sources, verb, "mutual")


_AGAINST = Frame("opposes", "attacks", frozenset({"against"}), 1.0)


def _read_light_verb(arguments: Arguments, sources: list[Bearer], roster: Roster) -> Iterator[Sighting]:
    """ "imposed sanctions on", "expressed support for", "arms were sent to"."""
    verb = arguments.predicate
    frames = find_verb_frames(get_triggers().light_verbs, verb)
    if not frames:
        return
    for thing in arguments.patients:
        key = thing.lemma_.lower()
        long_key = f"{thing.nbor(-1).lower_} {key}" if thing.i else key
        below = get_obliques(thing)
        for frame in frames:
            if not frame.things & {key, long_key, thing.lower_}:
                continue
            tokens = _reach(arguments, frame)
            tokens += tuple(
                token for name, objects in below.items() if name in frame.target for token in objects
            )
            yield Sighting(frame, sources, roster.find_targets(tokens), thing, "lightverb")


def _pair_up(frame: Frame, bearers: Sequence[Bearer], trigger: Token, rule: str) -> Iterator[Sighting]:
    """Two or more that stand in the relation to each other; with three and more, only neighbours would be guessed."""
    if len(bearers) == 2:
        yield Sighting(frame, [bearers[0]], [bearers[1]], trigger, rule)


def _read_noun(noun: Token, roster: Roster) -> Iterator[Sighting]:
    words = get_triggers()
    arguments = get_arguments(noun)
    for frame in find_noun_frames(words.acts, noun):
        yield from _read_act(frame, arguments, roster)
    for frame in find_noun_frames(words.mutual, noun):
        yield from _read_mutual(frame, arguments, roster)
    for frame in find_noun_frames(words.people, noun):
        yield from _read_person(frame, arguments, roster)
    for frame in find_noun_frames(words.states, noun):
        yield from _read_state(frame, arguments, roster)
    if noun.dep_ == "pobj" and noun.head.lower_ == "under":
        for frame in find_noun_frames(words.under, noun):
            givers = _get_givers(noun, arguments)
            subjects = find_bearers(noun.head)
            yield Sighting(frame, roster.find_sources(givers), roster.find_targets(subjects), noun, "under")


def _get_above(noun: Token) -> Token | None:
    """The verb that a noun is the object of, also as a part of a coordination."""
    top = noun
    while top.dep_ == "conj" and not is_verbal(top):
        top = top.head
    if top.dep_ in {"dobj", "obj"} or (top.dep_ == "nsubjpass"):
        return top.head
    return None


def _get_givers(noun: Token, arguments: Arguments) -> tuple[Token, ...]:
    above = noun.head.head if noun.dep_ == "pobj" else _get_above(noun)
    outer = get_obliques(above) if above is not None and is_verbal(above) else {}
    found = arguments.obliques.get("from", ()) + arguments.agents + outer.get("from", ())
    return found + arguments.modifiers


def _read_act(frame: Frame, arguments: Arguments, roster: Roster) -> Iterator[Sighting]:
    noun = arguments.predicate
    targets = _find_act_targets(frame, arguments, roster)
    if targets:
        sources = _find_act_sources(frame, arguments, roster)
        yield Sighting(frame, sources, targets, noun, "noun")
    else:
        yield from _read_received(frame, arguments, roster)


def _find_act_targets(frame: Frame, arguments: Arguments, roster: Roster) -> list[Bearer]:
    tokens: tuple[Token, ...] = ()
    above = _get_above(arguments.predicate)
    outer = get_obliques(above) if above is not None and is_verbal(above) else {}
    for preposition in frame.target - {"of"}:
        tokens += arguments.obliques.get(preposition, ())
        if not tokens and preposition not in {"from", "in"}:
            tokens += outer.get(preposition, ())
    if not tokens and "of" in frame.target:
        tokens = arguments.patients
    return roster.find_targets(tokens)


def _find_act_sources(frame: Frame, arguments: Arguments, roster: Roster) -> list[Bearer]:
    """Who does the act: an owner beside the noun, else the subject of a verb that carries it."""
    noun = arguments.predicate
    beside = arguments.agents or arguments.modifiers
    if frame.target - {"of"} and any(name in arguments.obliques for name in frame.target):
        beside = beside or arguments.patients
    own = roster.find_sources((*arguments.agents, *arguments.modifiers)) or roster.find_sources(beside)
    own = own or roster.find_sources(arguments.obliques.get("from", ()))
    if own:
        return own
    above = _get_above(noun)
    if above is not None:
        words = get_triggers()
        key = get_verb_key(above)
        if key in words.ending or key not in words.carriers:
            return []
        return roster.find_sources(get_arguments(above).agents)
    if noun.dep_ == "pobj" and noun.head.lower_ in {"in", "with", "for", "over", "of", "about", "to"}:
        return _find_sources_over_preposition(noun.head, roster)
    return []


def _find_sources_over_preposition(preposition: Token, roster: Roster) -> list[Bearer]:
    """ "continued with its attacks on", "is known for his criticism of", "joined in the condemnation of"."""
    if preposition.head.dep_ in {"dobj", "nsubj", "pobj"}:
        return []
    return roster.find_sources(find_clause_subjects(preposition))


def _is_any(noun: Token, words: frozenset[str]) -> bool:
    lemma = noun.lemma_.lower()
    return lemma in words or (noun.i > 0 and f"{noun.nbor(-1).lower_} {lemma}" in words)


def _read_received(frame: Frame, arguments: Arguments, roster: Roster) -> Iterator[Sighting]:
    """ "won praise from Iran", "faces US sanctions", "with the support of Iran": the subject is the target."""
    words, noun = get_triggers(), arguments.predicate
    if not _is_any(noun, words.received):
        return
    above = _get_above(noun)
    givers = _get_givers(noun, arguments)
    if frame.kind == "supports" or not givers:
        givers += arguments.patients
    sources = roster.find_sources(givers)
    if not sources:
        return
    if above is not None and (
        get_verb_key(above) in words.receivers or above.lemma_.lower() in words.receivers
    ):
        subjects = get_arguments(above).agents
    elif noun.dep_ == "pobj" and noun.head.lower_ in words.receiver_leads and is_verbal(noun.head.head):
        subjects = find_subjects(noun.head.head)
    else:
        return
    yield Sighting(frame, sources, roster.find_targets(subjects), noun, "noun:receiver")


def _read_mutual(frame: Frame, arguments: Arguments, roster: Roster) -> Iterator[Sighting]:
    noun = arguments.predicate
    pair = roster.find_targets(arguments.obliques.get("between", ()))
    if pair:
        yield from _pair_up(frame, pair, noun, "noun:between")
        return
    targets = roster.find_targets(_reach(arguments, frame))
    if targets:
        yield Sighting(frame, _find_act_sources(frame, arguments, roster), targets, noun, "mutual")
        return
    owners = roster.find_sources(arguments.modifiers)
    if len(owners) == 2 and arguments.modifiers:
        yield from _pair_up(frame, owners, noun, "noun:between")


def _read_person(frame: Frame, arguments: Arguments, roster: Roster) -> Iterator[Sighting]:
    """ "Iran is an ally of Syria", "Iran's ally Hezbollah", "Putin critic Alexei Navalny"."""
    noun = arguments.predicate
    owners = arguments.agents + arguments.patients + arguments.obliques.get("to", ())
    targets = roster.find_targets(owners)
    named = _find_described(noun)
    if not targets:
        targets = roster.find_targets(modifier for modifier in find_modifiers(noun) if modifier.i < noun.i)
    if targets:
        yield Sighting(frame, roster.find_sources(named), targets, noun, "person")


def _find_described(noun: Token) -> tuple[Token, ...]:
    """Whom a noun such as "ally" describes: beside it, before a copula, or among its examples."""
    found = [child for child in noun.children if child.dep_ == "appos"]
    if noun.dep_ == "appos":
        found.append(noun.head)
    if noun.dep_ in {"compound", "nmod", "amod"} and noun.head.pos_ == "PROPN" and noun.i < noun.head.i:
        found.append(noun.head)
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in SUCH_AS:
            found.extend(grand for grand in child.children if grand.dep_ == "pobj")
    described = tuple(part for token in found for part in expand_conjuncts(token))
    return described or _find_predicated(noun)


def _find_predicated(noun: Token) -> tuple[Token, ...]:
    head = noun.head
    if noun.dep_ == "conj" and head.pos_ in {"NOUN", "PROPN"} and head.dep_ in {"attr", "appos"}:
        return _find_described(head)
    if noun.dep_ in {"attr", "oprd"} and head.lemma_.lower() in COPULAS | {
        "call",
        "consider",
        "name",
        "deem",
        "make",
        "label",
    }:
        return (
            find_subjects(head) if noun.dep_ == "attr" or is_passive(head) else get_arguments(head).patients
        )
    if noun.dep_ == "pobj" and head.lower_ == "as" and is_verbal(head.head):
        upper = get_arguments(head.head)
        return upper.patients or upper.agents
    return ()


def _read_state(frame: Frame, arguments: Arguments, roster: Roster) -> Iterator[Sighting]:
    """ "at odds with Iran", "in support of Assad", "came to the aid of Syria"."""
    noun = arguments.predicate
    if noun.dep_ != "pobj" or noun.head.lower_ not in frame.leads:
        return
    outer = get_obliques(noun.head.head) if is_verbal(noun.head.head) else {}
    tokens = arguments.patients if "of" in frame.target else ()
    for preposition in frame.target - {"of"}:
        tokens += arguments.obliques.get(preposition, ()) or outer.get(preposition, ())
    if not tokens and "to" in frame.leads:
        tokens = arguments.agents
    sources = roster.find_sources(find_bearers(noun.head) or find_clause_subjects(noun.head))
    yield Sighting(frame, sources, roster.find_targets(tokens), noun, "state")


def _read_adjective(adjective: Token, roster: Roster) -> Iterator[Sighting]:
    """ "critical of Iran", "loyal to Haftar", "allied with Russia"."""
    frames = get_triggers().adjectives.get(adjective.lemma_.lower()) or get_triggers().adjectives.get(
        adjective.lower_
    )
    if not frames:
        return
    obliques = get_obliques(adjective)
    verbal = is_verbal(adjective)
    bearers = (
        get_arguments(adjective).patients if verbal and is_passive(adjective) else find_bearers(adjective)
    )
    for frame in frames:
        tokens = tuple(
            token for name, objects in obliques.items() if name in frame.target for token in objects
        )
        yield Sighting(frame, roster.find_sources(bearers), roster.find_targets(tokens), adjective, "adj")


def _read_compound(participle: Token, roster: Roster) -> Iterator[Sighting]:
    """ "Iran-backed militia": who is joined to the participle by a hyphen is for the noun after it."""
    frames = get_triggers().compounds.get(participle.lower_, ())
    if not frames or participle.i < 2 or participle.nbor(-1).text not in {"-", "\u2010", "\u2011", "\u2013"}:
        return
    maker = participle.nbor(-2)
    makers = _find_joined(maker, roster)
    noun = participle.head
    for frame in frames:
        yield Sighting(frame, makers, roster.find_targets(_find_phrase(noun)), participle, "compound")


def _find_joined(maker: Token, roster: Roster) -> list[Bearer]:
    """The names before a hyphen: one, or both of "Saudi- and Emirati-backed"."""
    mention = roster.get(maker)
    return [] if mention is None else [Bearer(mention, 1.0)]


def _find_phrase(noun: Token) -> Iterable[Token]:
    """A noun, with the names beside it: "Iran-backed militia Kataib Hezbollah"."""
    return (noun, *(child for child in noun.children if child.dep_ == "appos"))


def _read_prefix(token: Token, roster: Roster) -> Iterator[Sighting]:
    """ "anti-Assad rebels", "pro-Russian separatists"."""
    if token.i + 2 >= len(token.doc) or token.nbor(1).text not in {"-", "\u2010", "\u2011", "\u2013"}:
        return
    named = token.nbor(2)
    mention = roster.get(named)
    if mention is None:
        return
    head = named
    while (
        head.dep_ in {"amod", "compound", "nmod", "pobj", "npadvmod"}
        and head.head.i != head.i
        and head.i <= named.i
    ):
        head = head.head
    if head.i <= named.i:
        return
    for frame in get_triggers().prefixes.get(token.lower_, ()):
        yield Sighting(
            frame, roster.find_sources(_find_phrase(head)), [Bearer(mention, 1.0)], token, "prefix"
        )
