"""Copies of one story: near-identical texts by MinHash, very short ones by equality.

A wire story runs in many papers with another headline, an edited lead or a cut tail. Each text gets a signature of
128 minimum hashes over its runs of three words (Broder 1997); texts that share one of 42 bands of three hashes are
looked at (locality-sensitive hashing), and are copies when the signatures say that they share enough. What is
compared does not depend on what else is stored, so the same pairs are copies whatever the order of ingest.
"""

import hashlib
import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Protocol

import numpy as np
import numpy.typing as npt

HASHES = 128
ROWS_A_BAND = 3
SHINGLE_WORDS = 3
SHORT_TEXT_WORDS = 30
"""Texts with fewer words are copies only of texts with the same words."""

COPY_JACCARD = 0.4
CUT_JACCARD = 0.3
CUT_CONTAINMENT = 0.6

_WORD = re.compile(r"\w+")
_SHINGLES_AT_ONCE = 4096

_Signature = npt.NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What of a text is compared with other texts.

    Attributes:
        signature: Number of distinct shingles and the minimum hashes, little-endian; None for a short text.
        bands: Keys under which copies are found.
    """

    signature: bytes | None
    bands: frozenset[str]


class StoredStory(Protocol):
    """A stored document that shares a band with a new one."""

    @property
    def story_id(self) -> str: ...  # noqa: D102

    @property
    def signature(self) -> bytes | None: ...  # noqa: D102


def build_fingerprint(text: str) -> Fingerprint:
    """Return a text's fingerprint; the same for the same words on every machine and in every version.

    Cost: O(words); memory is bounded whatever the length.
    """
    words = _WORD.findall(unicodedata.normalize("NFKC", text).casefold())
    if len(words) < SHORT_TEXT_WORDS:
        whole = hashlib.blake2b(" ".join(words).encode(), digest_size=16).hexdigest()
        return Fingerprint(None, frozenset({f"w:{whole}"}))
    shingles = {" ".join(words[i : i + SHINGLE_WORDS]) for i in range(len(words) - SHINGLE_WORDS + 1)}
    minima = _min_hashes(shingles)
    bands = frozenset(
        f"{number:x}:{hashlib.blake2b(band.astype('<u4').tobytes(), digest_size=8).hexdigest()}"
        for number, band in enumerate(minima[: HASHES - HASHES % ROWS_A_BAND].reshape(-1, ROWS_A_BAND))
    )
    signature = len(shingles).to_bytes(4, "little") + minima.astype("<u4").tobytes()
    return Fingerprint(signature, bands)


def is_copy(left: bytes | None, right: bytes | None) -> bool:
    """Say whether two signatures, of texts that share a band, are those of copies of one story.

    Two fifths of all shingles in common will do, or less where one text is a cut version of the other: three
    fifths of the shorter one. Texts that share an event but no author have a few in a hundred. The standard
    error of the estimate is at most 0.045.
    """
    if left is None or right is None:
        return left is right  # short texts share a band only when they are equal
    left_size, left_minima = _read_signature(left)
    right_size, right_minima = _read_signature(right)
    jaccard = float(np.mean(left_minima == right_minima))
    shared = jaccard * (left_size + right_size) / (1 + jaccard)
    containment = shared / min(left_size, right_size)
    return jaccard >= COPY_JACCARD or (jaccard >= CUT_JACCARD and containment >= CUT_CONTAINMENT)


def find_stories(fingerprint: Fingerprint, members: Iterable[StoredStory]) -> tuple[str, ...]:
    """Return the stories that a new text is a copy of, in the order of `members`, each once.

    Two and more mean that the text is the link between them: all of them are then one story, so that the
    grouping is the same in whatever order the copies arrive.
    """
    return tuple(
        dict.fromkeys(
            member.story_id for member in members if is_copy(fingerprint.signature, member.signature)
        )
    )


def _read_signature(signature: bytes) -> tuple[int, _Signature]:
    return int.from_bytes(signature[:4], "little"), np.frombuffer(signature, dtype="<u4", offset=4)


def _min_hashes(shingles: Collection[str]) -> _Signature:
    multipliers, offsets = _hash_family()
    hashed = np.frombuffer(
        b"".join(hashlib.blake2b(shingle.encode(), digest_size=8).digest() for shingle in shingles),
        dtype="<u8",
    )
    minima = np.full(HASHES, np.iinfo(np.uint32).max, dtype=np.uint32)
    for start in range(0, len(hashed), _SHINGLES_AT_ONCE):
        part = hashed[start : start + _SHINGLES_AT_ONCE, None]
        # Multiply, add, keep the high bits (Dietzfelbinger 1996); the products wrap at 64 bits on purpose.
        values = ((part * multipliers + offsets) >> np.uint64(32)).astype(np.uint32)
        minima = np.minimum(minima, values.min(axis=0))
    return minima


@cache
def _hash_family() -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint64]]:
    # Drawn from a hash, not from a random generator whose stream may change with its library.
    digests = (
        hashlib.blake2b(f"actorgraph minhash {n}".encode(), digest_size=16).digest() for n in range(HASHES)
    )
    drawn = np.frombuffer(b"".join(digests), dtype="<u8").reshape(HASHES, 2).astype(np.uint64)
    return drawn[:, 0] | np.uint64(1), drawn[:, 1].copy()
