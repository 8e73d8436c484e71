"""Long texts in little memory: what is parsed together, and parses kept small until they are looked at."""

import itertools
import re
import zlib
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from typing import overload

import numpy as np

from ingest.parse import COLUMNS, ParseReader, Table
from ingest.types import Block, ParsedBlock, RawDocument

LONG_DOCUMENT_CHARS = 150_000
"""Where a text's parses are packed; those of such a text take about 40 MiB unpacked."""
_MAX_BLOCK_CHARS = 12_000
_BATCH_BLOCKS = 64
_BATCH_BLOCK_CHARS = 48_000
_BATCH_DOCUMENTS = 16
_BLOCKS_AT_HAND = 128
_KEPT_CHARS = 500_000
_SENTENCE_END = re.compile(r"[.!?][\"')\]]*\s+(?=[\"'(\[]?[A-Z0-9])")


def group_documents(documents: Iterable[RawDocument]) -> Iterator[list[RawDocument]]:
    """Yield documents to be parsed together, in order: together they are no longer than one long document, or one."""
    group: list[RawDocument] = []
    chars = 0
    for document in documents:
        if group and (chars + len(document.text) > LONG_DOCUMENT_CHARS or len(group) == _BATCH_DOCUMENTS):
            yield group
            group, chars = [], 0
        group.append(document)
        chars += len(document.text)
        if chars > LONG_DOCUMENT_CHARS:
            yield group
            group, chars = [], 0
    if group:
        yield group


def group_texts(texts: Iterable[str]) -> Iterator[list[str]]:
    """Yield texts to be parsed at once, in order: as many as give the parser enough to do and fit into little memory."""
    group: list[str] = []
    chars = 0
    for text in texts:
        if group and (chars + len(text) > _BATCH_BLOCK_CHARS or len(group) == _BATCH_BLOCKS):
            yield group
            group, chars = [], 0
        group.append(text)
        chars += len(text)
    if group:
        yield group


def cut_long_blocks(text: str, blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Return the blocks, those of more than 12,000 characters cut behind sentences: a page, or a book without line ends.

    Cost: linear in the length of the text.
    """
    return tuple(piece for block in blocks for piece in _cut_block(text, block))


def _cut_block(text: str, block: Block) -> Iterator[Block]:
    start = block.start_char
    while block.end_char - start > _MAX_BLOCK_CHARS:
        cut = _find_cut(text, start, start + _MAX_BLOCK_CHARS)
        end = cut - (len(text[start:cut]) - len(text[start:cut].rstrip()))
        if end > start:
            yield Block(start, end, block.kind)
        start = cut
    if start < block.end_char:
        yield Block(start, block.end_char, block.kind)


def _find_cut(text: str, start: int, limit: int) -> int:
    """Return where to cut within `limit`: behind the last sentence, else behind the last word, else right there."""
    window = text[start:limit]
    ends = [found.end() for found in _SENTENCE_END.finditer(window, len(window) // 2)]
    if ends:
        return start + ends[-1]
    space = max(window.rfind(" "), window.rfind("\n"))
    return start + space + 1 if space > 0 else limit


class PackedBlocks(Sequence[ParsedBlock]):
    """The parsed blocks of a long text: a tuple's manners, but each parse is packed and unpacked when it is asked for.

    A parse takes about 30 bytes a token packed and 900 unpacked. The first 500,000 characters stay unpacked, which takes some
    90 MiB: a text is gone through from end to end some thirty times, and of what was asked for last nothing would be there the
    next time. Of the rest the last 128 that were asked for stay, so one that is asked for again soon is the same object.
    Unpacking costs about a fiftieth of parsing.
    """

    def __init__(self, blocks: Sequence[Block], tables: Iterator[Table], reader: ParseReader) -> None:
        self._blocks = blocks
        self._reader = reader
        self._packed = [_pack(table) for table in itertools.islice(tables, len(blocks))]
        self._kept: dict[int, ParsedBlock] = {}
        self._at_hand: OrderedDict[int, ParsedBlock] = OrderedDict()
        ends = itertools.accumulate(block.end_char - block.start_char for block in blocks)
        self._most_kept = sum(1 for end in ends if end <= _KEPT_CHARS)

    def __len__(self) -> int:
        return len(self._blocks)

    @overload
    def __getitem__(self, index: int) -> ParsedBlock: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[ParsedBlock, ...]: ...
    def __getitem__(self, index: int | slice) -> ParsedBlock | tuple[ParsedBlock, ...]:
        if isinstance(index, slice):
            return tuple(self[number] for number in range(len(self))[index])
        number = range(len(self))[index]
        if number < self._most_kept:
            if number not in self._kept:
                self._kept[number] = self._unpack(number)
            return self._kept[number]
        found = self._at_hand.get(number)
        if found is not None:
            self._at_hand.move_to_end(number)
            return found
        found = self._at_hand[number] = self._unpack(number)
        if len(self._at_hand) > _BLOCKS_AT_HAND:
            self._at_hand.popitem(last=False)
        return found

    def __iter__(self) -> Iterator[ParsedBlock]:
        return (self[number] for number in range(len(self)))

    def _unpack(self, number: int) -> ParsedBlock:
        return ParsedBlock(self._blocks[number], self._reader.read(_unpack(self._packed[number])))


def _pack(table: Table) -> bytes:
    # One column after the other compresses twice as well as one token after the other.
    return zlib.compress(table.tobytes(), 1)


def _unpack(packed: bytes) -> Table:
    return np.frombuffer(zlib.decompress(packed), np.uint64).reshape(len(COLUMNS), -1)
