"""Which texts are copies of one story, and which only speak of the same thing."""

from itertools import permutations
from typing import NamedTuple

import pytest

from ingest.duplicates import HASHES, Fingerprint, build_fingerprint, find_stories, is_copy

WIRE = (
    "Gunmen driving pickup trucks entered the northern town at dawn on Tuesday and took the police station, the "
    "water works and both bridges within two hours, residents and a hospital doctor said by telephone. Most of the "
    "garrison had left during the night. The provincial governor called on tribal leaders to send volunteers and "
    "asked the government for aircraft. A spokesman for the interior ministry denied that the town had fallen and "
    "said reinforcements were on their way from the capital. Shops stayed closed and several hundred families were "
    "seen walking south with bedding on their backs. The local council appealed for tents, flour and medicine. It was "
    "the third town to change hands in a week along the river road, which carries most of the fuel for the north."
)
HEADLINE = "Third town on river road falls to gunmen\n\n"
NEW_LEAD = (
    "Residents of a northern town woke up to masked men at every crossing on Tuesday, as militants took its police "
    "station, its water works and both of its bridges in a matter of hours."
)
EDITED = NEW_LEAD + WIRE[WIRE.index(" Most of the garrison") :]
CUT = WIRE[: WIRE.index(" It was the third town")]
HALF = WIRE[: WIRE.index(" A spokesman")]
OTHER = (
    "The interior ministry said on Tuesday that its aircraft had struck a column of pickup trucks near the northern "
    "town that militants took at dawn. The provincial governor, reached by telephone, welcomed the strike and said "
    "volunteers from three tribes had gathered at the southern bridge. Families who fled along the river road spoke "
    "of looting. Aid workers put up tents at a school and handed out flour, and doctors said that the hospital had "
    "run short of medicine. Fuel prices in the capital rose for the second day, and queues formed at most stations."
)


class Stored(NamedTuple):
    """A stored document as a new one meets it."""

    story_id: str
    signature: bytes | None


def are_copies(left: str, right: str) -> bool:
    """Say what ingest would: whether the texts meet in a band and are then found to be copies."""
    a, b = build_fingerprint(left), build_fingerprint(right)
    return bool(a.bands & b.bands) and is_copy(a.signature, b.signature)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        pytest.param(WIRE, WIRE, True, id="the very text"),
        pytest.param(WIRE, HEADLINE + WIRE, True, id="another headline"),
        pytest.param(WIRE, EDITED, True, id="edited lead"),
        pytest.param(WIRE, CUT, True, id="cut tail"),
        pytest.param(WIRE, HALF, True, id="cut to half"),
        pytest.param(HEADLINE + EDITED, CUT, True, id="headline and lead against cut tail"),
        pytest.param(WIRE, WIRE.upper().replace(",", " --"), True, id="capitals and punctuation"),
        pytest.param(WIRE, OTHER, False, id="same event, other text"),
        pytest.param(WIRE, OTHER + " " + WIRE[:160], False, id="one sentence quoted"),
        pytest.param("The council met on Friday.", "the council met, on Friday", True, id="short and equal"),
        pytest.param(
            "The council met on Friday.", "The council met on Monday.", False, id="short, one word off"
        ),
        pytest.param("", "!", True, id="no words at all"),
        pytest.param("The council met on Friday.", WIRE, False, id="short against long"),
    ],
)
def test_copies(left: str, right: str, expected: bool) -> None:
    """Near-copies are found whatever was done to head or tail; shared topics and quotes are no copies."""
    assert are_copies(left, right) is expected
    assert are_copies(right, left) is expected


def test_fingerprint_is_the_same_everywhere() -> None:
    """The hashes do not change between machines, runs or versions: stored signatures stay comparable."""
    fingerprint = build_fingerprint(WIRE)
    assert fingerprint.signature is not None
    assert len(fingerprint.signature) == 4 + 4 * HASHES
    assert fingerprint.signature[:12].hex() == "7f000000e38f2d016fbd0002"
    assert min(fingerprint.bands) == "0:314606715af6cdc0"


def test_unicode_forms_do_not_matter() -> None:
    """Composed and decomposed accents and full-width letters give one fingerprint."""
    text = "Le café de Mossoul " * 12
    assert build_fingerprint(text) == build_fingerprint(text.replace("é", "e\u0301"))


def test_estimate_is_close() -> None:
    """Texts with half of their shingles in common are estimated within three standard errors."""
    common = [f"w{n}" for n in range(2000)]
    left = " ".join([*common, *(f"a{n}" for n in range(1000))])
    right = " ".join([*common, *(f"b{n}" for n in range(1000))])
    a, b = build_fingerprint(left), build_fingerprint(right)
    assert a.signature is not None
    assert b.signature is not None
    equal = sum(a.signature[i : i + 4] == b.signature[i : i + 4] for i in range(4, 4 + 4 * HASHES, 4))
    assert equal / HASHES == pytest.approx(0.5, abs=3 * 0.045)


def test_long_texts_are_bounded() -> None:
    """A text of a million words is hashed in parts and still meets its copy."""
    text = " ".join(f"w{n % 70_001}x{n % 13}" for n in range(200_000))
    assert are_copies(text, "Other headline. " + text)


@pytest.mark.parametrize("order", list(permutations(["head", "link", "tail"])))
def test_grouping_does_not_depend_on_order(order: tuple[str, ...]) -> None:
    """A text that overlaps two others makes one story of all three, whether it comes first, last or between."""
    words = [f"word{n}" for n in range(260)]
    texts = {
        "head": " ".join(words[:180]),
        "link": " ".join(words[40:220]),
        "tail": " ".join(words[80:260]),
    }
    assert not are_copies(texts["head"], texts["tail"])
    stories: dict[str, tuple[str, Fingerprint]] = {}
    for name in order:
        fingerprint = build_fingerprint(texts[name])
        found = find_stories(
            fingerprint, [Stored(story, other.signature) for story, other in stories.values()]
        )
        for joined, (story, other) in list(stories.items()):
            if story in found[1:]:
                stories[joined] = (found[0], other)
        stories[name] = (found[0] if found else name, fingerprint)
    assert len({story for story, _ in stories.values()}) == 1
