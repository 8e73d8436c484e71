"""Texts to measure on: our own gold sentences and samples, drawn into paragraphs by a seed; and made-up names by the thousand."""

import random
import re
from functools import cache
from pathlib import Path

import yaml

_ROOT = Path(__file__).resolve().parent.parent.parent
_SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]


@cache
def list_sentences() -> tuple[str, ...]:
    """Return every sentence of our own gold and of the samples."""
    found: list[str] = []
    for path in sorted((_ROOT / "tests/evaluation/gold_sentences").glob("*.yaml")):
        rows = yaml.safe_load(path.read_text(encoding="utf-8"))["sentences"]
        found += [row["text"] for row in rows]
    for path in sorted((_ROOT / "ingest/samples").glob("*.md")):
        body = path.read_text(encoding="utf-8").rpartition("---")[2]
        found += [part for part in re.split(r"(?<=[.])\s+", body) if len(part) > 30]
    return tuple(found)


def make_text(chars: int, seed: int = 5, gap: str = "\n\n") -> str:
    """Return paragraphs of three to six sentences, `chars` characters or a little more; `gap` stands between them."""
    draw = random.Random(seed)  # noqa: S311 (not for secrets)
    sentences = list_sentences()
    parts: list[str] = []
    length = 0
    while length < chars:
        parts.append(" ".join(draw.choice(sentences) for _ in range(draw.randint(3, 6))))
        length += len(parts[-1]) + len(gap)
    return gap.join(parts)


def make_name(draw: random.Random, words: int = 2) -> str:
    """Return a name that nobody has, in `words` words of two or three syllables."""
    return " ".join(
        "".join(draw.choices(_SYLLABLES, k=draw.choice((2, 3)))).capitalize() for _ in range(words)
    )


def make_crowd(people: int, seed: int = 5) -> str:
    """Return a text that names about that many different unknown people and bodies."""
    draw = random.Random(seed)  # noqa: S311 (as above)
    parts: list[str] = []
    for _ in range(0, people, 3):
        one, other = make_name(draw), make_name(draw)
        body = f"{make_name(draw)} {draw.choice(('Council', 'Union', 'Party', 'Front'))}"
        parts.append(
            f"{one} said that {other} backs the {body}. {one.split()[1]} met {other.split()[1]} on Monday."
        )
    return "\n\n".join(parts)
