"""The language model: whether it is there, and loaded no sooner than a text needs it."""

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from app.errors import ModelUnavailable

if TYPE_CHECKING:
    from ingest.gazetteer import Gazetteer
    from ingest.pipeline import Pipeline
    from ingest.types import Extraction, RawDocument


def check_model(model: str) -> None:
    """Make sure that a language model is there, without loading it.

    Raises:
        ModelUnavailable: It is neither an installed package nor a folder.
    """
    if find_spec(model.partition(".")[0]) is None and not Path(model).is_dir():
        raise ModelUnavailable(
            f"The language model {model!r} is not installed; install it with pip, or name another."
        )


def load_pipeline(model: str, lexicon: Sequence[Path] = (), *, scorer: bool = True) -> "Pipeline":
    """Load the extraction pipeline; takes some seconds.

    Args:
        model: A spaCy pipeline's package or folder.
        lexicon: Folders laid over the product's lexicon.
        scorer: Whether the learned scorer reads too, where it is installed.

    Raises:
        ModelUnavailable: There is no such language model, or a file of the scorer is damaged.
        LexiconError: A folder's file has a fault.
    """
    check_model(model)
    from ingest.pipeline import Pipeline  # noqa: PLC0415  # spaCy takes seconds to import, and most runs need none
    from ingest.scorer import UnusableScorer  # noqa: PLC0415  # likewise

    try:
        return Pipeline.load(model, lexicon, scorer=scorer)
    except UnusableScorer as error:
        raise ModelUnavailable(str(error)) from error
    except OSError as error:
        raise ModelUnavailable(f"The language model {model!r} cannot be loaded: {error}") from error


class LazyPipeline:
    """The extraction pipeline, loaded when the first text needs it, and used by one thread at a time."""

    def __init__(self, model: str, lexicon: Sequence[Path] = (), *, scorer: bool = True) -> None:
        self.model = model
        self._lexicon = tuple(lexicon)
        self._scorer = scorer
        self._lock = Lock()
        self._pipeline: Pipeline | None = None

    @property
    def gazetteer(self) -> "Gazetteer":
        """The names it knows; loads the model when nothing has yet.

        Raises:
            ModelUnavailable: There is no such language model.
        """
        with self._lock:
            return self._get_pipeline().gazetteer

    def extract(self, document: "RawDocument") -> "Extraction":
        """Return what one document says; the first call takes some seconds more.

        Raises:
            ModelUnavailable: There is no such language model.
        """
        with self._lock:
            return self._get_pipeline().extract(document)

    def _get_pipeline(self) -> "Pipeline":
        if self._pipeline is None:
            self._pipeline = load_pipeline(self.model, self._lexicon, scorer=self._scorer)
        return self._pipeline
