"""Which stored entity a document's actor becomes, and when it is somebody new."""

from collections.abc import Callable, Iterator
from itertools import permutations
from pathlib import Path

import pytest

from graph.models import Entity
from graph.rows import EntityRow
from graph.store import Store
from ingest.gazetteer import Gazetteer
from ingest.load import LoadResult, load_extraction
from ingest.types import Extraction

MakeExtraction = Callable[..., Extraction]
Load = Callable[[str], tuple[str, ...]]


@pytest.fixture
def sqlite_store(tmp_path: Path) -> Iterator[Store]:
    """A store on SQLite; linking sees databases only through it."""
    with Store.open(f"sqlite:///{tmp_path}/graph.db") as store:
        store.upgrade()
        yield store


@pytest.fixture
def load(sqlite_store: Store, gazetteer: Gazetteer, make_extraction: MakeExtraction) -> Load:
    """Store a marked sentence and return the entities of its mentions, in order."""

    def load_marked(marked: str) -> tuple[str, ...]:
        result: LoadResult = load_extraction(make_extraction(marked), sqlite_store, gazetteer)
        marks = sqlite_store.list_document_marks(result.document_id)
        return tuple(mention.entity_id for mention in marks.mentions)

    return load_marked


def get_row(store: Store, entity_id: str) -> EntityRow:
    """Return an entity as the snapshot will see it."""
    (row,) = [row for row in store.iter_entities() if row.id == entity_id]
    return row


class TestKnown:
    """Actors with a gazetteer id are that entity, whatever they are called."""

    def test_described_by_the_gazetteer(self, load: Load, sqlite_store: Store) -> None:
        """The name, type and country are the gazetteer's, and the text's own spelling is one more name."""
        assert load("[Daesch|armed-group|known=isis] met [Iran|country|known=iran].") == ("isis", "iran")
        row = get_row(sqlite_store, "isis")
        assert row.type == "armed-group"
        assert {"ISIS", "ISIL", "Daesh", "Daesch"} <= set(row.aliases)
        origins = {name.text: name.origin for name in sqlite_store.names_with_sources(["isis"])}
        assert (origins["Daesh"], origins["Daesch"]) == ("gazetteer", "text")
        assert get_row(sqlite_store, "iran").country_code == "IR"

    def test_words_that_stand_in_are_no_names(self, load: Load, sqlite_store: Store) -> None:
        """Demonyms and metonyms are mentions of the state and do not become its names."""
        assert load(
            "[Iranian envoys|country|name=Iran;known=iran;as=demonym] and [Iran officials|country|name=Iran;known=iran;as=metonym] "
            "of [Irann|country|name=Iran;known=iran] met."
        ) == ("iran", "iran", "iran")
        aliases = get_row(sqlite_store, "iran").aliases
        assert "Irann" in aliases
        assert not {"Iranian envoys", "Iran officials"} & set(aliases)

    @pytest.mark.parametrize(
        ("known_id", "name", "aliases"),
        [
            ("raqqa", "Raqqa", {"Ar Raqqah", "Rakka"}),
            ("raqqa-province", "Raqqa Province", {"Raqqa"}),
            ("fallujah", "Fallujah", {"Al Fallujah", "Falluja"}),
            ("new-york-state", "New York State", {"New York (state)"}),
            ("nikopol", "Nikopol", set()),
        ],
    )
    def test_places_go_by_their_usual_names(
        self, load: Load, sqlite_store: Store, known_id: str, name: str, aliases: set[str]
    ) -> None:
        """A city has its English name, and a province of that name says that it is one; the rest are aliases."""
        load(f"[It|place|known={known_id};as=pronoun] fell.")
        row = get_row(sqlite_store, known_id)
        assert row.name == name
        assert aliases <= set(row.aliases)

    def test_places_bring_what_is_around_them(self, load: Load, sqlite_store: Store) -> None:
        """A city comes with coordinates and with its province and country, joined by relations from geography."""
        load("Pilgrims reached [Karbala|place|known=karbala].")
        city = get_row(sqlite_store, "karbala")
        assert (city.country_code, city.geonames_id) == ("IQ", 94824)
        assert city.lat == pytest.approx(32.6, abs=0.1)
        assert city.lon == pytest.approx(44.0, abs=0.1)
        relations = {row.source_id: row for row in sqlite_store.iter_gazetteer_relations()}
        place, walked = "karbala", ["karbala"]
        while place in relations:
            assert (relations[place].kind, relations[place].how) == ("located-in", "part-of-place")
            place = relations[place].target_id
            walked.append(place)
        assert walked[-1] == "iraq"
        assert relations["karbala"].dataset == "geonames"
        assert get_row(sqlite_store, "iraq").mentions == 0

    def test_known_twice_is_one(self, load: Load, sqlite_store: Store) -> None:
        """The second document adds nothing but its mention."""
        load("[Iran|country|known=iran] spoke.")
        before = [row.id for row in sqlite_store.iter_entities()]
        load("[Tehran|country|name=Iran;known=iran] spoke again.")
        assert [row.id for row in sqlite_store.iter_entities()] == before

    def test_becomes_known_later(self, load: Load, sqlite_store: Store) -> None:
        """An entity that an older gazetteer did not know keeps its id and is described when it does."""
        with sqlite_store.write_document() as writer:
            writer.add_entities([Entity(id="isis", name="Isis", type="armed-group")])
        assert load("[ISIL|armed-group|known=isis] withdrew.") == ("isis",)
        assert sqlite_store.get_entity("isis").origin == "gazetteer"

    def test_id_taken_by_somebody_else(self, load: Load, sqlite_store: Store) -> None:
        """A person who has had a country's id stays that person; the country gets an id of its own, and keeps it."""
        with sqlite_store.write_document() as writer:
            writer.add_entities([Entity(id="chad", name="Chad", type="person")])
        assert load("[Chad|country|known=chad] spoke.") == ("chad-country",)
        assert load("[Chad|country|known=chad] spoke twice.") == ("chad-country",)
        assert sqlite_store.get_entity("chad").type == "person"


class TestNames:
    """Unknown actors are joined by their names."""

    @pytest.mark.parametrize(
        ("first", "second", "same"),
        [
            pytest.param("[Karim Delwar|person]", "[karim delwar|person]", True, id="case"),
            pytest.param("[Karim al-Delwar|person]", "[Karim Delwar|person]", True, id="article"),
            pytest.param(
                "[Mohammed Sulaiman Rafi|person]", "[Muhammad Soleiman Rafi|person]", True, id="spelling"
            ),
            pytest.param("[Karim Delwar|person]", "[Karim Selwar|person]", False, id="another surname"),
            pytest.param("[Karim Delwar|person]", "[Salim Delwar|person]", False, id="another given name"),
            pytest.param("[Karim Delwar|person]", "[Delwar|person]", True, id="surname nobody had alone"),
            pytest.param("[Karim Delwar|person]", "[Karim Nasser Delwar|person]", False, id="dropped name"),
            pytest.param("[Ahmed K1|person]", "[Ahmed K2|person]", False, id="digit"),
            pytest.param("[River Front|armed-group]", "[River Front|party]", True, id="group or party"),
            pytest.param("[River Front|armed-group]", "[River Front|place]", False, id="group or place"),
            pytest.param("[Amber Post|media]", "[Amber Post|person]", False, id="paper or person"),
            pytest.param(
                "[7th Delta Brigade|armed-group]", "[8th Delta Brigade|armed-group]", False, id="number"
            ),
            pytest.param(
                "[Water Ministry|government-body|country=IQ]",
                "[Water Ministry|government-body|country=IR]",
                False,
                id="two countries",
            ),
            pytest.param(
                "[Water Ministry|government-body]",
                "[Water Ministry|government-body|country=IR]",
                True,
                id="one country",
            ),
        ],
    )
    def test_pairs(self, load: Load, first: str, second: str, same: bool) -> None:
        """Two names, in two documents, in either order of which comes first."""
        if second == "[Delwar|person]":
            first = "[Karim Delwar|person] and [Delwar|person|name=Karim Delwar]"
        one = load(f"{first} spoke.")[0]
        other = load(f"{second} answered.")[0]
        assert (one == other) is same

    def test_country_is_learned(self, load: Load, sqlite_store: Store) -> None:
        """A body whose country nobody said takes it from the document that does, and then keeps others away."""
        first = load("[Water Ministry|government-body] spoke.")
        assert load("[Water Ministry|government-body|country=IR] answered.") == first
        assert sqlite_store.get_entity(first[0]).country_code == "IR"
        assert load("[Water Ministry|government-body|country=IQ] objected.") != first

    def test_every_state_has_a_water_ministry(self, load: Load) -> None:
        """A body that one text calls by a word short of its country is not everybody's body of that name."""
        full = load(
            "[Ruritanian Water Ministry|government-body|country=IQ], so the "
            "[Water Ministry|government-body|name=Ruritanian Water Ministry;country=IQ]."
        )
        assert load("[Water Ministry|government-body] spoke.") == ("water-ministry",)
        assert load("[Ruritanian Water Ministry|government-body] spoke.") == full[:1]

    def test_nobodys_ministry_is_not_the_next_states(self, load: Load, sqlite_store: Store) -> None:
        """A body without a country is not joined by the short name that a text uses for one state's body."""
        assert load("The [Water Ministry|government-body] spoke.") == ("water-ministry",)
        of_iraq = load(
            "[Ruritanian Water Ministry|government-body|country=IQ], so the "
            "[Water Ministry|government-body|name=Ruritanian Water Ministry;country=IQ]."
        )
        assert set(of_iraq) == {"ruritanian-water-ministry"}
        assert sqlite_store.get_entity("water-ministry").country_code is None

    def test_new_spelling_becomes_a_name(self, load: Load, sqlite_store: Store) -> None:
        """A joined spelling is found by equality from then on."""
        (entity_id,) = load("[Mohammed Sulaiman Rafi|person] spoke.")
        load("[Muhammad Soleiman Rafi|person] spoke.")
        assert get_row(sqlite_store, entity_id).aliases == (
            "Mohammed Sulaiman Rafi",
            "Muhammad Soleiman Rafi",
        )

    def test_two_close_names_join_nobody(self, load: Load) -> None:
        """A spelling that is as close to two people is a third, and stays one when it comes again."""
        load("[Hasan Mahmud Delwar|person|country=IQ] spoke.")
        load("[Hassan Mahmood Delwar|person|country=IR] spoke.")
        third = load("[Hassan Mahmoud Delwar|person] spoke.")
        assert load("[Hassan Mahmoud Delwar|person] spoke twice.") == third
        assert third[0].startswith("hassan-mahmoud-delwar")


class TestBareNames:
    """A surname or acronym alone joins only where it can mean one entity."""

    def test_surname_of_one(self, load: Load) -> None:
        """The only Delwar there is."""
        full = load("[Karim Delwar|person] spoke, and [Delwar|person|name=Karim Delwar] left.")
        assert load("[Delwar|person] returned.") == (full[0],)

    def test_surname_of_two(self, load: Load) -> None:
        """Between two Delwars a bare one is a third, the same one each time."""
        load("[Karim Delwar|person], that is [Delwar|person|name=Karim Delwar].")
        load("[Salma Delwar|person], that is [Delwar|person|name=Salma Delwar].")
        assert load("[Delwar|person] returned.") == ("delwar",)
        assert load("[Delwar|person] left.") == ("delwar",)

    def test_surname_alone_is_never_guessed(self, load: Load) -> None:
        """A surname is not joined by spelling: Delvar may be anybody."""
        load("[Karim Delwar|person], that is [Delwar|person|name=Karim Delwar].")
        assert load("[Delvar|person] returned.") == ("delvar",)

    def test_full_name_comes_later(self, load: Load, sqlite_store: Store) -> None:
        """Somebody known by surname takes the full name when a document brings both; the id stays."""
        assert load("[Delwar|person] returned.") == ("delwar",)
        assert load("[Karim Delwar|person], that is [Delwar|person|name=Karim Delwar].") == (
            "delwar",
            "delwar",
        )
        assert sqlite_store.get_entity("delwar").name == "Karim Delwar"
        later = load("[Salma Delwar|person], that is [Delwar|person|name=Salma Delwar].")
        assert later == ("salma-delwar", "salma-delwar")

    def test_acronym(self, load: Load) -> None:
        """An acronym joins the body that introduced it, and no body with another name."""
        front = load("[River Defence Front|armed-group] ([RDF|armed-group|name=River Defence Front]) spoke.")
        assert load("[RDF|armed-group] fought.") == (front[0],)
        other = load("[Rural Doctors Forum|armed-group] ([RDF|armed-group|name=Rural Doctors Forum]) spoke.")
        assert other[0] != front[0]


class TestIds:
    """Ids are readable and never given twice."""

    @pytest.mark.parametrize(
        ("mark", "expected"),
        [
            ("[Qadir al-Bazzi|person]", "qadir-al-bazzi"),
            ("[Ärzte für Ägypten|organization]", "arzte-fur-agypten"),
            ("[Фронт реки|armed-group]", "front-reki"),
            ("[Karbala|person]", "karbala-2"),
            ("[" + "Very " * 60 + "Long Name|organization]", ("very-" * 20).strip("-")),
        ],
    )
    def test_slugs(self, load: Load, mark: str, expected: str) -> None:
        """Any script becomes Latin; an id that the gazetteer has for somebody else is left to it."""
        assert load(f"{mark} spoke.") == (expected,)

    def test_collisions_count_up(self, load: Load) -> None:
        """Many bodies of one name in different countries get -2, -3 and so on, without a gap."""
        codes = ["IR", "IQ", "SY", "TR", "LB", "JO", "EG", "SA"]
        ids = [load(f"[Water Ministry|government-body|country={code}] of {code} spoke.")[0] for code in codes]
        assert ids == ["water-ministry", *(f"water-ministry-{n}" for n in range(2, 9))]


class TestJudgements:
    """What somebody has judged is never overridden."""

    def test_names_stay_with_their_owner(self, load: Load, sqlite_store: Store) -> None:
        """A document that mixes two people who were judged different gives neither the other's name."""
        load("[Karim Delwar|person] spoke.")
        load("[Kamil Delwar|person] spoke.")
        left, right = "karim-delwar", "kamil-delwar"
        sqlite_store.add_judgement(left, right, "not-same")
        load("[Karim Delwar|person], that is [Kamil Delwar|person|name=Karim Delwar], left.")
        assert get_row(sqlite_store, left).aliases == ("Karim Delwar",)
        assert get_row(sqlite_store, right).aliases == ("Kamil Delwar",)
        assert load("[Kamil Delwar|person] returned.") == (right,)


DOCUMENTS = (
    "[Mohammed Sulaiman Rafi|person] leads the [River Defence Front|armed-group].",
    "[Muhammad Soleiman Rafi|person], or [Rafi|person|name=Muhammad Soleiman Rafi], met [Iran|country|known=iran].",
    "The [River Defence Front|armed-group] ([RDF|armed-group|name=River Defence Front]) took [Karbala|place|known=karbala].",
    "[Amber Post|media] quoted [Rafi|person|name=Mohammed Sulaiman Rafi] and [Salma Teymur|person].",
)


def test_order_of_documents_does_not_matter(
    tmp_path: Path, gazetteer: Gazetteer, make_extraction: MakeExtraction
) -> None:
    """Whatever the order of ingest, the same words are the same entities, up to ids and main names."""
    groupings = set()
    for number, order in enumerate(permutations(DOCUMENTS)):
        with Store.open(f"sqlite:///{tmp_path}/{number}.db") as store:
            store.upgrade()
            for marked in order:
                load_extraction(make_extraction(marked), store, gazetteer)
            groupings.add(frozenset((row.aliases, row.type, row.mentions) for row in store.iter_entities()))
    assert len(groupings) == 1
