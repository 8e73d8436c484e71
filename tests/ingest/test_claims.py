"""Findings become claims: evidence that slices out of the text, how it is meant, who says it, and when."""

from dataclasses import replace
from datetime import date

import pytest

from ingest.claims import build_claims
from ingest.confidence import calibrate
from ingest.pipeline import Pipeline
from ingest.relations import find_relations
from ingest.structure import find_structure
from ingest.types import Claim, Finding, RawDocument

WRITTEN = date(2014, 6, 12)


def _build(pipeline: Pipeline, text: str, published_on: date | None = WRITTEN) -> tuple[Claim, ...]:
    document = RawDocument(text)
    blocks, extraction = pipeline.parse(document), pipeline.extract(document)
    mentions, actors = extraction.mentions, extraction.actors
    findings = find_structure(blocks, mentions, actors) + find_relations(blocks, mentions, actors)
    return build_claims(text, blocks, mentions, actors, findings, published_on)


@pytest.mark.parametrize(
    "text",
    [
        "ISIS seized Mosul. Hezbollah attacked Israel.",
        "  ISIS seized Mosul.  \n\n   Hezbollah attacked Israel.  ",
        "ISIS seized Mosul,\nand moved on.\n\n“Hezbollah attacked Israel,” Hassan Rouhani said.",
        "ISIS\u00a0seized Mosul.\r\n\r\nHezbollah\u2019s leader, Hassan Nasrallah, spoke.",
    ],
)
def test_evidence_slices_out_of_the_text(pipeline: Pipeline, text: str) -> None:
    """Quote and trigger are exactly what stands at their offsets, without space at the ends."""
    claims = _build(pipeline, text)
    assert len(claims) >= 2
    for claim in claims:
        assert text[claim.quote_start : claim.quote_end] == claim.quote == claim.quote.strip()
        assert text[claim.trigger_start : claim.trigger_end] == claim.trigger
        assert claim.quote_start <= claim.trigger_start < claim.trigger_end <= claim.quote_end


def test_one_claim_for_a_pair_and_kind_in_a_sentence(pipeline: Pipeline) -> None:
    """The most confident finding is kept, with the finer way where only the other one knows it."""
    document = RawDocument("ISIS attacked Iraq and hates Iraq.")
    blocks, extraction = pipeline.parse(document), pipeline.extract(document)
    vague = Finding(0, 0, "opposes", None, 1, 1, 0.9, "verb:active")
    fine = replace(vague, how="attacks", confidence=0.5)
    claims = build_claims(document.text, blocks, extraction.mentions, extraction.actors, [vague, fine], None)
    assert [(claim.how, claim.confidence) for claim in claims] == [("attacks", calibrate(0.9))]


def test_an_actor_is_not_related_to_itself(pipeline: Pipeline) -> None:
    """Two names of one actor make no claim."""
    document = RawDocument("Iran and Tehran agree.")
    blocks, extraction = pipeline.parse(document), pipeline.extract(document)
    same = [replace(mention, actor=0) for mention in extraction.mentions]
    finding = Finding(0, 0, "supports", None, 1, 3, 0.9, "verb:active")
    assert build_claims(document.text, blocks, same, extraction.actors, [finding], None) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ISIS attacked Samarra. Iran denies this.", ["affirmed asserted None", "denied reported Iran"]),
        ("ISIS attacked Samarra. Iran rejected the report.", ["affirmed asserted None", "denied reported Iran"]),
        ("ISIS attacked Samarra. Iran called the report false.", ["affirmed asserted None", "denied reported Iran"]),
        ("ISIS attacked Samarra. Iran denied that it had fled.", ["affirmed asserted None"]),
        ("ISIS attacked Samarra. Iran did not deny this.", ["affirmed asserted None"]),
        ("ISIS attacked Samarra. Reuters could not confirm this.", ["affirmed alleged None"]),
        ("ISIS attacked Samarra, but this could not be verified.", ["affirmed alleged None"]),
        ("ISIS did not attack Samarra. Iran denies this.", ["denied asserted None"]),
        ("Qatar says ISIS attacked Samarra. A trader was arrested for spying; he denies the charge.", ["affirmed reported Qatar"]),
    ],
)  # fmt: skip
def test_what_the_next_sentence_says_of_it(pipeline: Pipeline, text: str, expected: list[str]) -> None:
    """A denial in the next sentence adds a denied claim beside the first; a doubt makes that one alleged."""
    claims = [claim for claim in _build(pipeline, text) if claim.kind == "located-in"]
    assert [f"{claim.polarity} {claim.modality} {claim.attributed_to}" for claim in claims] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Togo has left ECOWAS.", "affirmed past"),
        ("Togo has not left ECOWAS.", "affirmed asserted"),
        ("Togo plans to leave ECOWAS.", "affirmed asserted"),
        ("Togo ruled out leaving ECOWAS.", "affirmed asserted"),
        ("Togo reportedly left ECOWAS.", "affirmed alleged"),
    ],
)
def test_who_does_not_leave_still_belongs(pipeline: Pipeline, text: str, expected: str) -> None:
    """What is denied or planned of a departure is the end of the tie, and not the tie."""
    claims = [claim for claim in _build(pipeline, text) if claim.kind == "member-of"]
    assert [f"{claim.polarity} {claim.modality}" for claim in claims] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ghana backs the Mandara Front; Benin does not.", ["Ghana affirmed", "Benin denied"]),
        ("Ghana has condemned Togo, but Benin has not.", ["Ghana affirmed", "Benin denied"]),
        ("Ghana did not condemn Togo, but Benin did.", ["Ghana denied", "Benin affirmed"]),
        ("Neither Ghana nor Mali has condemned Togo, but Benin has.", ["Ghana denied", "Mali denied", "Benin affirmed"]),
        ("Ghana backs the Mandara Front because Benin has to.", ["Ghana affirmed"]),
        ("No one but Ghana armed the Mandara Front.", ["Ghana affirmed"]),
        ("Nobody armed the Mandara Front except Ghana.", ["Ghana affirmed"]),
        ("Ghana and Benin, but not Mali, condemned Togo.", ["Ghana affirmed", "Benin affirmed", "Mali denied"]),
        ("Ghana, not Mali, armed the Mandara Front.", ["Ghana affirmed", "Mali denied"]),
        ("Ghana, not for the first time, condemned Togo.", ["Ghana affirmed"]),
        ("Togo was attacked not by Ghana but by Benin.", ["Ghana denied", "Benin affirmed"]),
        ("Togo was attacked, though not by Ghana.", ["Ghana denied"]),
        ("Togo, far from backing Ghana, has condemned it.", ["Togo denied", "Togo affirmed"]),
        ("Togo did everything but condemn Ghana.", ["Togo denied"]),
        ("Ghana backed the Mandara Front. Benin has not.", ["Ghana affirmed"]),
    ],
)  # fmt: skip
def test_who_does_not_do_the_same(pipeline: Pipeline, text: str, expected: list[str]) -> None:
    """An auxiliary that stands alone for the verb before it says the same or the opposite of somebody else."""
    extraction = pipeline.extract(RawDocument(text))
    names = [extraction.actors[extraction.mentions[claim.source].actor].name for claim in extraction.claims]
    found = [f"{name} {claim.polarity}" for name, claim in zip(names, extraction.claims, strict=True)]
    assert found == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ISIS seized Mosul.", ("affirmed", "asserted", None)),
        ("ISIS has not seized Mosul.", ("denied", "asserted", None)),
        ('"ISIS seized Mosul," Hassan Rouhani said.', ("affirmed", "reported", "Hassan Rouhani")),
        ("Hassan Rouhani said ISIS may seize Mosul.", ("affirmed", "possible", "Hassan Rouhani")),
        ('"ISIS has not seized Mosul," Hassan Rouhani said.', ("denied", "reported", "Hassan Rouhani")),
        ("Sources said ISIS seized Mosul.", ("affirmed", "alleged", "Sources")),
        ("According to Reuters, ISIS seized Mosul.", ("affirmed", "reported", "Reuters")),
        ("ISIS tried to seize Mosul.", ("affirmed", "possible", None)),
        ("Did ISIS seize Mosul?", ("affirmed", "possible", None)),
    ],
)
def test_how_it_is_meant_and_who_says_it(
    pipeline: Pipeline, text: str, expected: tuple[str, str, str | None]
) -> None:
    """Scope and speaker are judged together: what somebody says is at least reported."""
    claim = next(claim for claim in _build(pipeline, text) if claim.how == "controls-territory")
    assert (claim.polarity, claim.modality, claim.attributed_to) == expected


def test_a_title_is_taken_as_given(pipeline: Pipeline) -> None:
    """A sentence that denies a visit does not deny whose commander the visitor is."""
    text = "Quds Force commander Qasem Soleimani did not visit Baghdad."
    found = {claim.kind: claim.polarity for claim in _build(pipeline, text)}
    assert found["commands"] == "affirmed"
    assert found["located-in"] == "denied"


def test_the_rule_s_own_modality_counts(pipeline: Pipeline) -> None:
    """A former leader is past, in a quotation too."""
    text = '"Former Hezbollah leader Subhi al-Tufayli lives in Beirut," Hassan Rouhani said.'
    claim = next(claim for claim in _build(pipeline, text) if claim.kind == "commands")
    assert claim.modality == "past"
    assert claim.attributed_to == "Hassan Rouhani"


@pytest.mark.parametrize(
    ("published_on", "expected"), [(WRITTEN, (date(2014, 6, 11), date(2014, 6, 11))), (None, (None, None))]
)
def test_valid_time(
    pipeline: Pipeline, published_on: date | None, expected: tuple[date | None, date | None]
) -> None:
    """A weekday is counted from publication; an undated text leaves it open."""
    claims = _build(pipeline, "ISIS seized Mosul on Wednesday.", published_on)
    claim = next(claim for claim in claims if claim.how == "controls-territory")
    assert (claim.valid_from, claim.valid_to) == expected


def test_denial_is_of_what_was_told(pipeline: Pipeline) -> None:
    """Who denies an accusation denies the deed, and neither that he is accused nor the accuser's office."""
    text = "Nouri al-Maliki, Iraq's prime minister, accused Qatar of arming Hezbollah. Qatar denied it."
    denied = [claim.kind for claim in _build(pipeline, text) if claim.polarity == "denied"]
    assert denied == ["supports"]


@pytest.mark.parametrize(
    ("text", "modality"), [("imo iran arms hamas", "alleged"), ("iran arms hamas", "asserted")]
)
def test_a_guess_is_alleged(pipeline: Pipeline, text: str, modality: str) -> None:
    """What a writer marks as his own guess is no more than alleged."""
    assert [claim.modality for claim in _build(pipeline, text) if claim.kind == "supports"] == [modality]


def test_rumour_weighs_less_than_news(pipeline: Pipeline) -> None:
    """What is only alleged has six tenths of the confidence of the same thing said plainly."""
    (plain,) = _build(pipeline, "Iran arms Hamas.")
    (rumoured,) = _build(pipeline, "Iran reportedly arms Hamas.")
    assert (plain.modality, rumoured.modality) == ("asserted", "alleged")
    assert rumoured.confidence == pytest.approx(0.6 * plain.confidence, abs=0.001)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Belgium has announced the suspension of all aid to Mali.",
            "Belgium opposes Mali affirmed asserted",
        ),
        ("Mali announced the end of cooperation with France.", "Mali opposes France affirmed asserted"),
        ("Chad offered to help Niger.", "Chad supports Niger affirmed possible"),
        ("Russia has promised to sell missiles to Algeria.", "Russia supports Algeria affirmed possible"),
        ("France refused to send weapons to Chad.", "France opposes Chad affirmed asserted"),
        ("Laos refuses to lift the embargo on Cambodia.", "Laos opposes Cambodia affirmed asserted"),
        ("Chad refused to back Niger.", "Chad supports Niger denied asserted"),
    ],
)
def test_endings_offers_and_refusals(pipeline: Pipeline, text: str, expected: str) -> None:
    """An end put to aid is a stance of its own, as is a refusal of a thing; an offer or promise leaves the deed open."""
    mentions = pipeline.extract(RawDocument(text)).mentions
    assert [
        f"{mentions[c.source].text} {c.kind} {mentions[c.target].text} {c.polarity} {c.modality}"
        for c in _build(pipeline, text)
    ] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Kigali is a part of the second claim only.
        ("Rwanda armed the M23. Kigali denies this.", ["supports"]),
        ("Uganda attacked Burundi, and Rwanda armed the M23. Kigali denies this.", ["supports"]),
        # Whoever is jailed denies the charges, and not that he was jailed.
        ("Chad jailed Omar Lind for backing rebels. Omar Lind denied the charges.", []),
        # Of what is none of the denier's doing, the main verb is denied and not an aside.
        ("Uganda, which opposes Rwanda, attacked Burundi. Ghana denies this.", ["attacks"]),
    ],
)
def test_a_denial_reaches_what_it_is_about(pipeline: Pipeline, text: str, expected: list[str]) -> None:
    """Of several claims in a sentence a denial takes up those of the denier, and leaves the rest alone."""
    denied = [claim for claim in _build(pipeline, text) if claim.rule.startswith("denial")]
    assert [claim.how if claim.how == "attacks" else claim.kind for claim in denied] == expected


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Omar Haddad, who leads Hezbollah, was hurt in Homs, a nurse said.", None),
        ("Hezbollah's leader, Omar Haddad, is in Homs, a nurse said.", None),
        ("A nurse said that Omar Haddad leads Hezbollah.", "A nurse"),
        ("Omar Haddad leads Hezbollah, which holds Homs, a nurse said.", "a nurse"),
        ("The men fled to Homs, where Omar Haddad leads Hezbollah, a nurse said.", "a nurse"),
    ],
)
def test_aside_is_the_writers(pipeline: Pipeline, text: str, speaker: str | None) -> None:
    """What tells who is meant is the writer's own, though somebody is named behind it as having said the rest."""
    claims = [claim for claim in pipeline.extract(RawDocument(text)).claims if claim.kind == "commands"]
    assert [claim.attributed_to for claim in claims] == [speaker]
