"""A parse as plain objects: what the rules ask of spaCy's Doc, Span and Token, under the same names.

Every attribute that spaCy gives a token is built anew each time it is asked for, and the rules ask some hundred times a
token. Here each is read from the parser once, which makes them several times as fast. What is not here, no rule asks for.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, cast, overload

import numpy as np
from numpy.typing import NDArray

from ingest.base_forms import BASE_FORMS

if TYPE_CHECKING:
    import spacy.tokens
    from spacy.vocab import Vocab

Table = NDArray[np.uint64]
"""A parse as numbers, shape (columns, tokens); texts and labels by their hashes, as in spaCy's `StringStore`."""

COLUMNS = ("ORTH", "SPACY", "HEAD", "SENT_START", "DEP", "TAG", "POS", "LEMMA", "ENT_IOB", "ENT_TYPE")
_IOB = ("", "I", "O", "B")


class Form(NamedTuple):
    """What is so of a word wherever it stands."""

    text: str
    lower: str
    is_punct: bool
    is_space: bool
    is_alpha: bool
    is_title: bool
    is_stop: bool
    like_num: bool


class Token:
    """A word of a parse.

    Attributes:
        i: Its place in the Doc.
        idx: The offset of its first character in the Doc's text.
        whitespace_: The space after it, or nothing.
        head: What it hangs on; itself at the root.
        children: What hangs on it, from left to right.
    """

    __slots__ = (
        "children", "dep_", "doc", "ent_iob_", "ent_type_", "form", "head", "i", "idx", "is_sent_start", "lemma_", "lower_",
        "pos_", "tag_", "text", "whitespace_",
    )  # fmt: skip

    doc: "Doc"
    i: int
    idx: int
    form: Form
    text: str
    lower_: str
    whitespace_: str
    lemma_: str
    pos_: str
    tag_: str
    dep_: str
    ent_iob_: str
    ent_type_: str
    is_sent_start: bool
    head: "Token"
    children: Sequence["Token"]

    def __len__(self) -> int:
        return len(self.text)

    def __repr__(self) -> str:
        return self.text

    @property
    def is_punct(self) -> bool:
        """Whether it is a mark, such as a comma or a quote."""
        return self.form.is_punct

    @property
    def is_space(self) -> bool:
        """Whether it is white space alone."""
        return self.form.is_space

    @property
    def is_alpha(self) -> bool:
        """Whether it is of letters alone."""
        return self.form.is_alpha

    @property
    def is_title(self) -> bool:
        """Whether it is capitalised, but not throughout."""
        return self.form.is_title

    @property
    def is_stop(self) -> bool:
        """Whether it is a word that says little by itself, such as "the"."""
        return self.form.is_stop

    @property
    def like_num(self) -> bool:
        """Whether it is a number, in digits or as a word."""
        return self.form.like_num

    @property
    def lefts(self) -> list["Token"]:
        """Its children before it, from left to right."""
        return [child for child in self.children if child.i < self.i]

    @property
    def rights(self) -> list["Token"]:
        """Its children after it, from left to right."""
        return [child for child in self.children if child.i > self.i]

    @property
    def ancestors(self) -> Iterator["Token"]:
        """What it hangs on, and what that hangs on, up to the root."""
        token = self
        while token.head is not token:
            token = token.head
            yield token

    @property
    def subtree(self) -> list["Token"]:
        """All that hangs on it, itself among them, from left to right."""
        if not self.children:
            return [self]
        found: list[Token] = []
        waiting: list[tuple[Token, bool]] = [(self, False)]
        while waiting:  # not recursive: a parser hangs each item of a list on the one before it
            token, opened = waiting.pop()
            if opened or not token.children:
                found.append(token)
            else:
                waiting.extend((child, False) for child in reversed(token.rights))
                waiting.append((token, True))
                waiting.extend((child, False) for child in reversed(token.lefts))
        return found

    @property
    def left_edge(self) -> "Token":
        """The first word of what hangs on it."""
        return self.doc.tokens[min([token.i for token in self._gather_below()])]

    @property
    def right_edge(self) -> "Token":
        """The last word of what hangs on it."""
        return self.doc.tokens[max([token.i for token in self._gather_below()])]

    def _gather_below(self) -> list["Token"]:
        found = [self]
        for token in found:  # which grows meanwhile
            found += token.children
        return found

    @property
    def sent(self) -> "Span":
        """Its sentence."""
        return self.doc.get_sentence(self.i)

    def nbor(self, step: int = 1) -> "Token":
        """Return the word so many places after it, or before it.

        Raises:
            IndexError: The text ends there.
        """
        place = self.i + step
        if place < 0:
            raise IndexError(place)
        return self.doc.tokens[place]

    def is_ancestor(self, other: "Token") -> bool:
        """Say whether another word hangs on it, directly or not."""
        return any(token is self for token in other.ancestors)


def hang(token: Token, head: Token) -> None:
    """Hang a word, with all below it, on another of its sentence."""
    token.head.children = [child for child in token.head.children if child is not token]
    head.children = sorted([*head.children, token], key=lambda child: child.i)
    token.head = head


class Span:
    """Words that follow each other: `doc[start:end]`; `label_` is an entity's."""

    __slots__ = ("doc", "end", "label_", "start")

    def __init__(self, doc: "Doc", start: int, end: int, label: str = "") -> None:
        self.doc = doc
        self.start = start
        self.end = end
        self.label_ = label

    def __len__(self) -> int:
        return self.end - self.start

    def __iter__(self) -> Iterator[Token]:
        return iter(self.doc.tokens[self.start : self.end])

    @overload
    def __getitem__(self, index: int) -> Token: ...
    @overload
    def __getitem__(self, index: slice) -> "Span": ...
    def __getitem__(self, index: int | slice) -> "Token | Span":
        if isinstance(index, slice):
            start, end, _ = index.indices(len(self))
            return Span(self.doc, self.start + start, self.start + max(start, end))
        return self.doc.tokens[range(self.start, self.end)[index]]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Span) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)

    def __repr__(self) -> str:
        return self.text

    @property
    def _key(self) -> tuple[int, int, int, str]:
        return id(self.doc), self.start, self.end, self.label_

    @property
    def text(self) -> str:
        """Its words as they stand in the text."""
        if self.end <= self.start:
            return ""
        first, last = self.doc.tokens[self.start], self.doc.tokens[self.end - 1]
        return self.doc.text[first.idx : last.idx + len(last.text)]

    @property
    def start_char(self) -> int:
        """The offset of its first character in the Doc's text."""
        return self.doc.tokens[self.start].idx if self.start < len(self.doc) else len(self.doc.text)

    @property
    def end_char(self) -> int:
        """The offset behind its last character."""
        if self.end <= self.start:
            return self.start_char
        last = self.doc.tokens[self.end - 1]
        return last.idx + len(last.text)

    @property
    def sent(self) -> "Span":
        """The sentence in which it begins."""
        return self.doc.get_sentence(self.start)

    @property
    def root(self) -> Token:
        """The first of its words that are nearest to the root of the sentence, marks left aside, and hang on no other."""
        tokens = self.doc.tokens[self.start : self.end]
        if len(tokens) == 1:
            return tokens[0]
        for token in tokens:
            if token.head is token:
                return token
        outward = [token for token in tokens if not self.start <= token.head.i < self.end]
        if not outward:
            return self.doc.tokens[self.start]
        if len(outward) == 1:
            return outward[0]
        return min(outward, key=self._count_steps)

    def _count_steps(self, token: Token) -> int:
        """How far a word is from the root; marks and white space on which nothing hangs come last."""
        if (token.is_punct or token.is_space) and not token.children:
            return len(self.doc) - 1
        return sum(1 for _ in token.ancestors)


class Doc:
    """A parsed text: its words, and the sentences and entities they make.

    Attributes:
        tokens: All words, in order.
        text: What was parsed.
    """

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.text = "".join([token.text + token.whitespace_ for token in tokens])

    def __len__(self) -> int:
        return len(self.tokens)

    def __iter__(self) -> Iterator[Token]:
        return iter(self.tokens)

    @overload
    def __getitem__(self, index: int) -> Token: ...
    @overload
    def __getitem__(self, index: slice) -> Span: ...
    def __getitem__(self, index: int | slice) -> Token | Span:
        if isinstance(index, slice):
            start, end, _ = index.indices(len(self.tokens))
            return Span(self, start, max(start, end))
        return self.tokens[index]

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word in it, as written."""
        return frozenset([token.text for token in self.tokens])

    @cached_property
    def lemmas(self) -> frozenset[str]:
        """The lemma of every word in it, in lower case."""
        return frozenset([token.lemma_.lower() for token in self.tokens])

    @cached_property
    def lower_words(self) -> tuple[str, ...]:
        """Its words in lower case, in order."""
        return tuple([token.lower_ for token in self.tokens])

    @cached_property
    def sents(self) -> tuple[Span, ...]:
        """Its sentences, in order."""
        starts = [token.i for token in self.tokens if token.is_sent_start or token.i == 0]
        ends = [*starts[1:], len(self.tokens)]
        return tuple(Span(self, start, end) for start, end in zip(starts, ends, strict=False))

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.start for sentence in self.sents]

    def get_sentence(self, token: int) -> Span:
        """Return the sentence that a word stands in."""
        return self.sents[bisect_right(self._sentence_starts, token) - 1]

    @cached_property
    def ents(self) -> tuple[Span, ...]:
        """The entities that the recogniser sees, in order."""
        found: list[Span] = []
        for token in self.tokens:
            if token.ent_iob_ == "B" and token.ent_type_:
                found.append(Span(self, token.i, token.i + 1, token.ent_type_))
            elif token.ent_iob_ == "I" and found and found[-1].end == token.i:
                found[-1].end = token.i + 1
        return tuple(found)

    @cached_property
    def _char_starts(self) -> list[int]:
        return [token.idx for token in self.tokens]

    def char_span(self, start: int, end: int, alignment_mode: str = "strict") -> Span | None:
        """Return the words from one offset to another.

        Args:
            start: In the Doc's text.
            end: Behind the last character.
            alignment_mode: `strict` for None where words begin or end elsewhere, `expand` for all words touched.
        """
        first, last = self._find_token(start), self._find_token(end - 1)
        if first < 0 or last < 0:
            return None
        begins = self.tokens[first].idx
        ends = self.tokens[last].idx + len(self.tokens[last])
        if alignment_mode == "strict" and (begins != start or ends != end):
            return None
        if start == begins + len(self.tokens[first]):  # the space after a word is not the word's
            first += 1
        return Span(self, first, last + 1)

    def _find_token(self, offset: int) -> int:
        """The word that an offset lies in, or in the space after it; -1 outside the text."""
        return bisect_right(self._char_starts, offset) - 1 if offset < len(self.text) else -1


class ParseReader:
    """Reads the parses of one spaCy vocabulary; texts and labels are looked up there once each."""

    def __init__(self, vocab: "Vocab") -> None:
        self._strings = _Strings(vocab)
        self._forms = _Forms(vocab)

    def read(self, table: Table) -> Doc:
        """Return the parse that `make_table` made numbers of; linear in its tokens."""
        orths, spaces, heads, starts, *labels, iobs, types = table.astype(np.int64).tolist()
        if not orths:
            return Doc([])
        strings, forms = self._strings, self._forms
        tokens = [Token() for _ in orths]
        below: list[list[Token]] = [[] for _ in orths]
        idx = 0
        rows = zip(tokens, orths, spaces, heads, starts, *labels, iobs, types, below, strict=True)
        for i, (token, orth, space, head, start, dep, tag, pos, lemma, iob, kind, children) in enumerate(
            rows
        ):
            form = forms[orth]
            token.i, token.idx, token.form, token.text, token.lower_ = i, idx, form, form.text, form.lower
            token.whitespace_ = " " if space else ""
            token.is_sent_start = start == 1
            token.dep_, token.tag_, token.pos_ = strings[dep], strings[tag], strings[pos]
            token.lemma_ = BASE_FORMS.get(form.lower) or strings[lemma]
            token.ent_iob_, token.ent_type_ = _IOB[iob], strings[kind]
            token.head, token.children = tokens[i + head], children
            if head:
                below[i + head].append(token)
            idx += len(form.text) + (1 if space else 0)
        doc = Doc(tokens)
        for token in tokens:
            token.doc = doc
        return doc


def make_table(doc: "spacy.tokens.Doc") -> Table:
    """Return all that the rules ask of a parse as numbers."""
    return np.ascontiguousarray(cast("Any", doc).to_array(list(COLUMNS)).T)


class _Strings(dict[int, str]):
    """Texts by hash."""

    def __init__(self, vocab: "Vocab") -> None:
        super().__init__()
        self._strings = vocab.strings

    def __missing__(self, key: int) -> str:
        text = self[key] = str(self._strings[key % 2**64])
        return text


class _Forms(dict[int, Form]):
    """Words by hash."""

    def __init__(self, vocab: "Vocab") -> None:
        super().__init__()
        self._vocab = vocab

    def __missing__(self, key: int) -> Form:
        lexeme = self._vocab[key % 2**64]
        form = self[key] = Form(
            lexeme.text, lexeme.lower_, lexeme.is_punct, lexeme.is_space, lexeme.is_alpha, lexeme.is_title, lexeme.is_stop,
            lexeme.like_num,
        )  # fmt: skip
        return form
