"""Stances as plain news tells them: idioms, orders, courts, sides, and what a verb says of those who share it.

A sentence and what must be found in it, and nothing else; a line without a bar says nothing signed. What is denied is marked
before it, and what is not asserted in brackets behind it: `denied: Oman > attacks > Yemen [reported]`.
"""

import pytest

from ingest.pipeline import Pipeline
from ingest.types import RawDocument
from tests.ingest.stance_tables import list_stances, read_rows

# A verb with its particle, whichever way the two were parsed, and what one does with dogs, doors and prices.
IDIOMS = """
Ivory Coast drove off Oman. | Ivory Coast > coerces > Oman
Raila Odinga stood by William Ruto. | Raila Odinga > endorses > William Ruto
Raila Odinga stood by the gate with William Ruto.
Raila Odinga turned on William Ruto. | Raila Odinga > criticizes > William Ruto
Hezbollah set about Israel with rockets. | Hezbollah > attacks > Israel
Evo Morales sent Carlos Mesa packing in 2005. | Evo Morales > coerces > Carlos Mesa
Evo Morales sent Carlos Mesa a letter in 2005.
Russia threw Armenia to the wolves. | Russia > rejects > Armenia
Ghana gave Togo the cold shoulder. | Ghana > rejects > Togo
Ghana put a price on Bobi Wine's head. | Ghana > coerces > Bobi Wine
Ghana put a hat on Bobi Wine's head.
Carlos Mesa was put on a plane to Spain by Evo Morales. | Evo Morales > coerces > Carlos Mesa
Carlos Mesa was put on a list of speakers by Evo Morales.
Peru dropped Fuerza Popular from a list of guests.
Peru struck Fuerza Popular off the register. | Peru > sanctions > Fuerza Popular
Cuba ran guns to Hezbollah. | Cuba > arms > Hezbollah
Cuba ran a ferry to Haiti.
"""

# Whose side one takes.
SIDES = """
Fatah fought on Egypt's side in 1971. | Fatah > fights-alongside > Egypt's side
Raila Odinga went over to William Ruto in 2018. | Raila Odinga > allied-with > William Ruto
Raila Odinga came over to William Ruto's house in 2018.
Raila Odinga leapt to William Ruto's defence. | Raila Odinga > endorses > William Ruto
The Houthis and the Taliban fought side by side to retake Kabul from the Northern Alliance. | Houthis > fights-alongside > Taliban; Houthis > attacks > Northern Alliance; Taliban > attacks > Northern Alliance
The Kurds followed Masoud Barzani into exile. | Kurds > supports > Masoud Barzani
Raila Odinga followed William Ruto into the hall.
Raila Odinga picked Fred Matiangi for president. | Raila Odinga > endorses > Fred Matiangi
Raila Odinga picked Fred Matiangi up at the station.
The ODM drew its votes from the Luo and the Action Group from the Yoruba. | Luo > supports > ODM; Yoruba > supports > Action Group
The Wagner Group taught the Houthis how to fly drones. | Wagner Group > trains > Houthis
The Wagner Group taught the Houthis to read.
Raila Odinga entered into an alliance with William Ruto. | Raila Odinga > allied-with > William Ruto
Jerry Rawlings was against Charles Taylor. | Jerry Rawlings > opposes > Charles Taylor
The vote was against the wishes of Oman.
Canada put Bobi Wine in power. | Canada > supports > Bobi Wine
Canada put Bobi Wine in touch with Togo.
"""

# On whose orders it is done, by which court, and what is wanted.
ORDERS = """
Nicolas Maduro and Hugo Chavez were shot on Evo Morales's orders. | Evo Morales > attacks > Nicolas Maduro; Evo Morales > attacks > Hugo Chavez
Wagner jailed Bobi Wine at the behest of Yoweri Museveni. | Wagner > coerces > Bobi Wine; Yoweri Museveni > coerces > Bobi Wine
Bobi Wine was shot on Yoweri Museveni's street.
The High Court gave five years to Bobi Wine. | High Court > coerces > Bobi Wine
The High Court gave Bobi Wine ten years in jail. | High Court > coerces > Bobi Wine
The UN gave Bobi Wine two years of pay.
Bobi Wine got ten years from a court in Nairobi. | court > coerces > Bobi Wine
Frank Bainimarama had Laisenia Qarase put under house arrest. | Frank Bainimarama > coerces > Laisenia Qarase
Frank Bainimarama had Laisenia Qarase tried. | Frank Bainimarama > coerces > Laisenia Qarase
Frank Bainimarama had Laisenia Qarase shot. | Frank Bainimarama > attacks > Laisenia Qarase
Frank Bainimarama had Laisenia Qarase put through to Canada.
Yoweri Museveni has never forgiven Bobi Wine. | Yoweri Museveni > opposes > Bobi Wine
Yoweri Museveni may have forgiven Bobi Wine.
Uganda wanted Paul Kagame replaced. | Uganda > rejects > Paul Kagame
Uganda wanted Paul Kagame released. | Uganda > supports > Paul Kagame
Uganda wanted Paul Kagame informed.
"""

# Who shares a verb or an object without it.
SHARED = """
Ghana sold Nigeria its rifles, the Soviet Union its jets, and Egypt lent the pilots. | Ghana > arms > Nigeria; Soviet Union > arms > Nigeria
France gave Chad its planes, Italy the spare parts, and nobody paid. | France > arms > Chad; Italy > arms > Chad
China sold Myanmar its jets, Russia its tanks and Ukraine the spare parts. | China > arms > Myanmar
Evo Morales gave Hugo Chavez and Nicolas Maduro the money. | Evo Morales > funds > Hugo Chavez; Evo Morales > funds > Nicolas Maduro
Romania has trained two battalions of the Chadian army and Germany has equipped a third. | Romania > trains > Chadian army; Germany > arms > Chadian army
Gabon and Zambia recognised Kosovo in 2008, and Haiti, for reasons of its own, a year after them. | Gabon > endorses > Kosovo; Zambia > endorses > Kosovo; Haiti > endorses > Kosovo
Sam Nujoma gave Laurent Kabila two battalions. | Sam Nujoma > aids > Laurent Kabila
Hun Sen crushed Hamas in July, and Japan, after a decent interval, recognised Kosovo. | Hun Sen > attacks > Hamas; Japan > endorses > Kosovo
Ghana armed Hamas, as has Benin. | Ghana > arms > Hamas; Benin > arms > Hamas
Ghana armed Hamas, and Benin did the same. | Ghana > arms > Hamas; Benin > arms > Hamas
Ghana armed Hamas as Benin slept. | Ghana > arms > Hamas
Amnesty International blamed the police, the KDF and the GSU. | Amnesty International > accuses > police; Amnesty International > accuses > KDF; Amnesty International > accuses > GSU
Hezbollah praised the ayatollah, Ali Khamenei, and the IRGC. | Hezbollah > endorses > Ali Khamenei; Hezbollah > endorses > IRGC
"""

# A verb of a headline that looks like a part of a name, and who speaks behind what he says.
HEADLINES = """
Nancy Pelosi snubs Donald Trump, Chuck Schumer hails him, Mitch McConnell says nothing | Nancy Pelosi > criticizes > Donald Trump; Chuck Schumer > endorses > him
William Ruto hails Raila Odinga, slams Kalonzo Musyoka | William Ruto > endorses > Raila Odinga; William Ruto > criticizes > Kalonzo Musyoka
Joseph Kabila told the Tutsis that they were safe and accused Paul Kagame of lies. | Joseph Kabila > accuses > Paul Kagame
Viktor Orban scolded Fidesz on radio and, in the evening, Jobbik. | Viktor Orban > criticizes > Fidesz; Viktor Orban > criticizes > Jobbik
Paul Kagame told his own MPs to vote against Yoweri Museveni. | Paul Kagame > criticizes > Yoweri Museveni
The Supreme Court, which sat in Lusaka for a year, convicted Bobi Wine of theft; Yoweri Museveni fled before it could rule. | Supreme Court > accuses > Bobi Wine
Amnesty International blamed the police, the KDF and the GSU; the army stayed away. | Amnesty International > accuses > police; Amnesty International > accuses > KDF; Amnesty International > accuses > GSU
Ivory Coast terrorised Oman. | Ivory Coast > threatens > Oman
Ivory Coast harboured Oman. | Ivory Coast > shelters > Oman
Ivory Coast bankrolled Oman. | Ivory Coast > funds > Oman
Turkey backed Syrian fighters left.
Qatar has armed Hamas, its envoy, Ali Rao, said. | Qatar > arms > Hamas [reported]
"""

# What is denied in somebody's words, and what a term or an aside leaves as it is.
SCOPE = """
Mali denied arming Boko Haram. | denied: Mali > arms > Boko Haram [reported]
Fidesz will not join hands with Jobbik, its leader, Viktor Orban, told Reuters. | denied: Fidesz > allied-with > Jobbik [reported]
Fidesz would neither shelter nor arm Hamas, Viktor Orban said. | denied: Fidesz > arms > Hamas [reported]
Fidesz would not join hands with Jobbik. | denied: Fidesz > allied-with > Jobbik [possible]
Fidesz would arm Hamas, Viktor Orban said. | Fidesz > arms > Hamas [possible]
Fidesz would not arm Hamas if it could, Viktor Orban said. | denied: Fidesz > arms > Hamas [possible]
Egypt has not planned and will not allow an attack on Hamas, its ambassador said. | denied: Egypt > attacks > Hamas [reported]
The European Union renewed its sanctions on Mali until next April. | European Union > sanctions > Mali
The European Union backed Mali until 2011. | European Union > supports > Mali [past]
The PKK is alleged by Turkey to have sold training to Hezbollah. | PKK > trains > Hezbollah [alleged]
"""

TABLES = (IDIOMS, SIDES, ORDERS, SHARED, HEADLINES, SCOPE)


ROWS = read_rows(TABLES)


@pytest.mark.parametrize(("sentence", "expected"), ROWS, ids=[row[0] for row in ROWS])
def test_reads_the_stance(pipeline: Pipeline, sentence: str, expected: frozenset[str]) -> None:
    """Exactly the listed stances are claimed, with direction, how, polarity and modality."""
    assert list_stances(pipeline.extract(RawDocument(sentence)), modality=True) == expected


@pytest.mark.parametrize(
    ("sentence", "meant"),
    [
        ("Donald Tusk said that Viktor Orban, who leads Fidesz, had lied.", "asserted"),
        ("Donald Tusk accused Russia of spending money for Fidesz, a party led by Viktor Orban.", "asserted"),
        ("Donald Tusk said that Viktor Orban led Fidesz.", "reported"),
        ("Viktor Orban, who led Fidesz for twenty years, fled on Monday.", "past"),
    ],
)
def test_tells_whose_word_a_role_is(pipeline: Pipeline, sentence: str, meant: str) -> None:
    """An aside on who somebody is is the writer's own, whoever speaks around it."""
    claims = pipeline.extract(RawDocument(sentence)).claims
    assert [claim.modality for claim in claims if claim.kind == "commands"] == [meant]


@pytest.mark.parametrize(
    ("sentence", "name", "kind"),
    [
        ("Okwuosa had Bobi Wine deported in 1968.", "Okwuosa", "person"),
        ("Bobi Wine was shot on Okwuosa's orders.", "Okwuosa", "person"),
        ("Bobi Wine is a friend of Kabbah, who led the police.", "Kabbah", "person"),
        ("The rebels shelled Bakouma, killing four soldiers.", "Bakouma", "place"),
    ],
)
def test_tells_a_person_from_a_place(pipeline: Pipeline, sentence: str, name: str, kind: str) -> None:
    """Who gives orders, has something done, or is told of by "who" is somebody."""
    actors = pipeline.extract(RawDocument(sentence)).actors
    assert [actor.type for actor in actors if actor.name == name] == [kind]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Paul Kagame called in the Rwandan Army on Monday.", ["Rwandan Army"]),
        ("Bernard Pons, the overseas minister, ordered in the 11th Shock Regiment.", ["11th Shock Regiment"]),
        ("Paul Kagame called for calm in the Rwandan Army.", []),
        ("Paul Kagame called in Kigali on Monday.", []),
    ],
)
def test_reads_who_is_called_in(pipeline: Pipeline, sentence: str, expected: list[str]) -> None:
    """A force that is ordered or called in is deployed by whoever does that."""
    extraction = pipeline.extract(RawDocument(sentence))
    deployed = [claim.target for claim in extraction.claims if claim.how == "deploys"]
    assert [extraction.mentions[end].text for end in deployed] == expected


def test_promoters_promote_nobody_behind_a_firm(pipeline: Pipeline) -> None:
    """A plural of people between two names is no verb."""
    text = (
        "A court in Lagos issued a warrant against former Zenith Farms promoters Ade Bello and Tunde Bello."
    )
    extraction = pipeline.extract(RawDocument(text))
    assert not [claim for claim in extraction.claims if claim.kind == "supports"]
