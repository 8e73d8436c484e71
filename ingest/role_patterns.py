"""Roles and bonds that the order of words tells, also where the parser went astray.

"Ban Ki-moon, the secretary-general of the United Nations,", "AAH, whose leader is Qais al-Khazali", "troops of the
Sudanese army under General Burhan", "Merkel's party, the CDU".
"""

from graph.models import Modality
from ingest.antecedents import find_antecedent
from ingest.arguments import VERBAL, get_arguments
from ingest.lexicon import Lexicon, per_lexicon
from ingest.names import NameWords, get_name_words
from ingest.parse import Token
from ingest.roles import add_held, match_title
from ingest.scene import BODY_TYPES, Scene

_CLOSING = frozenset({",", ".", ";", ")", ":", "!", "?"})
_MODIFIERS = frozenset({"ADJ", "NOUN", "NUM", "ADV", "PROPN"})
_MOST_MODIFIERS = 4
# Verbs of headlines, which parsers take for nouns: "Amber Front names Omar Lind leader".
_NAMING = frozenset(
    {"appoints", "chooses", "elects", "installs", "names", "picks", "re-elects", "selects", "taps"}
)
_MAKERS = BODY_TYPES | {"country", "person"}
_OWN_KINDS = frozenset({"leader", "commander", "spokesperson", "deputy-leader"})
_ARMED = frozenset({"armed-group", "security-force"})
_PARTIES = frozenset({"party", "armed-group", "organization"})


def find_patterned_roles(scene: Scene) -> None:
    """Add what roles say by their place in the sentence; cost: linear in tokens."""
    for token in scene.doc:
        if token.lower_ == "whose":
            _add_whose(scene, token)
            _add_whose_body(scene, token)
        elif token.lower_ == "under" and token.i == token.sent.start:
            _add_opening_under(scene, token)
        elif token.lower_ == "under":
            _add_under(scene, token)
        elif token.lower_ in {"head", "helm"} and token.i > 1:
            _add_at_head(scene, token)
        elif token.lower_ in {"party", "movement"}:
            _add_own_party(scene, token)
        elif token.lower_ in _NAMING and token.i:
            _add_named(scene, token)
        elif token.lower_ in {"of", "for"} and token.i:
            _add_apposed(scene, token)
        elif token.lower_ in {"made", "makes"}:
            _add_made(scene, token)


def _add_apposed(scene: Scene, preposition: Token) -> None:
    """Read "Ban Ki-moon, the secretary-general of the United Nations," by its commas."""
    role = preposition.nbor(-1)
    body = _find_next(scene, preposition.i + 1)
    if body is None or scene.mentions[body].type not in BODY_TYPES or scene.get(role) is not None:
        return
    start, title = match_title(scene, role)
    if title is None or title.relation is None:
        return
    comma = _find_comma(scene, start)
    holder = scene.find_ending_at(comma) if comma is not None else None
    if holder is None or scene.mentions[holder].type != "person" or _opens(scene, holder):
        return
    if _is_closed(scene, scene.mentions[body].end_token):
        add_held(scene, holder, body, role, 1.0, title, None)


def _add_named(scene: Scene, verb: Token) -> None:
    """Read "Amber Front names Omar Lind leader" and "Amber Front elects Omar Lind as its new head"."""
    body, person = scene.find_ending_at(verb.i), scene.find_starting_at(verb.i + 1)
    if body is None or person is None or scene.mentions[person].type != "person":
        return
    end = scene.mentions[person].end_token
    for role in scene.doc[end : end + _MOST_MODIFIERS + 1]:
        _, title = match_title(scene, role)
        if title is not None and title.kind in _OWN_KINDS and scene.mentions[body].type in BODY_TYPES:
            add_held(scene, person, body, role, 0.9, title, None)
            return
        if role.pos_ not in _MODIFIERS and role.lower_ not in {"as", "its", "their", "to", "be"}:
            return


def _add_made(scene: Scene, verb: Token) -> None:
    """Read "The junta made Omar Lind its deputy chairman"."""
    person = scene.find_starting_at(verb.i + 1)
    if person is None or scene.mentions[person].type != "person":
        return
    start = scene.mentions[person].end_token
    for role in scene.doc[start : start + _MOST_MODIFIERS + 1]:
        _, title = match_title(scene, role)
        following = role.nbor(1) if role.i + 1 < len(scene.doc) else None
        goes_on = following is not None and following.pos_ in {"NOUN", "PROPN"}
        if title is not None and title.relation is not None and not goes_on:
            for maker in scene.roster.find_sources(get_arguments(verb).agents):
                if maker.sure == 1 and scene.mentions[maker.mention].type in _MAKERS:
                    scene.add(maker.mention, "commands", "appoints", person, verb, 0.75, "verb:appoints")
            return
        if role.pos_ not in _MODIFIERS and role.lower_ not in {"its", "their", "his", "her"}:
            return


def _find_comma(scene: Scene, start: int) -> int | None:
    """Where the comma stands before a role, its adjectives and article."""
    doc, position = scene.doc, start - 1
    for _ in range(_MOST_MODIFIERS):
        if position <= 0 or doc[position].text == ",":
            break
        if doc[position].pos_ not in _MODIFIERS | {"DET"} or not _may_modify(scene, doc[position]):
            return None
        position -= 1
    return position if position > 0 and doc[position].text == "," else None


def _may_modify(scene: Scene, token: Token) -> bool:
    """Whether a word is no name, or an adjective of one that stands before the role: "the Wallisian party of"."""
    return scene.get(token) is None or (token.dep_ == "amod" and token.i < token.head.i)


def _opens(scene: Scene, holder: int) -> bool:
    """Whether a name ends a phrase that opens the sentence: "According to Abbas, the leader of Hamas, ..."."""
    head = scene.get_head(holder)
    return head.dep_ in {"pobj", "dobj"} and head.sent[0].pos_ in {"ADP", "SCONJ", "VERB"}


def _is_closed(scene: Scene, end: int) -> bool:
    """Whether the phrase ends behind the body, and no name that the role may be said of follows."""
    doc = scene.doc
    if end < len(doc) and doc[end].text == "(":
        end = next((i + 1 for i in range(end, min(end + 6, len(doc))) if doc[i].text == ")"), end)
    if end >= len(doc):
        return True
    following = scene.find_starting_at(end + 1)
    named = following is not None and scene.mentions[following].type == "person"
    return doc[end].text in _CLOSING and not (doc[end].text == "," and named)


def _find_next(scene: Scene, position: int) -> int | None:
    """The name that starts at a token, an article or a rank before it aside."""
    doc = scene.doc
    end = min(len(doc), position + _MOST_MODIFIERS)
    while position < end:
        found = scene.find_starting_at(position)
        if found is not None:
            return found
        after, values = _get_words().titles.match_from(doc, position)
        if values:
            position = after
        elif doc[position].lower_ in {"the", "former", "late"} or doc[position].text == ".":
            position += 1
        else:
            return None
    return None


@per_lexicon
def _get_words(lexicon: Lexicon) -> NameWords:
    return get_name_words(lexicon)


def _add_whose(scene: Scene, whose: Token) -> None:
    """Read "AAH, whose leader is Qais al-Khazali", "a remnant of the FARC whose chief, Andres Avendano, fled"."""
    body = _find_whose(scene, whose)
    if body is None or scene.mentions[body].type not in BODY_TYPES | {"country"}:
        return
    doc = scene.doc
    for position in range(whose.i + 2, min(whose.i + 8, len(doc))):
        if doc[position].lower_ not in {"is", "was", "remains", ","}:
            continue
        start, title = match_title(scene, doc[position - 1])
        holder = _find_next(scene, position + 1)
        if title is None or holder is None or start <= whose.i:
            return
        if doc[position].text == "," and not _is_closed_by_comma(scene, holder):
            return
        if scene.mentions[holder].type == "person":
            add_held(scene, holder, body, doc[position - 1], 0.95, title, None)
        return


def _is_closed_by_comma(scene: Scene, index: int) -> bool:
    end = scene.mentions[index].end_token
    return end < len(scene.doc) and scene.doc[end].text == ","


def _add_whose_body(scene: Scene, whose: Token) -> None:
    """Read "Jim Allister, whose Traditional Unionist Voice won a seat,": it is his."""
    body, leader = scene.find_starting_at(whose.i + 1), _find_whose(scene, whose)
    if body is None or leader is None or scene.mentions[leader].type != "person":
        return
    owned = scene.mentions[body]
    if (
        owned.resolution == "name"
        and owned.type in _PARTIES | _ARMED
        and (whose.head in _get_heads(scene, body) or owned.start_token <= whose.head.i < owned.end_token)
    ):
        scene.add(leader, "commands", "leads", body, scene.get_head(body), 0.75, "nested:owner")


def _get_heads(scene: Scene, body: int) -> tuple[Token, Token]:
    """What a name hangs on, and itself: a parser may hang "whose" on the verb."""
    head = scene.get_head(body)
    return head, head.head


def _find_whose(scene: Scene, whose: Token) -> int | None:
    doc = scene.doc
    if whose.i and doc[whose.i - 1].text == ",":
        return scene.find_ending_at(whose.i - 1)
    antecedent = find_antecedent(whose)
    if antecedent.dep_ == "pobj" and antecedent.head.dep_ == "prep":
        antecedent = antecedent.head.head  # a name needs a comma: it is the remnant "whose chief"
    if antecedent.dep_ == "appos" and scene.get(antecedent) is None:
        return scene.get(antecedent.head)
    return None


def _add_under(scene: Scene, under: Token) -> None:
    """Read "Ethiopian special forces under Col. Dawit Bekele", "the 2nd Division, under Gen. Silva,"."""
    comma = under.i > 0 and scene.doc[under.i - 1].text == ","
    force, leader = scene.find_ending_at(under.i - comma), _find_next(scene, under.i + 1)
    if force is None or leader is None or scene.mentions[leader].type != "person":
        return
    end = scene.mentions[leader].end_token
    owns = end < len(scene.doc) and scene.doc[end].tag_ == "POS"
    if scene.mentions[force].type == "country" and scene.mentions[force].resolution == "name" and not owns:
        _add_ruled(scene, leader, force, under)
    elif scene.mentions[force].type in _ARMED | {"party", "organization"} and not owns:
        scene.add(leader, "commands", "leads", force, under, 0.75, "phrase:under")


def _add_opening_under(scene: Scene, under: Token) -> None:
    """Read "Under Islam Karimov, Uzbekistan left the pact" and "Under Gen. Silva the 2nd Division grew"."""
    leader, doc = _find_next(scene, under.i + 1), scene.doc
    if leader is None or scene.mentions[leader].type != "person":
        return
    position = scene.mentions[leader].end_token
    position += position < len(doc) and doc[position].text == ","
    led = _find_next(scene, position)
    end = scene.mentions[led].end_token if led is not None else len(doc)
    if led is None or end >= len(doc) or doc[end].pos_ not in VERBAL:
        return
    verb = doc[end]
    if scene.mentions[led].type in BODY_TYPES | {"country"}:
        how = "heads-state" if scene.mentions[led].type == "country" else "leads"
        past: Modality | None = "past" if verb.tag_ == "VBD" else None
        scene.add(leader, "commands", how, led, under, 0.65, "phrase:under", past)


def _add_at_head(scene: Scene, head: Token) -> None:
    """Read "the Front, with Murad Ebrahim at its head,"."""
    doc = scene.doc
    if doc[head.i - 2].lower_ != "at" or doc[head.i - 1].lower_ not in {"its", "their"}:
        return
    leader = scene.find_ending_at(head.i - 2)
    if leader is None or scene.mentions[leader].type != "person":
        return
    start = scene.mentions[leader].start_token
    comma = start > 1 and doc[start - 1].lower_ == "with" and doc[start - 2].text == ","
    body = scene.get(doc[head.i - 1])
    if body is None and comma:
        body = scene.find_ending_at(start - 2)
    if body is not None and scene.mentions[body].type in BODY_TYPES:
        scene.add(leader, "commands", "leads", body, head, 0.8, "phrase:at-head")


def _add_ruled(scene: Scene, leader: int, state: int, under: Token) -> None:
    """Read "Uzbekistan under Islam Karimov left the pact", where the state is what the clause is about."""
    head = scene.get_head(state)
    if head.dep_ not in {"nsubj", "nsubjpass", "pobj"} or under.i != scene.mentions[state].end_token:
        return
    past = head.dep_ != "pobj" and head.head.tag_ == "VBD"
    scene.add(leader, "commands", "heads-state", state, under, 0.65, "phrase:under", "past" if past else None)


def _add_own_party(scene: Scene, noun: Token) -> None:
    """Read "Merkel's party, the CDU", "Merkel's CDU party" and "GERB, the party of Boyko Borissov"."""
    if scene.is_named(noun) or noun.i + 1 >= len(scene.doc):
        return
    following = noun.nbor(1)
    if following.text == ",":
        party = _find_next(scene, noun.i + 2)
        owner = next((scene.get(child) for child in noun.children if child.dep_ == "poss"), None)
        if party is None and owner is not None:
            party = scene.find_ending_at(scene.mentions[owner].start_token - 1)
            apposed = scene.doc[scene.mentions[owner].start_token - 1].text == ","
            party = party if apposed else None
    elif following.lower_ == "of":
        owner = _find_next(scene, noun.i + 2)
        comma = _find_comma(scene, noun.i)
        party = scene.find_ending_at(comma) if comma is not None else None
    else:
        return
    if party is None or owner is None or scene.mentions[owner].type != "person":
        return
    if scene.mentions[party].type in _PARTIES:
        scene.add(owner, "member-of", "belongs-to", party, noun, 0.75, "party:own")
