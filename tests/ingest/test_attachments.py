"""Which words of a sentence belong together where its parser errs, read from what they say; names are invented or changed."""

import pytest

from ingest.pipeline import Pipeline
from ingest.types import RawDocument


def _read_claims(pipeline: Pipeline, text: str) -> set[tuple[str, str, str]]:
    extraction = pipeline.extract(RawDocument(text))
    actors, mentions = extraction.actors, extraction.mentions
    return {
        (actors[mentions[claim.source].actor].name, claim.kind, actors[mentions[claim.target].actor].name)
        for claim in extraction.claims
        if claim.polarity == "affirmed"
    }


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Sudan met Chad and Kenya has since condemned Uganda.", ("Kenya", "opposes", "Uganda")),
        (
            "The Tigers are the armed branch of the Progressive Front (FPR), which is supported by Angola.",
            ("Angola", "supports", "Progressive Front"),
        ),
        (
            "The brigade takes orders from the army, and through it from the National Council headed by Omar Saleh.",
            ("Omar Saleh", "commands", "National Council"),
        ),
        ("Togo, which Benin broke with last year, has closed its ports.", ("Benin", "opposes", "Togo")),
        ("Togo, which Benin slapped tariffs on last month, protested.", ("Benin", "opposes", "Togo")),
        ("Instead of jailing Peru, Chile jailed Bolivia.", ("Chile", "opposes", "Bolivia")),
        (
            "On Friday, Malawi, the host of the talks, openly imposed an embargo on Zambia.",
            ("Malawi", "opposes", "Zambia"),
        ),
        ("Nepal scolded Bhutan for backing Laos.", ("Bhutan", "supports", "Laos")),
        ("Nepal punished Bhutan over its support for Laos.", ("Bhutan", "supports", "Laos")),
        ("Nepal praised Bhutan for its fight against Laos.", ("Bhutan", "opposes", "Laos")),
        ("Radmila Kos, long a critic of Dejan Ilic, resigned.", ("Radmila Kos", "opposes", "Dejan Ilic")),
        ("Nepal drove out Bhutan.", ("Nepal", "opposes", "Bhutan")),
        (
            "Pedro Nunes counts on Angola, whose army trains his men, and on Cuba.",
            ("Cuba", "supports", "Pedro Nunes"),
        ),
        (
            "Pedro Nunes heads the Lima Party, Defence Minister Jorge Costa the Free Front.",
            ("Jorge Costa", "commands", "Free Front"),
        ),
    ],
)
def test_hangs_words_where_they_belong(pipeline: Pipeline, text: str, claim: tuple[str, str, str]) -> None:
    """A verb's subject stands before it, and a clause behind a name tells of that name."""
    assert claim in _read_claims(pipeline, text)


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (
            "Peru, which condemned Bolivia, and Chile, whose border is closed, met on Monday.",
            ("Chile", "opposes", "Bolivia"),
        ),
        ("Nair was Rao's deputy and Oman only backed him.", ("Nair", "supports", "Rao")),
        (
            "Pedro Nunes heads the Lima Party, Defence Minister Jorge Costa the Free Front.",
            ("Pedro Nunes", "commands", "Free Front"),
        ),
        ("Togo, which Benin inherited debts from last year, protested.", ("Benin", "opposes", "Togo")),
        ("Instead of shunning Peru, Chile shunned Bolivia.", ("Chile", "opposes", "Peru")),
        ("Nepal scolded Bhutan for backing Laos.", ("Nepal", "supports", "Laos")),
        ("Nepal punished Bhutan over its support for Laos.", ("Nepal", "supports", "Laos")),
        ("Nepal condemned Bhutan for its attack on Laos.", ("Nepal", "opposes", "Laos")),
        (
            "Togo skipped a summit with Niger; Benin complains there of famine.",
            ("Benin", "opposes", "Togo"),
        ),
        ("The council of Benin met at the request of Togo.", ("Benin", "supports", "Togo")),
        ("Togo and Benin waged war on Niger.", ("Togo", "opposes", "Benin")),
        (
            "Pedro Nunes was tied to the murder of Jorge Costa.",
            ("Pedro Nunes", "supports", "Jorge Costa"),
        ),
        ("Oman attacked Chad and Peru condemned it.", ("Peru", "opposes", "Oman")),
    ],
)
def test_hangs_no_words_elsewhere(pipeline: Pipeline, text: str, claim: tuple[str, str, str]) -> None:
    """Whoever is joined on behind a clause has no part in it, and what is done instead is not done."""
    assert claim not in _read_claims(pipeline, text)


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Relations between Oman and Qatar are said to have soured.", ("Oman", "opposes", "Qatar")),
        ("Pedro Nunes is with Angola, everyone knows it.", ("Pedro Nunes", "supports", "Angola")),
        ("Pedro Nunes has at times crossed Jorge Costa.", ("Pedro Nunes", "opposes", "Jorge Costa")),
        ("Peru flew in police at Chile's request and left.", ("Peru", "supports", "Chile")),
        ("Pedro Nunes went to war with Jorge Costa.", ("Pedro Nunes", "opposes", "Jorge Costa")),
        (
            "Chad armed Pedro Nunes in May; Niger's army fought beside him.",
            ("Nigerien Army", "supports", "Pedro Nunes"),
        ),
        ("Chad fought on the side of Niger.", ("Chad", "supports", "Niger")),
        ("Chad threw in its lot with Niger.", ("Chad", "supports", "Niger")),
        ("Pedro Nunes owes his post to Jorge Costa.", ("Jorge Costa", "supports", "Pedro Nunes")),
        ("Pedro Nunes, Angola's man, won the vote.", ("Angola", "supports", "Pedro Nunes")),
        (
            "The Lima Brigade has long been tied to the Nunes Brigade.",
            ("Lima Brigade", "supports", "Nunes Brigade"),
        ),
    ],
)
def test_reads_where_somebody_stands(pipeline: Pipeline, text: str, claim: tuple[str, str, str]) -> None:
    """Whose man one is, whom one is with or tied to, and whom one crosses tell a side without a word of support."""
    assert claim in _read_claims(pipeline, text)


@pytest.mark.parametrize(
    "text",
    [
        "Pedro Nunes is with Angola at the talks in Geneva.",
        "Pedro Nunes crossed Angola on foot.",
        "Pedro Nunes, Angola's richest man, won the vote.",
        "Lesotho counts on South Africa for water.",
        "The Malian minister said that he trusts Niger least.",
    ],
)
def test_reads_no_side_in_company(pipeline: Pipeline, text: str) -> None:
    """To be somewhere with somebody, to cross his land or to buy his water is no stance."""
    assert not {kind for _, kind, _ in _read_claims(pipeline, text)} & {"supports", "opposes"}


def test_attributes_nothing_to_whoever_says_nothing(pipeline: Pipeline) -> None:
    """Who would not say it is not the one who says it."""
    [claim] = pipeline.extract(RawDocument("Kenya did not say that Uganda backed Sudan.")).claims
    assert claim.speaker is None
