"""Train the relation scorer and export it as quantized ONNX.

    python -m ingest.training.train_scorer --signed dse_train.jsonl --structural redocred_train.jsonl --out FOLDER

Seeded; half an hour on two cores. Needs the `training` group of pyproject.toml.
"""

import argparse
import logging
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryFile

from graph.errors import ActorgraphError
from ingest.training.annotated import iter_annotated
from ingest.training.examples import LABELS, Passage
from ingest.training.packing import split
from ingest.training.patterns import iter_filled
from ingest.training.public_sets import iter_signed, iter_structural

FILLS = 12
"""How often each pattern is filled: enough for every one of its words, too little to crowd out what people wrote."""
ANNOTATED_WEIGHT = 2
"""How often an epoch sees each sentence that was annotated whole, for those are nearest to what the scorer is asked."""

_INTERRUPTED = 130
_log = logging.getLogger("ingest.training")


class TooFewPassages(ActorgraphError):
    """Nothing that was set apart tells how a head does.

    Attributes:
        head: Which one.
    """

    def __init__(self, head: str) -> None:
        self.head = head
        super().__init__(f"Too few passages: none of those set apart says anything to the head {head!r}.")


class UnwritableFolder(ActorgraphError):
    """The weights could not be written where they are wanted.

    Attributes:
        folder: Where that is.
    """

    def __init__(self, folder: Path, fault: str) -> None:
        self.folder = folder
        super().__init__(f"{folder}: the weights cannot be written there: {fault}")


def main() -> None:
    """Train, calibrate on passages set apart, and export; whatever goes wrong is told in one line."""
    options = _parse_options()
    logging.basicConfig(stream=sys.stderr, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    _log.setLevel(logging.INFO)
    try:
        held_out, training = read_passages(options.signed, options.structural, options.seed)
        check_writable(options.out)
        _log.info("%d training passages, %d held out", len(training), len(held_out))
        _train(training, held_out, epochs=options.epochs, seed=options.seed, out=options.out)
    except ActorgraphError as error:
        sys.exit(str(error))
    except ModuleNotFoundError as error:
        sys.exit(f"There is no package {error.name!r} here; `make train` makes an environment that has it.")
    except KeyboardInterrupt:
        sys.stderr.write("Training stopped; no weights were written.\n")
        sys.exit(_INTERRUPTED)


def read_passages(signed: Path, structural: Path, seed: int) -> tuple[list[Passage], list[Passage]]:
    """Return (held out, training), of all sources.

    Raises:
        UnusableExample: A file is missing, or one of its lines is not as expected.
        TooFewPassages: The held-out ones leave a head without any pair.
    """
    passages = [*iter_signed(signed), *iter_structural(structural, seed), *iter_filled(seed, FILLS)]
    held_out, training = split(passages, seed)
    # Split on its own, so that no copy of a sentence is learned from while another is measured on.
    annotated_apart, annotated = split(list(iter_annotated()), seed)
    held_out += annotated_apart
    training += annotated * ANNOTATED_WEIGHT
    check_measurable(held_out)
    return held_out, training


def check_measurable(held_out: Sequence[Passage]) -> None:
    """Make sure that every head has a pair to be measured on.

    Raises:
        TooFewPassages: One has none.
    """
    known = {pair.head for passage in held_out for pair in passage.pairs}
    for head in LABELS:
        if head not in known:
            raise TooFewPassages(head)


def check_writable(folder: Path) -> None:
    """Make the folder if need be, and make sure that files can be written into it.

    Raises:
        UnwritableFolder: They cannot.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise UnwritableFolder(folder, error.strerror or str(error)) from error


def _train(training: list[Passage], held_out: list[Passage], *, epochs: int, seed: int, out: Path) -> None:
    # Loading torch takes seconds, which nobody should wait for to hear that a path was mistyped.
    from ingest.training.exporting import export  # noqa: PLC0415
    from ingest.training.fitting import fit  # noqa: PLC0415
    from ingest.training.network import load_start  # noqa: PLC0415

    network, tokenizer = load_start(seed)
    measures = fit(network, tokenizer, training, held_out, epochs=epochs, seed=seed)
    export(network, tokenizer, training[0], measures, out)


def _parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Train the relation scorer.")
    parser.add_argument("--signed", type=Path, required=True, help="sentences with a stance, JSON lines")
    parser.add_argument("--structural", type=Path, required=True, help="documents with relations, JSON lines")
    parser.add_argument("--out", type=Path, required=True, help="folder for the weights")
    parser.add_argument("--epochs", type=int, choices=range(1, 21), metavar="1..20", default=4)
    parser.add_argument("--seed", type=int, default=13)
    return parser.parse_args()


if __name__ == "__main__":
    main()
