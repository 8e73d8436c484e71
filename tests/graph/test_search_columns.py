"""Names as columns: what they answer is what plain dictionaries answer, mapped from a file and overlaid as well."""

import random
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from graph.errors import AmbiguousName, EntityNotFound
from graph.identity.spelling import consonant_skeleton, consonant_skeletons
from graph.names import search_key, search_keys
from graph.nodes import Node
from graph.rows import EntityRow, JudgementRow
from graph.search.index import NameIndex
from graph.search.letters import least_distances, list_letters
from graph.snapshot.cache import SnapshotCache
from graph.snapshot.file import load_columns, save_columns
from graph.snapshot.snapshot import Snapshot, build_snapshot
from graph.snapshot.string_table import StringTable
from graph.store import Store
from tests.graph import name_search
from tests.graph.test_overlay import Writer

_GIVEN = ["Mohammed", "Muhammad", "Ali", "Hassan", "Hasan", "Yusuf", "Joseph", "al"]
_FAMILY = ["Soleimani", "Sulaimani", "Suleymani", "Karim", "Kareem", "Rouhani", "Ruhani", "Karam", "Kramer"]
_WHOLE = [
    "Iran", "Tehran", "Islamic Republic of Iran", "Daesh", "ISIS", "The New York Times", "U.S. Army", "Mosul",
    "University of Mosul", "Müller & Söhne", "Москва", "!?", "the", "AB Volvo", "5th Corps",
]  # fmt: skip
_TYPES = ["person", "country", "place", "organization"]
_QUERIES = [
    "a",
    "m",
    "mos",
    "Mosull",
    "ali h",
    "Sulejmani",
    "hassan karimi",
    "Teheran",
    "Persia",
    "n y times",
    "Zzq",
]

names = st.one_of(
    st.sampled_from(_WHOLE),
    st.builds("{} {}".format, st.sampled_from(_GIVEN), st.sampled_from(_FAMILY)),
    st.sampled_from(_FAMILY),
    st.text("abek -'.", max_size=9),
)
people = st.lists(
    st.tuples(names, st.lists(names, max_size=3), st.sampled_from(_TYPES), st.integers(0, 3)), max_size=12
)
queries = st.one_of(st.sampled_from(_QUERIES), names, st.sampled_from(["e0", "e3", "e11"]))


def rows_of(drawn: Iterable[tuple[str, list[str], str, int]]) -> list[EntityRow]:
    """Return entities e0, e1 and so on; each is called what its first alias is as a metonym."""
    return [
        EntityRow(
            f"e{number}",
            name,
            kind,
            *(None,) * 5,
            tuple(aliases),
            mentions,
            tuple((alias, number) for alias in aliases[:1]),
        )
        for number, (name, aliases, kind, mentions) in enumerate(drawn)
    ]


def ask(index: NameIndex | name_search.NameIndex[Node], query: str) -> tuple[object, ...]:
    """Return everything that an index says of a query."""
    try:
        resolved: object = index.resolve(query).id
    except EntityNotFound as error:
        resolved = ("unknown", [known.id for known in error.suggestions])
    except AmbiguousName as error:
        resolved = ("ambiguous", [known.id for known in error.candidates])
    found = [
        [(hit.entity, hit.name, hit.match, hit.score) for hit in index.search(query, types=types, limit=50)]
        for types in (None, {"person"}, {"place", "country"})
    ]
    return resolved, found


def list_names(snapshot: Snapshot) -> name_search.NameIndex[Node]:
    """Return all names of a graph in dictionaries."""
    canonical = snapshot.canonical
    return name_search.NameIndex(
        snapshot.nodes.values(), lambda entity_id: snapshot.nodes.get(canonical.get(entity_id, entity_id))
    )


def ask_in_dictionaries(snapshot: Snapshot, query: str) -> tuple[object, ...]:
    """Return what names in dictionaries, all read from the graph's nodes, say of a query."""
    return ask(list_names(snapshot), query)


@given(people, st.lists(queries, min_size=1, max_size=4))
@settings(max_examples=150, deadline=None)
def test_columns_answer_as_dictionaries_do(
    drawn: list[tuple[str, list[str], str, int]], asked: list[str]
) -> None:
    """Whoever is meant, whoever comes close, under which name, how and how well: all is the same."""
    snapshot = build_snapshot(rows_of(drawn), [])
    for query in asked:
        assert ask(snapshot.names, query) == ask_in_dictionaries(snapshot, query)


def crowd(size: int, seed: int) -> list[EntityRow]:
    """Return persons of few given names and many surnames, many of which share their beginnings."""
    draw = random.Random(seed)  # noqa: S311 (a fixed sequence)
    syllables = ["ka", "ra", "mi", "so", "le", "ta", "no", "ba"]
    return rows_of(
        (
            f"{draw.choice(_GIVEN)} a{''.join(draw.choices(syllables, k=draw.randint(2, 5)))}",
            [],
            draw.choice(_TYPES),
            draw.randint(0, 2),
        )
        for _ in range(size)
    )


@pytest.fixture(scope="module")
def crowded() -> Snapshot:
    """A graph of so many names that most queries fit more of them than are compared."""
    return build_snapshot(crowd(6_000, 5), [])


@pytest.mark.parametrize(
    "query", ["a", "Ali", "mohammed ak", "Ali akaramiso", "joseph", "akaramisu", "axqzra", "hasan xkqz"]
)
def test_a_crowd_is_cut_as_dictionaries_cut_it(crowded: Snapshot, query: str) -> None:
    """Of thousands of names that share a word, the same four hundred are compared; ties are broken alike."""
    assert ask(crowded.names, query) == ask_in_dictionaries(crowded, query)


def test_misspelt_words_are_the_closest_of_all(crowded: Snapshot) -> None:
    """Telling words apart by their letters first finds the ten that comparing with every word finds."""
    words = crowded.columns.nodes.names.words
    listed = [words[number] for number in range(len(words.columns.letters))]
    draw = random.Random(2)  # noqa: S311
    for word in [*draw.sample(listed, 20), "akaraxx", "zzz", "mohamnedd", "qaqaqaqaqa", "ab1"]:
        wrong = word[:2] + draw.choice("xyz") + word[3:]
        closest = process.extract(
            wrong, listed, scorer=Levenshtein.normalized_similarity, score_cutoff=0.6, limit=10
        )
        assert words.find_mistyped(wrong) == [(other, score) for other, score, _ in closest]


@given(st.lists(st.text("abcde019", max_size=8), min_size=2, max_size=2))
def test_letters_never_promise_too_little(pair: list[str]) -> None:
    """What the letters of two words say of their distance is no more than their distance."""
    left, right = list_letters(StringTable.of(pair))
    assert least_distances(left, np.array([right]))[0] <= Levenshtein.distance(*pair)


@given(
    st.lists(
        st.one_of(names, st.text(max_size=12), st.text("aA.'s &\nthe ال中é\u2028", max_size=9)), max_size=6
    )
)
@settings(max_examples=300)
def test_keys_of_many_are_the_keys_of_each(texts: list[str]) -> None:
    """Reading names a batch at a time gives the keys that reading them one by one gives."""
    assert search_keys(texts) == [search_key(text) for text in texts]


def tell(index: NameIndex | name_search.NameIndex[Node], query: str) -> list[tuple[str, str, float]]:
    """Return whom an index finds."""
    return [(hit.entity.id, hit.match, hit.score) for hit in index.search(query, limit=50)]


@pytest.mark.parametrize("seed", range(4))
def test_what_came_since_is_searched_beside_the_base(seed: int) -> None:
    """New, renamed and merged entities are found by their names of today, and no longer by those they had."""
    with Store.open("sqlite://") as store:
        store.upgrade()
        writer, cache = Writer(store, seed), SnapshotCache(store)
        writer.write()
        asked = ["New 3", "the great", "grea", "name", "Nam 5", "a", "ax", "A1 the Grate"]
        for step in range(12):
            snapshot = cache.current()
            plain = list_names(snapshot)
            for query in [*asked, *writer.entities, *map(str.upper, writer.entities)]:
                assert tell(snapshot.names, query) == tell(plain, query)
            if step == 8:
                left, right, *_ = writer.entities
                store.add_judgement(left, right, "same")
            writer.write()


def test_names_of_a_file_are_looked_up_as_they_lie_there(tmp_path: Path) -> None:
    """Nothing is made after a start: the keys and words were made when the file was written."""
    rows = crowd(300, 9)
    judgements = [JudgementRow(1, "e1", "e2", "same", "e1")]
    built = build_snapshot(rows, [], judgements=judgements)
    save_columns(built.columns, tmp_path / "file")
    loaded = Snapshot(load_columns(tmp_path / "file"))
    assert loaded.names.is_read
    assert not loaded.columns.nodes.names.keys.hashes.flags.writeable
    for query in ["e2", rows[7].name, "Ali", "akaramisu", "axqzra"]:
        assert ask(loaded.names, query) == ask(built.names, query)


@given(st.lists(st.text("aeiouyhskctzjdgwqux019", min_size=1, max_size=9), max_size=8))
@settings(max_examples=300)
def test_consonants_of_many_are_the_consonants_of_each(words: list[str]) -> None:
    """Reading words a batch at a time gives the consonants that reading them one by one gives."""
    assert consonant_skeletons(words) == [consonant_skeleton(word) for word in words]


def test_names_that_nobody_asked_for_are_not_made() -> None:
    """A small graph that is asked by ids alone reads no name."""
    snapshot = build_snapshot(rows_of([("Iran", [], "country", 1)]), [])
    assert snapshot.names.resolve("e0").name == "Iran"
    assert not snapshot.names.is_read
    snapshot.names.resolve("iran")
    assert snapshot.names.is_read
