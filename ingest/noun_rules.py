"""Rules for signed relations that a noun carries: an act, a bond between two, a person's role, a state."""

from collections.abc import Iterator

from ingest.arguments import (
    Arguments,
    find_bearers,
    find_clause_subjects,
    find_modifiers,
    find_subjects,
    get_arguments,
    get_obliques,
    is_passive,
    is_verbal,
)
from ingest.bearers import Bearer, Roster, find_leaders
from ingest.conjuncts import expand_conjuncts
from ingest.parse import Token
from ingest.refusal_rules import REBUFF, is_refused, iter_refused_nouns
from ingest.scope_verbs import SPIRITS
from ingest.sightings import (
    Sighting,
    find_addressed,
    find_met,
    get_addressing,
    get_outer_obliques,
    get_verb_above,
    is_any,
    pair_up,
    reach,
)
from ingest.stance_nouns import get_feeling, iter_event_nouns
from ingest.standing_rules import iter_requests
from ingest.triggers import Frame, acts_on_object, find_noun_frames, get_triggers, get_verb_key
from ingest.verb_rules import read_light_verb, take_stance_of

_COPULAS = frozenset({"be", "become", "remain", "stay", "seem", "appear", "prove"})
_NAMING = frozenset({"call", "consider", "name", "deem", "make", "label"})
_SUCH_AS = frozenset({"like", "as", "including"})
_THEIR = frozenset({"his", "her", "its", "their"})
# "Was met with criticism from Iran" receives it; "is busy with" does not.
_MEETING = frozenset({"confront", "face", "greet", "hit", "meet", "receive", "slap", "threaten"})
_ANSWERS = frozenset({"answer", "reaction", "reply", "reprisal", "response", "retaliation", "revenge"})
# "Blamed Ukraine for the attack" has Ukraine attack.
_FAULTING = frozenset(
    {"blame", "condemn", "criticise", "criticize", "denounce", "fault", "punish", "sanction", "suspect"}
)
_OWNED = frozenset({"defence", "defense", "favor", "favour", "support"})
_CHARGING = frozenset({"accuse", "convict", "suspect"})
_BLOCKING = frozenset({"block", "delay", "obstruct", "veto"})
_STAGING = frozenset(
    {
        "back",
        "carry",
        "launch",
        "lead",
        "make",
        "mount",
        "order",
        "organise",
        "organize",
        "plan",
        "provide",
        "stage",
    }
)
_SURVIVING = frozenset({"escape", "repel", "repulse", "survive", "withstand"})
_AFTER = frozenset({"after", "following"})
_CLAIMED = frozenset({"responsibility", "credit"})
_VICTIMS = frozenset({"victim", "victims", "prey"})
# What stands before a word for what is suffered, and before whoever makes others suffer.
_SUFFERED = {"hands": ("at", "of"), **dict.fromkeys(_VICTIMS, ("", "to"))}
_ATTACKED = Frame("opposes", "attacks", frozenset({"of", "to"}), 0.9)
_GIVERS = frozenset({"contributor", "donor", "exporter", "giver", "provider", "seller", "source", "supplier"})


def iter_noun_sightings(noun: Token, roster: Roster) -> Iterator[Sighting]:
    """Yield what a noun says of its owners and of those it is directed at."""
    words = get_triggers()
    yield from iter_refused_nouns(noun, roster)
    yield from iter_event_nouns(noun, roster)
    yield from iter_requests(noun, roster)
    yield from _read_giver(noun, roster)
    yield from _read_suffered(noun, roster)
    told = noun.lemma_.lower() in words.noun_ends or noun.lower_ in words.noun_ends
    if not told or get_feeling(noun) is not None:
        return
    arguments = get_arguments(noun)
    for frame in find_noun_frames(words.acts, noun):
        yield from _read_act(frame, arguments, roster)
    if noun.lemma_.lower() in words.nominals:
        yield from _read_nominal_verb(words.nominals[noun.lemma_.lower()], arguments, roster)
    for frame in find_noun_frames(words.received_things, noun):
        yield from _read_received(frame, arguments, roster)
    for frame in find_noun_frames(words.mutual, noun):
        yield from _read_mutual(frame, arguments, roster)
    for frame in find_noun_frames(words.people, noun):
        yield from _read_person(frame, arguments, roster)
    yield from _read_clients(arguments, roster)
    for frame in find_noun_frames(words.states, noun):
        yield from _read_state(frame, arguments, roster)
    if noun.dep_ == "pobj" and noun.head.lower_ == "under":
        for frame in find_noun_frames(words.under, noun):
            givers = roster.find_sources(_get_givers(arguments))
            yield Sighting(frame, givers, roster.find_targets(find_bearers(noun.head)), noun, "under")


def _read_act(frame: Frame, arguments: Arguments, roster: Roster) -> Iterator[Sighting]:
    """Read "Iran's support for Assad", "launched an attack on"; else what the subject receives."""
    noun = arguments.predicate
    received = list(_read_received(frame, arguments, roster)) if is_any(noun, get_triggers().received) else []
    targets = _find_act_targets(frame, arguments, roster)
    if any(sighting.targets for sighting in received) and not (arguments.agents and targets):
        yield from received
    elif targets:
        sources = _find_callers(arguments, roster) or _find_act_sources(frame, arguments, roster)
        verb = get_verb_above(noun) or (noun.head.head if noun.dep_ == "pobj" else None)
        ended = verb is not None and get_verb_key(verb) in get_triggers().ending
        if (
            ended
            and verb is not None
            and frame.kind == "supports"
            and noun.dep_ == "pobj"
            and noun.head.lower_ == "in"
        ):
            # "froze 30 million dollars in aid to Honduras"
            yield Sighting(REBUFF, roster.find_sources(get_arguments(verb).agents), targets, verb, "noun")
            return
        if verb is not None and frame.kind == "opposes" and ended and not is_refused(verb):
            return  # "will never end its war on" goes on with it
        if verb is not None and frame.kind == "supports" and verb.lemma_ in _BLOCKING:
            return  # "blocked American aid to" says nothing of what America wants
        yield take_stance_of(Sighting(frame, sources, targets, noun, "noun"), verb)


def _read_nominal_verb(verb: str, arguments: Arguments, roster: Roster) -> Iterator[Sighting]:
    """Read "announced the suspension of aid to Mali" as "suspended aid to Mali"."""
    frames = get_triggers().light_verbs.get(verb, ())
    if frames and arguments.patients:
        sources = roster.find_sources((*arguments.agents, *arguments.modifiers))
        above = get_verb_above(arguments.predicate)
        if not sources and above is not None and get_verb_key(above) in get_triggers().carriers:
            sources = roster.find_sources(get_arguments(above).agents)
        for sighting in read_light_verb(frames, arguments, sources, roster):
            # A suspension of aid is against whom the aid was for; read from "aid", it would be a suspended one.
            ends = sighting.frame.kind == "opposes" and verb in get_triggers().ending
            yield sighting._replace(trigger=arguments.predicate) if ends else sighting


def _find_act_targets(frame: Frame, arguments: Arguments, roster: Roster) -> list[Bearer]:
    tokens: tuple[Token, ...] = ()
    outer = get_outer_obliques(arguments.predicate)
    for preposition in sorted(frame.target - {"of"}):
        tokens += arguments.obliques.get(preposition, ())
        if not tokens and preposition not in {"from", "in"}:
            tokens += outer.get(preposition, ())
    if not tokens and "of" in frame.target:
        tokens = arguments.patients
    if not tokens and frame.kind == "supports":
        above = get_verb_above(arguments.predicate)
        tokens = find_addressed(above) if above is not None else ()
    return find_met(frame, tokens, roster)


def _find_callers(arguments: Arguments, roster: Roster) -> list[Bearer]:
    """Who calls or visits somebody to convey an act of his own: "Tamim called Bashir to express his support"."""
    verb = get_verb_above(arguments.predicate)
    calling = get_addressing(verb) if verb is not None else None
    if calling is None or any(agent.pos_ != "PRON" for agent in arguments.agents):
        return []
    return roster.find_sources(find_subjects(calling))


def _find_act_sources(frame: Frame, arguments: Arguments, roster: Roster) -> list[Bearer]:
    """Who does the act: an owner beside the noun, else the subject of a verb that carries it."""
    noun = arguments.predicate
    own = roster.find_sources((*arguments.agents, *arguments.modifiers, *find_leaders(noun)))
    if not own and any(name in arguments.obliques for name in frame.target):
        own = roster.find_sources(arguments.patients)
    own = own or roster.find_sources(arguments.obliques.get("from", ()))
    own = own or roster.find_sources(_find_among(noun))
    if noun.dep_ == "pobj" and noun.head.head.lemma_ in _ANSWERS:
        return _drop_answering(own, noun, roster)
    if own or any(agent.pos_ != "PRON" for agent in arguments.agents):
        return own
    above = get_verb_above(noun)
    if above is not None:
        words, key = get_triggers(), get_verb_key(above)
        if key in words.ending or key not in words.carriers:
            return []
        return roster.find_sources(get_arguments(above).agents)
    if noun.dep_ == "pobj" and noun.head.lower_ in {"in", "into", "with", "for", "over", "of", "about", "to"}:
        return _find_sources_over_preposition(noun.head, roster)
    return []


def _find_among(feeling: Token) -> tuple[Token, ...]:
    """Among whom support or opposition is strong, where it is the subject: "support for Kast has grown among Lutherans"."""
    verb = feeling.head
    if feeling.dep_ not in {"nsubj", "nsubjpass"}:
        return get_obliques(feeling).get("among", ())
    said = (verb, *(child for child in verb.children if child.dep_ in {"acomp", "attr", "advmod"}))
    return tuple(token for part in said for token in get_obliques(part).get("among", ()))


def _drop_answering(own: list[Bearer], noun: Token, roster: Roster) -> list[Bearer]:
    """Leave out who answers a deed, for whose it is: "sanctioned Iraq in response to its invasion of Kuwait"."""
    answering = roster.find_sources(find_clause_subjects(noun.head.head))
    actors = {roster.mentions[bearer.mention].actor for bearer in answering}
    return [bearer for bearer in own if roster.mentions[bearer.mention].actor not in actors]


def _find_sources_over_preposition(preposition: Token, roster: Roster) -> list[Bearer]:
    """Read "continued with its attacks on", "called for sanctions on", "claimed responsibility for the attack on"."""
    if preposition.head.dep_ in {"dobj", "nsubj", "pobj"} and preposition.head.lemma_ not in _CLAIMED:
        return []
    subjects = find_clause_subjects(preposition)
    verb = preposition.head
    why = preposition.lower_ in {"for", "over"} and not is_passive(verb)
    # "Punished Chad over its support"; but an ally is armed for a war of both.
    faults = why and (verb.lemma_.lower() in _FAULTING or acts_on_object(verb, ("opposes",)))
    if faults or (preposition.lower_ == "of" and verb.lemma_ in _CHARGING):
        return roster.find_sources(get_arguments(verb).patients)
    if any(
        frame.kind == "supports" for frame in get_triggers().verbs.get(preposition.head.lemma_.lower(), ())
    ):
        subjects += get_arguments(preposition.head).patients
    return roster.find_sources(subjects)


def _find_receiver(noun: Token, kind: str) -> tuple[Token, ...]:
    """Whom an act is done to when the subject receives it: "won praise", "relies on support", "with backing"."""
    words, above = get_triggers(), get_verb_above(noun)
    if above is not None and is_verbal(above):
        receives = {get_verb_key(above), above.lemma_.lower()} & words.receivers
        return get_arguments(above).agents if receives else ()
    if noun.dep_ != "pobj":
        return ()
    verb = noun.head.head
    if verb.pos_ in {"NOUN", "PROPN"} and noun.head.lower_ == "with" and kind == "supports":
        return (verb,)  # "fighters with the backing of Iran"
    if not is_verbal(verb):
        return ()
    relies = noun.head.lower_ in words.relying.get(verb.lemma_.lower(), ()) or _find_relied_on(noun)
    led = noun.head.lower_ in words.receiver_leads
    if noun.head.lower_ == "with" and kind == "opposes":
        led = verb.lemma_.lower() in _MEETING
    return find_subjects(verb) if relies or led else ()


def _find_relied_on(noun: Token) -> tuple[Token, ...]:
    """On whom somebody relies for a thing: "depends on Moscow for weapons"."""
    if noun.dep_ != "pobj" or noun.head.lower_ != "for" or not is_verbal(noun.head.head):
        return ()
    ways = get_triggers().relying.get(noun.head.head.lemma_.lower(), frozenset())
    outer = get_obliques(noun.head.head)
    return tuple(token for way in ways & {"on", "upon"} for token in outer.get(way, ()))


def _get_givers(arguments: Arguments) -> tuple[Token, ...]:
    """Who does or gives what is received: "a raid by Israel", "support from Iran", "a coup led by Zuniga"."""
    noun = arguments.predicate
    outer = get_obliques(noun.head.head) if noun.dep_ == "pobj" else get_outer_obliques(noun)
    found = (
        arguments.obliques.get("from", ()) + arguments.agents + outer.get("from", ()) + _find_relied_on(noun)
    )
    for child in noun.children:
        if child.dep_ == "acl" and child.lemma_ in _STAGING and is_passive(child):
            found += get_arguments(child).agents
    above = get_verb_above(noun)
    if not found and above is not None and above.lemma_ in _SURVIVING:
        found = outer.get("by", ())  # "survived an ambush by the cartel in the capital"
    return found + arguments.modifiers


def _read_received(frame: Frame, arguments: Arguments, roster: Roster) -> Iterator[Sighting]:
    """Read "won praise from Iran", "faces US sanctions", "with the support of Iran"."""
    noun = arguments.predicate
    givers = _get_givers(arguments)
    if frame.kind == "supports" or not givers:
        givers += arguments.patients
    sources = roster.find_sources(givers)
    if sources:
        yield Sighting(
            frame, sources, roster.find_targets(_find_receiver(noun, frame.kind)), noun, "noun:receiver"
        )


def _read_mutual(frame: Frame, arguments: Arguments, roster: Roster) -> Iterator[Sighting]:
    """Read "the alliance between Iran and Syria", "Iran's war with Iraq", "the India-Pakistan war"."""
    noun = arguments.predicate
    if frame.kind == "supports" and _is_left(noun):
        return
    between = arguments.obliques.get("between", ())
    if not between and noun.dep_ == "nsubj" and is_verbal(noun.head):
        between = get_obliques(noun.head).get("between", ())  # "clashes broke out between"
    pair = roster.find_targets(between)
    if pair:
        yield from pair_up(frame, pair, noun, "noun:between")
        return
    targets = roster.find_targets(reach(arguments, frame) or _find_with_behind(noun))
    if targets:
        sources = _find_act_sources(frame, arguments, roster)
        if not sources and not arguments.agents and noun.dep_ == "pobj" and noun.head.lower_ in _AFTER:
            sources = roster.find_sources(find_clause_subjects(noun.head))
        yield Sighting(frame, sources, targets, noun, "mutual")
    else:
        yield from pair_up(frame, roster.find_sources(arguments.modifiers), noun, "noun:between")


def _is_left(bond: Token) -> bool:
    """Whether a bond is ended or left: "scrapped the pact with", "pulled out of the pact with"."""
    words, above = get_triggers(), get_verb_above(bond)
    if above is not None:
        return get_verb_key(above) in words.ending
    if bond.dep_ != "pobj" or bond.head.lower_ not in {"from", "of"}:
        return False
    upper = bond.head.head
    upper = upper.head if upper.lower_ == "out" else upper
    return is_verbal(upper) and upper.lemma_.lower() in words.quitting


def _find_with_behind(noun: Token) -> tuple[Token, ...]:
    """With whom a quarrel is that ends a phrase of time, where a parser hangs that on the verb: "quit after a row with"."""
    if noun.dep_ != "pobj" or noun.head.lower_ not in _AFTER or noun.i + 1 >= len(noun.doc):
        return ()
    behind = noun.nbor(1)
    return get_obliques(noun.head.head).get("with", ()) if behind.lower_ == "with" else ()


def _read_person(frame: Frame, arguments: Arguments, roster: Roster) -> Iterator[Sighting]:
    """Read "Iran is an ally of Syria", "Iran's ally Hezbollah", "Putin critic Alexei Navalny", "they were allies"."""
    noun = arguments.predicate
    targets = roster.find_targets(arguments.agents + arguments.patients + arguments.obliques.get("to", ()))
    named = _find_described(noun) or _find_next_name(noun, roster) or tuple(roster.list_among(noun))
    if not targets and noun.dep_ == "conj" and any(agent.lower_ in _THEIR for agent in arguments.agents):
        targets = roster.find_targets([noun.head])  # "Iran and its ally Syria"
    if not targets and not arguments.agents:
        targets = roster.find_targets(modifier for modifier in find_modifiers(noun) if modifier.i < noun.i)
    if targets:
        yield Sighting(frame, roster.find_sources(named), targets, noun, "person")
    elif noun.tag_ == "NNS" and noun.dep_ == "attr":
        yield from pair_up(frame, roster.find_sources(named), noun, "person")


def _read_giver(noun: Token, roster: Roster) -> Iterator[Sighting]:
    """Read "the biggest supplier of arms to Algeria", "Algeria's main arms supplier", "the largest donor of aid in Chad"."""
    if noun.lemma_ not in _GIVERS:
        return
    arguments = get_arguments(noun)
    for thing in (*arguments.patients, *arguments.modifiers):
        for frame in find_noun_frames(get_triggers().received_things, thing):
            below = get_obliques(thing)
            got = (*arguments.obliques.get("to", ()), *below.get("to", ()), *arguments.agents)
            targets = roster.find_targets(got) or roster.find_homes((*got, noun, thing))
            yield Sighting(frame, roster.find_sources(_find_described(noun)), targets, noun, "person")


def _read_suffered(noun: Token, roster: Roster) -> Iterator[Sighting]:
    """Read "suffered a defeat at the hands of the Houthis", "fell victim to the junta"."""
    preposition, way = _SUFFERED.get(noun.lower_, ("", ""))
    if not way:
        return
    verb = noun.head.head if preposition and noun.head.lower_ == preposition else noun.head
    if not is_verbal(verb) or (noun.lower_ in _VICTIMS and verb.lemma_ != "fall"):
        return
    sources = roster.find_sources((*get_obliques(noun).get(way, ()), *get_obliques(verb).get(way, ())))
    yield Sighting(_ATTACKED, sources, roster.find_targets(find_subjects(verb)), noun, "noun:receiver")


def _read_clients(arguments: Arguments, roster: Roster) -> Iterator[Sighting]:
    """Read "Iran's proxy Hezbollah", "Gunba, Moscow's choice": whose somebody is stands behind him."""
    if arguments.predicate.lemma_ == "man" and not _is_owned(arguments.predicate):
        return
    for frame in find_noun_frames(get_triggers().clients, arguments.predicate):
        for sighting in _read_person(frame, arguments, roster):
            yield sighting._replace(sources=sighting.targets, targets=sighting.sources)


def _is_owned(man: Token) -> bool:
    """Whether a man is called somebody's and no more: "Moscow's man", but not "Moscow's richest man"."""
    labels = {child.dep_ for child in man.lefts}
    return man.tag_ == "NN" and labels == {"poss"} and man.dep_ in {"appos", "attr"}


def _find_next_name(noun: Token, roster: Roster) -> tuple[Token, ...]:
    """The name right after the noun, however the two were parsed: "its ally Hezbollah"."""
    following = noun.nbor(1) if noun.i + 1 < len(noun.doc) else noun
    return (following,) if following is not noun and roster.get(following) is not None else ()


def _find_described(noun: Token) -> tuple[Token, ...]:
    """Whom a noun such as "ally" describes: beside it, before a copula, or among its examples."""
    found = [child for child in noun.children if child.dep_ == "appos"]
    if noun.dep_ == "appos":
        found.append(noun.head)
    if noun.dep_ in {"compound", "nmod", "amod"} and noun.head.pos_ == "PROPN" and noun.i < noun.head.i:
        found.append(noun.head)
    if noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.lemma_.lower() == "one":
        return _find_described(noun.head.head)
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in _SUCH_AS:
            found.extend(grand for grand in child.children if grand.dep_ == "pobj")
    described = tuple(part for token in found for part in expand_conjuncts(token))
    return described or _find_predicated(noun)


def _find_predicated(noun: Token) -> tuple[Token, ...]:
    head = noun.head
    if noun.dep_ == "conj" and head.pos_ in {"NOUN", "PROPN"} and head.dep_ in {"attr", "appos"}:
        return _find_described(head)
    if noun.dep_ in {"attr", "oprd"} and head.lemma_.lower() in _COPULAS | _NAMING:
        passive_or_copula = noun.dep_ == "attr" or is_passive(head)
        return find_subjects(head) if passive_or_copula else get_arguments(head).patients
    if noun.dep_ == "pobj" and head.lower_ == "among" and head.head.lemma_ in _COPULAS:
        return find_subjects(head.head)
    if noun.dep_ == "pobj" and head.lower_ == "as" and is_verbal(head.head):
        upper = get_arguments(head.head)
        return upper.patients or upper.agents
    return ()


def _read_state(frame: Frame, arguments: Arguments, roster: Roster) -> Iterator[Sighting]:
    """Read "at odds with Iran", "in support of Assad", "came to the aid of Syria"."""
    noun = arguments.predicate
    if noun.dep_ != "pobj" or noun.head.lower_ not in frame.leads:
        return
    outer = get_obliques(noun.head.head) if is_verbal(noun.head.head) else {}
    tokens = arguments.patients if "of" in frame.target else ()
    for preposition in sorted(frame.target - {"of"}):
        tokens += arguments.obliques.get(preposition, ()) or outer.get(preposition, ())
    owned = frame.leads & {"to", "on"} or noun.lemma_ in _OWNED
    if not tokens and owned:
        tokens = arguments.agents + arguments.modifiers
    subjects = find_clause_subjects(noun.head)
    sources = roster.find_sources(find_bearers(noun.head) or subjects)
    if not sources and noun.lemma_ in SPIRITS:
        sources = roster.find_sources(subjects)  # "fired a missile in defiance of", hung on the missile
    yield Sighting(frame, sources, roster.find_targets(tokens), noun, "state")
