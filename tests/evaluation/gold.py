"""Our own gold: sentences on a dozen conflicts and political settings, and how an extraction is scored on them.

One YAML file a setting. `actors` gives the type of every name used; a sentence's actors are those whose names stand in
it. A claim is written `SOURCE | kind/how | TARGET | rest`, where the rest may hold a polarity, a modality and
`by SPEAKER`; what is left out is affirmed, asserted and the writer's own.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

import yaml

from graph.models import Modality
from graph.ontology import get_ontology
from ingest.types import Claim, Extraction, RawDocument

FOLDER = Path(__file__).parent / "gold_sentences"
_MODALITIES = frozenset(get_args(Modality))
_DROPPED = frozenset({"the", "a", "an", "of", "al", "el", "s"})


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """What a careful reader says a sentence claims."""

    source: str
    kind: str
    how: str | None
    target: str
    polarity: str = "affirmed"
    modality: str = "asserted"
    speaker: str | None = None

    @property
    def counts(self) -> bool:
        """Whether it counts towards an edge."""
        return self.polarity == "affirmed" and self.modality != "possible"


@dataclass(frozen=True, slots=True)
class GoldSentence:
    """A sentence with its actors (name to type), its claims, and what makes it hard, if anything."""

    id: str
    text: str
    hard: tuple[str, ...]
    actors: dict[str, str]
    claims: tuple[GoldClaim, ...]


@dataclass(slots=True)
class GoldScore:
    """Counts over a run; every rate is derived.

    `relations` counts by kind (and "all") how many claims were right, wrong and missed, whatever their scope.
    `edges` does so for the counting claims alone, which are what the graph shows.
    """

    relations: dict[str, Counter[str]] = field(default_factory=dict)
    edges: Counter[str] = field(default_factory=Counter)
    entities: Counter[str] = field(default_factory=Counter)
    types: Counter[str] = field(default_factory=Counter)
    polarity: Counter[str] = field(default_factory=Counter)
    modality: Counter[str] = field(default_factory=Counter)
    speakers: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)

    def count(self, kind: str, outcome: str) -> None:
        """Count one claim as `right`, `wrong` or `missed`, under its kind and under "all"."""
        for name in (kind, "all"):
            self.relations.setdefault(name, Counter())[outcome] += 1


def parse_claim(line: str) -> GoldClaim:
    """Return the claim a line of a gold file stands for.

    Raises:
        ValueError: A kind, `how` or word of the rest is not known.
    """
    parts = [part.strip() for part in line.split("|")]
    if len(parts) not in (3, 4):
        raise ValueError(f"{line!r}: expected SOURCE | kind/how | TARGET, and perhaps | rest")
    kind, _, how = parts[1].partition("/")
    if how and how not in get_ontology().get_relation(kind).how:
        raise ValueError(f"{line!r}: {how!r} is not a how of {kind}")
    scope, _, speaker = (parts[3] if len(parts) == 4 else "").partition("by ")
    words = scope.split()
    unknown = set(words) - _MODALITIES - {"affirmed", "denied"}
    if unknown:
        raise ValueError(f"{line!r}: unknown {sorted(unknown)}")
    modality = next((word for word in words if word in _MODALITIES), "reported" if speaker else "asserted")
    polarity = "denied" if "denied" in words else "affirmed"
    get_ontology().get_relation(kind)
    return GoldClaim(parts[0], kind, how or None, parts[2], polarity, modality, speaker.strip() or None)


def _find_actors(text: str, actors: dict[str, str]) -> dict[str, str]:
    """Return the actors named in a text; a name inside a longer one does not stand for itself."""
    found: dict[str, str] = {}
    taken: list[tuple[int, int]] = []
    for name in sorted(actors, key=len, reverse=True):
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            if not any(start < match.end() and match.start() < end for start, end in taken):
                taken.append(match.span())
                found[name] = actors[name]
    return found


def iter_gold(folder: Path = FOLDER) -> Iterator[GoldSentence]:
    """Yield every gold sentence, file by file.

    Raises:
        ValueError: A claim cannot be parsed; the message names the file.
    """
    for path in sorted(folder.glob("*.yaml")):
        content: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
        for number, raw in enumerate(content["sentences"], start=1):
            try:
                claims = tuple(parse_claim(line) for line in raw["claims"])
            except (ValueError, KeyError) as error:
                raise ValueError(f"{path.name}, sentence {number}: {error}") from error
            yield GoldSentence(
                id=f"{path.stem}-{number}",
                text=raw["text"],
                hard=tuple(part.strip() for part in raw.get("hard", "").split(",") if part.strip()),
                actors=_find_actors(raw["text"], content["actors"]),
                claims=claims,
            )


def _words(name: str) -> frozenset[str]:
    tokens = re.findall(r"[^\W_]+", name.casefold().replace("'s", "").replace("\u2019s", ""))
    return frozenset(token for token in tokens if token not in _DROPPED) or frozenset(tokens)


def names_match(gold: str, candidates: Iterable[str]) -> bool:
    """Say whether one of the candidates is the gold name: the same words, or one within the other."""
    wanted = _words(gold)
    for candidate in candidates:
        words = _words(candidate)
        if words and wanted and (wanted <= words or words <= wanted):
            return True
    return False


def _names_of(extraction: Extraction, mention: int) -> tuple[str, ...]:
    written = extraction.mentions[mention]
    actor = extraction.actors[written.actor]
    return (written.text, actor.name, actor.surface, *actor.aliases)


def _is_same(extraction: Extraction, claim: Claim, gold: GoldClaim) -> bool:
    if claim.kind != gold.kind:
        return False
    source, target = _names_of(extraction, claim.source), _names_of(extraction, claim.target)
    forward = names_match(gold.source, source) and names_match(gold.target, target)
    either_way = get_ontology().is_symmetric(gold.kind, gold.how) or get_ontology().is_symmetric(
        claim.kind, claim.how
    )
    return forward or (either_way and names_match(gold.source, target) and names_match(gold.target, source))


def _score_entities(score: GoldScore, sentence: GoldSentence, extraction: Extraction) -> None:
    found = {m.text: m.type for m in extraction.mentions if m.resolution not in ("pronoun", "description")}
    for name, entity_type in sentence.actors.items():
        match = next((text for text in found if names_match(name, [text])), None)
        score.entities["right" if match else "missed"] += 1
        if match:
            acting_place = {entity_type, found[match]} == {"place", "country"}
            score.types["right" if found[match] == entity_type or acting_place else "wrong"] += 1
    named_in_claims = [end for claim in sentence.claims for end in (claim.source, claim.target)]
    score.entities["wrong"] += sum(
        not names_match(text, [*sentence.actors, *named_in_claims]) for text in found
    )


def _score_scope(score: GoldScore, extraction: Extraction, claim: Claim, gold: GoldClaim) -> None:
    score.polarity["right" if claim.polarity == gold.polarity else "wrong"] += 1
    score.modality["right" if claim.modality == gold.modality else "wrong"] += 1
    speaker = _names_of(extraction, claim.speaker) if claim.speaker is not None else ()
    heard = (*speaker, claim.attributed_to) if claim.attributed_to else speaker
    if gold.speaker and names_match(gold.speaker, heard):
        score.speakers["right"] += 1
    else:
        score.speakers["missed"] += gold.speaker is not None
        score.speakers["wrong"] += bool(heard)


def score_sentence(score: GoldScore, sentence: GoldSentence, extraction: Extraction) -> None:
    """Add one sentence's extraction to a score; every error is noted in words."""
    _score_entities(score, sentence, extraction)
    left = list(sentence.claims)
    seen: list[GoldClaim] = []
    for claim in sorted(extraction.claims, key=lambda c: -c.confidence):
        gold = next((g for g in left if _is_same(extraction, claim, g)), None)
        ends = (
            _names_of(extraction, claim.source)[0],
            claim.kind,
            claim.how,
            _names_of(extraction, claim.target)[0],
        )
        if gold is not None:
            left.remove(gold)
            seen.append(gold)
            score.count(gold.kind, "right")
            _score_scope(score, extraction, claim, gold)
            score.edges["right"] += claim.counts and gold.counts
            score.edges["wrong"] += claim.counts and not gold.counts
            score.edges["missed"] += gold.counts and not claim.counts
            if (claim.polarity, claim.modality) != (gold.polarity, gold.modality):
                score.errors.append(
                    f"{sentence.id} scope {ends}: {claim.polarity} {claim.modality}, gold {gold.polarity} {gold.modality}: {sentence.text}"
                )
        elif not any(_is_same(extraction, claim, g) for g in seen):
            score.count(claim.kind, "wrong")
            score.edges["wrong"] += claim.counts
            score.errors.append(f"{sentence.id} extra {ends} [{claim.rule}]: {sentence.text}")
    for gold in left:
        score.count(gold.kind, "missed")
        score.edges["missed"] += gold.counts
        score.errors.append(f"{sentence.id} missed {gold.source} {gold.kind} {gold.target}: {sentence.text}")


def to_document(sentence: GoldSentence) -> RawDocument:
    """Return a sentence as a document of its own."""
    return RawDocument(text=sentence.text, origin=sentence.id)
