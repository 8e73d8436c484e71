"""How what was extracted is held against gold: lenient on names, strict on kind, direction and scope."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from graph.ontology import get_ontology
from ingest.types import Claim, Extraction
from tests.evaluation.gold import GoldClaim, GoldSentence

Same = Callable[[Claim, GoldClaim], bool]
_DROPPED = frozenset({"the", "a", "an", "of", "al", "el", "s"})
_NOT_NAMES = frozenset({"pronoun", "description"})


class Judged(NamedTuple):
    """A claim that the extractor counts towards an edge, held against gold.

    Attributes:
        rule: Which rule found it.
        confidence: Within (0, 1].
        right: Gold affirms it, with its kind and direction.
        counts: Gold counts it too: affirmed, and not merely possible.
        alleged: It is rumour or accusation, whose confidence the extractor has lowered for that.
    """

    rule: str
    kind: str
    confidence: float
    right: bool
    counts: bool
    alleged: bool = False


@dataclass(slots=True)
class GoldScore:
    """Counts over a run; every rate is derived.

    `relations` counts by kind (and "all") how many claims were right, wrong and missed, whatever their scope.
    `edges` does so for the counting claims alone, which are what the graph shows. `confusion` counts the scope that
    gold gives beside the scope found.
    """

    relations: dict[str, Counter[str]] = field(default_factory=dict)
    edges: dict[str, Counter[str]] = field(default_factory=dict)
    entities: Counter[str] = field(default_factory=Counter)
    types: Counter[str] = field(default_factory=Counter)
    polarity: Counter[str] = field(default_factory=Counter)
    modality: Counter[str] = field(default_factory=Counter)
    speakers: Counter[str] = field(default_factory=Counter)
    confusion: Counter[str] = field(default_factory=Counter)
    judged: list[Judged] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def count(self, kind: str, outcome: str, *, edge: bool) -> None:
        """Count one claim, or one edge, as `right`, `wrong` or `missed`, under its kind and under "all"."""
        counts = self.edges if edge else self.relations
        for name in (kind, "all"):
            counts.setdefault(name, Counter())[outcome] += 1


def get_words(name: str) -> frozenset[str]:
    """Return the words of a name that tell it from others."""
    tokens = re.findall(r"[^\W_]+", name.casefold().replace("'s", "").replace("\u2019s", ""))
    return frozenset(token for token in tokens if token not in _DROPPED) or frozenset(tokens)


def names_match(gold: str, candidates: Iterable[str]) -> bool:
    """Say whether one of the candidates is the gold name: the same words, or one within the other."""
    wanted = get_words(gold)
    for candidate in candidates:
        words = get_words(candidate)
        if words and wanted and (wanted <= words or words <= wanted):
            return True
    return False


def is_named(extraction: Extraction, mention: int) -> bool:
    """Say whether a mention is a name, not a pronoun or a description."""
    return extraction.mentions[mention].resolution not in _NOT_NAMES


def get_names(extraction: Extraction, mention: int) -> tuple[str, ...]:
    """Return every name a mention stands for: its own words, and its actor's."""
    written = extraction.mentions[mention]
    actor = extraction.actors[written.actor]
    return (written.text, actor.name, actor.surface, *actor.aliases)


def is_either_way(claim: Claim, gold: GoldClaim) -> bool:
    """Say whether direction means nothing for the two."""
    ontology = get_ontology()
    return ontology.is_symmetric(gold.kind, gold.how) or ontology.is_symmetric(claim.kind, claim.how)


def is_same_by_name(extraction: Extraction, claim: Claim, gold: GoldClaim) -> bool:
    """Say whether a claim is gold's, scope aside: one kind, and ends whose names match."""
    if claim.kind != gold.kind:
        return False
    source, target = get_names(extraction, claim.source), get_names(extraction, claim.target)
    forward = names_match(gold.source, source) and names_match(gold.target, target)
    backward = names_match(gold.source, target) and names_match(gold.target, source)
    return forward or (backward and is_either_way(claim, gold))


def _describe(extraction: Extraction, claim: Claim) -> str:
    source, target = (
        f"{extraction.mentions[end].text} [{extraction.actors[extraction.mentions[end].actor].name}]"
        for end in (claim.source, claim.target)
    )
    scope = f"{claim.polarity} {claim.modality}"
    return f"{scope} {source} {claim.kind}/{claim.how} {target} ({claim.rule}, {claim.confidence:.2f}): {claim.quote}"


def _describe_gold(extraction: Extraction, gold: GoldClaim) -> str:
    start = gold.sentence or 0
    scope = f"{gold.polarity} {gold.modality}"
    words = extraction.document.text[start : start + 250].partition("\n")[0]
    return f"{scope} {gold.source} {gold.kind}/{gold.how} {gold.target}: {words}"


def _score_scope(score: GoldScore, extraction: Extraction, claim: Claim, gold: GoldClaim) -> None:
    score.polarity["right" if claim.polarity == gold.polarity else "wrong"] += 1
    score.modality["right" if claim.modality == gold.modality else "wrong"] += 1
    score.confusion[f"{gold.polarity} {gold.modality} -> {claim.polarity} {claim.modality}"] += 1
    speaker = get_names(extraction, claim.speaker) if claim.speaker is not None else ()
    heard = (*speaker, claim.attributed_to) if claim.attributed_to else speaker
    if gold.speaker and names_match(gold.speaker, heard):
        score.speakers["right"] += 1
    else:
        score.speakers["missed"] += gold.speaker is not None
        score.speakers["wrong"] += bool(heard)


def _find_gold(claim: Claim, left: Sequence[GoldClaim], same: Same) -> GoldClaim | None:
    """Return the gold claim that a claim is, the one of its sentence and scope first."""
    found = [gold for gold in left if same(claim, gold)]
    return max(
        found,
        key=lambda gold: (
            gold.sentence is None or claim.quote_start <= gold.sentence < claim.quote_end,
            claim.polarity == gold.polarity,
            claim.modality == gold.modality,
        ),
        default=None,
    )


def score_claims(
    score: GoldScore,
    label: str,
    extraction: Extraction,
    gold_claims: Sequence[GoldClaim],
    debatable: Sequence[GoldClaim],
    same: Same,
) -> None:
    """Add the claims of one text to a score, the most confident first; every error is noted in words.

    A second claim that gold makes once is not punished again, unless it counts where gold's does not.
    """
    left, seen = list(gold_claims), list[GoldClaim]()
    for claim in sorted(extraction.claims, key=lambda c: -c.confidence):
        gold = _find_gold(claim, left, same)
        if gold is not None:
            left.remove(gold)
            seen.append(gold)
            _score_match(score, label, extraction, claim, gold)
            continue
        again = [g for g in seen if same(claim, g)]
        if any(same(claim, g) for g in debatable) or any(g.counts or not claim.counts for g in again):
            continue
        _judge(score, claim, None)
        if not again:
            score.count(claim.kind, "wrong", edge=False)
            score.errors.append(f"{label} extra {_describe(extraction, claim)}")
    for gold in left:
        score.count(gold.kind, "missed", edge=False)
        if gold.counts:
            score.count(gold.kind, "missed", edge=True)
        score.errors.append(f"{label} missed {_describe_gold(extraction, gold)}")


def _score_match(score: GoldScore, label: str, extraction: Extraction, claim: Claim, gold: GoldClaim) -> None:
    score.count(gold.kind, "right", edge=False)
    _score_scope(score, extraction, claim, gold)
    _judge(score, claim, gold)
    if gold.counts and not claim.counts:
        score.count(gold.kind, "missed", edge=True)
    if (claim.polarity, claim.modality) != (gold.polarity, gold.modality):
        score.errors.append(
            f"{label} scope, gold {gold.polarity} {gold.modality}: {_describe(extraction, claim)}"
        )


def _judge(score: GoldScore, claim: Claim, gold: GoldClaim | None) -> None:
    """Count a claim as an edge, right or wrong, if it counts towards one."""
    if claim.counts:
        counts = gold is not None and gold.counts
        right = gold is not None and gold.polarity == "affirmed"
        score.count(claim.kind, "right" if counts else "wrong", edge=True)
        score.judged.append(
            Judged(claim.rule, claim.kind, claim.confidence, right, counts, claim.modality == "alleged")
        )


def _score_entities(score: GoldScore, sentence: GoldSentence, extraction: Extraction) -> None:
    found = {m.text: m.type for m in extraction.mentions if m.resolution not in _NOT_NAMES}
    for name, entity_type in sentence.actors.items():
        match = next((text for text in found if names_match(name, [text])), None)
        score.entities["right" if match else "missed"] += 1
        if match:
            count_type(score.types, entity_type, found[match])
    named = [end for claim in (*sentence.claims, *sentence.debatable) for end in (claim.source, claim.target)]
    score.entities["wrong"] += sum(not names_match(text, [*sentence.actors, *named]) for text in found)


def count_type(types: Counter[str], gold: str, found: str) -> None:
    """Count one entity's type; a capital may stand for its government."""
    types["right" if found == gold or {gold, found} == {"place", "country"} else "wrong"] += 1


def score_sentence(score: GoldScore, sentence: GoldSentence, extraction: Extraction) -> None:
    """Add one sentence's extraction to a score."""
    _score_entities(score, sentence, extraction)
    score_claims(
        score,
        sentence.id,
        extraction,
        sentence.claims,
        sentence.debatable,
        lambda claim, gold: is_same_by_name(extraction, claim, gold),
    )


def get_rates(counts: Mapping[str, int]) -> dict[str, float]:
    """Return precision, recall and F1 of counts of `right`, `wrong` and `missed`."""
    right, wrong, missed = (counts.get(outcome, 0) for outcome in ("right", "wrong", "missed"))
    precision = right / (right + wrong) if right + wrong else 0.0
    recall = right / (right + missed) if right + missed else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {
        "precision": round(precision, 3),
        "recall": round(recall, 3),
        "f1": round(f1, 3),
        "right": right,
        "wrong": wrong,
        "missed": missed,
    }


def get_accuracy(counts: Mapping[str, int]) -> float:
    """Return the share of `right` among all; 0 where there is nothing."""
    return round(counts.get("right", 0) / max(1, sum(counts.values())), 3)
