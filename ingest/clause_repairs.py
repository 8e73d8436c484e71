"""Clauses and phrases hung on the wrong word by the parser, where their place in the sentence tells what they are about.

A clause with "which" behind a name in a predicate tells of that name ("is the armed wing of the Front (FLN), which is led by"),
and so does a participle right behind a name ("answers to the council chaired by Rao"). A preposition left behind in a
relative clause is the pronoun's: "Oman, which they broke with last year".
"""

from collections.abc import Iterator

from ingest.parse import Token, hang

_SUBJECTS = frozenset({"csubj", "expl", "nsubj", "nsubjpass"})
_COLLECTIVES = frozenset(
    {
        "alliance",
        "bloc",
        "brothers",
        "coalition",
        "couple",
        "duo",
        "group",
        "pair",
        "team",
        "threesome",
        "trio",
        "two",
    }
)
_PREDICATES = frozenset({"appos", "attr"})
_TIMES = frozenset({"DATE", "TIME"})
_WHEN = frozenset({"last", "next", "this"})
# "On last year" is no phrase of time, but "from last year" may be.
_NEVER_BEFORE = frozenset({"against", "alongside", "at", "behind", "into", "on", "with"})
_RELATIVE_TAGS = frozenset({"WDT", "WP"})
_VERBAL = frozenset({"AUX", "VERB"})
_OPENING = frozenset({"a", "an", "her", "his", "its", "one", "the", "their"})
_SAYING = frozenset(
    {"add", "announce", "argue", "claim", "concede", "insist", "say", "state", "tell", "warn", "write"}
)


def repair_clause(verb: Token) -> None:
    """Hang a relative clause or a participle on the name before it, and its pronoun on the preposition left behind."""
    if verb.dep_ == "relcl":
        if name := _find_name_told_of(verb):
            hang(verb, name)
        _fill_stranded(verb)
    elif verb.dep_ == "conj" and verb.tag_ == "VBN" and (name := _find_name_described(verb)):
        _describe(verb, name)


def repair_list(noun: Token) -> None:
    """Join a list whose later items were taken for what its first one is: "blamed the police, the RAB and the SSF"."""
    first = noun.head
    joined = [child for child in noun.rights if child.dep_ == "conj" and child.pos_ in {"NOUN", "PROPN"}]
    if (
        noun.dep_ != "appos"
        or noun.pos_ != "PROPN"
        or len(joined) != 1
        or first.i > noun.i
        or first.pos_ not in {"NOUN", "PROPN"}
    ):
        return
    plural = first.tag_ in {"NNS", "NNPS"} and first.lower_ != "police"
    if plural or first.lower_ in _COLLECTIVES or noun.doc[noun.left_edge.i - 1].text != ",":
        return
    last = joined[0]
    while below := [child for child in last.rights if child.dep_ == "conj"]:
        last = below[0]
    bare = noun.doc[last.left_edge.i - 1].lower_ == "and" and not any(
        child.dep_ in {"appos", "cc", "relcl"} for child in last.rights
    )
    articled = all(any(child.dep_ == "det" for child in part.lefts) for part in (first, noun, last))
    if bare and articled:
        noun.dep_ = "conj"


def repair_semicolon(noun: Token) -> None:
    """Give a clause behind a semicolon its subject, where that was joined to what stands before: "blamed Oman; the army fled"."""
    if noun.dep_ not in {"appos", "conj"} or noun.pos_ not in {"NOUN", "PROPN"} or noun.head.i > noun.i:
        return
    start = noun.left_edge.i
    if start < 1 or noun.doc[start - 1].text != ";":
        return
    for verb in noun.ancestors:
        own = any(child.dep_ in _SUBJECTS and child.i > start for child in verb.children)
        if verb.i > noun.i and verb.pos_ in _VERBAL and not own:
            hang(noun, verb)
            noun.dep_ = "nsubj"
            return


def repair_phrase(preposition: Token) -> None:
    """Hang "and on Niger" on the "on" before it: "counts on Chad, whose men guard him, and on Niger"."""
    clause = preposition.head
    if clause.dep_ != "relcl" or any(child.lower_ == preposition.lower_ for child in clause.lefts):
        return
    first = next((token for token in clause.ancestors if token.lower_ == preposition.lower_), None)
    if first is not None and first.dep_ == "prep" and first.head.pos_ in _VERBAL:
        hang(preposition, first)


def repair_speech(verb: Token) -> None:
    """Put who says so above what he says: "Oman will not pay, its envoy, Ali Rao, told Reuters", taken for a second deed."""
    said = verb.head
    if (
        verb.dep_ != "conj"
        or verb.lemma_ not in _SAYING
        or verb.tag_ not in {"VBD", "VBZ"}
        or said.i > verb.i
    ):
        return
    if any(child.dep_ in _SUBJECTS for child in verb.children) or verb.nbor(-1).text != ",":
        return
    if any(child.dep_ == "cc" and child.i < verb.i for child in said.children):
        return
    speaker = verb.doc[verb.i - 2]
    while speaker.head.i < speaker.i and speaker.dep_ == "appos" and speaker.head.dep_ == "appos":
        speaker = speaker.head
    start = speaker.left_edge.i
    if speaker.dep_ != "appos" or verb.doc[start].lower_ not in _OPENING or verb.doc[start - 1].text != ",":
        return
    hang(speaker, verb)
    speaker.dep_ = "nsubj"
    _put_above(verb, said)


def repair_object(speech: Token) -> None:
    """Part the object of a verb from who says so behind it: "Oman has armed Chad, its envoy, Ali Rao, said"."""
    if speech.lemma_ not in _SAYING:
        return
    for name in speech.lefts:
        verb = name.doc[name.left_edge.i - 1] if name.left_edge.i else name
        apposed = [child for child in name.rights if child.dep_ == "appos" and child.i < speech.i]
        described = [child for child in apposed if child.left_edge.lower_ in _OPENING]
        bare = verb.pos_ == "VERB" and not any(child.dep_ in {"dobj", "ccomp"} for child in verb.children)
        if name.dep_ == "nsubj" and name.pos_ == "PROPN" and described and bare and verb is not speech:
            hang(described[0], speech)
            described[0].dep_ = "nsubj"
            hang(name, verb)
            name.dep_ = "dobj"
            return


def _put_above(verb: Token, said: Token) -> None:
    said.children = [child for child in said.children if child is not verb]
    verb.dep_ = said.dep_
    if said.head is said:
        verb.head = verb
    else:
        verb.head = said.head
        said.head.children = sorted(
            [verb, *(child for child in said.head.children if child is not said)], key=lambda child: child.i
        )
    said.head, said.dep_ = verb, "ccomp"
    verb.children = sorted([said, *verb.children], key=lambda child: child.i)


def _find_name_told_of(verb: Token) -> Token | None:
    """The name right before ", which", where the clause was hung on the predicate that the name is part of."""
    upper, start = verb.head, verb.left_edge.i
    if verb.doc[start].lower_ != "which" or start < 2 or verb.doc[start - 1].text != ",":
        return None
    if upper.dep_ not in _PREDICATES or upper.pos_ != "NOUN":
        return None
    last = verb.doc[start - 2]
    name = last.head if last.text == ")" else last
    if name.dep_ != "pobj" or name.pos_ != "PROPN" or not upper.is_ancestor(name):
        return None
    plural = upper.tag_ == "NNS" and any(child.lower_ in {"are", "were", "have"} for child in verb.children)
    return None if plural or name.ent_type_ == "PERSON" else name


def _find_name_described(participle: Token) -> Token | None:
    """The name right before a participle with a by-phrase that was taken for one more verb."""
    labels = {child.dep_ for child in participle.children}
    if "agent" not in labels or labels & (_SUBJECTS | {"aux", "auxpass", "cc"}) or participle.i < 2:
        return None
    name = participle.nbor(-1)
    return name if name.pos_ == "PROPN" and name.dep_ in {"pobj", "dobj"} else None


def _describe(participle: Token, name: Token) -> None:
    upper = participle.head
    for child in participle.children:
        if child.i < name.i:
            hang(child, upper)
    hang(participle, name)
    participle.dep_ = "acl"


def _fill_stranded(verb: Token) -> None:
    """Make a relative pronoun the object of a preposition that has none, or only words of time behind it."""
    pronoun = next((child for child in verb.lefts if child.tag_ in _RELATIVE_TAGS), None)
    others = [child for child in verb.lefts if child.dep_ in _SUBJECTS and child is not pronoun]
    if pronoun is None or (pronoun.dep_ in _SUBJECTS and not others):
        return
    objects = [child for child in verb.rights if child.dep_ == "dobj"]
    for preposition in _iter_prepositions([verb, *objects]):
        below = [child for child in preposition.children if child.dep_ in {"pcomp", "pobj", "prep"}]
        if not below or _is_time_behind(preposition, below, sure=bool(objects)):
            for time in below:
                hang(time, verb)
                time.dep_ = "npadvmod"
            hang(pronoun, preposition)
            pronoun.dep_ = "pobj"
            return


def _iter_prepositions(heads: list[Token]) -> Iterator[Token]:
    for head in heads:
        yield from (child for child in head.rights if child.dep_ == "prep" and child.pos_ == "ADP")


def _is_time_behind(preposition: Token, below: list[Token], *, sure: bool) -> bool:
    """Whether what follows a preposition tells when: "broke with last year"; `sure` where the verb has its object."""
    time = below[0]
    opened = preposition.nbor(1).lower_ in _WHEN or (time.i > preposition.i and time.nbor(1).lower_ == "ago")
    if len(below) > 1 or time.dep_ != "pobj" or time.ent_type_ not in _TIMES or not opened:
        return False
    return sure or preposition.lower_ in _NEVER_BEFORE
