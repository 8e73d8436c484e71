"""Findings -> claims: the sentence as evidence, how it is meant, who says it, and when it held."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from graph.ontology import get_ontology
from ingest.arguments import SUBJECT_LABELS, VERBAL
from ingest.attribution import Speaker, Speakers
from ingest.confidence import weigh
from ingest.cues import get_cues
from ingest.dates import find_valid_time
from ingest.discourse import climb, is_main_verb
from ingest.modality import Scope, judge_scope, strongest
from ingest.parse import Span, Token
from ingest.types import Actor, Claim, Finding, Mention, ParsedBlock

# Rules whose claim a sentence takes as given, so that no negation above it reaches them.
_GIVEN_RULES = ("title", "name", "place", "nested", "party")
_DENIED_TALK = frozenset(
    {
        "claim",
        "report",
        "allegation",
        "accusation",
        "charge",
        "rumour",
        "rumor",
        "it",
        "this",
        "that",
        "assertion",
        "suggestion",
        "story",
    }
)
_CHARGES = frozenset({"accusation", "allegation", "charge"})
_DENYING = frozenset({"deny", "reject", "dismiss", "refute", "dispute", "rebut", "debunk"})
_COMING = frozenset(
    {"come", "fly", "go", "hasten", "hurry", "leap", "rally", "ride", "run", "rush", "spring"}
)
_NOMINAL = frozenset({"noun", "state"})
_DENIAL_CONFIDENCE = 0.7


def build_claims(
    text: str,
    blocks: Sequence[ParsedBlock],
    mentions: Sequence[Mention],
    actors: Sequence[Actor],
    findings: Iterable[Finding],
    published_on: date | None,
) -> tuple[Claim, ...]:
    """Return one claim for each pair, kind and sentence, in text order.

    Where several rules see the same relation in a sentence, the most confident is kept, with the finest `how`
    that any of them knows. `text[quote_start:quote_end]` is the sentence without the space around it.

    Args:
        text: The document as it is stored; every offset is into it.
        blocks: Its parsed blocks, in order.
        mentions: Of all blocks; findings and claims index into them.
        actors: What the mentions' `actor` indexes into.
        findings: Relations seen in the parses.
        published_on: Relative dates are resolved against it; None leaves them empty.

    Cost: linear in findings, each with a walk to the root of its sentence.
    """
    speakers = Speakers(blocks, mentions, actors)
    every = [
        (finding, _build_claim(text, blocks, mentions, finding, speakers, published_on))
        for finding in _merge(blocks, mentions, findings)
    ]
    built = _leave_doubted(every, mentions)
    told = {claim.quote_start for _, claim in built if claim.attributed_to is not None}
    claims = [claim for _, claim in built]
    denials: dict[int, list[tuple[Claim, bool]]] = {}
    for finding, claim in built:
        # "Goita accused France of arming them. Paris denied it": the arming, not the accusation or who Goita is.
        if claim.attributed_to is not None or claim.quote_start not in told:
            for denial in _find_denials(text, blocks, mentions, finding, claim, speakers):
                trigger = blocks[finding.block].doc[finding.trigger_token]
                direct = claim.attributed_to is not None or is_main_verb(trigger)
                denials.setdefault(denial.quote_start, []).append((denial, direct))
    for found in denials.values():
        claims.extend(_keep_own(found, mentions))
    return tuple(
        sorted(claims, key=lambda claim: (claim.quote_start, claim.trigger_start, claim.source, claim.target))
    )


def _merge(
    blocks: Sequence[ParsedBlock], mentions: Sequence[Mention], findings: Iterable[Finding]
) -> list[Finding]:
    best: dict[tuple[int, int, int, int, str], Finding] = {}
    ontology = get_ontology()
    for finding in findings:
        source, target = mentions[finding.source].actor, mentions[finding.target].actor
        if source == target:
            continue
        if ontology.is_symmetric(finding.kind, finding.how) and source > target:
            pair = (target, source)
        else:
            pair = (source, target)
        sentence = blocks[finding.block].doc[finding.trigger_token].sent.start
        key = (finding.block, sentence, *pair, finding.kind)
        known = best.get(key)
        best[key] = finding if known is None else _combine(known, finding)
    return list(best.values())


def _combine(one: Finding, other: Finding) -> Finding:
    strong, weak = (one, other) if one.confidence >= other.confidence else (other, one)
    return replace(strong, how=strong.how or weak.how)


def _leave_doubted(
    built: Sequence[tuple[Finding, Claim]], mentions: Sequence[Mention]
) -> list[tuple[Finding, Claim]]:
    """Leave out what the scorer saw between two of whom a rule read in the same paragraph that it is not so, or may be."""

    def get_pair(finding: Finding) -> tuple[int, frozenset[int], bool]:
        actors = frozenset({mentions[finding.source].actor, mentions[finding.target].actor})
        return finding.block, actors, get_ontology().get_relation(finding.kind).sign != 0

    doubted = {get_pair(finding) for finding, claim in built if not (finding.is_learned or claim.counts)}
    return [
        (finding, claim)
        for finding, claim in built
        if not (finding.is_learned and get_pair(finding) in doubted)
    ]


def _build_claim(
    text: str,
    blocks: Sequence[ParsedBlock],
    mentions: Sequence[Mention],
    finding: Finding,
    speakers: Speakers,
    published_on: date | None,
) -> Claim:
    parsed = blocks[finding.block]
    trigger = parsed.doc[finding.trigger_token]
    given = _is_given(finding, trigger)
    spoke = finding.rule == "verb:speaking" and _is_told_plainly(trigger)
    aside = given or spoke or _is_told_aside(trigger)
    ends = [
        mentions[index].head_token
        for index in (finding.source, finding.target)
        if mentions[index].block == finding.block
    ]
    departs = _is_departure(finding)
    scope = judge_scope(
        parsed.doc,
        _get_judged(finding, trigger).i,
        ends=ends,
        stance=get_ontology().get_relation(finding.kind).sign != 0,
        given=aside,
        refused=finding.rule == "verb:refusal",
        hint=None if departs else finding.modality,
    )
    if departs:
        scope = _read_departure(scope)
    scope = Scope("affirmed", "asserted") if spoke else scope
    speaker = speakers.find_speaker(finding.block, finding.trigger_token, given=aside)
    modality = scope.modality
    if speaker is not None:
        modality = strongest(modality, "alleged" if speaker.is_vague else "reported")
    elif modality == "asserted" and (_is_unconfirmed_next(trigger) or _is_guess(trigger)):
        modality = "alleged"
    valid = None if given else find_valid_time(trigger, published_on)
    start, end = _get_quote(text, parsed, trigger.sent)
    trigger_start = parsed.block.start_char + trigger.idx
    return Claim(
        source=finding.source,
        kind=finding.kind,
        how=finding.how,
        target=finding.target,
        quote=text[start:end],
        quote_start=start,
        quote_end=end,
        trigger=text[trigger_start : trigger_start + len(trigger)],
        trigger_start=trigger_start,
        trigger_end=trigger_start + len(trigger),
        rule=f"{finding.rule}@{finding.confidence:.2f}" if finding.is_learned else finding.rule,
        polarity=scope.polarity,
        modality=modality,
        confidence=weigh(finding.confidence, modality, learned=finding.is_learned),
        attributed_to=speaker.words if speaker else None,
        speaker=speaker.mention if speaker else None,
        valid_from=valid.first if valid else None,
        valid_to=valid.last if valid else None,
    )


def _is_departure(finding: Finding) -> bool:
    """Whether the verb says that somebody leaves what he belonged to or led."""
    return finding.modality == "past" and finding.rule.startswith("verb:")


def _read_departure(scope: Scope) -> Scope:
    """How a tie is meant whose end is told in a scope: who "has not left" or "plans to leave" still belongs."""
    if scope.polarity == "denied" or scope.modality == "possible":
        return Scope("affirmed", "asserted")
    return scope._replace(modality=strongest(scope.modality, "past"))


def _is_guess(trigger: Token) -> bool:
    """Whether a loosely written sentence marks itself as its writer's guess: "imo", "afaik", "i guess"."""
    words = get_cues().opinion_words
    return not words.isdisjoint(trigger.doc.lower_words) and any(
        token.lower_ in words for token in trigger.sent
    )


def _is_given(finding: Finding, trigger: Token) -> bool:
    """Whether a sentence takes the claim as given: a title before a name, but not "is the leader of"."""
    family = finding.rule.split(":", 1)[0]
    if family != "role":
        return family in _GIVEN_RULES
    first = climb(trigger)
    head = first.head
    named = head.lower_ != "as" and any(child.dep_ == "appos" for child in trigger.children)
    if first.dep_ in {"nsubj", "nsubjpass"}:
        return named or head.lemma_ != "be"
    return first.dep_ in {"appos", "compound", "nmod", "poss"} or (
        named and first.dep_ in {"pobj", "dobj", "dative"}
    )


def _is_told_plainly(verb: Token) -> bool:
    """Whether it is sure that somebody said something, whatever may come: "Should they fail, Ito told us in Lome, he would"."""
    plain = verb.tag_ == "VBD" and not any(child.dep_ in {"aux", "mark", "neg"} for child in verb.children)
    start = verb.left_edge.i
    comma = start > verb.sent.start and verb.doc[start - 1].text == ","
    inserted = verb.dep_ in {"ccomp", "conj", "parataxis"} and (comma or verb.i < verb.head.i)
    return plain and (inserted or verb.dep_ == "ROOT")


def _is_told_aside(trigger: Token) -> bool:
    """Whether a clause behind a comma only tells who is meant: "Kahn, who leads the guard, was hurt, a nurse said"."""
    clauses = [trigger, *trigger.ancestors]
    aside = next((place for place, token in enumerate(clauses) if _is_set_apart(token)), None)
    return aside is not None and any(
        clause.dep_ == "ccomp" and clause.head.i > trigger.i and clause.head.lemma_ in get_cues().speech_verbs
        for clause in clauses[aside + 1 :]
    )


def _is_set_apart(clause: Token) -> bool:
    """Whether a clause with "who" or "which" follows a comma; one with "where" goes on telling."""
    if clause.dep_ != "relcl":
        return False
    opening = clause.left_edge
    told = opening.lower_ in {"which", "who", "whom", "whose"}
    return told and opening.i > 0 and opening.nbor(-1).text == ","


def _get_judged(finding: Finding, trigger: Token) -> Token:
    """The word from which a claim is judged: for "supplied missiles" the verb, unless it denies or leaves open."""
    verb, cues = trigger.head, get_cues()
    if (
        trigger.dep_ == "pobj"
        and verb.lower_ == "to"
        and verb.head.lemma_ in _COMING
        and finding.rule in _NOMINAL
    ):
        return verb.head  # "did not come to the aid of"
    if finding.rule != "lightverb" or trigger.dep_ != "dobj" or verb.pos_ not in VERBAL:
        return trigger
    acting = cues.noun_negating_verbs | cues.noun_possible_verbs | cues.ended_verbs
    return trigger if finding.kind == "supports" and verb.lemma_.lower() in acting else verb


def _get_quote(text: str, parsed: ParsedBlock, sentence: Span) -> tuple[int, int]:
    """Where the sentence stands in the document, without white space at its ends."""
    start = parsed.block.start_char + sentence.start_char
    end = parsed.block.start_char + sentence.end_char
    quote = text[start:end]
    return start + len(quote) - len(quote.lstrip()), end - len(quote) + len(quote.rstrip())


def _get_next_sentence(trigger: Token) -> Span | None:
    end = trigger.sent.end
    while end < len(trigger.doc):
        following = trigger.doc[end].sent
        if any(token.is_alpha for token in following):
            return following
        end = following.end
    return None


def _is_unconfirmed_next(trigger: Token) -> bool:
    """Whether this sentence or the next says that the writer cannot confirm it."""
    cues = get_cues()
    if cues.confirming_verbs.isdisjoint(trigger.doc.lemmas):
        return False
    sentences = [trigger.sent, _get_next_sentence(trigger)]
    for sentence in sentences:
        for token in sentence or ():
            if token.lemma_.lower() not in cues.confirming_verbs or token == trigger:
                continue
            objects = [child for child in token.children if child.dep_ in {"dobj", "nsubjpass"}]
            vague = not objects or objects[0].lemma_.lower() in _DENIED_TALK
            if vague and _is_denied_verb(token):
                return True
    return False


def _is_denied_verb(verb: Token) -> bool:
    scope = judge_scope(verb.doc, verb.i)
    return scope.polarity == "denied" or "unable" in {token.lower_ for token in verb.ancestors}


def _find_denials(
    text: str,
    blocks: Sequence[ParsedBlock],
    mentions: Sequence[Mention],
    finding: Finding,
    claim: Claim,
    speakers: Speakers,
) -> Iterator[Claim]:
    """The same claim, denied by whom the next sentence names: "Tehran denies this"."""
    parsed = blocks[finding.block]
    trigger = parsed.doc[finding.trigger_token]
    following = _get_next_sentence(trigger)
    if following is None or claim.polarity == "denied" or _is_given(finding, trigger):
        return
    found = _find_denial(following)
    if found is None or _is_of_its_own(found):
        return
    speaker = speakers.get_subject(finding.block, found)
    if speaker is None or _is_of_charge(found, claim, speaker, mentions):
        return
    start, end = _get_quote(text, parsed, following)
    word = parsed.block.start_char + found.idx
    yield replace(
        claim,
        quote=text[start:end],
        quote_start=start,
        quote_end=end,
        trigger=text[word : word + len(found)],
        trigger_start=word,
        trigger_end=word + len(found),
        rule=f"denial:{claim.rule}",
        polarity="denied",
        modality="reported",
        confidence=min(claim.confidence, _DENIAL_CONFIDENCE),
        attributed_to=speaker.words,
        speaker=speaker.mention,
    )


def _is_of_its_own(verb: Token) -> bool:
    """Whether a denial is of what its own sentence told before: "A trader was arrested for spying; he denies the charge"."""
    own = any(child.dep_ == "nsubj" and child.pos_ == "PRON" for child in verb.children)
    told = [token for token in verb.doc[verb.sent.start : verb.i] if token.pos_ in VERBAL]
    return own and any(
        child.dep_ in SUBJECT_LABELS for token in told for child in token.children if child.i < token.i
    )


def _is_of_charge(verb: Token, claim: Claim, denier: Speaker, mentions: Sequence[Mention]) -> bool:
    """Whether somebody denies what he is charged with, and not that he was charged, jailed or sanctioned for it."""
    charges = any(child.dep_ == "dobj" and child.lemma_.lower() in _CHARGES for child in verb.children)
    if not charges or claim.kind != "opposes" or denier.mention is None:
        return False
    return mentions[denier.mention].actor == mentions[claim.target].actor


def _keep_own(denials: Sequence[tuple[Claim, bool]], mentions: Sequence[Mention]) -> list[Claim]:
    """Of what one sentence may deny, keep what is said of the denier; else what the flags mark.

    "Rwanda, an ally of Uganda, armed the M23. Kigali denies this" is about Kigali's doings. Where the denier has no part
    in any of it, the denial is of what somebody said or of the main verb, and not of an aside.
    """
    own = [
        denial
        for denial, _ in denials
        if denial.speaker is not None
        and mentions[denial.speaker].actor in {mentions[denial.source].actor, mentions[denial.target].actor}
    ]
    return own or [denial for denial, direct in denials if direct]


def _find_denial(sentence: Span) -> Token | None:
    """The verb of "denied it", "rejected the claim", "called the report false"; None where nothing is denied."""
    for token in sentence:
        lemma = token.lemma_.lower()
        if (
            lemma in _DENYING
            and any(map(_is_denied_talk, token.children))
            and not _is_denied_verb_itself(token)
        ):
            return token
        if lemma in {"call", "describe", "brand", "label", "say"} and _calls_false(token):
            return token
    return None


def _is_denied_talk(noun: Token) -> bool:
    """Whether a noun is the talk that a verb denies, and no other claim."""
    talk = noun.dep_ in {"dobj", "nsubjpass"} and noun.lemma_.lower() in _DENIED_TALK
    return talk and not _says_more(noun)


def _says_more(noun: Token) -> bool:
    """Whether the claim that is denied is another one, spelt out: "denied claims that it had fled"."""
    return any(child.dep_ in {"acl", "relcl", "ccomp", "prep"} for child in noun.children)


def _is_denied_verb_itself(verb: Token) -> bool:
    return judge_scope(verb.doc, verb.i).polarity == "denied"


def _calls_false(verb: Token) -> bool:
    """Whether a verb calls talk false: "called the report false", "described it as baseless"."""
    words = {token.lower_ for token in verb.subtree}
    lemmas = {token.lemma_.lower() for token in verb.subtree}
    return (
        bool(words & get_cues().false_adjectives)
        and bool(lemmas & _DENIED_TALK)
        and not words & {"not", "n't"}
    )
