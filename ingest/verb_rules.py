"""Rules for signed relations that a verb carries, alone or with its object."""

from collections.abc import Iterator
from dataclasses import replace

from ingest.allegation_rules import iter_allegations
from ingest.allegiance_rules import fights_beside, get_allegiance_verbs, iter_allegiances
from ingest.arguments import (
    OBJECT_LABELS,
    VERBAL,
    Arguments,
    find_subjects,
    get_arguments,
    get_obliques,
)
from ingest.asking_rules import find_urging, iter_askings
from ingest.bearers import BY_DEED, Bearer, Roster
from ingest.conjuncts import expand_conjuncts
from ingest.cues import get_cues
from ingest.custody_rules import get_custodial_verbs, iter_custody
from ingest.echoes import iter_echoes
from ingest.gapped_gifts import iter_gifts, take_gift
from ingest.gapping import find_gapped, iter_further_agents, iter_further_objects
from ingest.lexicon import Lexicon, per_lexicon
from ingest.order_rules import find_ordering
from ingest.parse import Token
from ingest.placing_rules import iter_placings
from ingest.refusal_rules import REBUFF, iter_quits, iter_refusals, may_refuse
from ingest.sightings import (
    Sighting,
    find_addressed,
    find_met,
    find_receivers_before,
    get_verb_above,
    is_any,
    pair_up,
    reach,
)
from ingest.stance_rules import get_stance_verbs, iter_gapped_labels, iter_stances
from ingest.standing_rules import iter_standings, may_stand
from ingest.treatment_rules import get_treating_verbs, iter_treatments
from ingest.triggers import OBJECT, Frame, find_verb_frames, get_triggers, get_verb_key

_AGAINST = Frame("opposes", None, frozenset({"against"}), 1.0)
_PROPOSING = frozenset(
    {"adopt", "approve", "back", "draft", "enact", "file", "introduce", "pass", "propose", "sign", "sponsor", "submit",
     "table", "unveil"}
)  # fmt: skip
_SPOKEN = frozenset({"criticizes", "endorses", "protests", "rejects"})
# "Voted for the deal with Biden" is no vote with him.
_SIDING = frozenset({"vote"})
# What is given to people or works in a country is given to it: "aid for farmers in Nigeria".
_GIVING = frozenset({"aids", "funds"})
_AIDING = frozenset({"aid", "assistance", "delivery", "funding", "shipment", "supply"})
_UNWELCOME = frozenset({"grata", "gratae", "persona", "personae"})
_BLOCKING = frozenset({"block", "obstruct", "veto"})
_OTHERS = frozenset({"against", "alongside", "beside", "with"})
_PRIZES = frozenset({"control", "dominance", "power", "supremacy", "territory"})
_LIKENING = frozenset({"compare", "liken"})
_LABEL = {
    "opposes": Frame("opposes", "criticizes", frozenset(), 1.0),
    "supports": Frame("supports", "endorses", frozenset(), 1.0),
}


def iter_verb_sightings(verb: Token, roster: Roster) -> Iterator[Sighting]:
    """Yield what a verb says of its agents and patients."""
    if verb.lemma_.lower() not in _get_telling_verbs() and not may_refuse(verb) and not may_stand(verb):
        return
    words = get_triggers()
    arguments = get_arguments(verb)
    sources = roster.find_sources((*arguments.agents, *iter_further_agents(verb, roster)))
    sources += find_ordering(arguments, roster)
    urging = find_urging(verb, roster)
    if urging is not None:
        sources = roster.find_sources(find_subjects(urging))
    for sighting in _read_frames(arguments, sources, roster):
        yield sighting if urging is None else _as_urged(sighting, urging)
    yield from _read_label(arguments, sources, roster)
    yield from iter_askings(arguments, sources, roster)
    yield from iter_refusals(arguments, sources, roster)
    yield from iter_quits(arguments, sources, roster)
    yield from iter_placings(arguments, sources, roster)
    yield from iter_stances(arguments, sources, roster)
    yield from iter_standings(arguments, sources, roster)
    yield from iter_allegations(arguments, sources, roster)
    yield from iter_custody(arguments, sources, roster)
    yield from iter_treatments(arguments, sources, roster)
    yield from iter_allegiances(arguments, sources, roster)
    for frame in find_verb_frames(words.feeling, verb):
        felt_by = roster.find_sources(arguments.patients)
        yield Sighting(frame, felt_by, roster.find_targets(arguments.agents), verb, "verb:feeling")
    if arguments.voice == "active" and _is_between_subjects(arguments, roster):
        for frame in find_verb_frames(words.mutual_verbs, verb):
            if frame.kind == "opposes" and fights_beside(verb) is not None:
                continue
            yield from pair_up(frame, sources, verb, "mutual")


def _is_between_subjects(arguments: Arguments, roster: Roster) -> bool:
    """Whether a verb names nobody else: "fought for the port all night", but not "fought for Chad"."""
    prizes = arguments.obliques.get("for", ())
    fought_for = all(
        prize.lemma_ in _PRIZES | get_triggers().places or _is_place(prize, roster) for prize in prizes
    )
    return not arguments.patients and fought_for and not arguments.obliques.keys() & _OTHERS


def _is_place(token: Token, roster: Roster) -> bool:
    mention = roster.get(token)
    return mention is not None and roster.mentions[mention].type == "place"


def _as_urged(sighting: Sighting, urging: Token) -> Sighting:
    """Return what a crowd is told to do as the stance of whoever tells it, who may do nothing of it himself."""
    said = sighting.frame.how in _SPOKEN
    return sighting._replace(
        trigger=urging, frame=sighting.frame if said else replace(sighting.frame, how=None)
    )


def _read_frames(arguments: Arguments, sources: list[Bearer], roster: Roster) -> Iterator[Sighting]:
    """Read what a verb says by itself, and with its object."""
    verb, words = arguments.predicate, get_triggers()
    light = find_verb_frames(words.light_verbs, verb)
    carried = list(read_light_verb(light, arguments, sources, roster))
    yield from carried
    for given in [sighting for sighting in carried if sighting.targets][:1]:
        for gift in iter_gifts(arguments, roster):
            frame, giver = take_gift(light, gift, given.frame)
            yield given._replace(frame=frame, sources=[giver])
    stopped = verb.lemma_ in _BLOCKING and any(sighting.targets for sighting in carried)
    struck_off = verb.lemma_ == "strike" and not arguments.obliques.keys().isdisjoint({"off", "from"})
    for frame in () if struck_off else find_verb_frames(words.verbs, verb):
        if stopped and frame.how == "rejects":
            continue  # "blocked American aid to Chad" is against Chad
        # "Was retaken from the rebels by the army": the town is the object, and those it is taken from the target.
        taken = "from" in frame.target and frame.how == "attacks"
        if OBJECT in frame.target or arguments.voice == "active" or taken:
            for sighting in _read_frame(frame, arguments, sources, roster):
                yield sighting
                yield from iter_echoes(sighting, roster)


@per_lexicon
def _get_telling_verbs(_lexicon: Lexicon) -> frozenset[str]:
    """Return the verbs that say anything, with whatever particle: most verbs say nothing, and need no arguments."""
    words = get_triggers()
    tables = (words.verbs, words.light_verbs, words.feeling, words.mutual_verbs)
    framed = frozenset(key.partition(" ")[0] for table in tables for key in table)
    classes = words.labelling | words.asking | words.shunning | words.alleging
    return (
        framed
        | classes
        | get_stance_verbs()
        | get_custodial_verbs()
        | get_treating_verbs()
        | get_allegiance_verbs()
        | words.placing
        | words.quitting
        | get_cues().speech_verbs
    )


def _read_frame(
    frame: Frame, arguments: Arguments, sources: list[Bearer], roster: Roster
) -> Iterator[Sighting]:
    verb = arguments.predicate
    rule = f"verb:{arguments.voice}"
    if frame.how == "clashes-with" and fights_beside(verb) is not None:
        return
    if verb.lemma_ in _SIDING and frame.target == {"with"} and not _is_followed(verb, "with"):
        return
    gapped = find_gapped(verb, roster) if arguments.voice == "active" and OBJECT in frame.target else None
    if gapped is not None:
        yield Sighting(frame, sources, [Bearer(met, 1.0) for met in gapped.first], verb, rule)
        yield Sighting(frame, [Bearer(gapped.source, 1.0)], [Bearer(gapped.target, 1.0)], verb, rule)
        return
    targets = find_met(frame, reach(arguments, frame), roster)
    if OBJECT in frame.target:
        targets += [Bearer(named, 1.0) for named in iter_further_objects(arguments, roster)]
    if not targets and frame.how in _GIVING and frame.kind == "supports":
        targets = roster.find_homes(reach(arguments, frame))
    if all(patient.pos_ == "PRON" for patient in arguments.patients):
        targets = roster.find_targets(find_addressed(verb)) or targets
    if frame.how == "clashes-with":
        targets = [target for target in targets if target.sure > BY_DEED]
    sighting = Sighting(frame, sources, targets, verb, rule)
    announcing = _find_announcing(verb, frame)
    if announcing is not None:
        yield _take_stance(sighting, announcing)
    else:
        yield sighting._replace(trigger=_find_proposing(verb) or verb)
    yield _read_foes(sighting, arguments, roster)


def _is_followed(verb: Token, word: str) -> bool:
    return verb.i + 1 < len(verb.doc) and verb.nbor(1).lower_ == word


def _find_announcing(verb: Token, frame: Frame) -> Token | None:
    """The threat or the pledge that a verb stands under, which is a stance already: "threatened to bomb"."""
    upper = verb.head
    if verb.dep_ == "pcomp" and upper.lower_ == "to" and upper.head.pos_ == "NOUN":
        upper = upper.head  # "its commitment to supporting"
    elif verb.dep_ not in {"xcomp", "acl", "ccomp"}:
        return None
    return upper if upper.lemma_ in get_triggers().ultimate[frame.kind] else None


def _find_proposing(verb: Token) -> Token | None:
    """The verb that puts forward a text which "would" do a thing: "introduced a bill that would sanction Turkey"."""
    text = verb.head
    if verb.dep_ != "relcl" or text.lemma_ not in get_triggers().writings:
        return None
    words = {child.lower_ for child in verb.children if child.dep_ in {"aux", "nsubj", "neg"}}
    above = get_verb_above(text) if words & {"would", "will"} and words & {"that", "which"} else None
    return above if above is not None and above.lemma_ in _PROPOSING and "not" not in words else None


def _read_foes(sighting: Sighting, arguments: Arguments, roster: Roster) -> Sighting:
    """Read whom "backed Assad against the rebels" is against, besides whom it is for."""
    supports = sighting.frame.kind == "supports" and bool(arguments.patients or sighting.targets)
    foes = arguments.obliques.get("against", ()) if supports else ()
    for friend in reach(arguments, sighting.frame) if supports else ():
        if roster.get(friend) is not None:
            foes += get_obliques(friend).get("against", ())  # "fought alongside Chad against Boko Haram"
    return Sighting(_AGAINST, sighting.sources, roster.find_targets(foes), sighting.trigger, "verb:against")


def read_light_verb(
    frames: tuple[Frame, ...], arguments: Arguments, sources: list[Bearer], roster: Roster
) -> Iterator[Sighting]:
    """Yield what "imposed sanctions on", "arms were sent to" or "signed a pact" says, given the verb's frames."""
    verb = arguments.predicate
    if verb.dep_ == "xcomp" and verb.head.lemma_ == "fail":
        return
    if frames and arguments.voice == "passive":
        yield from _read_retained(frames, arguments, sources, roster)
    for thing in _see_through(arguments.patients) if frames else ():
        below = _get_obliques_below(thing)
        for frame in frames:
            if not is_any(thing, frame.things) and thing.lower_ not in frame.things:
                continue
            if frame.how == "agrees-with" and may_refuse(verb):
                continue  # "will not lift the sanctions on" keeps them
            tokens = reach(arguments, frame)
            tokens += tuple(t for name, objects in below.items() if name in frame.target for t in objects)
            fought = below.get("on", ()) + below.get("against", ()) + arguments.obliques.get("on", ())
            if not tokens and frame.target == {"with"} and not roster.find_targets(fought):
                yield from pair_up(frame, sources, thing, "lightverb")
            ends = _find_ends(frame, thing, tokens, roster)
            if not ends and frame.how == "rejects" and thing.lemma_ in _AIDING:
                ends = roster.find_homes((thing, verb))  # "suspended aid in Yemen"
            sighting = Sighting(frame, sources, ends, thing, "lightverb")
            if frame.kind == "supports" and _is_refused(verb):
                # "Refused to lift the sanctions on", "refused to send weapons to": the refusal is what there is.
                yield sighting._replace(frame=REBUFF, trigger=verb.head, rule="verb:asking")
                continue
            yield _take_stance(sighting, _find_announcing(verb, frame) or verb)
            yield _read_foes(sighting, arguments, roster)


def _read_retained(
    frames: tuple[Frame, ...], arguments: Arguments, sources: list[Bearer], roster: Roster
) -> Iterator[Sighting]:
    """Read "Gonzalez was granted asylum by Spain", where the subject is who gets the thing."""
    for thing in arguments.predicate.children:
        for frame in frames if thing.dep_ in OBJECT_LABELS else ():
            if "dative" in frame.target and is_any(thing, frame.things):
                yield Sighting(frame, sources, roster.find_targets(arguments.patients), thing, "lightverb")


def _find_ends(frame: Frame, thing: Token, tokens: tuple[Token, ...], roster: Roster) -> list[Bearer]:
    """Whom a thing goes to or is against, also where a parser hangs that elsewhere."""
    if not tokens and "against" in frame.target:
        tokens = _find_against(thing)
    if not tokens and "dative" in frame.target:
        tokens = find_receivers_before(thing, roster)
    targets = find_met(frame, tokens, roster)
    if not targets and frame.how in _GIVING and frame.kind == "supports":
        return roster.find_homes((*tokens, thing, *_list_purposes(thing)))
    return targets


def _list_purposes(thing: Token) -> Iterator[Token]:
    """What a thing is given for: "gave a million euros to rebuild schools in Chad"; not what it is to fight."""
    for child in (*thing.head.children, *thing.children):
        infinitive = any(grand.lower_ == "to" and grand.dep_ == "aux" for grand in child.children)
        if child.i > thing.i and child.dep_ in {"acl", "advcl", "xcomp"} and infinitive:
            frames = get_triggers().verbs.get(child.lemma_.lower(), ())
            if not any(frame.kind == "opposes" for frame in frames):
                yield from child.subtree


def _find_against(thing: Token) -> tuple[Token, ...]:
    """Whom a thing is against where a parser hangs that on a place between: "filed a suit in a court against Google"."""
    for token in thing.doc[thing.i + 1 : thing.sent.end]:
        if token.lower_ == "against" and token.dep_ == "prep":
            place = token.head
            inside = place.dep_ == "pobj" and place.head.head.i in {thing.i, thing.head.i}
            return get_obliques(place).get("against", ()) if inside and place.i > thing.i else ()
        if token.pos_ in VERBAL:
            break
    return ()


def _is_refused(verb: Token) -> bool:
    """Whether a deed stands under a refusal: "refused to send weapons", and not "denied sending" them."""
    return verb.dep_ == "xcomp" and verb.head.lemma_.lower() in get_triggers().shunning


def _see_through(patients: tuple[Token, ...]) -> tuple[Token, ...]:
    """Put what an amount is of beside it: "sanctions" for "a round of sanctions"."""
    amounts = get_triggers().amounts
    inside = [
        token
        for patient in patients
        if patient.lemma_ in amounts
        for token in get_obliques(patient).get("of", ())
    ]
    return (*patients, *inside)


def _get_obliques_below(thing: Token) -> dict[str, tuple[Token, ...]]:
    """A thing's prepositional objects, and those of what it is in or of: "$2 million in aid to Fiji"."""
    found = get_obliques(thing)
    for token in (*found.get("in", ()), *found.get("of", ())):
        for name, objects in get_obliques(token).items():
            found[name] = found.get(name, ()) + objects
    return found


def _take_stance(sighting: Sighting, verb: Token) -> Sighting:
    """Let the verb carry what is a stance by itself: to pledge aid is to endorse, to suspend aid is to reject."""
    words, key, kind = get_triggers(), get_verb_key(verb), sighting.frame.kind
    if key in words.committing[kind]:
        frame = replace(sighting.frame, how=words.committing[kind][key])
        return sighting._replace(frame=frame, trigger=verb)
    return sighting._replace(trigger=verb) if key in words.ending else sighting


def take_stance_of(sighting: Sighting, verb: Token | None) -> Sighting:
    """Return a noun's sighting as the verb that carries it means it: "called for sanctions on" opposes at once."""
    committing = get_triggers().committing[sighting.frame.kind]
    return _take_stance(sighting, verb) if verb is not None and get_verb_key(verb) in committing else sighting


def _read_label(arguments: Arguments, sources: list[Bearer], roster: Roster) -> Iterator[Sighting]:
    """Read "called Maduro a dictator", "was branded a traitor by", "described him as unfit"."""
    verb, words = arguments.predicate, get_triggers()
    if verb.lemma_.lower() not in words.labelling:
        return
    patients, labels = _find_labels(arguments)
    for label in arguments.patients:
        named = any(is_any(label, names) for names in words.labels.values())
        if named and (before := roster.find_names_before(label)):
            patients, labels = (
                before,
                [label],
            )  # "called Shoigu and Gerasimov cowards", read as some kind of cowards
    for label in labels:
        # "A very stupid guy" is named by the adjective.
        said = [label, *(child for child in label.children if child.dep_ == "amod")]
        for kind, names in words.labels.items():
            if any(is_any(word, names) for word in said):
                yield Sighting(_LABEL[kind], sources, roster.find_targets(patients), verb, "verb:label")
    for mention, label in iter_gapped_labels(verb, roster) if arguments.voice == "active" else ():
        for kind, names in words.labels.items():
            if is_any(label, names):
                yield Sighting(_LABEL[kind], sources, [Bearer(mention, 1.0)], verb, "verb:label")


def _find_labels(arguments: Arguments) -> tuple[tuple[Token, ...], list[Token]]:
    """Return whom a verb of calling names, and what they are called."""
    verb = arguments.predicate
    patients = arguments.patients
    labels = [child for child in verb.children if child.dep_ in {"oprd", "attr", "acomp", "amod"}]
    labels += [label for child in verb.children if child.lower_ == "as" for label in child.children]
    objects = [child for child in verb.children if child.dep_ in OBJECT_LABELS]
    if len(objects) > 1:  # "branded Hamas a terror group"
        labels += objects[1:]
        patients = expand_conjuncts(objects[0])
    for child in verb.children:
        if child.dep_ == "ccomp" and not any(grand.dep_ in {"mark", "aux"} for grand in child.children):
            labels.append(child)
            named = child.pos_ in {"NOUN", "ADJ"} or child.lower_ in _UNWELCOME
            patients = find_subjects(child) if named else patients
    labels += [
        child
        for patient in patients
        for child in patient.rights
        if child.dep_ == "amod" or child.lower_ in _UNWELCOME
    ]
    labels += [
        t for name in ("to", "with") for t in arguments.obliques.get(name, ()) if verb.lemma_ in _LIKENING
    ]
    return patients, labels
