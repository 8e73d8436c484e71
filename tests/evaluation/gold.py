"""Our own gold: sentences on two dozen conflicts and political settings, as a careful reader annotates them.

One YAML file a setting. `actors` gives the type of every name used; a sentence's actors are those whose names stand in
it. A claim is written `SOURCE | kind/how | TARGET | rest`, where the rest may hold a polarity, a modality and
`by SPEAKER`; what is left out is affirmed, asserted and the writer's own. What two careful readers could disagree on
stands under `debatable`: it is neither missed nor wrong.

Files called `unseen_*.yaml` are measured apart, and no rule, word or weight is ever made from them.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

import yaml

from graph.models import Modality
from graph.ontology import get_ontology
from ingest.types import RawDocument

FOLDER = Path(__file__).parent / "gold_sentences"
_MODALITIES = frozenset(get_args(Modality))


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """What a careful reader says a sentence claims; `sentence` is where it begins, for a claim of a document."""

    source: str
    kind: str
    how: str | None
    target: str
    polarity: str = "affirmed"
    modality: str = "asserted"
    speaker: str | None = None
    sentence: int | None = None

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
    debatable: tuple[GoldClaim, ...] = ()


def parse_claim(line: str, sentence: int | None = None) -> GoldClaim:
    """Return the claim a line of a gold file stands for.

    Raises:
        ValueError: A kind, `how` or word of the rest is not known.
    """
    parts = [part.strip() for part in line.split("|")]
    if len(parts) not in (3, 4):
        raise ValueError(f"{line!r}: expected SOURCE | kind/how | TARGET, and perhaps | rest")
    kind, _, how = parts[1].partition("/")
    if kind not in get_ontology().relation_kinds:
        raise ValueError(f"{line!r}: {kind!r} is not a kind of relation")
    if how and how not in get_ontology().get_relation(kind).how:
        raise ValueError(f"{line!r}: {how!r} is not a how of {kind}")
    scope, _, speaker = (parts[3] if len(parts) == 4 else "").partition("by ")
    words = scope.split()
    unknown = set(words) - _MODALITIES - {"affirmed", "denied"}
    if unknown:
        raise ValueError(f"{line!r}: unknown {sorted(unknown)}")
    modality = next((word for word in words if word in _MODALITIES), "reported" if speaker else "asserted")
    polarity = "denied" if "denied" in words else "affirmed"
    return GoldClaim(
        parts[0], kind, how or None, parts[2], polarity, modality, speaker.strip() or None, sentence
    )


def find_names(text: str, names: Mapping[str, str]) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, name) where names stand in a text; one inside a longer one does not stand for itself."""
    taken: list[tuple[int, int]] = []
    for name in sorted(names, key=lambda name: (-len(name), name)):
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            if not any(start < match.end() and match.start() < end for start, end in taken):
                taken.append(match.span())
                yield *match.span(), name


def _read_file(path: Path) -> Iterator[GoldSentence]:
    content: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    for number, raw in enumerate(content["sentences"], start=1):
        try:
            claims = tuple(parse_claim(line) for line in raw["claims"])
            debatable = tuple(parse_claim(line) for line in raw.get("debatable", ()))
        except (ValueError, KeyError) as error:
            raise ValueError(f"{path.name}, sentence {number}: {error}") from error
        yield GoldSentence(
            id=f"{path.stem}-{number}",
            text=raw["text"],
            hard=tuple(part.strip() for part in raw.get("hard", "").split(",") if part.strip()),
            actors={name: content["actors"][name] for *_, name in find_names(raw["text"], content["actors"])},
            claims=claims,
            debatable=debatable,
        )


def iter_gold(folder: Path = FOLDER, *, unseen: bool = False) -> Iterator[GoldSentence]:
    """Yield every gold sentence, file by file: those that rules may be made from, or the unseen ones.

    Raises:
        ValueError: A claim cannot be parsed; the message names the file.
    """
    for path in sorted(folder.glob("*.yaml")):
        if path.stem.startswith("unseen_") is unseen:
            yield from _read_file(path)


def to_document(sentence: GoldSentence) -> RawDocument:
    """Return a sentence as a document of its own."""
    return RawDocument(text=sentence.text, origin=sentence.id)
