"""Text as it comes is cut into blocks worth parsing, and no offset moves."""

# ruff: noqa: RUF001 - quotes and dashes are what is tested

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.clean import find_dateline, make_clean_copy, split_blocks


def read_blocks(text: str) -> list[tuple[str, str]]:
    """Return (kind, words) of each block of a text."""
    return [(block.kind, text[block.start_char : block.end_char]) for block in split_blocks(text)]


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=400))
def test_clean_copy_keeps_every_offset(text: str) -> None:
    """The copy for the parser is as long as the text, whatever is in it."""
    assert len(make_clean_copy(text)) == len(text)


@given(st.text(alphabet="ab. \n\t“”—-[]()ABC|:?!’\u00a0", max_size=300))
def test_blocks_are_ordered_and_apart(text: str) -> None:
    """Blocks are non-empty slices of the text, in order, none overlapping, none with space around it."""
    end = 0
    for block in split_blocks(text):
        assert end <= block.start_char < block.end_char <= len(text)
        words = text[block.start_char : block.end_char]
        assert words == words.strip()
        end = block.end_char


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("the minister’s “red line”", 'the minister\'s "red line"'),
        ("a\u00a0no-break\nand a line end", "a no-break and a line end"),
        ("the gains of [ISIS] in Mosul", "the gains of  ISIS  in Mosul"),
        ("he [the former commander, now retired] left", "he (the former commander, now retired) left"),
    ],
)
def test_clean_copy(raw: str, clean: str) -> None:
    """Quotes and spaces become plain; an editor's brackets around a name go, around more they become round."""
    assert make_clean_copy(raw) == clean


def test_paragraphs_and_headline() -> None:
    """A short line without a full stop above a paragraph is its headline."""
    text = (
        "Ankara Weighs Truce With Rebels\n\nTurkey said on Monday that it would talk.\n\nThe rebels agreed."
    )
    assert read_blocks(text) == [
        ("headline", "Ankara Weighs Truce With Rebels"),
        ("paragraph", "Turkey said on Monday that it would talk."),
        ("paragraph", "The rebels agreed."),
    ]


def test_hard_wrapped_lines_are_one_block() -> None:
    """Lines broken at a page's width belong to one paragraph, also where a line begins with a capital."""
    text = (
        "The governor of the northern province said on Tuesday that the\n"
        "Interior Ministry had sent him two hundred men and that more of\n"
        "them were on the way to the border."
    )
    assert read_blocks(text) == [("paragraph", text)]


def test_lines_of_a_thread_are_apart() -> None:
    """Where lines are longer than a page is wide, each line is a paragraph of its own."""
    first = "Qatar has paid for this war from the first day and everybody in the region knows it, whatever its ministers say on television."
    second = "Show me one bank slip."
    assert [words for _, words in read_blocks(f"{first}\n{second}")] == [first, second]


@pytest.mark.parametrize(
    "line",
    [
        "Top Bottom",
        "What's new",
        "- See more at: example",
        "Click here to subscribe",
        "Share this",
        "Reply",
        "12 comments",
        "https://example.org/a",
    ],
)
def test_furniture_is_dropped(line: str) -> None:
    """Words of the page around an article are in no block."""
    body = "France recalled its ambassador on Friday."
    assert read_blocks(f"{line}\n\n{body}\n\n{line}") == [("paragraph", body)]


def test_outlet_after_headline_is_cut() -> None:
    """The name of a site after a headline is no part of it, and the repeat that is left is dropped."""
    text = "Oslo Hosts New Round of Talks\n\nThe talks began today.\n\nOslo Hosts New Round of Talks - Fjord Courier: News of the North"
    assert read_blocks(text) == [
        ("headline", "Oslo Hosts New Round of Talks"),
        ("paragraph", "The talks began today."),
    ]


def test_quoted_repeat_is_dropped() -> None:
    """A post that quotes an earlier one word for word counts once."""
    post = "I doubt that Egypt will send anybody to Libya."
    assert read_blocks(f"{post}\n{post}\n\nWe will see.") == [("post", post), ("paragraph", "We will see.")]


@pytest.mark.parametrize(
    "post",
    ["they never left basra , believe me .", "As i said, Moscow pays them", "I think Kabul will fall soon."],
)
def test_forum_posts_are_told_from_articles(post: str) -> None:
    """Somebody's own informal words are a post."""
    assert read_blocks(post) == [("post", post)]


@pytest.mark.parametrize(
    ("line", "place", "date", "agency", "rest"),
    [
        ("AMMAN (Reuters) - Jordan closed", "AMMAN", None, "Reuters", "Jordan closed"),
        ("KHARTOUM, April 16 (AFP) - Two", "KHARTOUM", "April 16", "AFP", "Two"),
        ("ADEN, Yemen -- Gunmen", "ADEN", None, None, "Gunmen"),
        ("BEIRUT—Faced with", "BEIRUT", None, None, "Faced with"),
        ("Nairobi (AP) – Kenya", "Nairobi", None, "AP", "Kenya"),
    ],
)
def test_dateline(line: str, place: str, date: str | None, agency: str | None, rest: str) -> None:
    """A dateline says where, and perhaps when and by whom; the sentence begins after it."""
    dateline = find_dateline(f"A Headline\n\n{line}")
    assert dateline is not None
    assert (dateline.place, dateline.date, dateline.agency) == (place, date, agency)
    [(_, words)] = read_blocks(line)
    assert words == rest


@pytest.mark.parametrize(
    "line", ["UN-backed forces held the port.", "Hamas - the movement - said no.", "It fell - again."]
)
def test_no_dateline(line: str) -> None:
    """A dash after a name is not a dateline by itself."""
    assert find_dateline(line) is None


def test_lines_of_a_chat_are_apart_and_without_their_writers() -> None:
    """Each line begins anew, its writer and the time left out; a line without one goes on."""
    text = (
        "[14:02] mwangi_7: Orengo is right\n<oduor> no he isnt, and he\nknows it\n14:05 mwangi_7: we shall see\n"
        "Otieno: bring popcorn"
    )
    assert [words for _, words in read_blocks(text)] == [
        "Orengo is right",
        "no he isnt, and he\nknows it",
        "we shall see",
        "bring popcorn",
    ]


def test_a_list_is_no_chat() -> None:
    """Countries and speakers before a colon are part of what is said."""
    text = "Ghana: sends police\nTogo: refuses\nMinister: we wait"
    assert [words for _, words in read_blocks(text)] == text.split("\n")
