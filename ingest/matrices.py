"""Matrix products for the parser: NumPy's own library, in one thread.

spaCy's parser multiplies by a library of its own, which on most machines takes half again as long. NumPy's (OpenBLAS)
is faster, but splits each product over all processors; for the small ones of a parser that gains nothing where the
machine is idle, and costs several times the work where it is not.
"""

import ctypes
from functools import cache
from pathlib import Path

import numpy as np
from spacy.language import Language
from thinc.api import NumpyOps

_SETTERS = tuple(
    f"{prefix}openblas_set_num_threads{suffix}" for prefix in ("scipy_", "") for suffix in ("64_", "")
)


def use_fast_products(nlp: Language) -> bool:
    """Let a pipeline multiply by NumPy's library, with the same parses; say whether it does.

    Where that library cannot be kept to one thread, as on other systems, the pipeline stays as it is.
    """
    if not _keep_to_one_thread():
        return False
    ops = NumpyOps(use_blis=False)
    for _, component in nlp.pipeline:
        model = getattr(component, "model", None)
        if model is not None and isinstance(model.ops, NumpyOps):
            model._to_ops(ops)  # noqa: SLF001  # what `use_ops` would do, for this pipeline alone
    return True


@cache
def _keep_to_one_thread() -> bool:
    """Tell OpenBLAS, as NumPy's wheels bring it along, to work in the thread that asks; say whether it heard."""
    site = Path(np.__file__).parent
    folders = (site.parent / "numpy.libs", site / ".dylibs", site.parent / "numpy/.libs")
    for path in (path for folder in folders for path in folder.glob("*openblas*")):
        library = ctypes.CDLL(str(path))
        for name in _SETTERS:
            setter = getattr(library, name, None)
            if setter is not None:
                setter(1)
                return True
    return False
