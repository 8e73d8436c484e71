"""Rows that stand: told by what came since, they are those of a mask that is written anew each time."""

import numpy as np
import pytest

from graph.snapshot.standing import Standing


@pytest.mark.parametrize("seed", range(3))
def test_standing_rows_are_those_never_struck_out(seed: int) -> None:
    """After any number of growths; what was told before stays as it was."""
    draw = np.random.default_rng(seed)
    plain = draw.integers(0, 2, 20).astype(np.uint8)
    standing = Standing(plain)
    for _ in range(6):
        before, told = standing, plain.copy()
        added = draw.integers(0, 2, draw.integers(0, 5)).astype(np.uint8)
        struck = draw.integers(0, len(plain), draw.integers(0, 4))
        plain = np.concatenate([plain, added])
        plain[struck] = 0
        standing = before.grow(added, struck)
        assert before.mask.tolist() == told.tolist()
        assert standing.mask.tolist() == plain.tolist()
        numbers = draw.permutation(len(plain))[:12]
        assert standing.choose(numbers).tolist() == numbers[plain[numbers] != 0].tolist()
        start = int(draw.integers(20, len(plain) + 1))
        assert standing.take_from(start).mask.tolist() == plain[start:].tolist()
    with pytest.raises(ValueError, match="read-only"):
        standing.mask[0] = 1
