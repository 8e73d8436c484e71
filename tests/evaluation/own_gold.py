"""Our own gold alone, while rules are made: `python -m tests.evaluation.own_gold [--errors] [--scorer off]`.

Unseen sentences and documents are measured by `python -m tests.evaluation.run`; their errors are shown there, on
request, for whoever maintains the gold.
"""

import argparse
import sys
from collections.abc import Sequence

from tests.evaluation.baseline import ComparedPipeline
from tests.evaluation.own_sets import measure_sentences
from tests.evaluation.table import HEADING, format_own_set


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table of own gold with the baseline beside it, after every error when asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true", help="print every error, with its sentence")
    parser.add_argument(
        "--scorer", choices=("on", "off"), default="on", help="whether the learned scorer reads too"
    )
    options = parser.parse_args(arguments)
    ours, naive = measure_sentences(ComparedPipeline.load(scorer=options.scorer == "on"))
    if options.errors:
        print("\n".join(ours.errors))
    print(HEADING)
    print(format_own_set("own gold", ours.summary, naive.summary))
    return 0


if __name__ == "__main__":
    sys.exit(main())
