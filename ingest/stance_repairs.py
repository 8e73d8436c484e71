"""What the parser often gets wrong in news, put right before a rule reads it, where the words alone tell.

A finite verb taken for a noun ("Sunnis in Mosul distrust Maliki"), a verb hung on the clause before it and not on that
which it goes on from ("Boric said he would go and praised Lula", "Qassem vowed to fight and called Salam a puppet"), and who
speaks before a colon taken for the one he speaks of: "Ponta: EU envoy lied". What a text says is no kind of its object: "a
bill criminalising ties".
"""

from ingest.parse import Doc, ParseReader, Table, Token
from ingest.triggers import get_triggers

_SPEAKING = frozenset(
    {"add", "allege", "announce", "argue", "claim", "complain", "declare", "explain", "insist", "maintain", "reply", "say",
     "state", "tell", "warn", "write"}
)  # fmt: skip
# What one does in words, and no plan, truce or economy does.
_TALKING = frozenset(
    {"accuse", "apologise", "apologize", "appeal", "blame", "call", "condemn", "congratulate", "criticise", "criticize",
     "demand", "denounce", "deny", "hail", "praise", "promise", "pledge", "rebuke", "rule", "thank", "threaten", "urge", "vow",
     "welcome"}
)  # fmt: skip
_CLAUSES = frozenset({"ROOT", "conj", "ccomp", "advcl", "relcl"})
_NOMINAL = frozenset({"amod", "compound", "cop", "det", "nmod", "nummod", "poss"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_LONGEST_HEADING = 4


class RepairingReader(ParseReader):
    """Reads parses, and repairs them."""

    def read(self, table: Table) -> Doc:
        """Return the parse that `make_table` made numbers of, repaired; linear in its tokens."""
        doc = super().read(table)
        for token in doc:
            if token.text == ":" and _ends_heading(token):
                _part_heading(token)
            elif token.tag_ == "VBG" and token.dep_ == "amod" and _says_of_text(token):
                _make_clause(token)
            if token.dep_ in _CLAUSES:
                if token.pos_ == "NOUN" and _is_finite(token):
                    _make_verb(token)
                finite = token.dep_ == "conj" and token.tag_ in {"VBD", "VBZ"}
                if finite and (upper := _find_speaking(token) or _find_finite(token)):
                    _hang(token, upper)
        return doc


def _is_finite(token: Token) -> bool:
    """Whether what was taken for a noun heads a clause of its own: nothing else has a subject."""
    labels = {child.dep_ for child in token.children}
    if "nsubj" not in labels or labels & _NOMINAL or token.dep_ == "ccomp":
        return False
    subject = next(child for child in token.children if child.dep_ == "nsubj")
    if subject.i > token.i or subject.tag_ in {"WDT", "WP", "WRB"}:
        return False
    plural = subject.tag_ in {"NNS", "NNPS"} or any(child.dep_ == "conj" for child in subject.children)
    return token.tag_ == "NNS" if not plural else token.tag_ == "NN"


def _make_verb(token: Token) -> None:
    token.pos_ = "VERB"
    token.tag_ = "VBZ" if token.tag_ == "NNS" else "VBP"
    for child in token.children:
        named = child.pos_ == "PROPN" and child.i > token.i
        if child.dep_ == "npadvmod" and named and child.left_edge.i == token.i + 1:
            child.dep_ = "dobj"


def _ends_heading(colon: Token) -> bool:
    """Whether a name alone stands before a colon at the head of a sentence."""
    before = colon.doc.tokens[colon.sent.start : colon.i]
    return 0 < len(before) <= _LONGEST_HEADING and all(token.pos_ == "PROPN" for token in before)


def _part_heading(colon: Token) -> None:
    """Part who speaks before a colon from the clause behind it, and give that its own subject."""
    speaker = colon.nbor(-1)
    if colon.head is not speaker:
        _hang(colon, speaker)
    if speaker.dep_ not in _SUBJECTS:
        return
    verb, label = speaker.head, speaker.dep_
    speaker.dep_ = "dep"
    for subject in [child for child in speaker.children if child.dep_ == "appos" and child.i > colon.i]:
        _hang(subject, verb)
        subject.dep_ = label


def _says_of_text(participle: Token) -> bool:
    """Whether a participle was taken for an adjective of the noun behind it: "passed a bill criminalising ties"."""
    thing, start = participle.head, participle.i - 2
    if start < participle.sent.start or thing.i < participle.i or thing.head is thing:
        return False
    article, text = participle.doc[start], participle.doc[start + 1]
    words = get_triggers()
    return (
        article.dep_ == "det"
        and text.tag_ == "NN"
        and text.lemma_ in words.writings
        and (article.head is thing or article.head is text)
        and text.head is thing
        and (participle.lemma_ in words.verbs or participle.lemma_ in words.light_verbs)
    )


def _make_clause(participle: Token) -> None:
    """Hang a participle on the text before it, and its object on the participle."""
    thing, text = participle.head, participle.nbor(-1)
    article = text.nbor(-1)
    _hang(text, thing.head)
    text.dep_ = thing.dep_
    _hang(participle, text)
    participle.dep_ = "acl"
    _hang(article, text)
    _hang(thing, participle)
    thing.dep_ = "dobj"


def _find_speaking(verb: Token) -> Token | None:
    """The verb of saying that a past tense goes on from, where it cannot go on from the clause in between.

    "Said he would go and praised Lula", "said it had failed and accused Iran": neither "would" nor "had" takes the form. Of a
    clause in the past ("said the plan was dead and thanked Lula") only one that is no deed of anybody is passed over.
    """
    said = verb.head
    speaking = said.head
    own = {child.dep_ for child in verb.children}
    if (
        verb.tag_ != "VBD"
        or said.dep_ != "ccomp"
        or speaking.lemma_ not in _SPEAKING
        or own & (_SUBJECTS | {"aux", "auxpass"})
    ):
        return None
    if speaking.tag_ not in {"VBD", "VBZ"} or speaking.i > said.i or speaking.head is verb:
        return None
    if not any(child.dep_ in _SUBJECTS for child in speaking.children):
        return None
    if said.tag_ in {"VB", "VBN"} and verb.lemma_ in _TALKING:
        return speaking
    still = said.lemma_ == "be" and any(
        child.dep_ == "nsubj" and child.tag_ in {"NN", "NNS"} for child in said.children
    )
    return speaking if still and verb.lemma_ in _TALKING else None


def _find_finite(verb: Token) -> Token | None:
    """The verb that a finite one goes on from, where it was hung on an infinitive: "vowed to fight and called them puppets"."""
    lower = verb.head
    upper = lower.head
    own = {child.dep_ for child in verb.children}
    to = any(child.dep_ == "aux" and child.lower_ == "to" for child in lower.children)
    if lower.tag_ != "VB" or not to or lower.dep_ not in {"xcomp", "advcl"} or own & _SUBJECTS:
        return None
    return upper if upper.tag_ == verb.tag_ and upper.i < lower.i else None


def _hang(token: Token, head: Token) -> None:
    """Hang a word, with all below it, on another of its sentence."""
    token.head.children = [child for child in token.head.children if child is not token]
    head.children = sorted([*head.children, token], key=lambda child: child.i)
    token.head = head
