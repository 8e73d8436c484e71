"""Who leads and belongs to what by a post, a candidacy, a list of parts or a comma."""

import pytest

from ingest.pipeline import Pipeline
from ingest.types import RawDocument


def _read(pipeline: Pipeline, text: str) -> set[str]:
    """Return "source kind target" of each claim."""
    extraction = pipeline.extract(RawDocument(text))
    mentions = extraction.mentions
    return {f"{mentions[c.source].text} {c.kind} {mentions[c.target].text}" for c in extraction.claims}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Orchard Party under Karl Brenner lost its majority.", "Karl Brenner commands Orchard Party"),
        ("He praised the former commander of the Kenyan Navy Peter Mwangi.", "Peter Mwangi commands Kenyan Navy"),
        ("Joseph Banda was a surgeon who was later the president of Zambia.", "Joseph Banda commands Zambia"),
        ("Ivan Kovac was appointed to the post of director of the Audit Service.", "Ivan Kovac commands Audit Service"),
        ("Omar Lind is chairman of the upper house, the National Council.", "Omar Lind commands National Council"),
        ("The Reform Alliance (RA) of Jan Roos will not join.", "Jan Roos commands Reform Alliance"),
        ("Ivan Kovac now holds the post of deputy head of the Audit Service.", "Ivan Kovac member-of Audit Service"),
        ("Levy Banda ran as the Orchard Party candidate.", "Levy Banda member-of Orchard Party"),
        ("Levy Banda won the vote as the candidate of the Orchard Party.", "Levy Banda member-of Orchard Party"),
        ("Peter Lind was replaced by Omar Veld as leader of the Orchard Party.", "Omar Veld commands Orchard Party"),
        ("Hamas fled. Its leader, Adalberto Costa Junior, stayed.", "Adalberto Costa Junior commands Its"),
        ("One of Hamas's commanders, Omar Lind, fled.", "Omar Lind member-of Hamas"),
        ("Omar Lind, one of Hamas's commanders, fled.", "Omar Lind member-of Hamas"),
        ("The NASA astronaut Peter Lind returned.", "Peter Lind member-of NASA"),
        ("Peter Lind, a Hezbollah ideologue, spoke.", "Peter Lind member-of Hezbollah"),
        ("Rear Admiral Omar Lind, U.S. Navy, retired.", "Omar Lind member-of U.S. Navy"),
        ("Omar Lind (Kenyan Army) spoke.", "Omar Lind member-of Kenyan Army"),
        ("The Amber Brigade was a Kenyan Army formation.", "Amber Brigade member-of Kenyan Army"),
        ("The Lake League (Kenya, Uganda and Rwanda) will meet.", "Uganda member-of Lake League"),
        ("The Lake League, including Kenya and Uganda, condemned it.", "Kenya member-of Lake League"),
        ("They split the Kenyan Armed Forces (including the Kenyan Navy).", "Kenyan Navy member-of Kenyan Armed Forces"),
        ("The memoirs of the commander of the Chilean Navy Adm. Pedro Lagos sold.", "Pedro Lagos commands Chilean Navy"),
        ("The retired National Cricket League bowler Omar Lind was in court.", "Omar Lind member-of National Cricket League"),
        ("Ivan Kovac's allegedly corrupt Bolivian Tin Workers Union won.", "Ivan Kovac commands Bolivian Tin Workers Union"),
        ("The Soviet historian Ivan Kovac wrote it.", "Ivan Kovac located-in Soviet"),
    ],
)  # fmt: skip
def test_belonging(pipeline: Pipeline, text: str, expected: str) -> None:
    """Posts, candidacies, parts in brackets and the force behind a comma tell who belongs to what."""
    assert expected in _read(pipeline, text)


@pytest.mark.parametrize(
    "text",
    [
        "The man who was the head of the Orchard Party left Peter Mwangi.",
        "Joseph Banda was a cousin of Peter Mwangi, who was the president of Zambia.",
        "The commander of the Kenyan Navy, Uganda and Peter Mwangi were silent.",
        "The Kenyan Army, including its chief, was ashamed of Peter Mwangi.",
        "Peter Mwangi, Kenyan Army and others were thanked.",
        "The Kenyan Army, including Uganda in its plans, moved on.",
        "The Soviet historian Peter Mwangi wrote it.",
        "The rivals of the Kenyan Army Peter Mwangi fled.",
        "The Orchard Party poster Peter Mwangi drew was lost.",
        "The Hezbollah prisoner Peter Mwangi was freed.",
        "The Orchard Party survivor Peter Mwangi was silent.",
        "The Lake Council, represented by Prime Minister Joseph Banda, met Zambia.",
        "Peter Mwangi, the leader of the rebels, and the Orchard Party met.",
    ],
)
def test_no_belonging(pipeline: Pipeline, text: str) -> None:
    """What stands beside a body or another's post has no part in it."""
    found = _read(pipeline, text)
    wrong = ("Peter Mwangi commands K", "Peter Mwangi member-of", "Joseph Banda commands", "Uganda member-of")
    assert not [claim for claim in found if claim.startswith(wrong)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Omar Lind was put in charge of the Kenyan Navy.", "Omar Lind commands Kenyan Navy"),
        ("After six years at the helm of Hamas, Omar Lind bowed out.", "Omar Lind commands Hamas"),
        ("At the top of Hezbollah sits Omar Lind.", "Omar Lind commands Hezbollah"),
        ("Hamas, with Omar Lind in command, moved south.", "Omar Lind commands Hamas"),
        ("Omar Lind was replaced at the head of Hamas by Peter Mwangi.", "Peter Mwangi commands Hamas"),
        ("Peter Mwangi left Omar Lind in command of Hamas.", "Omar Lind commands Hamas"),
        ("Command of the Kenyan Navy passed to Omar Lind.", "Omar Lind commands Kenyan Navy"),
        ("Omar Lind's chairmanship of the Orchard Party is disputed.", "Omar Lind commands Orchard Party"),
        ("The Kenyan Navy takes its orders from Omar Lind.", "Omar Lind commands Kenyan Navy"),
        ("Omar Lind lost the reins of the Orchard Party.", "Omar Lind commands Orchard Party"),
        ("Omar Lind took over Hamas last spring.", "Omar Lind commands Hamas"),
        ("Omar Lind presides over the Orchard Party.", "Omar Lind commands Orchard Party"),
        ("Under Omar Lind, the Orchard Party lost every seat.", "Omar Lind commands Orchard Party"),
        ("Kenyan leader Omar Lind cancelled his trip.", "Omar Lind commands Kenyan"),
        ("Omar Lind, head of state of Zambia, flew home.", "Omar Lind commands state of Zambia"),
        ("Omar Lind was re-elected president of Zambia.", "Omar Lind commands Zambia"),
        ("The Orchard Party picked Omar Lind as chairman.", "Omar Lind commands Orchard Party"),
        ("Hamas names Omar Lind chief.", "Omar Lind commands Hamas"),
        ("Omar Lind, the brains behind Hamas, hid.", "Omar Lind commands Hamas"),
        ("2nd Brigade commander Omar Lind fled.", "Omar Lind commands 2nd Brigade"),
        ("As chairman of the Orchard Party, Omar Lind objected.", "Omar Lind commands Orchard Party"),
        ("Omar Lind has a seat on the Lake Council.", "Omar Lind member-of Lake Council"),
        ("Omar Lind rose through the ranks of Hamas.", "Omar Lind member-of Hamas"),
        ("Hamas counts Omar Lind among its founders.", "Omar Lind member-of its"),
        ("Members of the Orchard Party include Omar Lind.", "Omar Lind member-of Orchard Party"),
        ("Omar Lind (Hezbollah) did not reply.", "Omar Lind member-of Hezbollah"),
        ("Lake League member Uganda stayed away.", "Uganda member-of Lake League"),
        ("Uganda, a member state of the Lake League, stayed away.", "Uganda member-of Lake League"),
        ("The Lake League readmitted Uganda.", "Uganda member-of Lake League"),
        ("The Amber Brigade is subordinate to the Kenyan Army.", "Amber Brigade member-of Kenyan Army"),
        ("The Amber Brigade split from Hezbollah.", "Amber Brigade member-of Hezbollah"),
        ("The armed wing of Hezbollah, the Amber Brigade, withdrew.", "Amber Brigade member-of Hezbollah"),
        ("Hezbollah and its armed wing, the Amber Brigade, withdrew.", "Amber Brigade member-of its"),
    ],
)  # fmt: skip
def test_held_nouns(pipeline: Pipeline, text: str, expected: str) -> None:
    """Whoever has the charge, the seat or the membership that a noun names leads the body or belongs to it."""
    assert expected in _read(pipeline, text)


@pytest.mark.parametrize(
    "text",
    [
        "Peter Mwangi is in charge of talks with Hamas.",
        "Peter Mwangi put Omar Lind in charge of Hamas.",
        "The Zambian rebel leader Peter Mwangi fled.",
        "Peter Mwangi took Hamas to court.",
        "Peter Mwangi met one of the leaders of Hamas.",
        "Peter Mwangi sat with Hamas at the talks.",
        "Peter Mwangi counts Hamas among his foes.",
        "The BBC named Peter Mwangi as the leader of the plot.",
    ],
)
def test_nothing_held(pipeline: Pipeline, text: str) -> None:
    """Who puts another in charge, or is in charge of something else, neither leads nor belongs."""
    wrong = (
        "Peter Mwangi commands Hamas",
        "Peter Mwangi commands Z",
        "Peter Mwangi commands B",
        "Peter Mwangi member-of",
    )
    assert not [claim for claim in _read(pipeline, text) if claim.startswith(wrong)]
