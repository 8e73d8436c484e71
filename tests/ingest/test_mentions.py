"""Who a text names: types, titles, nested bodies, capitals that act, and names grouped into actors."""

# ruff: noqa: RUF001 - curly quotes are what newspapers print

import pytest

from ingest.pipeline import Pipeline
from ingest.types import Extraction, RawDocument


def read(pipeline: Pipeline, text: str) -> Extraction:
    """Return what is understood of a text."""
    return pipeline.extract(RawDocument(text))


def find_named(pipeline: Pipeline, text: str) -> dict[str, tuple[str, str]]:
    """Return (actor's name, type) by the words of each mention that is a name."""
    extraction = read(pipeline, text)
    return {
        mention.text: (extraction.actors[mention.actor].name, mention.type)
        for mention in extraction.mentions
        if mention.resolution not in {"pronoun", "description"}
    }


@pytest.mark.parametrize(
    ("text", "words", "name", "entity_type"),
    [
        # Known names
        ("Hezbollah shelled the town.", "Hezbollah", "Hezbollah", "armed-group"),
        ("The fighters of Asa'ib Ahl al-Haq left.", "Asa'ib Ahl al-Haq", "Asa'ib Ahl al-Haq", "armed-group"),
        ("Daesh was beaten in Tikrit.", "Daesh", "ISIS", "armed-group"),
        ("The United Nations condemned Eritrea.", "United Nations", "United Nations", "organization"),
        # A state's own forces and bodies
        ("The Iraqi army withdrew.", "Iraqi army", "Iraqi Army", "security-force"),
        ("Chadian soldiers crossed the river.", "Chadian soldiers", "Chadian Army", "security-force"),
        ("Kenya's special forces stormed the mall.", "Kenya's special forces", "Kenyan Special Forces", "security-force"),
        ("Peru's foreign ministry protested.", "Peru's foreign ministry", "Peruvian Foreign Ministry", "government-body"),
        # The government is the country
        ("The Danish government sent aid.", "Danish government", "Denmark", "country"),
        ("The government of Ghana sent aid.", "government of Ghana", "Ghana", "country"),
        ("Norwegian officials denied the report.", "Norwegian officials", "Norway", "country"),
        # By head word, by description, by title
        ("The Azuri Liberation Front attacked a convoy.", "Azuri Liberation Front", "Azuri Liberation Front", "armed-group"),
        ("Torvald University closed its gates.", "Torvald University", "Torvald University", "organization"),
        ("The Harbour Times reported the raid.", "Harbour Times", "Harbour Times", "media"),
        ("They met in Kelvorn, a town near the coast.", "Kelvorn", "Kelvorn", "place"),
        ("Fighters shelled Kelvorn province at dawn.", "Kelvorn", "Kelvorn", "place"),
        ("She flew to New York.", "New York", "New York City", "place"),
        ("The 507th Torvald Wing left its base.", "507th Torvald Wing", "507th Torvald Wing", "security-force"),
        ("General Tamsin Okoro resigned.", "Tamsin Okoro", "Tamsin Okoro", "person"),
        ("Prime Minister Joran Veld thanked France.", "Joran Veld", "Joran Veld", "person"),
        ("Bashar al-Assad's brother spoke.", "Bashar al-Assad", "Bashar al-Assad", "person"),
    ],
)  # fmt: skip
def test_name(pipeline: Pipeline, text: str, words: str, name: str, entity_type: str) -> None:
    """A name is found without its titles and endings, and typed by what it is."""
    assert find_named(pipeline, text).get(words) == (name, entity_type)


def test_committee_of_a_parliament_is_one_body(pipeline: Pipeline) -> None:
    """A body within a body is one name, not two fragments."""
    text = "Ismael Kowsari sits on the Iranian Parliament's National Security and Foreign Policy Committee."
    bodies = [words for words, (_, kind) in find_named(pipeline, text).items() if kind == "government-body"]
    assert any(words.endswith("National Security and Foreign Policy Committee") for words in bodies)
    assert not any(words == "Foreign Policy Committee" for words in bodies)


def test_unknown_body_of_a_state(pipeline: Pipeline) -> None:
    """A body that no list holds is one name with its state, which is named within it."""
    extraction = read(pipeline, "Kenya's Maritime Council met on Friday.")
    found = {m.text: (m.type, extraction.actors[m.actor].country_code) for m in extraction.mentions}
    assert found == {"Kenya": ("country", "KE"), "Kenya's Maritime Council": ("government-body", "KE")}


def test_possessor_of_a_body_is_named_too(pipeline: Pipeline) -> None:
    """In "Iran's Foreign Ministry" both the ministry and the country are named."""
    named = find_named(pipeline, "Iran's Foreign Ministry rejected the claim.")
    assert named["Iran's Foreign Ministry"][1] == "government-body"
    assert named["Iran"] == ("Iran", "country")


@pytest.mark.parametrize(
    ("text", "words", "entity_type"),
    [
        ("Tehran supported the militias.", "Tehran", "country"),
        ("Weapons were sent by Moscow.", "Moscow", "country"),
        ("The minister accused Ankara of spying.", "Ankara", "country"),
        ("Talks with Beijing went well.", "Beijing", "country"),
        ("The Kremlin denied the report.", "Kremlin", "country"),
        ("Tehran-backed fighters took the town.", "Tehran", "country"),
        ("He was born in Tehran.", "Tehran", "place"),
        ("Soldiers marched toward Baghdad.", "Baghdad", "place"),
        ("Baghdad was shelled on Friday.", "Baghdad", "place"),
        ("The streets of Cairo's suburbs were empty.", "Cairo", "place"),
        ("Dakar, the capital of Senegal, was dark.", "Dakar", "place"),
        ("The Zambian capital Lusaka was dark.", "Lusaka", "place"),
    ],
)
def test_capital(pipeline: Pipeline, text: str, words: str, entity_type: str) -> None:
    """A capital that acts is its state; a capital where something is or happens is a town."""
    assert find_named(pipeline, text)[words][1] == entity_type


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("He spoke on Wednesday in June.", "Wednesday"),
        ("Will Iran Intervene in Iraq?", "Will Iran Intervene"),
        ("Shiite militias hold the road.", "Shiite"),
        ("They cooked turkey and rice.", "turkey"),
        ("Defence Minister Kaja Lind resigned.", "Defence"),
        ("The vote was held by Iranians abroad in May.", "May"),
        ("Floods hit the northern province on Monday.", "northern province"),
        ("That presents Iranwith a choice.", "Iranwith"),
        ("Operation Silver Gate began in Niger.", "Operation Silver Gate"),
        ("Troops came for Exercise Silver Gate in Jordan.", "Silver Gate"),
        ("They cited UN Security Council Resolution 2254.", "UN Security Council Resolution 2254"),
        ("They cited UN Security Council Resolution 2254.", "UN Security Council"),
        ("The council adopted Resolution 2254 in haste.", "Resolution"),
        ("The Dayton Accords held for years.", "Dayton"),
        ("Varosa (Arabic: Nahiyat Varus) is a village in northern Iraq.", "Nahiyat Varus"),
        ("The Chilean-born doctor left.", "Chilean"),
        ("Sen. Carla Ruiz, D-Calif., sat in the gallery.", "D-Calif."),
        ("Talks followed the Lusaka Agreement of 1999.", "Lusaka Agreement"),
        ("It is banned by the Treaty of Tlatelolco.", "Treaty of Tlatelolco"),
    ],
)
def test_no_name(pipeline: Pipeline, text: str, words: str) -> None:
    """Days, titles, headline fragments, adjectives of faith and common words are nobody."""
    assert words not in find_named(pipeline, text)


@pytest.mark.parametrize(
    ("text", "words", "entity_type"),
    [
        ("Daesh used mortars in Qarab again.", "Qarab", "place"),
        ("Officials in Bala Morghab said the army had left.", "Bala Morghab", "place"),
        ("The rebels flew from Zemio to Obo on Friday.", "Zemio", "place"),
        ("BANGKOK, Thailand (AP)", "BANGKOK", "place"),
        ("In Washington, the General Accounting Office said costs would rise.", "General Accounting Office", "government-body"),
        ("Voters lost confidence in Omar Haddad of Lebanon.", "Omar Haddad", "person"),
    ],
)  # fmt: skip
def test_kind_by_place_in_the_sentence(pipeline: Pipeline, text: str, words: str, entity_type: str) -> None:
    """Where something happens is a place, whom one trusts is none; a general's rank may belong to an office."""
    assert find_named(pipeline, text)[words][1] == entity_type


@pytest.mark.parametrize(
    ("text", "country"),
    [("Fighting began in Cordoba, Spain.", "ES"), ("Fighting began in Cordoba, Argentina.", "AR")],
)
def test_town_is_where_the_comma_says(pipeline: Pipeline, text: str, country: str) -> None:
    """Of several towns with one name the country behind the comma decides."""
    extraction = read(pipeline, text)
    codes = {extraction.actors[m.actor].country_code for m in extraction.mentions if m.text == "Cordoba"}
    assert codes == {country}


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("Nouri al-Maliki spoke. Maliki left.", "Nouri al-Maliki", "Maliki"),
        ("Marla Vance spoke in Oslo. Later Mrs Vance left.", "Marla Vance", "Vance"),
        ("Qasem Soleimani came. General Sulaimani left again.", "Qasem Soleimani", "Sulaimani"),
        ("The Azuri Liberation Front (ALF) attacked. Later the ALF fled.", "Azuri Liberation Front", "ALF"),
        ("Iran was quiet. Tehran denied everything.", "Iran", "Tehran"),
        ("John B. Keating IV was killed. Keating was a pilot.", "John B. Keating IV", "Keating"),
        ("The Iraqi army fled. Iraq's army came back.", "Iraqi army", "Iraq's army"),
        ("Ersin Tatar won in Cyprus. Ankara backs Tatar.", "Ersin Tatar", "Tatar"),
        ("Mario Abdo Benitez fled. Ito criticised Abdo. Abdo laughed.", "Mario Abdo Benitez", "Abdo"),
        ("Ito blamed Eduardo Del Castillo. Del Castillo laughed.", "Eduardo Del Castillo", "Del Castillo"),
        (
            "The Front for Change, also known as FC, fled to Libya. FC attacked Oman.",
            "Front for Change",
            "FC",
        ),
    ],
)
def test_one_actor(pipeline: Pipeline, text: str, one: str, other: str) -> None:
    """Surnames, spellings, introduced acronyms and capitals that act are names of one actor."""
    extraction = read(pipeline, text)
    actors = {mention.text: mention.actor for mention in extraction.mentions}
    assert actors[one] == actors[other]
    assert {one, other} <= set(extraction.actors[actors[one]].aliases)


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("Marla Vance met Peter Vance in Oslo.", "Marla Vance", "Peter Vance"),
        ("The 4th Brigade relieved the 5th Brigade.", "4th Brigade", "5th Brigade"),
        ("North Korea warned South Korea.", "North Korea", "South Korea"),
        ("The Tatars fled Kazan. Ersin Tatar stayed.", "Ersin Tatar", "Tatars"),
    ],
)
def test_two_actors(pipeline: Pipeline, text: str, one: str, other: str) -> None:
    """One differing given name or number keeps two apart."""
    actors = {mention.text: mention.actor for mention in read(pipeline, text).mentions}
    assert actors[one] != actors[other]


def test_lower_case_names_in_a_forum_post(pipeline: Pipeline) -> None:
    """A post without capitals still names whom it names."""
    named = find_named(pipeline, "i think the quds force operates in iraq , assad asked for it")
    assert {name for name, _ in named.values()} >= {"Quds Force", "Iraq", "Bashar al-Assad"}


def test_generic_body_belongs_to_the_country_of_the_text(pipeline: Pipeline) -> None:
    """A body that any state may have is not another country's for want of its own."""
    text = "Kenya closed the border. The National Security Council of Kenya met in Nairobi. Kenya protested."
    extraction = read(pipeline, text)
    assert all(actor.country_code != "US" for actor in extraction.actors)


def test_bare_body_is_of_the_country_of_the_text(pipeline: Pipeline) -> None:
    """A foreign ministry in a text about one country is that country's."""
    text = "Peru closed its embassy. The Foreign Ministry gave no reason. Peruvian diplomats left."
    extraction = read(pipeline, text)
    assert ("Peruvian Foreign Ministry", "PE") in {
        (actor.name, actor.country_code) for actor in extraction.actors
    }


def test_longer_name_beats_the_known_name_in_it(pipeline: Pipeline) -> None:
    """A country in a body's name does not hide the body."""
    assert find_named(pipeline, "The Bank of Ruritania and the Bank of England lent money.").keys() >= {
        "Bank of England"
    }


def test_a_surname_may_be_a_place(pipeline: Pipeline) -> None:
    """Where something is in it, a known surname is no person."""
    extraction = read(pipeline, "A fire broke out in Kerry on Monday.")
    assert all(actor.type != "person" for actor in extraction.actors)


def test_place_near_its_country(pipeline: Pipeline) -> None:
    """A town that several countries have is the one in the country the text is about."""
    extraction = read(pipeline, "Lebanon sent soldiers to Tripoli. Lebanon's army took over Tripoli's port.")
    places = {actor.known_id for actor in extraction.actors if actor.type == "place"}
    assert places == {"tripoli-lb"}


def test_every_mention_slices_exactly(pipeline: Pipeline) -> None:
    """The words of a mention are the text between its offsets, curly quotes and brackets and all."""
    text = "“[ISIS] is weak,” said Iraq’s\nprime minister, Haider al-Abadi, on the U.S.-led raid.\n\nHe’s in Baghdad."
    extraction = read(pipeline, text)
    assert extraction.mentions
    for mention in extraction.mentions:
        assert text[mention.start_char : mention.end_char] == mention.text
    assert {"ISIS", "Haider al-Abadi", "U.S."} <= {mention.text for mention in extraction.mentions}
