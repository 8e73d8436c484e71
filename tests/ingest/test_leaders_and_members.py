"""Who leads and belongs to what by possessives, by clauses, by superiors and by what several do together."""

import pytest

from ingest.pipeline import Pipeline
from ingest.types import RawDocument


def _read(pipeline: Pipeline, text: str) -> set[str]:
    """Return "source kind/how target", with "denied" or "past" behind it where it is so."""
    extraction = pipeline.extract(RawDocument(text))
    names = [extraction.actors[mention.actor].name for mention in extraction.mentions]
    found = set()
    for claim in extraction.claims:
        marks = [mark for mark in (claim.polarity, claim.modality) if mark in {"denied", "past"}]
        found.add(" ".join([names[claim.source], f"{claim.kind}/{claim.how}", names[claim.target], *marks]))
    return found


def _list_bonds(pipeline: Pipeline, text: str) -> set[str]:
    return {read for read in _read(pipeline, text) if "commands/" in read or "member-of/" in read}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ojwang's Lango Brotherhood fought in Lira.", "Ojwang commands/leads Lango Brotherhood"),
        ("Hostages were taken by Doka Lamine's Creek Side Boys.", "Doka Lamine commands/leads Creek Side Boys"),
        ("They broke away from Tarun Gohain's ARPK over the accord.", "Tarun Gohain commands/leads ARPK"),
        ("They met Otto Maler's Reformers in Graz.", "Otto Maler commands/leads Reformers"),
        ("They met Backer's Loyalists in Oslo.", "Backer commands/leads Loyalists"),
        ("The list includes Jonas Weiss's Future of Saxony.", "Jonas Weiss commands/leads Future of Saxony"),
        ("Sabra Holm, whose People's Party of Jutland won, spoke.", "Sabra Holm commands/leads People's Party of Jutland"),
        ("The Third Brigade of Pavel Doran crossed the river.", "Pavel Doran commands/leads Third Brigade"),
        ("The Harvest Front of Ana Ruiz opposes the dam.", "Ana Ruiz commands/leads Harvest Front"),
        ("Kigombe Youth, the militia of Joseph Kabila, burned it.", "Joseph Kabila commands/leads Kigombe Youth"),
        ("Zoryana, the outfit of Oleh Marchuk, sent volunteers.", "Oleh Marchuk commands/leads Zoryana"),
        ("Kesto Bank, half of which Glencore owns, went under.", "Glencore commands/controls Kesto Bank"),
        ("Kesto Bank is owned in part by Glencore.", "Glencore commands/controls Kesto Bank"),
        ("The Kesto Group, which belongs to Senator Dario Mesa, pays.", "Dario Mesa commands/controls Kesto Group"),
        ("Sandmark, the firm of Tim Lane, shipped rifles.", "Tim Lane commands/leads Sandmark"),
        ("Ana Ruiz led the Veridian army for a year.", "Ana Ruiz commands/leads Veridian army"),
        ("They voted for Tomas Bawer's Kuni-Shan National Front.", "Tomas Bawer commands/leads Kuni-Shan National Front"),
    ],
)  # fmt: skip
def test_owners_lead(pipeline: Pipeline, text: str, expected: str) -> None:
    """Whoever has a party, a band or a unit leads it, however little is known of the two names."""
    assert expected in _read(pipeline, text)


@pytest.mark.parametrize(
    "text",
    [
        "Perera's United Nations speech angered many.",
        "Anna Kovacs's Mondays are busy.",
        "Tomas Havel's Nobel Prize was stolen.",
        "They taught the Battle of Monte Cassino and the Treaty of Campo Formio.",
        "Ponte Nova, the town of Carlos Melo, was flooded.",
        "Tom Reyes, whose wife heads a bank, left Omar Lind.",
    ],
)
def test_owners_of_other_things(pipeline: Pipeline, text: str) -> None:
    """A speech, a weekday, a prize and a town are led by nobody whose they are."""
    assert _list_bonds(pipeline, text) == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The NCK of Ana Ruiz and Omar Lind gained votes.", {"Ana Ruiz member-of/belongs-to NCK", "Omar Lind member-of/belongs-to NCK"}),
        ("Salvos's youth wing, the Red Falcons, won.", {"Red Falcons member-of/branch-of Salvos"}),
        ("The Marsh Front's offspring, the Reed Front, took arms.", {"Reed Front member-of/splinter-of Marsh Front"}),
    ],
)  # fmt: skip
def test_of_several(pipeline: Pipeline, text: str, expected: set[str]) -> None:
    """Two whose party it is are of it, and wings and offspring are of bodies, not of persons."""
    assert _list_bonds(pipeline, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Harvest Party will not yield, its convener, Rafi Karim, said.", "Rafi Karim commands/leads Harvest Party"),
        ("The Harvest Party met; his mother, Laila Rahim, remained its chairperson.", "Laila Rahim commands/leads Harvest Party"),
        ("The Coastal Union, which Mia Brandt founded and Tom Reyes chairs, won.", "Tom Reyes commands/leads Coastal Union"),
        ("They blamed the Rapid Cell, a group that others had set up and that Henri Tamou commanded, for it.",
         "Henri Tamou commands/leads Rapid Cell"),
        ("Daniel Mora led the Coastal Union until Emil Sorel took over in May.", "Emil Sorel commands/leads Coastal Union"),
        ("General Pavel Doran took over the 14th Army and moved on.", "Pavel Doran commands/leads 14th Army"),
        ("The Coastal Union lost; Dora Fochi is its secretary-general.", "Dora Fochi commands/leads Coastal Union"),
        ("The Rescue Front, an umbrella of eleven groups that Timur Osmonov chairs, met.", "Timur Osmonov commands/leads Rescue Front"),
        ("The head of the Northern Assembly, Mir Rahmani, resigned, and his deputy, Hamida Noori, took over.",
         "Hamida Noori commands/leads Northern Assembly"),
        ("The Marsh Front made Omar Lind its deputy chairman.", "Marsh Front commands/appoints Omar Lind"),
        ("They prayed for the return of Kabo, who led the Harvest Party.", "Kabo commands/leads Harvest Party"),
    ],
)  # fmt: skip
def test_roles(pipeline: Pipeline, text: str, expected: str) -> None:
    """Kin and clauses in between do not hide who has a post."""
    assert expected in _read(pipeline, text)


@pytest.mark.parametrize(
    "text",
    [
        "Peter Mwale took over the farm and Ana Ruiz left.",
        "The weather made Omar Lind a legend and Ana Ruiz a rich woman.",
        "Daniel Mora left Oslo until Emil Sorel took over in May.",
        "The chairs of Ana Ruiz and the heads of Omar Lind were empty.",
    ],
)
def test_no_roles(pipeline: Pipeline, text: str) -> None:
    """Who takes over a farm, or nobody knows what, leads no body."""
    assert _list_bonds(pipeline, text) == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Under Pavel Doran served Ilya Sokol and Petr Vanek.",
         {"Pavel Doran commands/None Ilya Sokol", "Pavel Doran commands/None Petr Vanek"}),
        ("Henri Tamou, Simon Ade's superior, died.", {"Henri Tamou commands/None Simon Ade"}),
        ("Simon Ade, an officer of Pavel Doran's, fled.", {"Pavel Doran commands/None Simon Ade"}),
        ("Simon Ade says that he takes no orders from Viktor Sedov.", {"Viktor Sedov commands/controls Simon Ade denied"}),
        ("The spokesman, Amadou Keita, is a former bodyguard of General Doran's.", {"Doran commands/None Amadou Keita past"}),
        ("Simon Ade, an admirer of Pavel Doran's, fled.", set()),
        ("Under Pavel Doran, dinner was served to Petr Vanek.", set()),
    ],
)  # fmt: skip
def test_superiors(pipeline: Pipeline, text: str, expected: set[str]) -> None:
    """Whoever serves under a person, or is his officer, is commanded by him; an admirer is not."""
    assert _list_bonds(pipeline, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Farid Aziz, a Harvest Party man whom few trust, spoke.", "Farid Aziz member-of/belongs-to Harvest Party"),
        ("Togo sits on the Savanna Council.", "Togo member-of/belongs-to Savanna Council"),
        ("Ferenc Balogh is a Momentum man.", "Ferenc Balogh member-of/belongs-to Momentum"),
        ("Mira Holt is a Coastal Union woman, Jan Peters is not.", "Jan Peters member-of/belongs-to Coastal Union denied"),
        ("The Harvest Party is an associate of the Green Alliance, as was the Coastal Union.",
         "Coastal Union member-of/belongs-to Green Alliance past"),
        ("They met Omar Said, Tarik Lund and other members of the Marsh Front.", "Omar Said member-of/belongs-to Marsh Front"),
        ("Chad, Niger and Togo make up the Savanna League together with the Marsh Front.",
         "Marsh Front member-of/belongs-to Savanna League"),
        ("The Coastal Union is the oldest party in Jutland and the largest in the Harbour Bloc.",
         "Coastal Union member-of/belongs-to Harbour Bloc"),
        ("The Harvest Party and the Coastal Union were joined in the Green Alliance by the Marsh Front.",
         "Coastal Union member-of/belongs-to Green Alliance"),
        ("Ana Ruiz and Omar Said sit together as the Harbour Bloc.", "Omar Said member-of/belongs-to Harbour Bloc"),
        ("Joseph Kabila broke with the Marsh Front to form the Reed Front.", "Reed Front member-of/splinter-of Marsh Front"),
        ("Police arrested Mika Forrest of the FLNK in Oslo.", "Mika Forrest member-of/belongs-to FLNK"),
    ],
)  # fmt: skip
def test_members(pipeline: Pipeline, text: str, expected: str) -> None:
    """Members are told by a noun, by a shared verb and by what several do as one."""
    assert expected in _read(pipeline, text)


@pytest.mark.parametrize(
    ("text", "unwanted"),
    [
        ("Mira Holt belongs to the Coastal Union, Jan Peters does not.", "Mira Holt member-of/belongs-to Coastal Union denied"),
        ("The Harvest Party was joined in the Green Alliance by the Marsh Front.", "Marsh Front member-of/belongs-to Harvest Party"),
        ("Ana Ruiz and Omar Said sat together as the Harbour Bloc's guests.", "Ana Ruiz member-of/belongs-to Harbour Bloc"),
        ("Joseph Kabila left the Marsh Front to find the Reed Front.", "Reed Front member-of/splinter-of Marsh Front"),
    ],
)  # fmt: skip
def test_others(pipeline: Pipeline, text: str, unwanted: str) -> None:
    """What is said of one is not said of the other."""
    assert unwanted not in _read(pipeline, text)


def test_deputies_are_named_behind_their_party(pipeline: Pipeline) -> None:
    """Two deputies of a party whose names follow are persons, and no further parties."""
    extraction = pipeline.extract(
        RawDocument("Two deputies of the Alliance for Unity, Petya Ruseva and Ivan Hristov, abstained.")
    )
    types = {actor.name: actor.type for actor in extraction.actors}
    assert types["Petya Ruseva"] == types["Ivan Hristov"] == "person"
