"""Who leads a body by what the text calls it, or by a clause that the parser took for names.

"Sandmark, the firm of Tim Lane", "Lane's outfit, Sandmark", "the union, which Mia Brandt founded and Tom Lane chairs,".
"""

from ingest.arguments import get_arguments, is_verbal
from ingest.parse import Token
from ingest.scene import BODY_TYPES, Scene

_OUTFITS = frozenset(
    {"army", "band", "cell", "clan", "company", "empire", "faction", "firm", "foundation", "gang", "group", "institute",
     "mafia", "militia", "network", "outfit", "sect", "syndicate", "unit", "vehicle"}
)  # fmt: skip
_SHARES = frozenset({"all", "half", "majority", "most", "part", "percent", "quarter", "third"})
_LEADING = frozenset({"captain", "chair", "command", "direct", "head", "lead", "run"})
_RELATIVE = frozenset({"that", "which"})
_FAR = 7
_MOST_BETWEEN = 14
_MODIFIERS = frozenset({"ADJ", "ADV", "DET", "NOUN", "NUM", "PROPN", "VERB"})
_JOINTS = frozenset({"-", "of"})
_MOST_MODIFIERS = 6
_CALLED, _SURE = 0.75, 0.8


def find_leaders(scene: Scene) -> None:
    """Add who leads what is called his, and what he "heads" in a clause taken for names; cost: linear in tokens."""
    for token in scene.doc:
        lemma = token.lemma_.lower()
        if lemma in _OUTFITS and token.tag_ == "NN" and not scene.is_named(token):
            _add_outfit(scene, token)
        elif token.lower_ == "which" and token.head.lower_ == "of":
            _add_shareholder(scene, token)
        elif lemma in _LEADING and token.i > 1 and token.tag_ != "VBG":
            _add_headed(scene, token)


def _add_outfit(scene: Scene, noun: Token) -> None:
    """Read "Sandmark, the Kent-based firm of Tim Lane," and "Tim Lane's outfit, Sandmark,"."""
    doc, behind = scene.doc, noun.i + 1
    if behind >= len(doc):
        return
    body = owner = None
    if doc[behind].lower_ == "of":
        body, owner = _find_before_comma(scene, noun.i), scene.find_starting_at(behind + 1)
    elif doc[noun.i - 1].tag_ == "POS":
        owner = scene.find_ending_at(noun.i - 1)
        if owner is not None and doc[behind].text == ",":
            body = scene.find_starting_at(behind + 1)
        if owner is not None and body is None:
            body = _find_before_comma(scene, scene.mentions[owner].start_token)
    if body is None or owner is None or scene.mentions[owner].type != "person":
        return
    if scene.mentions[body].type in BODY_TYPES:
        scene.add(owner, "commands", "leads", body, noun, _CALLED, "noun:outfit")


def _add_shareholder(scene: Scene, which: Token) -> None:
    """Read "Kesto Bank, half of which Orlan owns" and "Kesto, a bank most of which Orlan owns"."""
    share = which.head.head
    verb = next(
        (token for token in scene.doc[which.i : which.i + _FAR] if token.lemma_.lower() == "own"), None
    )
    if share.lower_ not in _SHARES or verb is None:
        return
    position = min(share.i, share.left_edge.i)
    body = _find_before_comma(scene, position)
    if body is None or scene.mentions[body].type != "organization":
        return
    owners = [i for token in get_arguments(verb).agents if (i := scene.get(token)) is not None]
    for owner in owners:
        scene.add(owner, "commands", "controls", body, verb, _CALLED, "verb:controls")


def _find_before_comma(scene: Scene, end: int) -> int | None:
    """The name before a comma, with nothing but the words of one noun phrase behind it up to a token."""
    doc, position = scene.doc, end - 1
    while position > max(0, end - _MOST_MODIFIERS) and doc[position].text != ",":
        if doc[position].pos_ not in _MODIFIERS and doc[position].text not in _JOINTS:
            return None
        position -= 1
    return _find_ending(scene, position) if doc[position].text == "," else None


def _find_ending(scene: Scene, end: int) -> int | None:
    """The name right before a token, letters in brackets aside: "the Coastal Union (CU)"."""
    doc = scene.doc
    if end > 3 and doc[end - 1].text == ")" and doc[end - 3].text == "(":
        found = scene.find_ending_at(end - 3)
        return found if found is not None else scene.find_ending_at(end)
    return scene.find_ending_at(end)


def _add_headed(scene: Scene, verb: Token) -> None:
    """Read "which Tom Lane heads" and "which A founded and B chairs", where a parser takes the verb for a noun."""
    person = scene.find_ending_at(verb.i)
    if person is None or scene.mentions[person].type != "person" or not _ends_clause(verb):
        return
    relative = _find_relative(scene, scene.mentions[person].start_token)
    if relative is None:
        return
    comma = scene.doc[relative.i - 1].text == ","
    body = _find_ending(scene, relative.i - comma)
    body = body if body is not None else _find_described(scene, relative)
    body = body if body is not None else _find_before_comma(scene, relative.i)
    if body is not None and scene.mentions[body].type in BODY_TYPES:
        past = verb.tag_ == "VBD" and any(c.dep_ == "aux" and c.lower_ == "had" for c in verb.children)
        scene.add(person, "commands", "leads", body, verb, _SURE, "verb:leads", "past" if past else None)


def _ends_clause(verb: Token) -> bool:
    """Whether no object follows, and the parse has the verb for none, or for one more of a relative clause."""
    after = verb.nbor(1) if verb.i + 1 < len(verb.doc) else None
    if after is not None and not after.is_punct and after.pos_ not in {"ADP", "CCONJ", "AUX", "ADV", "SCONJ"}:
        return False
    return not is_verbal(verb) or verb.dep_ == "conj" or verb.tag_ in {"NNS", "VBZ"}


def _find_relative(scene: Scene, start: int) -> Token | None:
    """The "which" right before a name, or that of the clause which "and" joins to the one of the name."""
    doc = scene.doc
    if doc[start - 1].lower_ in _RELATIVE and doc[start - 2].lower_ != "and":
        return doc[start - 1]
    joined = doc[start - 1].lower_ == "and" or doc[start - 2].lower_ == "and"
    for position in range(start - 2, max(0, start - 2 - _MOST_BETWEEN), -1) if joined else ():
        token = doc[position]
        if token.text in {",", ";", "."}:
            return None
        if token.lower_ in _RELATIVE and doc[position - 1].lower_ != "and" and token.tag_ in {"WDT", "IN"}:
            return token
    return None


def _find_described(scene: Scene, relative: Token) -> int | None:
    """The name that a noun before "that" stands beside: "the CRT, a cell that"."""
    clause = next((token for token in relative.ancestors if token.dep_ == "relcl"), None)
    noun = clause.head if clause is not None else None
    if noun is None or noun.dep_ != "appos" or noun.pos_ != "NOUN":
        return None
    return scene.get(noun.head)
