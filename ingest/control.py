"""Which verbs hand their object, or a preposition's, down as the agent of the clause below."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import NamedTuple

from graph.yaml_text import read_yaml


class Control(NamedTuple):
    """Which verbs hand their object down as the agent of the clause below; see lexicon/control.yaml."""

    object: frozenset[str]
    both: frozenset[str]
    preposition: Mapping[str, frozenset[str]]
    judgement: frozenset[str]


@cache
def get_control() -> Control:
    """Return the control verbs, by lemma; read from disk once a process."""
    raw = read_yaml(files("ingest").joinpath("lexicon/control.yaml").read_text(encoding="utf-8"))
    prepositions = {verb: frozenset(words) for verb, words in raw["preposition"].items()}
    return Control(
        object=frozenset(raw["object"]),
        both=frozenset(raw["both"]),
        preposition=MappingProxyType(prepositions),
        judgement=frozenset(raw["judgement"]),
    )
