"""What the extractor knows before it reads: names, spellings, titles. Data files, and the objects they become."""

from ingest.lexicon.entries import Entry, LexiconError, read_entries, read_words, read_yaml
from ingest.lexicon.loader import (
    LEXICON_FOLDER,
    CitySpelling,
    Country,
    ForceHead,
    KnownActor,
    KnownPlace,
    Lexicon,
    Title,
    TitleMarkers,
    get_lexicon,
)

__all__ = [
    "LEXICON_FOLDER",
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
    "read_entries",
    "read_words",
    "read_yaml",
]
