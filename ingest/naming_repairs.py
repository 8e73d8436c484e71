"""Names that a clause gives: "a man called Omar Diarra" is that man, as in "a man, Omar Diarra,"."""

from ingest.parse import Token, hang

_BY_WHAT = frozenset({"identify", "know"})
_NAMING = frozenset({"call", "christen", "dub", "label", "name", "nickname", "style", "term"}) | _BY_WHAT
_NAMED_AS = frozenset({"as", "by"})
_NAME_LABELS = frozenset({"attr", "dobj", "npadvmod", "oprd", "appos"})
_MOST_BETWEEN = 2


def repair_naming(verb: Token) -> None:
    """Hang the name that a participle right behind a common noun gives it on the noun: "a militia known as the Panthers"."""
    if verb.tag_ != "VBN" or verb.dep_ not in {"acl", "relcl"} or verb.lemma_.lower() not in _NAMING:
        return
    noun = verb.head
    plain = noun.tag_ in {"NN", "NNS"} and not noun.ent_type_
    if not plain or not 0 <= verb.i - noun.i - 1 <= _MOST_BETWEEN or not _is_close(noun, verb):
        return
    name = _find_name(verb)
    if name is not None:
        hang(name, noun)
        name.dep_ = "appos"


def _is_close(noun: Token, verb: Token) -> bool:
    """Say whether nothing but how or where it is called stands before the participle, or a comma behind what is told first."""
    between = [token for token in verb.doc[noun.i + 1 : verb.i] if token.dep_ != "advmod"]
    told_first = noun.dep_ != "appos" and any(child.lower_ in {"a", "an"} for child in noun.lefts)
    return not between or (told_first and [token.text for token in between] == [","])


def _find_name(verb: Token) -> Token | None:
    """Return the one name behind the participle, where nothing but an article and a title stands between."""
    if verb.lemma_.lower() in _BY_WHAT:
        links = [child for child in verb.rights if child.lower_ in _NAMED_AS]
        named = [token for link in links[:1] for token in link.rights if token.dep_ == "pobj"]
        start = links[0].i + 1 if links else verb.i
    else:
        named = [child for child in verb.rights if child.dep_ in _NAME_LABELS]
        start = verb.i + 1
    if len(named) != 1 or named[0].tag_ not in {"NNP", "NNPS"}:
        return None
    edge = min(named[0].left_edge.i, named[0].i)
    return named[0] if edge == start else None
