"""Training examples: the mark-up of our own sentences, what patterns make, how documents are cut and passages joined."""

import json
import os
import random
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.training.annotated import FOLDER, iter_annotated, parse_line
from ingest.training.examples import LABELS, LONGEST_PASSAGE, Passage
from ingest.training.lines import UnusableExample
from ingest.training.packing import BATCH_LENGTH, make_batches, pack, split
from ingest.training.patterns import Pattern, PatternBook, fill, inflect, iter_filled, read_patterns
from ingest.training.public_sets import iter_sentences, iter_signed, iter_structural, iter_windows
from ingest.training.train_scorer import TooFewPassages, UnwritableFolder, check_measurable, check_writable

STANCE = {"text": "Peru praised Chile.", "p": [0, 4], "q": [13, 18], "label": "supports", "direction": "p->q"}
DOCUMENT: dict[str, Any] = {
    "text": "Lima lies in Peru. Rosa Quispe was born there. She joined the Andes Party.",
    "entities": [
        {"start": 0, "end": 4, "type": "LOC", "text": "Lima", "cluster": 0},
        {"start": 13, "end": 17, "type": "LOC", "text": "Peru", "cluster": 1},
        {"start": 19, "end": 30, "type": "PER", "text": "Rosa Quispe", "cluster": 2},
        {"start": 62, "end": 73, "type": "ORG", "text": "Andes Party", "cluster": 3},
    ],
    "edges": [
        {"source_names": ["Lima"], "target_names": ["Peru"], "relation": "located-in"},
        {"source_names": ["Rosa Quispe"], "target_names": ["Andes Party"], "relation": "member-of"},
    ],
}


def find_relations(passage: Passage) -> set[tuple[int, str, int, str]]:
    """Return what a passage states, as (source, label, target, head)."""
    return {(p.source, LABELS[p.head][p.label], p.target, p.head) for p in passage.pairs if p.label}


def read_names(passage: Passage) -> list[list[str]]:
    """Return the words of each name, at each place where it stands."""
    return [[passage.text[start:end] for start, end in places] for places in passage.names]


def write_lines(path: Path, *records: object) -> Path:
    """Write records as JSON, one a line; text is written as it is."""
    lines = (record if isinstance(record, str) else json.dumps(record) for record in records)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def test_names_stand_where_the_plain_text_has_them() -> None:
    """Marks are taken out; a letter that comes again is another mention of the same name."""
    passage = parse_line("[b Oslo] wrote to [a the Reds], and [b it] meant what [b Oslo] wrote. | none")
    assert passage.text == "Oslo wrote to the Reds, and it meant what Oslo wrote."
    assert read_names(passage) == [["Oslo", "it", "Oslo"], ["the Reds"]]


@pytest.mark.parametrize(
    ("stated", "relations"),
    [
        ("none", set()),
        ("a+b", {(0, "supports", 1, "signed"), (0, "supports", 1, "stated")}),
        ("b-a", {(1, "opposes", 0, "signed"), (1, "opposes", 0, "stated")}),
        ("a>b", {(0, "commands", 1, "structural")}),
        ("a<b", {(0, "member-of", 1, "structural")}),
        ("a@c", {(0, "located-in", 2, "structural")}),
        ("a<b c@b", {(0, "member-of", 1, "structural"), (2, "located-in", 1, "structural")}),
    ],
)
def test_each_mark_is_its_relation(stated: str, relations: set[tuple[int, str, int, str]]) -> None:
    """Signs are known to both heads that read signs, structure to its own; every other ordered pair is none."""
    passage = parse_line(f"[a Ines] of [b the League] spoke in [c Porto]. | {stated}")
    assert find_relations(passage) == relations
    asked = Counter((p.source, p.target, p.head) for p in passage.pairs)
    assert asked == Counter({(i, j, h): 1 for i in range(3) for j in range(3) if i != j for h in LABELS})


@pytest.mark.parametrize(
    ("stated", "label"),
    [("a+b a-b", "supports"), ("a-b a+b", "supports"), ("a>b a<b", "commands"), ("a<b a>b", "commands")],
)
def test_of_two_classes_on_one_pair_the_first_of_the_head_counts(stated: str, label: str) -> None:
    """A head knows one class of a pair: whoever leads a body commands it, however its membership is written."""
    relations = find_relations(parse_line(f"[a Ines] helped and then hurt [b the League]. | {stated}"))
    assert {found for _, found, _, _ in relations} == {label}


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("[a Ines] met [b Joao].", "no ' | ' between sentence and relations"),
        ("[a Ines] met [b Joao]. | ", "neither relations nor 'none'"),
        ("[a Ines] met [b Joao]. | a+c", "'a\\+c' is no relation between two names"),
        ("[a Ines] met [b Joao]. | a=b", "'a=b' is no relation"),
        ("[a Ines] met [b Joao]. | a+a", "'a\\+a' is no relation"),
        ("[a Ines] met [b Joao]. | none a+b", "'none' is no relation"),
        ("[a Ines] met [Joao]. | none", "a bracket that marks no name"),
        ("[a Ines] met [b [c Joao]]. | none", "a bracket that marks no name"),
        ("[a Ines] met Joao. | none", "fewer than two names"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, line: str, fault: str) -> None:
    """The error says file, line and fault; comments and empty lines are counted, and not read."""
    write_lines(tmp_path / "ports.txt", "# ports", "", "[a Ines] met [b Joao]. | none", line)
    with pytest.raises(UnusableExample, match=rf"ports\.txt, line 4: {fault}") as caught:
        list(iter_annotated(tmp_path))
    assert (caught.value.file, caught.value.line) == (tmp_path / "ports.txt", 4)


def test_an_empty_folder_of_sentences_is_said(tmp_path: Path) -> None:
    """Training without our sentences would be another scorer."""
    with pytest.raises(UnusableExample, match="no files of sentences"):
        list(iter_annotated(tmp_path))


def test_all_our_sentences_can_be_read() -> None:
    """There are 9,500 at least, each a passage that the scorer could be asked about, and every class occurs."""
    passages = list(iter_annotated())
    assert len(passages) >= 9_500
    assert [p.text for p in passages if len(p.text) > LONGEST_PASSAGE] == []
    assert {(p.head, p.label) for passage in passages for p in passage.pairs} == {
        (head, label) for head, labels in LABELS.items() for label in range(len(labels))
    }


def test_no_sentence_of_ours_is_there_twice() -> None:
    """Not in another file, and not with other marks either: one copy might be measured on while another is learned."""
    texts = Counter(passage.text for passage in iter_annotated())
    assert [text for text, times in texts.items() if times > 1] == []


def test_our_sentences_are_described() -> None:
    """Who finds the folder finds how its lines read."""
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    example = next(line.strip() for line in readme.splitlines() if line.startswith("    ["))
    assert find_relations(parse_line(example))


CHOOSERS = st.integers(min_value=0, max_value=2**32).map(random.Random)
BOOK = read_patterns()
NAMES = {name for pool in BOOK.names.values() for name in pool}


@settings(deadline=None)
@given(pattern=st.sampled_from(BOOK.patterns), chooser=CHOOSERS)
def test_filled_patterns_are_sentences_whose_names_can_be_found(
    pattern: Pattern, chooser: random.Random
) -> None:
    """Each name stands whole at its place, no two share a place, and nothing of the pattern is left over."""
    passage = fill(pattern, BOOK, chooser)
    words = [name for places in read_names(passage) for name in places]
    assert len(words) == len(passage.names) == len({word.lower() for word in words})
    assert all(word in NAMES or word[0].lower() + word[1:] in NAMES for word in words)
    places = sorted(place for name in passage.names for place in name)
    assert all(end < start for (_, end), (start, _) in pairwise(places))
    assert passage.text[0].isupper()
    assert passage.text[-1] == "."
    assert not set("{}[]|") & set(passage.text)
    assert not [bad for bad in ("'s a ", "'s an ", "its a ", "its an ", "  ") if bad in passage.text]


@settings(deadline=None)
@given(chooser=CHOOSERS)
def test_a_name_inside_another_is_found_in_its_own_place(chooser: random.Random) -> None:
    """Niger is not looked for in the letters of Nigeria."""
    book = PatternBook((), BOOK.verbs, BOOK.nouns, {**BOOK.names, "actors": ["Niger", "Nigeria"]})
    passage = fill(Pattern("{B} heard that {A} {past} it.", (("A", "~", "B"),)), book, chooser)
    (first,), (second,) = passage.names
    assert second[0] == 0
    assert {passage.text[slice(*first)], passage.text[slice(*second)]} == {"Niger", "Nigeria"}


def test_the_same_seed_fills_the_same_sentences() -> None:
    """A training can be repeated, and another seed is another training."""
    assert list(iter_filled(5, 2)) == list(iter_filled(5, 2)) != list(iter_filled(6, 2))


def test_the_blank_sign_is_that_of_the_word_filled_in() -> None:
    """`A~B` supports with a friendly verb and opposes with a hostile one, in both heads that read signs."""
    for passage in iter_filled(1, 4):
        signs = {(s, t, h): label for s, label, t, h in find_relations(passage) if h != "structural"}
        for (source, target, head), label in signs.items():
            assert signs[source, target, "stated" if head == "signed" else "signed"] == label
    friendly = PatternBook(
        (), {**BOOK.verbs, "opposes": ["shell"], "supports": ["aid"]}, BOOK.nouns, BOOK.names
    )
    chooser = random.Random(1)  # noqa: S311 (a fixed sequence)
    for _ in range(10):
        passage = fill(Pattern("{A} {past} {B}.", (("A", "~", "B"),)), friendly, chooser)
        expected = "supports" if " aided " in passage.text else "opposes"
        assert {label for _, label, _, _ in find_relations(passage)} == {expected}


@pytest.mark.parametrize(
    ("verb", "third", "past", "going"),
    [
        ("aid", "aids", "aided", "aiding"),
        ("praise", "praises", "praised", "praising"),
        ("defy", "defies", "defied", "defying"),
        ("betray", "betrays", "betrayed", "betraying"),
        ("ambush", "ambushes", "ambushed", "ambushing"),
        ("slam", "slams", "slammed", "slamming"),
        ("equip", "equips", "equipped", "equipping"),
        ("expel", "expels", "expelled", "expelling"),
    ],
)
def test_verbs_are_inflected(verb: str, third: str, past: str, going: str) -> None:
    """The verbs of the patterns are regular ones."""
    assert inflect(verb) == {"base": verb, "third": third, "past": past, "part": past, "ing": going}


@pytest.mark.parametrize(
    ("pattern", "fault"),
    [
        ('["{A} {verbed} {B}.", A~B]', "line 2: no blank is called 'verbed'"),
        ('["{A} {past} {B}.", A~C]', "line 2: 'A~C' is no relation between its blanks"),
        ('["{A} {past} {B}.", A=B]', "line 2: 'A=B' is no relation"),
        ('["{A} {past} {B}.", A~B', "line [23]: "),
        ('["{A} {past} {B}.", A~B]', "not as expected: 'verbs'"),
    ],
)
def test_a_wrong_pattern_is_named(tmp_path: Path, pattern: str, fault: str) -> None:
    """The error says where in the file of patterns to look."""
    path = write_lines(tmp_path / "patterns.yaml", "patterns:", f"  - {pattern}")
    with pytest.raises(UnusableExample, match=rf"patterns\.yaml(, |: ){fault}"):
        read_patterns(path)


@pytest.mark.parametrize(
    ("changes", "relations"),
    [
        ({}, {(0, "supports", 1, "signed")}),
        ({"label": "opposes", "direction": "q->p"}, {(1, "opposes", 0, "signed")}),
        ({"label": "neutral", "direction": "none"}, set()),
    ],
)
def test_a_stance_has_a_direction(
    tmp_path: Path, changes: dict[str, object], relations: set[tuple[int, str, int, str]]
) -> None:
    """Both ordered pairs are known, and the one against the direction is none; no other head learns from it."""
    (passage,) = iter_signed(write_lines(tmp_path / "stances.jsonl", {**STANCE, **changes}))
    assert read_names(passage) == [["Peru"], ["Chile"]]
    assert find_relations(passage) == relations
    assert {(p.source, p.target, p.head) for p in passage.pairs} == {(0, 1, "signed"), (1, 0, "signed")}


def test_documents_relate_their_names(tmp_path: Path) -> None:
    """Nobody is located in a person, and those whom a sentence places somewhere have no stance on it there."""
    (passage,) = iter_structural(write_lines(tmp_path / "documents.jsonl", DOCUMENT), seed=1)
    assert read_names(passage) == [["Lima"], ["Peru"], ["Rosa Quispe"], ["Andes Party"]]
    assert find_relations(passage) == {(0, "located-in", 1, "structural"), (2, "member-of", 3, "structural")}
    assert all(pair.target != 2 for pair in passage.pairs if pair.head == "structural")
    assert {(p.source, p.target, p.head) for p in passage.pairs if p.head != "structural"} == {
        (0, 1, "signed"),
        (1, 0, "stated"),
    }


@pytest.mark.parametrize(
    ("read", "record", "fault"),
    [
        (iter_signed, "{", "no JSON: Expecting property name"),
        (iter_signed, "", "no JSON: "),
        (iter_signed, [1, 2], "not as expected: "),
        (iter_signed, {k: v for k, v in STANCE.items() if k != "q"}, "no field 'q'"),
        (iter_signed, {**STANCE, "label": "likes"}, "label 'likes' with direction 'p->q'"),
        (iter_signed, {**STANCE, "direction": "none"}, "label 'supports' with direction 'none'"),
        (iter_signed, {**STANCE, "q": [13, 99]}, "no characters 13 to 99 in a text of 19"),
        (lambda path: iter_structural(path, 1), {**DOCUMENT, "text": "Lima."}, "no characters 13 to 17"),
        (lambda path: iter_structural(path, 1), {**DOCUMENT, "edges": [{}]}, "no field 'relation'"),
    ],
)
def test_a_wrong_record_is_named(
    tmp_path: Path, read: Callable[[Path], Any], record: object, fault: str
) -> None:
    """The error says file, line and fault."""
    good = STANCE if read is iter_signed else DOCUMENT
    with pytest.raises(UnusableExample, match=rf"set\.jsonl, line 2: .*{fault}"):
        list(read(write_lines(tmp_path / "set.jsonl", good, record)))


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    """Bytes that are no UTF-8 are not guessed at."""
    (tmp_path / "set.jsonl").write_bytes(b"{}\n\xff\n")
    with pytest.raises(UnusableExample, match=r"set\.jsonl, line 1: no field 'text'"):
        list(iter_signed(tmp_path / "set.jsonl"))
    (tmp_path / "set.jsonl").write_bytes(b"\xff\n")
    with pytest.raises(UnusableExample, match=r"set\.jsonl, line 1: not UTF-8"):
        list(iter_signed(tmp_path / "set.jsonl"))


WORDS = st.text(alphabet="Ab é.!? \n", max_size=200)


@settings(deadline=None)
@given(text=st.lists(WORDS, max_size=20).map(" ".join))
def test_windows_hold_whole_sentences(text: str) -> None:
    """None is longer than the scorer reads unless one sentence is, and each sentence lies in exactly one."""
    sentences = list(iter_sentences(text))
    windows = list(iter_windows(sentences))
    held = [[s for s in sentences if start <= s[0] and s[1] <= end] for start, end in windows]
    assert [s for window in held for s in window] == sentences
    assert all(e - s <= LONGEST_PASSAGE or len(h) == 1 for (s, e), h in zip(windows, held, strict=True))


PASSAGES = list(iter_filled(3, 1)) + list(iter_annotated())[::70]


@settings(deadline=None)
@given(chosen=st.lists(st.sampled_from(PASSAGES), max_size=40), chooser=CHOOSERS)
def test_joined_passages_keep_their_names_and_relations(
    chosen: list[Passage], chooser: random.Random
) -> None:
    """Each name reads at its new place as at its old one, and pairs follow their names."""
    packed = list(pack(chosen, chooser))
    assert [name for p in packed for name in read_names(p)] == [
        name for p in chosen for name in read_names(p)
    ]

    def tell(passages: list[Passage]) -> list[tuple[list[str], list[str], str, int]]:
        told = [(read_names(passage), pair) for passage in passages for pair in passage.pairs]
        return [(names[p.source], names[p.target], p.head, p.label) for names, p in told]

    assert tell(packed) == tell(chosen)
    assert " ".join(p.text for p in packed) == " ".join(p.text for p in chosen)
    assert all(len(p.text) <= LONGEST_PASSAGE for p in packed)


@pytest.mark.parametrize("seed", [1, 2, 13])
def test_an_epoch_sees_every_passage_once(seed: int) -> None:
    """Batches have their length, padding included, and lose nothing; the same seed makes the same ones."""
    batches, again = (make_batches(PASSAGES, random.Random(seed)) for _ in range(2))  # noqa: S311 (fixed)
    assert batches == again
    assert max(max(len(p.text) for p in batch) * len(batch) for batch in batches) <= BATCH_LENGTH
    assert len(batches) <= 2 + 1.5 * sum(len(p.text) for batch in batches for p in batch) / BATCH_LENGTH
    seen = Counter(tuple(name) for batch in batches for p in batch for name in read_names(p))
    assert seen == Counter(tuple(name) for p in PASSAGES for name in read_names(p))


def test_what_is_measured_on_is_not_learned_from() -> None:
    """One passage in twenty is set apart."""
    held_out, training = split(PASSAGES, 13)
    assert len(held_out) == len(PASSAGES) // 20
    assert Counter(held_out) + Counter(training) == Counter(PASSAGES)


COMMAND = [sys.executable, "-m", "ingest.training.train_scorer"]


def test_a_missing_set_is_one_line(tmp_path: Path) -> None:
    """The command names the file that is not there, makes no folder, and shows no stack."""
    arguments = ["--signed", str(tmp_path / "no.jsonl"), "--structural", "no", "--out", str(tmp_path / "out")]
    done = subprocess.run([*COMMAND, *arguments], capture_output=True, text=True, check=False, timeout=60)
    said = f"{tmp_path / 'no.jsonl'}: No such file or directory\n"
    assert (done.returncode, done.stdout, done.stderr) == (1, "", said)
    assert not (tmp_path / "out").exists()


def test_an_unwritable_folder_is_said_before_training(tmp_path: Path) -> None:
    """Nobody trains for an hour to hear that the result has no place."""
    (tmp_path / "weights").write_text("a file", encoding="utf-8")
    check_writable(tmp_path / "new" / "folder")
    assert list((tmp_path / "new" / "folder").iterdir()) == []
    for folder in (tmp_path / "weights", tmp_path / "weights" / "inside"):
        with pytest.raises(UnwritableFolder, match=r"weights.*: the weights cannot be written there: "):
            check_writable(folder)


def test_a_head_that_nothing_measures_is_said(tmp_path: Path) -> None:
    """Without held-out pairs there is neither a figure nor a temperature to write; it is said before training."""
    stances = list(iter_signed(write_lines(tmp_path / "stances.jsonl", STANCE)))
    with pytest.raises(TooFewPassages, match="head 'stated'"):
        check_measurable(stances)
    check_measurable([*stances, *PASSAGES])


def test_an_interrupt_is_one_line(tmp_path: Path) -> None:
    """Ctrl-C while the sets are read ends the command with a sentence and the status of an interrupt."""
    os.mkfifo(tmp_path / "stances.jsonl")
    arguments = ["--signed", str(tmp_path / "stances.jsonl"), "--structural", "no", "--out", "no"]
    process = subprocess.Popen([*COMMAND, *arguments], stderr=subprocess.PIPE, text=True)
    with (tmp_path / "stances.jsonl").open("w", encoding="utf-8"):  # opens once the command waits for lines
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (130, "Training stopped; no weights were written.\n")
