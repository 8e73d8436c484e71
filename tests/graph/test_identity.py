"""Name comparison, blocking keys, judgements and likely duplicates."""

from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.errors import JudgementConflict
from graph.identity import Candidate, blocking_keys, compare_names, find_duplicates, resolve
from graph.identity.person_comparison import SURNAME_ONLY
from graph.identity.resolution import _share_a_key
from graph.names import search_key
from graph.ontology import get_ontology
from graph.rows import EntityRow, JudgementRow

TYPES = sorted(get_ontology().entity_types)
NAME_LIKE = st.one_of(
    st.text(max_size=30),
    st.text(alphabet="abcdehiklmnorstuyz ABDHIKMS-'.,()&5", max_size=30),
    st.lists(
        st.sampled_from(
            [
                "Ali",
                "Hassan",
                "al-Maliki",
                "Gen.",
                "J.",
                "4th",
                "Fourth",
                "Brigade",
                "Iraq",
                "Korea",
                "North",
                "of",
                "Abd",
                "Abu",
                "ibn",
                "Xi",
                "Jr.",
                "II",
                "محمد",
                "Путин",
            ]
        ),
        max_size=5,
    ).map(" ".join),
)


@pytest.mark.parametrize(
    ("left", "right", "entity_type"),
    [
        ("Qasem Soleimani", "Kassim Sulaimani", "person"),
        ("Qasem Soleimani", "Maj. Gen. Qassem Suleimani", "person"),
        ("Qasem Soleimani", "قاسم سلیمانی", "person"),
        ("Marzieh Afkham", "Marziyeh Afgham", "person"),
        ("Hassan Rouhani", "Hasa Rouhani", "person"),
        ("Nouri al-Maliki", "Nuri el Maliki", "person"),
        ("Abd al-Rahman al-Rashid", "Abdulrahman Rashed", "person"),
        ("Salah ad-Din Yusuf", "Salahuddin Yousef", "person"),
        ("John Smith", "J. Smith", "person"),
        ("Smith, John", "Mr John A. Smith", "person"),
        ("Bill Gates", "William Henry Gates III", "person"),
        ("Mao Zedong", "Mao Tse-tung", "person"),
        ("Xi Jinping", "Jinping Xi", "person"),
        ("Nikita Khrushchev", "Chruschtschow, Nikita", "person"),
        ("ISIS", "Islamic State of Iraq and al-Sham", "armed-group"),
        ("Asa'ib Ahl al-Haq", "AAH", "armed-group"),
        ("Zentral Handels Verband", "ZHV", "organization"),
        ("Quds Force", "al-Qods Forces", "security-force"),
        ("5th Brigade", "Fifth Brigade", "security-force"),
        ("Iraqi Army", "Army of Iraq", "security-force"),
        ("Siemens AG", "SIEMENS Aktiengesellschaft", "organization"),
        ("Johnson & Johnson", "Johnson and Johnson Inc.", "organization"),
        ("Exxon Mobil", "ExxonMobil", "organization"),
        ("us", "United States", "country"),
        ("Deir ez-Zor", "Dayr al-Zawr", "place"),
        ("Ba'athists", "Baathists", "community"),
    ],
)
def test_same(left: str, right: str, entity_type: str) -> None:
    """Spellings, orders, scripts, titles, initials, nicknames, letters and legal forms do not part a name from itself."""
    assert compare_names(left, right, entity_type) >= 0.5


@pytest.mark.parametrize(
    ("left", "right", "entity_type"),
    [
        ("Bashar al-Assad", "Hafez al-Assad", "person"),
        ("Ali Hassan", "Ali Hussein", "person"),
        ("Uday Saddam Hussein", "Saddam Hussein", "person"),
        ("George W. Bush", "George H. W. Bush", "person"),
        ("George Bush Jr.", "George Bush Sr.", "person"),
        ("John Paul I", "John Paul II", "person"),
        ("Abdul Aziz Hadi", "Abdul Hamid Hadi", "person"),
        ("Wang Yi", "Wang Qi", "person"),
        ("Munir Redfa", "Mounira Redfa", "person"),
        ("Ahmed K1", "Ahmed K2", "person"),
        ("Colonel R2 Hadi", "Colonel R3 Hadi", "person"),
        ("4th Brigade", "5th Brigade", "security-force"),
        ("Fourth Division", "Fifth Division", "security-force"),
        ("Iraqi Army", "9th Division of the Iraqi Army", "security-force"),
        ("Syrian Army", "Free Syrian Army", "security-force"),
        ("University of Mosul", "University of Basra", "organization"),
        ("Bank of China", "Bank of India", "organization"),
        ("PKK", "Kuwait Petroleum Corporation", "organization"),
        ("Ministry of Defence of Iraq", "Ministry of Defence of Iran", "government-body"),
        ("North Korea", "South Korea", "country"),
        ("Iraq", "Iran", "country"),
        ("Niger", "Nigeria", "country"),
        ("Austria", "Australia", "country"),
        ("East Aleppo", "West Aleppo", "place"),
        ("Sunni Arabs", "Shia Arabs", "community"),
    ],
)
def test_different(left: str, right: str, entity_type: str) -> None:
    """One other given name, number, direction, place or state makes another of it."""
    assert compare_names(left, right, entity_type) < 0.5


def test_swapped_given_names_are_doubtful() -> None:
    """Ali Hassan may or may not be Hassan Ali: just below the same."""
    assert 0.4 <= compare_names("Ali Hassan", "Hassan Ali", "person") < 0.5


@pytest.mark.parametrize(
    ("word", "full", "score"),
    [
        ("Maliki", "Nouri al-Maliki", SURNAME_ONLY),
        ("Smith", "John Smith", 0.4),
        ("Nouri", "Nouri al-Maliki", 0.42),
    ],
)
def test_single_word_beside_a_full_name(word: str, full: str, score: float) -> None:
    """A surname is worth 0.5, one that many share 0.4, a given name 0.42."""
    assert compare_names(word, full, "person") == score


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Karim Delwar", "Karim Nasser Delwar"),
        ("Ali Hassan", "Ali Hassan al-Majid"),
        ("John Smith", "John A. Smith"),
        ("J. Delwar", "John Delwar"),
        ("John A. Delwar", "John Adam Delwar"),
    ],
)
def test_incomplete_names_are_likely_but_never_sure(left: str, right: str) -> None:
    """A word that one name drops or abbreviates leaves it likely; 0.9, which joins without a judgement, is not reached."""
    assert 0.8 <= compare_names(left, right, "person") < 0.9


def test_unknown_letters_that_do_not_match_are_low() -> None:
    """Letters stand for a name only if its words begin with them, or if that is a known fact."""
    assert compare_names("PKK", "Kurdistan Workers' Party", "armed-group") > 0.8
    assert compare_names("XKK", "Kurdistan Workers' Party", "armed-group") < 0.2


@given(NAME_LIKE, NAME_LIKE, st.sampled_from(TYPES))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_scores_are_symmetric_and_in_range(left: str, right: str, entity_type: str) -> None:
    """Any two texts have a score within [0, 1], the same from both sides."""
    score = compare_names(left, right, entity_type)
    assert 0 <= score <= 1
    assert score == compare_names(right, left, entity_type)


@given(NAME_LIKE, st.sampled_from(TYPES))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_name_is_itself(name: str, entity_type: str) -> None:
    """Every name with a letter or digit is wholly like itself and has a blocking key of at most 60 characters."""
    if search_key(name):
        assert compare_names(name, name, entity_type) == 1.0
        keys = blocking_keys(name, entity_type)
        assert keys
        assert max(map(len, keys)) <= 60


@given(NAME_LIKE)
@settings(max_examples=300, deadline=None)
def test_search_key_is_plain_and_idempotent(name: str) -> None:
    """A search key is lower-case ASCII words, and its own search key."""
    key = search_key(name)
    assert key == " ".join(key.lower().split())
    assert key.replace(" ", "").isalnum() or not key
    assert key.isascii()
    assert search_key(key) == key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("The New  York Times", "new york times"),
        ("al-Qaeda", "qaeda"),
        ("Recep Tayyip Erdoğan", "recep tayyip erdogan"),
        ("U.N.", "un"),
        ("Ba'ath", "baath"),
        ("AT&T", "at and t"),
        ("Владимир Путин", "vladimir putin"),
        ("The The", "the the"),
        ("...", ""),
    ],
)
def test_search_key(text: str, key: str) -> None:
    """Case, accents, scripts, articles and signs fall away."""
    assert search_key(text) == key


def judged(
    left: str, right: str, verdict: str = "same", keep: str | None = None, number: int = 0
) -> JudgementRow:
    """Return a judgement on two entities."""
    return JudgementRow(number, left, right, verdict, keep)


@pytest.mark.parametrize(
    ("judgements", "expected"),
    [
        ([], {}),
        ([judged("b", "a")], {"a": "a", "b": "a"}),
        ([judged("b", "a", keep="b")], {"a": "b", "b": "b"}),
        ([judged("a", "b"), judged("b", "c")], {"a": "a", "b": "a", "c": "a"}),
        ([judged("a", "b", keep="b"), judged("b", "c", keep="c")], {"a": "c", "b": "c", "c": "c"}),
        ([judged("a", "b", "unsure")], {}),
        ([judged("a", "b"), judged("c", "d", "not-same")], {"a": "a", "b": "a"}),
        ([judged("a", "b"), judged("b", "c", "not-same")], {"a": "a", "b": "a"}),
    ],
)
def test_resolve(judgements: Sequence[JudgementRow], expected: dict[str, str]) -> None:
    """Positive judgements join, through others too; the named keeper stands for all, else the smallest id."""
    assert resolve(judgements) == expected
    assert resolve(list(reversed(judgements))) == expected


@pytest.mark.parametrize(
    "judgements",
    [
        [judged("a", "b"), judged("b", "a", "not-same")],
        [judged("a", "b"), judged("b", "c"), judged("a", "c", "not-same")],
    ],
)
def test_a_negative_judgement_is_never_overridden(judgements: Sequence[JudgementRow]) -> None:
    """Joining two that were kept apart, directly or through a third, is a conflict that names the two."""
    with pytest.raises(JudgementConflict, match="were judged to be different"):
        resolve(judgements)


@st.composite
def draw_judgements(draw: st.DrawFn) -> list[JudgementRow]:
    """Draw up to twelve judgements on eight entities, some with a keeper, some that contradict each other."""
    rows = []
    for number in range(draw(st.integers(0, 12))):
        left, right = draw(st.permutations("abcdefgh"))[:2]
        verdict = draw(st.sampled_from(["same", "same", "same", "not-same", "unsure"]))
        rows.append(judged(left, right, verdict, draw(st.sampled_from([None, left, right])), number))
    return rows


def resolve_or_none(judgements: Sequence[JudgementRow]) -> dict[str, str] | None:
    """Return what judgements say, or None where they contradict each other."""
    try:
        return resolve(judgements)
    except JudgementConflict:
        return None


@given(draw_judgements(), st.randoms(use_true_random=False), st.data())
@settings(max_examples=300, deadline=None)
def test_undoing_a_judgement_restores_the_earlier_state(
    judgements: list[JudgementRow], random: Random, data: st.DataObject
) -> None:
    """Whatever is added and then taken away, in whatever order all is read, the map is exactly what it was."""
    before = resolve_or_none(judgements)
    added = data.draw(draw_judgements())
    mixed = [*judgements, *added]
    resolve_or_none(mixed)
    left = list(mixed)
    for row in added:
        left.remove(row)
    random.shuffle(left)
    assert resolve_or_none(left) == before


@given(draw_judgements())
@settings(max_examples=300, deadline=None)
def test_resolved_maps_are_consistent(judgements: list[JudgementRow]) -> None:
    """Judged pairs go together, pairs kept apart do not, and who stands for a group stands for itself."""
    resolved = resolve_or_none(judgements)
    if resolved is None:
        return
    for row in judgements:
        together = resolved.get(row.left_id, row.left_id) == resolved.get(row.right_id, row.right_id)
        assert together or row.verdict != "same"
        assert not together or row.verdict != "not-same"
    assert all(resolved[kept] == kept for kept in resolved.values())


def entity(
    entity_id: str, name: str, entity_type: str, *aliases: str, country: str | None = None
) -> EntityRow:
    """Return an entity row with these names."""
    return EntityRow(entity_id, name, entity_type, country, None, None, None, None, aliases, 1)


GIVEN_NAMES = [
    f"{a}{b}"
    for a in ("Bar", "Den", "Fal", "Gor", "Hul", "Jen", "Lor", "Mar", "Nil", "Pav")
    for b in ("ko", "ti", "sum", "den", "lar", "vit")
]

ENTITIES = [
    entity("qasem-soleimani", "Qasem Soleimani", "person", "Haj Qasem"),
    entity("kassim-sulaimani", "Kassim Sulaimani", "person"),
    entity("hafez-al-assad", "Hafez al-Assad", "person"),
    entity("bashar-al-assad", "Bashar al-Assad", "person"),
    entity("isis", "ISIS", "armed-group"),
    entity("daesh", "Daesh", "organization"),
    entity("mod-iq", "Ministry of Defence", "government-body", country="IQ"),
    entity("mod-ir", "Ministry of Defence", "government-body", country="IR"),
]


def find_pairs(candidates: Sequence[Candidate]) -> set[tuple[str, str]]:
    """Return the ids of each candidate pair."""
    return {(candidate.left_id, candidate.right_id) for candidate in candidates}


def test_find_duplicates() -> None:
    """Other spellings and known names are proposed, relatives and bodies of two states are not; each with a reason."""
    found = find_duplicates(ENTITIES)
    assert find_pairs(found) == {("kassim-sulaimani", "qasem-soleimani"), ("daesh", "isis")}
    reasons = {candidate.left_id: candidate.reasons for candidate in found}
    assert reasons["kassim-sulaimani"] == ("'Kassim Sulaimani' and 'Qasem Soleimani' are spelled alike",)
    assert reasons["daesh"] == (
        "'Daesh' and 'ISIS' are known to be names of one",
        "one is filed as organization, the other as armed-group",
    )
    assert [c.score for c in found] == sorted((c.score for c in found), reverse=True)


@pytest.mark.parametrize("verdict", ["same", "not-same", "unsure"])
def test_judged_pairs_are_not_proposed_again(verdict: str) -> None:
    """Whatever was said about a pair, it has been said."""
    found = find_duplicates(ENTITIES, [judged("isis", "daesh", verdict)])
    assert find_pairs(found) == {("kassim-sulaimani", "qasem-soleimani")}


def test_pairs_that_follow_from_judgements_are_not_proposed() -> None:
    """Of two names joined already, only what is open is asked: the third spelling, not both ends again."""
    third = entity("q-suleimani", "Qassem Suleimani", "person")
    rows = [
        judged("qasem-soleimani", "kassim-sulaimani"),
        judged("q-suleimani", "kassim-sulaimani", "not-same"),
    ]
    assert find_pairs(find_duplicates([*ENTITIES, third], rows)) == {("daesh", "isis")}


def test_pairs_compared_grow_with_the_number_of_names() -> None:
    """However many share surnames and given names, each name meets a few dozen others, not all."""
    syllables = ["ka", "ro", "mi", "tel", "shan", "du", "vor", "lin", "pes", "go"]
    given_names = ["Omar", "Ivan", "Maria", "John", "Zzyr"]
    surnames = [f"{a}{b}{c}".title() for a in syllables for b in syllables for c in syllables]
    rows = [
        entity(f"p{number}-{given_name}".lower(), f"{given_name} {surname}", "person")
        for number, surname in enumerate(surnames)
        for given_name in given_names
    ]
    compared = {len(part): len(_share_a_key(part)) for part in (rows[::5], rows)}
    assert all(pairs < 60 * names for names, pairs in compared.items())


def test_duplicates_are_found_in_a_crowd_of_namesakes() -> None:
    """A surname that a hundred others bear does not hide two spellings of one bearer."""
    crowd = [entity(f"c{number}", f"{name} Soleimani", "person") for number, name in enumerate(GIVEN_NAMES)]
    pairs = find_pairs(find_duplicates([*crowd, *ENTITIES], min_score=0.9))
    assert ("kassim-sulaimani", "qasem-soleimani") in pairs


def test_shared_alias_of_two_people_is_weaker() -> None:
    """Two whose own names differ are not proposed on one common byname with full score."""
    rows = [entity("a", "Omar Hadi", "person", "Abu Ali"), entity("b", "Karim Latif", "person", "Abu Ali")]
    assert find_duplicates(rows) == []
    (candidate,) = find_duplicates(rows, min_score=0.4)
    assert candidate.reasons == (
        "both go by 'Abu Ali'",
        "but their main names, 'Omar Hadi' and 'Karim Latif', differ",
    )
