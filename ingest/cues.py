"""The words of lexicon/cues.yaml as one frozen object: what denies, hedges, dates back or reports a claim."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from ingest.lexicon import Lexicon, LexiconError, per_lexicon, read_rules

_FILE = "cues.yaml"


@dataclass(frozen=True, slots=True)
class Cues:
    """Lower-case words by what they do; each field is a key of cues.yaml, whose comments say more.

    Attributes:
        negative_particles: Verb to the particles that turn it negative, such as rule: {out}.
        ended_particles: Verb to the particles that make it an end, such as cut: {off}.
    """

    negative_adverbs: frozenset[str]
    negative_determiners: frozenset[str]
    negative_pronouns: frozenset[str]
    focus_adverbs: frozenset[str]
    possible_adverbs: frozenset[str]
    alleged_adverbs: frozenset[str]
    false_adverbs: frozenset[str]
    past_adverbs: frozenset[str]
    past_adjectives: frozenset[str]
    alleged_adjectives: frozenset[str]
    possible_adjectives: frozenset[str]
    false_adjectives: frozenset[str]
    unknown_adjectives: frozenset[str]
    negative_predicates: frozenset[str]
    possible_predicates: frozenset[str]
    negative_verbs: frozenset[str]
    denying_verbs: frozenset[str]
    noun_negating_verbs: frozenset[str]
    ended_verbs: frozenset[str]
    negative_particles: Mapping[str, frozenset[str]]
    ended_particles: Mapping[str, frozenset[str]]
    possible_verbs: frozenset[str]
    noun_possible_verbs: frozenset[str]
    doubting_verbs: frozenset[str]
    trying_verbs: frozenset[str]
    trying_nouns: frozenset[str]
    light_verbs: frozenset[str]
    alleged_verbs: frozenset[str]
    reporting_actives: frozenset[str]
    negation_raising_verbs: frozenset[str]
    confirming_verbs: frozenset[str]
    continuing_verbs: frozenset[str]
    outcome_verbs: frozenset[str]
    speech_verbs: frozenset[str]
    quoting_verbs: frozenset[str]
    claim_nouns: frozenset[str]
    speech_nouns: frozenset[str]
    evidence_nouns: frozenset[str]
    sure_nouns: frozenset[str]
    plan_nouns: frozenset[str]
    negative_nouns: frozenset[str]
    ended_nouns: frozenset[str]
    vague_speakers: frozenset[str]
    bystanders: frozenset[str]
    opinion_words: frozenset[str]
    negative_prepositions: frozenset[str]
    conditional_marks: frozenset[str]
    modal_verbs: frozenset[str]


def parse_cues(raw: dict[str, Any]) -> Cues:
    """Turn the mapping read from YAML into cues.

    Raises:
        LexiconError: A key is missing, unknown, or does not hold words; the message names it.
    """
    names = {field.name for field in fields(Cues)}
    if strange := sorted(names.symmetric_difference(raw)):
        what = "is missing" if strange[0] in names else "is not known"
        raise LexiconError(_FILE, what, field=strange[0])
    return Cues(**{name: _freeze(name, value) for name, value in raw.items()})


def _freeze(name: str, value: object) -> Any:  # noqa: ANN401 - a field holds words or a mapping of them
    if isinstance(value, dict):
        return {key: frozenset(words) for key, words in value.items()}
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        raise LexiconError(_FILE, "must list words; put yes, no, on and off in quotes", field=name)
    return frozenset(value)


@per_lexicon
def get_cues(lexicon: Lexicon) -> Cues:
    """Return the cues of the lexicon in use; read from disk once a process."""
    return parse_cues(read_rules(lexicon.folders, "cues"))
