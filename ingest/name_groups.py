"""The names of one document that are taken for one actor, and which of them are joined."""

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

from ingest.cities import make_key
from ingest.names import drop_generation
from ingest.reading import Candidate

_PARTICLES = frozenset(
    {
        "al",
        "el",
        "ad",
        "an",
        "ar",
        "as",
        "at",
        "bin",
        "ibn",
        "abu",
        "van",
        "von",
        "de",
        "der",
        "haj",
        "ag",
        "da",
        "del",
        "della",
        "di",
        "dos",
        "du",
        "la",
        "le",
        "ould",
    }
)
_HONORIFICS = frozenset({"mr", "mrs", "ms", "miss", "dr"})
ALIKE = str.maketrans("cqgzvbj", "kkksfpy")
"""Letters that sound alike, as one."""
_VOWELS = str.maketrans("aeiouyw", "aaaaaaa")


@dataclass
class NameGroup:
    """Names taken to be one actor, in the order of the text; what they add up to is asked for when all are there."""

    key: str
    candidates: list[Candidate] = field(default_factory=list)
    surfaces: list[str] = field(default_factory=list)
    blocks: list[int] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    """The word before each, in lower case; empty where there is none."""

    @cached_property
    def type(self) -> str:
        """The type most of its evidence gives, the stronger counting more."""
        votes: Counter[str] = Counter()
        for candidate in self.candidates:
            votes[candidate.type] += 1 + 2 * candidate.strength
        return max(votes, key=votes.__getitem__)

    @cached_property
    def name(self) -> str:
        """The fullest of its names."""
        return max((candidate.name for candidate in self.candidates), key=len)

    @cached_property
    def known_id(self) -> str | None:
        """The gazetteer's id, if it knows any of the names."""
        return next((c.known_id for c in self.candidates if c.known_id is not None), None)

    @cached_property
    def weak(self) -> bool:
        """Whether nothing but the recogniser, or less, speaks for it."""
        return all(candidate.strength <= 2 and candidate.known_id is None for candidate in self.candidates)

    @cached_property
    def name_key(self) -> str:
        """The fullest name as it is looked up."""
        return make_key(self.name)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words of the fullest name, without particles and honorifics."""
        words = drop_generation(self.name_key.split(" "))
        # "Mr Major" is no rank: where title and name are one word the finders keep the "Mr".
        return tuple(word for word in words if word not in _PARTICLES | _HONORIFICS) or tuple(words)

    @cached_property
    def initials(self) -> frozenset[str]:
        """What its words but the last begin with; letters that sound alike, and all vowels, as one."""
        return frozenset(word.translate(ALIKE).translate(_VOWELS)[0] for word in self.name_key.split()[:-1])

    @cached_property
    def surnames(self) -> tuple[str, ...]:
        """The last words of a person's full names, as known and as the text spells them."""
        texts = [self.name, *(surface for surface in dict.fromkeys(self.surfaces) if " " in surface)]
        texts = [text for text in texts if " of " not in text] or texts
        return tuple(
            dict.fromkeys(drop_generation(key.split(" "))[-1] for key in map(make_key, texts) if key)
        )


class Joins:
    """Groups joined so far: each key leads to the key of its whole (a union-find without ranks)."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def find(self, key: str) -> str:
        """Return the key of the whole that a key belongs to."""
        while key in self._parent:
            key = self._parent[key]
        return key

    def join(self, part: str, whole: str) -> None:
        """Make one whole of the two that the keys belong to."""
        part, whole = self.find(part), self.find(whole)
        if part != whole:
            self._parent[part] = whole
