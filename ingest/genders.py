"""Whether a named person is a "he" or a "she", as far as the name and the words beside it tell."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Literal

from ingest.lexicon import Lexicon, LexiconError, per_lexicon, read_words, read_yaml
from ingest.parse import Doc

Gender = Literal["female", "male"]
_FILE = "given_names"
_PAIRS = (("female", "male"), ("female_words", "male_words"))
_REACH = 4


@per_lexicon
def get_gendered_words(lexicon: Lexicon) -> Mapping[str, frozenset[str]]:
    """Return given names and the words beside names, in lower case, by the file's sections.

    What a folder laid over the product's lexicon lists on one side leaves the other.

    Raises:
        LexiconError: A file has a fault.
    """
    for folder in lexicon.folders[1:]:
        _check_sections(folder / f"{_FILE}.yaml")
    words: dict[str, frozenset[str]] = {}
    for pair in _PAIRS:
        product, both = (
            [_read(folders, name) for name in pair] for folders in (lexicon.folders[:1], lexicon.folders)
        )
        added = [whole - own for whole, own in zip(both, product, strict=True)]
        words |= {pair[0]: both[0] - added[1], pair[1]: both[1] - added[0]}
    return words


def _read(folders: Sequence[Path], section: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in read_words(folders, _FILE, section))


def _check_sections(path: Path) -> None:
    known = [name for pair in _PAIRS for name in pair]
    if not path.exists():
        return
    raw = read_yaml(path)
    if not isinstance(raw, dict):
        raise LexiconError(str(path), f"must be a mapping with some of {', '.join(known)}")
    if strange := [str(name) for name in raw if name not in known]:
        raise LexiconError(str(path), f"{strange[0]}: is no section here; those that are: {', '.join(known)}")


def guess_gender(names: Iterable[str]) -> Gender | None:
    """Return the gender that a person's given name tells, or None where it tells none."""
    words = get_gendered_words()
    for name in names:
        parts = name.casefold().replace("-", " ").split()
        for part in parts[:-1]:
            if part in words["female"]:
                return "female"
            if part in words["male"]:
                return "male"
    return None


def read_gender(doc: Doc, start: int, end: int) -> Gender | None:
    """Return the gender that the words right beside a name tell: "Mrs Clinton", "spokeswoman Jen Psaki"."""
    words = get_gendered_words()
    beside = [token.lower_ for token in doc[max(0, start - _REACH) : start] if token.text not in {",", ";"}]
    for word in reversed(beside):
        if word in words["female_words"]:
            return "female"
        if word in words["male_words"]:
            return "male"
    for child in doc[start:end].root.children:
        if child.dep_ == "appos" and child.lower_ in words["female_words"]:
            return "female"
        if child.dep_ == "appos" and child.lower_ in words["male_words"]:
            return "male"
    return None
