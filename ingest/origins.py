"""Where a person is from or spoke: "a native of Puno", "a Mombasa businessman", "warned in London"."""

from collections.abc import Iterator

from ingest.arguments import OBJECT_LABELS, get_arguments, is_verbal
from ingest.geography import get_area
from ingest.lexicon import Lexicon, per_lexicon
from ingest.names import NameWords, get_name_words
from ingest.parse import Token
from ingest.role_holders import find_holders
from ingest.scene import AREA_TYPES, Scene, get_structure

_BORN_IN = frozenset({"native", "resident", "inhabitant", "citizen"})
# Whom one is beside neighbours, so that "a priest of Puno" lives there; a critic or a ruler of it may not.
_TRADES = frozenset(
    {"baker", "blacksmith", "butcher", "carpenter", "elder", "farmer", "fisherman", "headman", "herder", "herdsman", "imam",
     "landowner", "merchant", "miller", "monk", "nun", "pastor", "peasant", "priest", "rabbi", "schoolteacher", "shepherd",
     "shopkeeper", "tailor", "teacher", "trader", "villager"}
)  # fmt: skip
_DOING = ("er", "ian", "ist", "man", "or", "woman")
_HEARERS = frozenset(
    {"audience", "briefing", "ceremony", "conference", "congress", "convention", "crowd", "forum", "gathering", "meeting",
     "parade", "rally", "reporter", "summit", "supporter", "worshipper"}
)  # fmt: skip
_ADDRESSED = frozenset({"ask", "inform", "question", "tell"})
_STAGE = frozenset({"at", "in", "near", "outside"})
_JOINING = frozenset({",", ";", ":", "and", "but", "while"})
_FROM, _NAMED_BY_PLACE, _SPOKE_IN = 0.75, 0.7, 0.6


def find_origins(scene: Scene) -> None:
    """Add where the persons of a block are from, and where they spoke; cost: linear in tokens."""
    speaking = get_structure().speaking
    for token in scene.doc:
        if token.pos_ in {"NOUN", "PROPN"} and not scene.is_named(token) and _is_said_of_persons(token):
            for place, sure in _find_homes(scene, token):
                for holder in find_holders(scene, token):
                    scene.add(holder, "located-in", "based-in", place, token, sure, "role:origin")
        elif token.lemma_.lower() in speaking | _ADDRESSED and is_verbal(token):
            _add_speaker(scene, token)


def _is_said_of_persons(noun: Token) -> bool:
    return _is_person_noun(noun) or _is_doer(noun) or _is_office(noun) or noun.lemma_.lower() in _TRADES


def _is_office(noun: Token) -> bool:
    _, values = _get_words().titles.match_to(noun.doc, noun.i + 1)
    return noun.pos_ == "NOUN" and bool(values)


def _is_person_noun(noun: Token) -> bool:
    _, values = _get_words().descriptions.match_to(noun.doc, noun.i + 1)
    return "person" in values or noun.lemma_.lower() in _BORN_IN


def _is_doer(noun: Token) -> bool:
    """Whether a noun with an article says of somebody what they do: "a trader in Jinja"."""
    described = noun.dep_ in {"appos", "attr"} and noun.lemma_.lower().endswith(_DOING)
    return described and noun.tag_ == "NN" and any(child.dep_ == "det" for child in noun.children)


@per_lexicon
def _get_words(lexicon: Lexicon) -> NameWords:
    return get_name_words(lexicon)


def _find_homes(scene: Scene, noun: Token) -> Iterator[tuple[int, float]]:
    """The places of "a native of Puno", "a fisherman from Jaffna", "a Mombasa businessman", "his consul in Puno"."""
    origin = {"in"} if _is_office(noun) and not _is_person_noun(noun) else {"from", "in"}
    origin |= {"of"} if noun.lemma_.lower() in _TRADES else set()
    for child in noun.children:
        if child.dep_ in {"compound", "nmod"} and child.i < noun.i and _is_person_noun(noun):
            place = scene.get(child)
            if place is not None and scene.mentions[place].type == "place":
                yield place, _NAMED_BY_PLACE
        elif child.dep_ == "prep" and child.lower_ in {"of", "from", "in"}:
            born = noun.lemma_.lower() in _BORN_IN
            for pobj in child.children:
                place = get_area(scene, pobj) if pobj.dep_ == "pobj" else None
                if place is None or not (born or child.lower_ in origin):
                    continue
                if scene.mentions[place].type in AREA_TYPES:
                    yield place, _FROM


def _add_speaker(scene: Scene, verb: Token) -> None:
    """Read "In Khorramabad, Rouhani vowed", "Petraeus warned in London", "told a rally in Gyor" and "was asked in London"."""
    arguments = get_arguments(verb)
    asked = arguments.voice == "passive"
    if verb.lemma_.lower() not in (_ADDRESSED if asked else get_structure().speaking):
        return
    speakers = [
        one.mention
        for one in scene.roster.find_sources(arguments.patients if asked else arguments.agents)
        if one.sure == 1 and scene.mentions[one.mention].type == "person"
    ]
    places = [*_find_stage(scene, verb, anywhere=asked), *_find_event(scene, verb)]
    for place in dict.fromkeys(places):
        for speaker in speakers:
            if verb.sent.start <= scene.get_head(place).i < verb.i < scene.get_head(speaker).i:
                continue  # "In Acre, said Noor, a mill burned down"
            scene.add(speaker, "located-in", "visits", place, verb, _SPOKE_IN, "verb:speaking")


def _find_event(scene: Scene, verb: Token) -> Iterator[int]:
    """Where those are to whom it is said: "told a crowd in Gyor", "warned at a press conference in Shusha"."""
    heard = [child for child in verb.children if child.dep_ in OBJECT_LABELS]
    for child in verb.children:
        if child.dep_ == "prep" and child.lower_ in {"at", "during", "to"}:
            heard += [pobj for pobj in child.children if pobj.dep_ == "pobj"]
    for noun in heard:
        if noun.lemma_.lower() not in _HEARERS:
            continue
        for phrase in (child for child in noun.children if child.dep_ == "prep" and child.lower_ in _STAGE):
            for pobj in phrase.children:
                place = scene.get(pobj) if pobj.dep_ == "pobj" else None
                if place is not None and scene.mentions[place].type in AREA_TYPES:
                    yield place


def _find_stage(scene: Scene, verb: Token, *, anywhere: bool) -> Iterator[int]:
    """Where something is said: at the head of the sentence, or right behind the verb and whom it is said to.

    Args:
        scene: The block it is in.
        verb: Of speech.
        anywhere: Whether a phrase may be farther behind, as it may be of who is asked or told something.
    """
    behind = {child.right_edge.i + 1 for child in verb.children if child.dep_ in OBJECT_LABELS}
    for child in verb.children:
        if child.dep_ != "prep" or child.lower_ != "in":
            continue
        opening = child.i < verb.i and child.nbor(-1).lower_ in _JOINING if child.i else False
        if child.i not in {verb.i + 1, verb.sent.start, *behind} and not opening and not anywhere:
            continue
        for pobj in child.children:
            place = scene.get(pobj) if pobj.dep_ == "pobj" else None
            if place is not None and scene.mentions[place].type == "place":
                yield place
