"""Coarse keys of names: names that are the same nearly always share one, so that candidates are found without a scan."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import combinations

from graph.identity.body_names import find_known_id, get_weight, parse_name_of_type
from graph.identity.chinese import initial_classes
from graph.identity.person_names import JOINED_PARTICLES, parse_person_name
from graph.identity.spelling import consonant_skeleton, sound_symbols, without_article
from graph.names import name_words

_MAX_KEY = 60
_MAX_WORDS = 6
_UNSTABLE = frozenset("KChgGjyTDSsc")
_LETTERS = str.maketrans("eiouyhwvqgKGcCSzZjTDdbf", "aaaaaaaakkkksssssstttpp")


@lru_cache(maxsize=1 << 16)
def blocking_keys(name: str, entity_type: str) -> frozenset[str]:
    """Return coarse keys of a name, of at most 60 characters each; names that are one nearly always share a key.

    A person is found by each word that is no common given name, and by each given name with the first letter of another
    word; a body by its distinctive words, its letters, and what it is known to mean. Empty only where a name has no letter
    or digit. Cost: O(words squared), cached; about 5 keys a name.
    """
    keys = _person_keys(name) if entity_type == "person" else _body_keys(name, entity_type)
    return frozenset(key[:_MAX_KEY] for key in keys)


def _person_keys(name: str) -> Iterator[str]:
    parsed = parse_person_name(name)
    given = name_words().given
    words = parsed.words[:_MAX_WORDS]
    all_given = all(word in given for word in words)
    for index, word in enumerate(words):
        others = [*words[:index], *words[index + 1 :]]
        if word not in given or (all_given and index == len(words) - 1):
            yield from _surname_keys(word)
        for number in given.get(word, ()):
            if not others:
                yield f"g:{number}"
            yield from (f"g:{number}+{letter}" for other in others for letter in _letters(other))
    if all(len(word) == 1 for word in words):
        yield f"p:{''.join(sorted(words))}"
    for classes in initial_classes(words) if parsed.syllables else ():
        yield f"c:{classes}"


def _surname_keys(word: str) -> Iterator[str]:
    """Key a word by its consonants, and without the first one where romanisations differ most: Khr-, Chr-, Hr-."""
    for form in dict.fromkeys((word, _without_prefix(word))):
        if len(form) > 1:
            yield f"p:{consonant_skeleton(form)}"
            sounds = sound_symbols(form)
            if sounds[0] in _UNSTABLE and len(sounds) > 3:
                yield f"q:{consonant_skeleton(sounds[1:].lower())}"


def _without_prefix(word: str) -> str:
    if word[:3] in {"abd", "abu", "umm"} and len(word) > 5:
        return word[3:]
    if word.startswith(JOINED_PARTICLES) and len(word) >= 6:
        return word.removeprefix(next(part for part in JOINED_PARTICLES if word.startswith(part)))
    return without_article(word)


def _letters(word: str) -> Iterator[str]:
    """Return what a companion word adds to a key: its first letter, coarsely, and the given names it may be."""
    yield sound_symbols(_without_prefix(word))[:1].translate(_LETTERS)
    for number in name_words().given.get(word, ()):
        yield str(number)


def _body_keys(name: str, entity_type: str) -> Iterator[str]:
    parsed = parse_name_of_type(name, entity_type)
    known_id = find_known_id(name, entity_type)
    if known_id:
        yield f"k:{known_id}"
    if parsed.acronym:
        yield f"a:{parsed.acronym}"
    yield from (f"a:{letters}" for letters in parsed.initials if 2 <= len(letters) <= 6)
    distinctive = [word for word in parsed.words if get_weight(word) == 1.0 and word[0] not in "#@"]
    yield from (
        f"b:{consonant_skeleton(form)}" for word in distinctive for form in {word, without_article(word)}
    )
    if distinctive:
        yield f"x:{consonant_skeleton(''.join(distinctive))}"
    if not distinctive or len(parsed.words) > 1:
        yield from _pair_keys(parsed.words, distinctive)


def _pair_keys(words: Sequence[str], distinctive: Sequence[str]) -> Iterator[str]:
    """Key a name without a distinctive word by its words two and two; a lone word by itself."""
    if distinctive:
        return
    families = [_family(word) for word in words[:_MAX_WORDS]]
    if len(families) == 1:
        yield f"b:{families[0]}"
    yield from (f"b:{first}+{second}" for first, second in _sorted_pairs(families))


def _sorted_pairs(words: Iterable[str]) -> Iterator[tuple[str, str]]:
    return combinations(sorted(set(words)), 2)


def _family(word: str) -> str:
    family = name_words().kinds.get(word)
    return word if family is None else f"kind{family}"
