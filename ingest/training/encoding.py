"""Passages as tensors: word pieces, which pieces are which name, and what is known of each pair."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from transformers import PreTrainedTokenizerFast

from ingest.training.examples import LABELS, Head, Passage

MAX_TOKENS = 192
"""Word pieces read of a passage; enough for 620 characters of news with strange names in it."""
MASKED_SHARE = 0.25
"""Share of training names whose words are hidden, so that the verdict comes from the sentence and not from fame."""
_TOKENS_ROUNDED_TO = 16
"""Batches of few different lengths: the matrix kernels are compiled once for each."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Tensors for one step.

    Attributes:
        ids: Word pieces, (passages, tokens).
        mask: 1 where there is a piece and 0 where there is padding, (passages, tokens).
        name_weights: (passages, names, tokens), each row averaging a name's pieces.
        sources: Numbers of names, (passages, pairs).
        targets: The same of the pairs' other ends.
        labels: By head, (passages, pairs); -1 where the head knows nothing of a pair.
    """

    ids: Tensor
    mask: Tensor
    name_weights: Tensor
    sources: Tensor
    targets: Tensor
    labels: dict[Head, Tensor]

    @property
    def inputs(self) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
        """What the network takes, in its order."""
        return self.ids, self.mask, self.name_weights, self.sources, self.targets


def encode(
    passages: Sequence[Passage], tokenizer: PreTrainedTokenizerFast, *, masker: random.Random | None = None
) -> Batch:
    """Return a batch; with `masker`, a share of the names loses its words.

    Pairs with a name that was cut off, past the last piece read, are unknown.
    """
    encoded = tokenizer(
        [p.text for p in passages],
        truncation=True,
        max_length=MAX_TOKENS,
        padding=True,
        pad_to_multiple_of=_TOKENS_ROUNDED_TO,
        return_offsets_mapping=True,
        return_tensors="pt",
    )
    ids, offsets = encoded["input_ids"], encoded["offset_mapping"]
    columns = [_number_pairs(passage) for passage in passages]
    size, most = len(passages), max(1, *map(len, columns))
    weights = torch.zeros(size, max(len(p.names) for p in passages), ids.shape[1])
    sources, targets = torch.zeros(size, most, dtype=torch.long), torch.zeros(size, most, dtype=torch.long)
    labels: dict[Head, Tensor] = {head: torch.full((size, most), -1) for head in LABELS}
    for row, passage in enumerate(passages):
        present: set[int] = set()
        for number, inside in enumerate(_find_pieces(passage, offsets[row])):
            if inside.any():
                weights[row, number, inside] = 1.0 / inside.sum()
                present.add(number)
                if masker is not None and masker.random() < MASKED_SHARE:
                    ids[row, inside] = tokenizer.mask_token_id
        for (source, target), column in columns[row].items():
            sources[row, column], targets[row, column] = source, target
        for pair in passage.pairs:
            if pair.source in present and pair.target in present:
                labels[pair.head][row, columns[row][pair.source, pair.target]] = pair.label
    return Batch(ids, encoded["attention_mask"], weights, sources, targets, labels)


def _number_pairs(passage: Passage) -> dict[tuple[int, int], int]:
    """Return the column of each ordered pair of which some head knows something."""
    pairs = dict.fromkeys((pair.source, pair.target) for pair in passage.pairs)
    return {pair: column for column, pair in enumerate(pairs)}


def _find_pieces(passage: Passage, offsets: Tensor) -> list[Tensor]:
    """Return for each name which pieces it touches, (tokens); `offsets` are the pieces' own, (tokens, 2)."""
    touched = []
    for fragments in passage.names:
        inside = torch.zeros(len(offsets), dtype=torch.bool)
        for start, end in fragments:
            inside |= (offsets[:, 0] < end) & (offsets[:, 1] > start)
        touched.append(inside)
    return touched
