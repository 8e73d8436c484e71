"""Training of the network, from batches that are packed anew each epoch."""

import logging
import random
from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.optim import AdamW
from transformers import PreTrainedTokenizerFast, get_linear_schedule_with_warmup

from ingest.training.encoding import Batch, encode
from ingest.training.examples import LABELS, Passage
from ingest.training.measuring import Measures, describe_measures, measure
from ingest.training.network import RelationNetwork
from ingest.training.packing import make_batches

_ENCODER_RATE = 1.5e-4
"""Learning rate of what reads English already: high for fine-tuning, for the encoder is small."""
_HEAD_RATE = 7e-4
"""Learning rate of what starts from random weights."""
_WEIGHT_DECAY = 0.01
_WARMUP_SHARE = 12
"""One step in so many warms up, so that random heads do not spoil the encoder at the start."""
_LABEL_SMOOTHING = 0.03
"""About the share of wrong labels to expect, so that none of them is learned at any price."""
_LARGEST_GRADIENT = 1.0
"""As a norm; a batch of odd passages moves the weights no further than others."""
_STEPS_PER_LINE = 50
_HAS_BFLOAT16 = bool(torch.ops.mkldnn._is_mkldnn_bf16_supported())  # noqa: SLF001 (torch says it nowhere else)
"""Processors without such numbers take ten times as long to imitate them as to count in 32 bits."""

_log = logging.getLogger(__name__)


def fit(
    network: RelationNetwork,
    tokenizer: PreTrainedTokenizerFast,
    passages: Sequence[Passage],
    held_out: Sequence[Passage],
    *,
    epochs: int,
    seed: int,
) -> Measures:
    """Fit in place, and return how the network does on held-out passages after the last epoch.

    The encoder learns slowly and the heads fast, both rates falling linearly to nothing. The word embeddings stay as
    they are: few of them are seen often enough to learn anything but the training names. `seed` decides how passages
    are packed and which names are masked; dropout is drawn by torch. Logs the loss every 50 steps, and the figures on
    held-out passages each epoch.

    Cost: about eight minutes an epoch of 32,000 passages on two cores that do nothing else.
    """
    chooser = random.Random(seed)  # noqa: S311 - a reproducible shuffle, not a secret
    network.encoder.embeddings.requires_grad_(requires_grad=False)
    optimizer = _build_optimizer(network)
    # An estimate, for no two epochs are packed alike; a few steps more or less at a rate of next to nothing.
    steps = epochs * len(make_batches(passages, random.Random(seed)))  # noqa: S311 - as above
    schedule = get_linear_schedule_with_warmup(optimizer, steps // _WARMUP_SHARE, steps)
    measures: Measures = {}
    step = 0
    for epoch in range(1, epochs + 1):
        network.train()
        for chunk in make_batches(passages, chooser):
            loss = _compute_loss(network, encode(chunk, tokenizer, masker=chooser))
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), _LARGEST_GRADIENT)
            optimizer.step()
            schedule.step()
            step += 1
            if step % _STEPS_PER_LINE == 0:
                _log.info("epoch %d/%d step %d/%d loss %.3f", epoch, epochs, step, steps, loss.item())
        measures = measure(network, tokenizer, held_out)
        _log.info("epoch %d/%d held out: %s", epoch, epochs, describe_measures(measures))
    return measures


def _build_optimizer(network: RelationNetwork) -> AdamW:
    heads = [p for name, p in network.named_parameters() if not name.startswith("encoder.")]
    encoder = [p for p in network.encoder.parameters() if p.requires_grad]
    rates = [{"params": encoder, "lr": _ENCODER_RATE}, {"params": heads, "lr": _HEAD_RATE}]
    return AdamW(rates, weight_decay=_WEIGHT_DECAY)


def _compute_loss(network: RelationNetwork, batch: Batch) -> Tensor:
    """Return the sum of the heads' mean losses, of those that know a pair of the batch."""
    loss_of = nn.CrossEntropyLoss(ignore_index=-1, label_smoothing=_LABEL_SMOOTHING)
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=_HAS_BFLOAT16):
        outputs = network(*batch.inputs)
    losses = [
        loss_of(output.float().flatten(0, 1), batch.labels[head].flatten())
        for head, output in zip(LABELS, outputs, strict=True)
        if (batch.labels[head] >= 0).any()
    ]
    return torch.stack(losses).sum()
