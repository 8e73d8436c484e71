"""The gold is fit to measure with: well-formed, varied, and hard enough."""

from pathlib import Path

import pytest

from graph.ontology import get_ontology
from tests.evaluation.documents import iter_documents
from tests.evaluation.gold import GoldClaim, GoldSentence, find_names, iter_gold, parse_claim
from tests.evaluation.matching import names_match

SENTENCES = list(iter_gold())
UNSEEN = list(iter_gold(unseen=True))
DOCUMENTS = list(iter_documents())
SAMPLES = Path(__file__).resolve().parents[2] / "ingest" / "samples"


def test_gold_is_large_varied_and_hard() -> None:
    """At least 500 sentences over two dozen settings, a third of them hard."""
    assert len(SENTENCES) >= 500
    assert len({sentence.id.rsplit("-", 1)[0] for sentence in SENTENCES}) >= 24
    assert sum(bool(sentence.hard) for sentence in SENTENCES) * 3 >= len(SENTENCES)


def test_unseen_gold_is_varied_and_kept_apart() -> None:
    """Unseen: 100 sentences over five settings, half of them hard, none among those that rules are made from."""
    assert len(UNSEEN) >= 100
    assert len({sentence.id.rsplit("-", 1)[0] for sentence in UNSEEN}) >= 5
    assert sum(bool(sentence.hard) for sentence in UNSEEN) * 2 >= len(UNSEEN)
    assert not {sentence.text for sentence in UNSEEN} & {sentence.text for sentence in SENTENCES}


def test_unseen_gold_has_sentences_without_a_relation() -> None:
    """One unseen sentence in ten and more relates nobody, whoever it names, so that silence is measured too."""
    assert sum(not sentence.claims for sentence in UNSEEN) * 10 >= len(UNSEEN)


def test_every_sample_is_annotated() -> None:
    """Each of our samples has its gold, and six documents are on other settings."""
    annotated = {Path(gold.document.origin).name for gold in DOCUMENTS}
    assert {path.name for path in SAMPLES.glob("*.md")} <= annotated
    assert len(annotated) >= len(list(SAMPLES.glob("*.md"))) + 6


def test_new_documents_are_whole() -> None:
    """A document on another setting has 120 to 250 words and several paragraphs."""
    own = [gold for gold in DOCUMENTS if not (SAMPLES / Path(gold.document.origin).name).exists()]
    assert [gold.id for gold in own if not 120 <= len(gold.document.text.split()) <= 250] == []
    assert [gold.id for gold in own if gold.document.text.count("\n\n") < 3] == []


def test_words_of_documents_are_in_their_texts() -> None:
    """Every name and description that gold gives an entity is quoted from the text."""
    strange = [
        (gold.id, words)
        for gold in DOCUMENTS
        for entity in gold.entities.values()
        for words in (*entity.names, *entity.also)
        if words not in gold.document.text
    ]
    assert strange == []


def test_ends_of_document_claims_are_entities() -> None:
    """Both ends of a claim are entities of its document, whichever sentence makes it."""
    strange = [
        (gold.id, name)
        for gold in DOCUMENTS
        for claim in gold.claims
        for end in (claim.source, claim.target)
        for name in end.split(" or ")
        if name not in gold.entities
    ]
    assert strange == []


def test_types_of_other_gold_are_the_ontologys() -> None:
    """Every entity of a document and actor of an unseen sentence has a type of the ontology."""
    types = {entity.type for gold in DOCUMENTS for entity in gold.entities.values()}
    types |= {entity_type for sentence in UNSEEN for entity_type in sentence.actors.values()}
    assert types <= set(get_ontology().entity_types)


def _is_in(name: str, sentence: GoldSentence) -> bool:
    """Say whether a name, or its last word, stands in a sentence, whatever its case."""
    text = sentence.text.casefold()
    return name.casefold() in text or name.casefold().split()[-1].rstrip("s") in text


@pytest.mark.parametrize("sentence", UNSEEN, ids=lambda sentence: sentence.id)
def test_ends_of_unseen_claims_are_in_their_sentence(sentence: GoldSentence) -> None:
    """Both ends of a claim are words of its sentence, and every sentence names somebody."""
    ends = {end for claim in sentence.claims for end in (claim.source, claim.target)}
    inferred = {"Montenegro", "Philippines", "Kyrgyzstan"}  # from "Montenegrin", "Philippine" and "Kyrgyz"
    assert {end for end in ends - inferred if not _is_in(end, sentence)} == set()
    assert sentence.actors


def test_a_name_in_a_longer_one_does_not_stand_for_itself() -> None:
    """Names are found where they stand alone."""
    names = {"Iran": "country", "Iran Air": "organization"}
    assert sorted(find_names("Iran sold Iran Air.", names)) == [(0, 4, "Iran"), (10, 18, "Iran Air")]


def test_gold_types_are_the_ontologys() -> None:
    """Every annotated actor has a type of the ontology."""
    assert {t for s in SENTENCES for t in s.actors.values()} <= set(get_ontology().entity_types)


def test_gold_holds_every_kind_and_scope() -> None:
    """All five kinds, denials, possibilities, rumours, past and reported claims are there to be measured."""
    claims = [claim for sentence in SENTENCES for claim in sentence.claims]
    assert {claim.kind for claim in claims} == set(get_ontology().relation_kinds)
    assert {claim.modality for claim in claims} == {"asserted", "reported", "alleged", "possible", "past"}
    assert sum(claim.polarity == "denied" for claim in claims) >= 20
    assert sum(claim.speaker is not None for claim in claims) >= 20


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("A | supports | B", GoldClaim("A", "supports", None, "B")),
        (
            "A | supports/arms | B | denied by C",
            GoldClaim("A", "supports", "arms", "B", "denied", "reported", "C"),
        ),
        ("A | opposes/attacks | B | past", GoldClaim("A", "opposes", "attacks", "B", "affirmed", "past")),
    ],
)
def test_claims_are_parsed(line: str, expected: GoldClaim) -> None:
    """A line of a gold file reads as the claim it stands for."""
    assert parse_claim(line) == expected


@pytest.mark.parametrize(
    "line", ["A | supports", "A | supports/eats | B", "A | eats | B", "A | supports | B | maybe"]
)
def test_bad_claims_are_refused(line: str) -> None:
    """A slip in a gold file is an error, not a quietly different claim."""
    with pytest.raises(ValueError, match="A"):
        parse_claim(line)


@pytest.mark.parametrize(
    ("gold", "candidate", "same"),
    [
        ("Mahdi Army", "the Mahdi Army", True),
        ("Nouri al-Maliki", "Maliki", True),
        ("Islamic Jihad", "Islamic State", False),
        ("North Kivu", "South Kivu", False),
    ],
)
def test_names_match_leniently_but_not_blindly(gold: str, candidate: str, same: bool) -> None:
    """A shorter form of a name matches, a sister's name does not."""
    assert names_match(gold, [candidate]) is same
