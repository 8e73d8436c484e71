"""Whom reports mean by names cut short, titles at court, second names and pronouns that go on; names are invented or changed."""

import pytest

from ingest.pipeline import Pipeline
from tests.ingest.short_readings import read_actors, read_claims


@pytest.mark.parametrize(
    ("text", "name", "other"),
    [
        (
            "The High Security Council, in which Said Nour sits, met.",
            "High Security Council",
            "UN Security Council",
        ),
        (
            "The Green Renewal Front won. The police raided the Renewal Front.",
            "Green Renewal Front",
            "Renewal Front",
        ),
        (
            "Arben Krasna was jailed. Krasna, known to the court as Witness Oak, fled.",
            "Arben Krasna",
            "Krasna",
        ),
    ],
)
def test_a_name_cut_short_is_nobody_else(pipeline: Pipeline, text: str, name: str, other: str) -> None:
    """The end of a name in the text is that of whoever bears the whole, and so is a man with a second name."""
    actors = read_actors(pipeline, text)
    assert name in actors
    assert other not in actors


def test_a_name_between_two_nouns_is_of_a_movement(pipeline: Pipeline) -> None:
    """A plain word before a movement's name hides nothing of what it is."""
    actors = read_actors(pipeline, "Omar Beri, the leader of the hardline Tajdid movement, returned.")
    assert actors["Tajdid"] == "organization"


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("Aliou Badji was mayor of Bignona for years.", "Bignona"),
        ("Moussa Ag Attaher, the governor of Taoudenni, resigned.", "Taoudenni"),
    ],
)
def test_what_has_a_mayor_is_a_place(pipeline: Pipeline, text: str, town: str) -> None:
    """Towns have mayors and regions governors, as firms have not."""
    assert read_actors(pipeline, text)[town] == "place"


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (
            "Pablo Solis led the party. Tom Weller denounced him. France banned him.",
            ("France", "opposes", "Pablo Solis"),
        ),
        (
            "Pablo Solis led the party. Tom Weller, Jimmy Carter's envoy, called him a killer.",
            ("Tom Weller", "opposes", "Pablo Solis"),
        ),
        (
            "Pablo Solis led the party. He met Tom Weller. France praised him.",
            ("France", "supports", "Pablo Solis"),
        ),
        (
            "Lena Roth, who works for UNMIT, the peacekeeping mission of the United Nations, left.",
            ("UNMIT", "member-of", "United Nations"),
        ),
        (
            "The Liberal Party lost. The group, known as Ansaru, attacked Kano.",
            ("Ansaru", "located-in", "Kano"),
        ),
    ],
)
def test_who_is_spoken_of_goes_on_being_meant(
    pipeline: Pipeline, text: str, claim: tuple[str, str, str]
) -> None:
    """Whoever "him" was is "him" in the next sentence, and what a comma adds is of the body before it."""
    assert claim in read_claims(pipeline, text)


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (
            "Pablo Solis led the party. Tom Weller denounced him. France banned him.",
            ("France", "opposes", "Tom Weller"),
        ),
        (
            "An officer led the party. Tom Weller denounced him. France banned him.",
            ("France", "opposes", "Tom Weller"),
        ),
        (
            "A major was expelled. France banned him, yet Tom Weller championed him.\n\nIn 1981 he founded the Green Party.",
            ("Tom Weller", "commands", "Green Party"),
        ),
        (
            "Lena Roth, who works for UNMIT, the peacekeeping mission of the United Nations, left.",
            ("Lena Roth", "member-of", "United Nations"),
        ),
        (
            "A court acquitted Arben Krasna of torturing Serb prisoners.",
            ("Arben Krasna", "opposes", "Serb prisoners"),
        ),
        (
            "Arben Krasna was cleared by the Yugoslavia tribunal in Arusha of beating Albanians.",
            ("Yugoslavia", "opposes", "Arben Krasna"),
        ),
        (
            "Since 2012 Aliou Badji has headed the Group for Peace in Kaolack.",
            ("Aliou Badji", "located-in", "Kaolack"),
        ),
    ],
)
def test_nobody_is_taken_for_whom_the_text_does_not_mean(
    pipeline: Pipeline, text: str, claim: tuple[str, str, str]
) -> None:
    """Who acts on "him" is not he, no person is a mission, and whoever is acquitted has done nothing."""
    assert claim not in read_claims(pipeline, text)


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Baku's delegation was headed by Rauf Alili.", ("Rauf Alili", "member-of", "Azerbaijan")),
        ("Dana Roth led Austria's delegation to the talks.", ("Dana Roth", "member-of", "Austria")),
        (
            "Omar Sali, the commander of Hamas's armed wing, the Qassam Brigades, fled.",
            ("Omar Sali", "commands", "Izz al-Din al-Qassam Brigades"),
        ),
        (
            "The Sulu Freedom Fighters, founded by Salim Umbra Kato, surrendered.",
            ("Salim Umbra Kato", "commands", "Sulu Freedom Fighters"),
        ),
        (
            "Armen Sarian, who leads the Mother Anatolia bloc, wept.",
            ("Armen Sarian", "commands", "Mother Anatolia"),
        ),
    ],
)
def test_who_leads_what_is_led(pipeline: Pipeline, text: str, claim: tuple[str, str, str]) -> None:
    """A wing named behind a comma has its own commander, a bloc its leader, and a delegation speaks for its state."""
    assert claim in read_claims(pipeline, text)


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Baku's delegation was headed by Rauf Alili.", ("Rauf Alili", "commands", "Azerbaijan")),
        (
            "Omar Sali, the commander of Hamas's armed wing, the Qassam Brigades, fled.",
            ("Omar Sali", "commands", "Hamas"),
        ),
        (
            "The Justice Party split. Sulu is lost: the Supreme Court of the Philippines excluded it.",
            ("Philippine Supreme Court", "opposes", "Justice Party"),
        ),
        (
            "Said Ghali led the Sand Front. After Omar Beri died, a congress elected him. He fought Morocco.",
            ("Omar Beri", "opposes", "Morocco"),
        ),
        (
            "Said Ghali praised Algeria. Omar Beri leads the Peace Movement, which accuses him of theft. Ana Ruiz denounced him.",
            ("Ana Ruiz", "opposes", "Omar Beri"),
        ),
        (
            "The junta distrusts Thaksin. A faction of the Union Party led by Omar Sali welcomed his return.",
            ("Union Party", "supports", "Omar Sali"),
        ),
        ("The rebels fought under Omar Sali and the Maute brothers.", ("Omar Sali", "member-of", "Maute")),
    ],
)
def test_nobody_leads_what_he_is_sent_by(pipeline: Pipeline, text: str, claim: tuple[str, str, str]) -> None:
    """Whoever heads a delegation or a wing does not head the whole, and brothers are no body."""
    assert claim not in read_claims(pipeline, text)


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (
            "Idris Sharif, a Sunni who heads the Promise Party, was freed.",
            ("Idris Sharif", "commands", "Promise Party"),
        ),
        (
            "Baran Zana, a Kurd who led the Komala Party, fled.",
            ("Baran Zana", "commands", "Komala Party"),
        ),
        (
            "Said Ghali led the Sand Front. Omar Beri leads the Peace Movement, which denounced him.",
            ("Peace Movement", "opposes", "Said Ghali"),
        ),
        ("The US Fifth Fleet is based at Jufra.", ("US Fifth Fleet", "located-in", "Jufra")),
    ],
)
def test_one_of_a_people_is_a_man(pipeline: Pipeline, text: str, claim: tuple[str, str, str]) -> None:
    """A Sunni who leads a party is no people, and a movement does not turn on its own leader."""
    assert claim in read_claims(pipeline, text)


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (
            "Idris Sharif, a Sunni who heads the Promise Party, was freed.",
            ("Sunnis", "commands", "Promise Party"),
        ),
        (
            "Said Ghali led the Sand Front. Omar Beri leads the Peace Movement, which denounced him.",
            ("Peace Movement", "opposes", "Omar Beri"),
        ),
        (
            "The Island Shield Force, sent by the Gulf Cooperation Council, landed.",
            ("Gulf Cooperation Council", "supports", "Island Shield Force"),
        ),
    ],
)
def test_a_people_is_not_one_of_it(pipeline: Pipeline, text: str, claim: tuple[str, str, str]) -> None:
    """What one man does his people has not done, and a force is no gift to itself."""
    assert claim not in read_claims(pipeline, text)
