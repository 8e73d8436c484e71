"""The parts of a person's name: what is left of it without titles, particles and the ways compounds are written."""

import re
from dataclasses import dataclass
from functools import lru_cache

from graph.identity.chinese import syllables
from graph.names import name_words, plain_ascii

_ASIDE = re.compile(r"\([^)]*\)|\"[^\"]*\"|\u201c[^\u201d]*\u201d")
_PIECE = re.compile(r"[A-Za-z0-9]+|-|\.")
_ROMAN = re.compile(r"(?=[XVI]{1,6}\Z)(?P<tens>X{0,3})(?P<ones>IX|IV|V?I{0,3})\Z")
_ONES = {"": 0, "I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9}
_ARTICLES = frozenset(["al", "el", "ul", "il", "as", "ash", "ad", "adh", "an", "ar", "at", "az", "ed", "es"])
JOINED_PARTICLES = ("van", "von", "bin", "ben", "de", "di", "du", "da", "le", "la")
_SERVANT = re.compile(r"abd(?:[aeiou]l?|[eo]l)?\Z")
_SERVANT_JOINED = re.compile(r"abd[aeiou](?:l|r(?=r)|s(?=s)|z(?=z)|n(?=n))(?P<of>[a-z]{3,})\Z")
_OF_THE_FAITH = re.compile(r"(?P<stem>[a-z]{3,}?)(?:[aeiou]l?|[aeiou]d)?(?:d|dd)(?:i|ee|ie)ne?\Z")
_FAITH = frozenset(["din", "deen", "dine", "eddin", "eddine", "uddin", "ddin"])
_FATHER_OF = {
    "abu": "abu",
    "abou": "abu",
    "aboo": "abu",
    "abi": "abu",
    "ebu": "abu",
    "umm": "umm",
    "oum": "umm",
    "um": "umm",
}


@dataclass(frozen=True, slots=True)
class PersonName:
    """The words of a person's name, lower-case ASCII, without titles and particles, in the order of use.

    Attributes:
        words: Given names first, unless the source wrote the surname first without a comma.
        generation: `jr` or `sr`, else "".
        number: A regnal or family number such as 2 for II, else 0.
        syllables: The words as Chinese syllables when every one of them is, else empty.
        marked: Whether hyphens or apostrophes separate syllables, as Wade-Giles does.
    """

    words: tuple[str, ...]
    generation: str
    number: int
    syllables: tuple[str, ...]
    marked: bool


@lru_cache(maxsize=1 << 16)
def parse_person_name(name: str) -> PersonName:
    """Return the parts of a person's name; `words` is empty only where the name has no letter or digit."""
    text = plain_ascii(name)
    text = _in_order(_ASIDE.sub(" ", text) if _PIECE.search(_ASIDE.sub(" ", text)) else text)
    pieces = _pieces(text)
    number = 0
    if len(pieces) > 1 and pieces[-1][0] not in {"XI", "X", "V"} and (roman := _ROMAN.match(pieces[-1][0])):
        number = 10 * len(roman["tens"]) + _ONES[roman["ones"]]
        pieces = pieces[:-1]
    lowered = [(word.lower(), hyphened) for word, hyphened in pieces]
    lowered, generation = _without_suffixes(lowered)
    words = _joined_words(_without_particles(_without_titles(lowered)))
    marked = "-" in text or "'" in name or "\u2019" in name
    return PersonName(tuple(words), generation, number, syllables(words), marked)


def _in_order(text: str) -> str:
    """Put `Soleimani, Qasem` the right way round; a comma before `Jr.` or a degree stays a mere comma."""
    last, comma, first = text.partition(",")
    if not comma or not _PIECE.search(last):
        return text
    known = name_words()
    head = first.split(",")[0]
    words = [word.lower() for word in re.findall(r"[A-Za-z0-9]+", head)]
    if not words or all(
        word in known.suffixes or word in known.generations or _ROMAN.match(word.upper()) for word in words
    ):
        return text
    rest = first[len(head) :]
    return f"{head} {last} {rest}"


def _pieces(text: str) -> list[tuple[str, bool]]:
    """Return the words of a name, each with whether a hyphen ties it to the next; `J.R.` and `JR Smith` give initials."""
    found: list[tuple[str, bool]] = []
    for piece in _PIECE.findall(text):
        if piece == "-" and found:
            found[-1] = (found[-1][0], True)
        elif piece not in {"-", "."}:
            found.append((piece, False))
    lower_follows = any(any(letter.islower() for letter in word) for word, _ in found)
    split: list[tuple[str, bool]] = []
    for word, hyphened in found:
        if (
            lower_follows
            and len(word) == 2
            and word.isalpha()
            and word.isupper()
            and not set(word) & set("AEIOUY")
            and not _ROMAN.match(word)
        ):
            split += [(letter, False) for letter in word]
        elif not (split and len(word) == 1 and word in "eyi" and len(found) > 2):
            split.append((word, hyphened))
    return split


_Pieces = list[tuple[str, bool]]


def _without_suffixes(pieces: _Pieces) -> tuple[_Pieces, str]:
    known = name_words()
    generation = ""
    kept = list(pieces)
    while len(kept) > 1 and (
        kept[-1][0] in known.suffixes or (kept[-1][0] in known.generations and len(kept) > 2)
    ):
        generation = known.generations.get(kept[-1][0], generation)
        kept.pop()
    inner = [index for index, (word, _) in enumerate(kept) if word in {"jr", "sr"} and index]
    if inner and len(kept) > 2:
        generation = kept.pop(inner[0])[0]
    return kept, generation


def _without_titles(pieces: _Pieces) -> _Pieces:
    known = name_words()
    ends = [index for index, (word, _) in enumerate(pieces[:-1], start=1) if word in known.offices]
    start = ends[-1] if ends else 0
    while start < len(pieces) - 1:
        word, hyphened = pieces[start]
        left = len(pieces) - start - 1
        office_of = word in {"of", "the", "for"} and start
        if not (word in known.titles or office_of) or (hyphened and pieces[start + 1][0] not in known.titles):
            break
        if (word in known.titles_and_names and left < 2 and not start) or pieces[start + 1][0] in {
            "allah",
            "ullah",
        }:
            break
        start += 1
    return pieces[start:]


def _without_particles(pieces: _Pieces) -> _Pieces:
    """Drop articles anywhere and other particles after the first word, unless nothing would be left."""
    known = name_words()
    kept: _Pieces = []
    for index, (word, hyphened) in enumerate(pieces):
        last = index == len(pieces) - 1
        article = word in {"al", "el", "ul"} or (word in _ARTICLES and hyphened)
        particle = word in known.particles and (
            kept or word in {"van", "von", "bin", "ibn", "de", "di", "del", "da"}
        )
        if (last and not kept) or not (article or (particle and not last)):
            kept.append((word, hyphened))
    return kept


def _joined_words(pieces: _Pieces) -> list[str]:
    """Join what one name is made of: `abd rahman`, `abu bakr`, `salah din`, `nasr allah`."""
    words: list[str] = []
    waiting = ""
    for index, (word, _) in enumerate(pieces):
        last = index == len(pieces) - 1
        if not waiting and not last and (_SERVANT.match(word) or word in _FATHER_OF):
            waiting = _FATHER_OF.get(word, "abd")
        elif words and not waiting and (word in _FAITH or word in {"allah", "ullah"}):
            words[-1] += "din" if word in _FAITH else "allah"
        else:
            words.append(
                _joined(waiting + word if not word.startswith(waiting or "-") else word, joined=bool(waiting))
            )
            waiting = ""
    return words


def _joined(word: str, *, joined: bool = False) -> str:
    """Bring joined compounds to one form: `abdulrahman` to `abdrahman`, `salahuddin` to `salahdin`."""
    if joined or word in name_words().given:
        return word
    servant = _SERVANT_JOINED.match(word)
    if servant and servant["of"] not in {"lah", "la", "ah"}:
        return "abd" + servant["of"]
    for father, form in (("abou", "abu"), ("aboo", "abu"), ("abu", "abu")):
        if word.startswith(father) and len(word) > len(father) + 3:
            return form + word[len(father) :]
    faith = _OF_THE_FAITH.match(word)
    return f"{faith['stem']}din" if faith and len(word) >= 7 else word
