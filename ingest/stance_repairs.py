"""What the parser often gets wrong in news, put right before a rule reads it, where the words alone tell.

A finite verb taken for a noun ("Sunnis in Mosul distrust Maliki"), a verb hung on the clause before it and not on that
which it goes on from ("Boric said he would go and praised Lula", "Qassem vowed to fight and called Salam a puppet"), and who
speaks before a colon taken for the one he speaks of: "Ponta: EU envoy lied". What a text says is no kind of its object ("a
bill criminalising ties"), and a person no town or group that he heads: "the mayor of Kazan, Ilsur Metshin, whom". Nor is what one is accused of a kind of
people: "accused of killing farmers".
"""

from ingest.argument_repairs import repair_arguments
from ingest.clause_repairs import (
    repair_clause,
    repair_list,
    repair_object,
    repair_phrase,
    repair_semicolon,
    repair_speech,
)
from ingest.control import get_control
from ingest.headline_repairs import repair_headline
from ingest.naming_repairs import repair_naming
from ingest.parse import Doc, ParseReader, Table, Token, hang
from ingest.particle_repairs import repair_particle
from ingest.stage_repairs import repair_possessed, repair_stage
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
_BEING = frozenset({"be", "have", "need"})
_LONGEST_HEADING = 4
_OF = frozenset({"at", "for", "in", "of"})


class RepairingReader(ParseReader):
    """Reads parses, and repairs them."""

    def read(self, table: Table) -> Doc:
        """Return the parse that `make_table` made numbers of, repaired; linear in its tokens."""
        doc = super().read(table)
        for token in doc:
            repair_semicolon(token)
        for token in doc:
            if token.text == ":" and _ends_heading(token):
                _part_heading(token)
            elif token.tag_ == "VBG" and token.dep_ == "amod" and _says_of_text(token):
                _make_clause(token)
            elif token.tag_ == "VBG" and token.dep_ == "amod" and _is_charge(token):
                _make_charge(token)
            elif token.dep_ in {"appos", "relcl"} and (holder := _find_holder(token)):
                hang(token, holder)
            elif token.dep_ == "conj" and token.pos_ == "ADP":
                repair_phrase(token)
            repair_naming(token)
            repair_stage(token)
            repair_headline(token)
            repair_object(token)
            repair_list(token)
            _make_apposition(token)
            if token.dep_ in _CLAUSES:
                _repair_verb(token)
        return doc


def _repair_verb(token: Token) -> None:
    """Put right what heads a clause, and what hangs on it."""
    if token.pos_ == "NOUN" and _is_finite(token):
        _make_verb(token)
    if token.dep_ == "conj" and _is_told(token) and (upper := _find_speaking(token) or _find_finite(token)):
        hang(token, upper)
    repair_possessed(token)
    _give_subject(token)
    repair_speech(token)
    repair_particle(token)
    repair_arguments(token)
    repair_clause(token)


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
        hang(colon, speaker)
    if speaker.dep_ not in _SUBJECTS:
        return
    verb, label = speaker.head, speaker.dep_
    speaker.dep_ = "dep"
    for subject in [child for child in speaker.children if child.dep_ == "appos" and child.i > colon.i]:
        hang(subject, verb)
        subject.dep_ = label


def _find_holder(token: Token) -> Token | None:
    """Who a name or a clause with "who" is about, where it was hung on what he is the head of: "the mayor of Kazan, Metshin"."""
    inner = token.head
    if (
        inner.pos_ != "PROPN"
        or inner.dep_ != "pobj"
        or inner.head.lower_ not in _OF
        or inner.ent_type_ == "PERSON"
    ):
        return None
    if token.dep_ == "appos":
        about = token.pos_ == "PROPN" and token.ent_type_ in {"PERSON", ""} and token.nbor(-1).pos_ != "ADP"
    else:
        about = any(child.lower_ in {"who", "whom", "whose"} for child in token.subtree)
    holder = inner.head.head
    named = holder.tag_ == "NN" or (holder.tag_ == "NNS" and token.dep_ == "appos")
    return holder if about and named and holder.lemma_ in get_triggers().stand_ins else None


def _give_subject(verb: Token) -> None:
    """Give a verb the name that who says so parts from it: "Chad, says Ito, is arming them", '"Chad," said Ito, "armed them"'."""
    if any(child.dep_ in _SUBJECTS for child in verb.children):
        return
    speeches = [child for child in verb.lefts if child.dep_ == "parataxis"]
    if verb.dep_ == "ccomp" and verb.head.i < verb.i:
        speeches.append(verb.head)
    for speech in speeches:
        if speech.lemma_ in _SPEAKING and (name := _find_parted(verb, speech)) is not None:
            hang(name, verb)
            passive = any(child.dep_ == "auxpass" for child in verb.children)
            name.dep_ = "nsubjpass" if passive else "nsubj"
            return


def _find_parted(verb: Token, speech: Token) -> Token | None:
    """Who stands before a verb of speech and does what the verb behind it says; of two subjects it is the first."""
    beside = [child for child in verb.lefts if child.dep_ == "npadvmod" and child.i < speech.i]
    inside = [child for child in speech.lefts if child.dep_ in {"ccomp", "dobj"}]
    subjects = [child for child in speech.children if child.dep_ == "nsubj" and child.i < verb.i]
    names = [name for name in (*beside, *inside) if name.pos_ == "PROPN"] or subjects[:-1]
    return names[0] if len(names) == 1 and names[0].i < speech.i else None


def _make_apposition(noun: Token) -> None:
    """Hang what a name is on it, where it was taken for an object: "to aid in the war on the Shura, an offshoot of Tawhid"."""
    doc, place = noun.doc, noun.i
    if noun.dep_ != "dobj" or noun.tag_ != "NN" or place < noun.sent.start + 4 or place + 1 >= len(doc):
        return
    comma, article, name = doc[place - 2], doc[place - 1], doc[place - 3]
    described = comma.text == "," and article.lower_ in {"a", "an", "the"} and _is_told_of(doc[place + 1])
    if described and name.pos_ == "PROPN" and noun.head.i < name.i and noun.head in name.ancestors:
        hang(noun, name)
        noun.dep_ = "appos"


def _is_told_of(word: Token) -> bool:
    """Whether a word behind a noun tells what that is of or by: "of", "led" of "an alliance led by"."""
    return word.lower_ == "of" or (word.tag_ == "VBN" and any(c.dep_ == "agent" for c in word.children))


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
    hang(text, thing.head)
    text.dep_ = thing.dep_
    hang(participle, text)
    participle.dep_ = "acl"
    hang(article, text)
    hang(thing, participle)
    thing.dep_ = "dobj"


def _is_told(verb: Token) -> bool:
    """Whether a joined verb is finite, also where its past tense was taken for a participle: "would stay and sacked Jones"."""
    taken = verb.tag_ == "VBN" and verb.head.tag_ == "VB" and {c.dep_ for c in verb.children} & {"dobj"}
    return bool(taken) or verb.tag_ in {"VBD", "VBZ"}


def _is_charge(participle: Token) -> bool:
    """Whether what one is accused or praised for was taken for an adjective: "accused Sudan of killing Masalit farmers"."""
    things = participle.head
    if participle.i == 0 or things.dep_ != "pobj" or things.tag_ != "NNS" or things.i < participle.i:
        return False
    preposition = participle.nbor(-1)
    upper = preposition.head
    upper = upper.head if upper.dep_ == "dobj" else upper
    judged = preposition is things.head and upper.lemma_ in get_control().judgement
    return judged and preposition.lower_ in {"for", "of"} and participle.lemma_ in get_triggers().verbs


def _make_charge(participle: Token) -> None:
    things = participle.head
    hang(participle, things.head)
    participle.dep_ = "pcomp"
    hang(things, participle)
    things.dep_ = "dobj"


def _find_speaking(verb: Token) -> Token | None:
    """The verb of saying that a past tense goes on from, where it cannot go on from the clause in between.

    "Said he would go and praised Lula", "said it had failed and accused Iran": neither "would" nor "had" takes the form. Of a
    clause in the past ("said the plan was dead and thanked Lula") only one that is no deed of anybody is passed over, and one
    of how those are who are told ("told the Tutsis that they were safe and accused Chad").
    """
    said = verb.head
    speaking = said.head
    own = {child.dep_ for child in verb.children}
    if (
        verb.tag_ not in {"VBD", "VBN"}
        or said.dep_ != "ccomp"
        or speaking.lemma_ not in _SPEAKING
        or own & (_SUBJECTS | {"aux", "auxpass"})
    ):
        return None
    if speaking.tag_ not in {"VBD", "VBZ"} or speaking.i > said.i or speaking.head is verb:
        return None
    if not any(child.dep_ in _SUBJECTS for child in speaking.children):
        return None
    apart = said.tag_ == "VB" and verb.lower_ != verb.lemma_
    if apart or (said.tag_ in {"VB", "VBN"} and verb.lemma_ in _TALKING):
        return speaking
    still = said.lemma_ == "be" and any(
        child.dep_ == "nsubj" and child.tag_ in {"NN", "NNS"} for child in said.children
    )
    told = (
        speaking.lemma_ == "tell"
        and said.lemma_ in _BEING
        and any(
            child.dep_ == "nsubj" and child.lower_ in {"he", "it", "she", "they"} for child in said.children
        )
    )
    return speaking if (still or told) and verb.lemma_ in _TALKING else None


def _find_finite(verb: Token) -> Token | None:
    """The verb that a finite one goes on from, where it was hung on an infinitive: "vowed to fight and called them puppets"."""
    lower = verb.head
    upper = lower.head
    own = {child.dep_ for child in verb.children}
    to = any(child.dep_ == "aux" and child.lower_ == "to" for child in lower.children)
    if lower.tag_ != "VB" or not to or lower.dep_ not in {"xcomp", "advcl"} or own & _SUBJECTS:
        return None
    return upper if upper.tag_ == verb.tag_ and upper.i < lower.i else None
