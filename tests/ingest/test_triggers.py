"""The trigger lexicon: what it refuses, and that each word has one meaning at each place."""

import copy
from collections import Counter
from collections.abc import Mapping
from typing import Any

import pytest

from graph.ontology import get_ontology
from ingest.lexicon import LEXICON_FOLDER, LexiconError, read_yaml
from ingest.triggers import build_triggers, get_triggers

# Sections of rows, and where their words are listed.
ROW_SECTIONS = {
    "verbs": "verbs",
    "things": "verbs",
    "people": "words",
    "acts": "words",
    "adjectives": "words",
    "states": "words",
}


@pytest.fixture(scope="module")
def raw() -> Mapping[str, Any]:
    """The file as it is written."""
    content: Mapping[str, Any] = read_yaml(LEXICON_FOLDER / "verbs.yaml")
    return content


def test_every_how_is_in_the_ontology() -> None:
    """A frame's kind allows its how, and is one of the two signed ones."""
    triggers = get_triggers()
    for table in (triggers.verbs, triggers.light_verbs, triggers.acts, triggers.adjectives, triggers.people):
        for frames in table.values():
            for frame in frames:
                relation = get_ontology().get_relation(frame.kind)
                assert relation.sign != 0
                assert frame.how is None or frame.how in relation.how
                assert 0 < frame.sure <= 1


def test_there_are_several_hundred_triggers_of_each_sign(raw: Mapping[str, Any]) -> None:
    """Each sign has at least 300 words over all sections."""
    for kind in ("supports", "opposes"):
        words = {
            word for section, key in ROW_SECTIONS.items() for row in raw[kind][section] for word in row[key]
        }
        assert len(words) >= 300


@pytest.mark.parametrize("section", ["verbs", "acts", "adjectives"])
def test_a_word_has_one_meaning_at_a_place(raw: Mapping[str, Any], section: str) -> None:
    """No word leads to the same target place twice, be it with one sign or with both."""
    places: Counter[tuple[str, str]] = Counter()
    for kind in ("supports", "opposes"):
        for row in raw[kind][section]:
            target = [row["target"]] if isinstance(row["target"], str) else row["target"]
            places.update((word, place) for word in row[ROW_SECTIONS[section]] for place in target)
    assert [place for place, count in places.items() if count > 1] == []


def test_refuses_a_how_of_another_kind(raw: Mapping[str, Any]) -> None:
    """`attacks` is no way to support."""
    broken = copy.deepcopy(dict(raw))
    broken["supports"]["verbs"][0]["how"] = "attacks"
    with pytest.raises(LexiconError, match="'attacks' is no way to be in relation 'supports'"):
        build_triggers(broken)


def test_refuses_a_bare_on(raw: Mapping[str, Any]) -> None:
    """YAML reads a bare `on` as a truth value; the message says what to do."""
    broken = copy.deepcopy(dict(raw))
    broken["opposes"]["verbs"][0]["target"] = [True]
    with pytest.raises(LexiconError, match="True is not text; quote it"):
        build_triggers(broken)
