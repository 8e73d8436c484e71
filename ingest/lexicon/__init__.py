"""What the extractor knows before it reads: names, spellings, titles. Data files, and the objects they become."""

from ingest.lexicon.entries import Entry, read_entries, read_words
from ingest.lexicon.items import (
    PLACE_KINDS,
    TITLE_KINDS,
    CitySpelling,
    Country,
    ForceHead,
    KnownActor,
    KnownPlace,
    Title,
    TitleMarkers,
)
from ingest.lexicon.loader import LEXICON_FOLDER, Lexicon, get_lexicon, per_lexicon, use_lexicon
from ingest.lexicon.rules import is_from_outside, read_rules
from ingest.lexicon.yaml_values import LexiconError, read_yaml

__all__ = [
    "LEXICON_FOLDER",
    "PLACE_KINDS",
    "TITLE_KINDS",
    "CitySpelling",
    "Country",
    "Entry",
    "ForceHead",
    "KnownActor",
    "KnownPlace",
    "Lexicon",
    "LexiconError",
    "Title",
    "TitleMarkers",
    "get_lexicon",
    "is_from_outside",
    "per_lexicon",
    "read_entries",
    "read_rules",
    "read_words",
    "read_yaml",
    "use_lexicon",
]
