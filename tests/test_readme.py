"""The README tells the truth: every block runs, and prints what stands there."""

from tests.readme_blocks import PICTURE, README, draw, open_reader, read_blocks, render


def test_readme_has_blocks_of_each_kind() -> None:
    """There are commands, a script and its output to check."""
    assert {block.language for block in read_blocks(README.read_text(encoding="utf-8"))} >= {
        "console",
        "python",
        "text",
    }


def test_readme_shows_what_is_printed() -> None:
    """Running every block again gives the README and its picture, letter for letter."""
    text = README.read_text(encoding="utf-8")
    with open_reader() as reader:
        assert render(text, reader) == text
        assert draw(reader) == PICTURE.read_text(encoding="utf-8")
