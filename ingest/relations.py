"""Signed relations, supports and opposes, found in parses by rules over the trigger lexicon."""

from collections.abc import Iterable, Iterator, Sequence

from graph.ontology import get_ontology
from ingest.allegation_rules import iter_headings
from ingest.arguments import get_obliques, is_attributive, is_verbal
from ingest.bearers import OWN_NAMED, Roster
from ingest.modifier_rules import iter_adjective_sightings, iter_compound_sightings, iter_prefix_sightings
from ingest.noun_rules import iter_noun_sightings
from ingest.parse import Token
from ingest.sightings import Sighting
from ingest.triggers import get_triggers
from ingest.types import Actor, Finding, Mention, ParsedBlock
from ingest.verb_rules import iter_verb_sightings

# About the share of findings of each rule that hold on annotated news where both ends are right; rules too rare to be
# counted there are set below those they resemble.
PRECISION = {
    "verb:active": 0.88,
    "verb:passive": 0.82,
    "verb:against": 0.65,
    "verb:label": 0.82,
    "verb:asking": 0.78,
    "verb:refusal": 0.78,
    "verb:feeling": 0.75,
    "lightverb": 0.86,
    "noun": 0.76,
    "noun:receiver": 0.66,
    "noun:between": 0.6,
    "mutual": 0.62,
    "person": 0.75,
    "adj": 0.85,
    "state": 0.68,
    "compound": 0.88,
    "prefix": 0.85,
    "under": 0.7,
}


# A longer list beside one verb is a table or a parser's error, and its pairs would grow with its square.
_MOST_ON_A_SIDE = 20
# In tokens. Prose has no longer sentences; what looks like one is a table, whose parse says nothing and runs deep.
_LONGEST_SENTENCE = 250
# What who wins does to whoever loses.
_WON_BY = frozenset({"beat", "crush", "defeat", "drub", "overwhelm", "rout", "thrash", "trounce"})


def find_relations(
    blocks: Sequence[ParsedBlock], mentions: Sequence[Mention], actors: Sequence[Actor]
) -> list[Finding]:
    """Return who supports or opposes whom, in text order, one finding for each pair, kind and trigger's sentence.

    Whether a sentence denies it, doubts it or puts it in somebody's mouth is not judged here.

    Args:
        blocks: All parsed blocks, in order.
        mentions: Of all blocks; findings index into them.
        actors: What the mentions' `actor` indexes into; an actor is never related to itself.

    Cost: linear in tokens; sentences of more than 250 tokens are not read, blocks with fewer than two mentions are skipped.
    """
    found: list[Finding] = []
    here: list[list[int]] = [[] for _ in blocks]
    for number, mention in enumerate(mentions):
        here[mention.block].append(number)
    for index, block in enumerate(blocks):
        roster = Roster(block.doc, index, mentions, here[index])
        if len(roster.tokens) < 2:
            continue
        best: dict[tuple[int, int, int, str], Finding] = {}
        for finding in _iter_findings(roster, index, actors):
            sentence = block.doc[finding.trigger_token].sent.start
            key = (sentence, mentions[finding.source].actor, mentions[finding.target].actor, finding.kind)
            if key not in best or best[key].confidence < finding.confidence:
                best[key] = finding
        found.extend(_drop_mirrored(best.values(), mentions))
    return found


def _iter_findings(roster: Roster, block: int, actors: Sequence[Actor]) -> Iterator[Finding]:
    for sentence in roster.doc.sents:
        if (
            len(sentence) > _LONGEST_SENTENCE
            or len(roster.tokens.intersection(range(sentence.start, sentence.end))) < 2
        ):
            continue
        for token in sentence:
            for sighting in _iter_sightings(token, roster):
                yield from _pair(sighting, roster, block, actors)


def _iter_sightings(token: Token, roster: Roster) -> Iterator[Sighting]:
    if roster.get(token) is not None:
        return
    verbal = is_verbal(token)
    if verbal:
        yield from iter_verb_sightings(token, roster)
    if not verbal or _is_deed(token):
        yield from _iter_nominal_sightings(token, roster)
    if token.pos_ in {"ADJ", "VERB", "ADV"}:
        yield from iter_adjective_sightings(token, roster)
    if is_attributive(token):
        yield from iter_compound_sightings(token, roster)
    if token.text == ":":
        yield from iter_headings(token, roster)
    if token.lower_ in get_triggers().prefixes:
        yield from iter_prefix_sightings(token, roster)


def _iter_nominal_sightings(token: Token, roster: Roster) -> Iterator[Sighting]:
    if token.pos_ in {"NOUN", "PROPN"} or token.tag_ in {"NN", "NNS", "VBG"}:
        yield from iter_noun_sightings(token, roster)


def _is_deed(verb: Token) -> bool:
    """Whether what the tagger took for a verb names a deed: "fighting between Congo and the M23 resumed"."""
    return verb.tag_ == "VBG" and any(child.lower_ == "between" for child in verb.children)


def _pair(sighting: Sighting, roster: Roster, block: int, actors: Sequence[Actor]) -> Iterator[Finding]:
    relation = get_ontology().get_relation(sighting.frame.kind)
    doing = {roster.mentions[source.mention].actor for source in sighting.sources}
    for source in sighting.sources[:_MOST_ON_A_SIDE]:
        for target in sighting.targets[:_MOST_ON_A_SIDE]:
            first, second = roster.mentions[source.mention], roster.mentions[target.mention]
            # "Amnesty and the rapporteur Lena Roth called for her release": she is neither of the two.
            itself = first.actor == second.actor or (second.resolution == "pronoun" and second.actor in doing)
            if itself or not relation.allows(actors[first.actor].type, actors[second.actor].type):
                continue
            sure = PRECISION[sighting.rule] * sighting.frame.sure * source.sure * target.sure
            yield Finding(
                block=block,
                source=source.mention,
                kind=sighting.frame.kind,
                how=_refine(
                    sighting,
                    actors[first.actor].type,
                    actors[second.actor].type,
                    own=source.sure == OWN_NAMED,
                ),
                target=target.mention,
                trigger_token=sighting.trigger.i,
                confidence=round(sure, 3),
                rule=sighting.rule,
            )


def _refine(sighting: Sighting, source_type: str, target_type: str, *, own: bool) -> str | None:
    """Return how; among politicians an attack is one in words, and a defeat one at the polls where it is their `own`."""
    trigger = sighting.trigger
    spoken = any(
        token.lemma_.lower() in get_triggers().writings
        for objects in get_obliques(trigger).values()
        for token in objects
    )
    in_words = spoken or {source_type, target_type} <= {"person", "party", "media"}
    if in_words and sighting.frame.how == "attacks" and trigger.lemma_ in _WON_BY and own:
        return None
    attack = sighting.frame.how == "attacks" and trigger.lemma_ in {"attack", "hit", "battle", "fight"}
    return "criticizes" if in_words and attack else sighting.frame.how


def _drop_mirrored(findings: Iterable[Finding], mentions: Sequence[Mention]) -> list[Finding]:
    """Keep one direction of what reads the same from both ends and was seen from both."""
    kept: list[Finding] = []
    seen: set[tuple[int, int, str, str | None]] = set()
    for finding in sorted(
        findings, key=lambda finding: (finding.trigger_token, finding.source, finding.target)
    ):
        source, target = mentions[finding.source].actor, mentions[finding.target].actor
        if (
            get_ontology().is_symmetric(finding.kind, finding.how)
            and (target, source, finding.kind, finding.how) in seen
        ):
            continue
        seen.add((source, target, finding.kind, finding.how))
        kept.append(finding)
    return kept
