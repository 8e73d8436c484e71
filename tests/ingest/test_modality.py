"""How a sentence means its claim: denied or affirmed, asserted, reported, alleged, possible or past."""

import pytest

from ingest.modality import Scope, judge_scope, strongest
from ingest.parse import Doc
from ingest.pipeline import Pipeline
from ingest.types import RawDocument

# (sentence, the word that carries the relation, what is expected)
DENIALS = [
    ("Iran has not sent troops to Syria.", "sent", "denied asserted"),
    ("Iran hasn't sent troops to Syria.", "sent", "denied asserted"),
    ("Qatar never supported the rebels.", "supported", "denied asserted"),
    ("Neither Turkey nor Qatar supports the coup.", "supports", "denied asserted"),
    ("The army has neither attacked nor shelled the camp.", "shelled", "denied asserted"),
    ("No Iranian troops were sent to Mosul.", "sent", "denied asserted"),
    ("Jordan sent no troops to Yemen.", "sent", "denied asserted"),
    ("None of the parties backs the prime minister.", "backs", "denied asserted"),
    ("Nobody in the cabinet supports the general.", "supports", "denied asserted"),
    ("Oman is not an ally of Sudan.", "ally", "denied asserted"),
    ("Under no circumstances has Ghana armed the militia.", "armed", "denied asserted"),
    ("Kenya in no way supports the rebels.", "supports", "denied asserted"),
    ("The king hardly supports the premier.", "supports", "denied asserted"),
    ("The rebels were not trained by Uganda.", "trained", "denied asserted"),
    ("Uganda did not arm or train the rebels.", "train", "denied asserted"),
    ("Chad refused to back the junta.", "back", "denied asserted"),
    ("Chad declined to condemn the coup in Niger.", "condemn", "denied asserted"),
    ("The council failed to support the envoy.", "support", "denied asserted"),
    ("Tunisia refrained from criticizing Libya.", "criticizing", "denied asserted"),
    ("The minister ruled out sending troops to Mali.", "sending", "denied asserted"),
    ("Norway stopped short of endorsing the opposition.", "endorsing", "denied asserted"),
    ("Police prevented an attack on the embassy.", "attack", "denied asserted"),
    ("The army foiled an attack by the rebels on Juba.", "attack", "denied asserted"),
    ("Sudan left the talks without attacking Ethiopia.", "attacking", "denied asserted"),
    ("There is no evidence that Qatar funds the militia.", "funds", "denied asserted"),
    ("There was no sign of support for the general.", "support", "denied asserted"),
    ("Brazil has given no support to the rebels.", "support", "denied asserted"),
    ("Brazil did not give support to the rebels.", "support", "denied asserted"),
    ("Brazil withheld its support for the deal.", "support", "denied asserted"),
    ("Switzerland showed little respect for Belgium.", "respect", "denied asserted"),
    ("Peru was unable to defeat the insurgents.", "defeat", "denied asserted"),
    ("Peru was unwilling to help Ecuador.", "help", "denied asserted"),
    ("It is not true that Serbia armed the separatists.", "armed", "denied asserted"),
    ("The navy could not defeat the pirates.", "defeat", "denied asserted"),
]  # fmt: skip

DENIED_IN_SPEECH = [
    ("Iran has denied arming the rebels.", "arming", "denied asserted"),
    ("Iran denied that it had armed the rebels.", "armed", "denied reported"),
    ("Tehran rejected claims that it had sent troops to Iraq.", "sent", "denied reported"),
    ("The ministry dismissed reports that Turkey supports the group.", "supports", "denied reported"),
    ("Rwanda denied allegations of arming the militia.", "arming", "denied reported"),
    ("Rwanda denied any support for the militia.", "support", "denied asserted"),
    ("Rwanda denied involvement in an attack on Goma.", "involvement", "denied asserted"),
    ("The spokesman said Iran had not sent troops.", "sent", "denied reported"),
    ("The minister said that Egypt never backed the coup.", "backed", "denied reported"),
    ("Reports that Qatar finances the group are false.", "finances", "denied reported"),
    ("Claims that Qatar finances the group are baseless.", "finances", "denied reported"),
    ("The official falsely claimed that Kuwait had attacked Iraq.", "attacked", "denied reported"),
    ("The claim that Kuwait attacked Iraq is a lie.", "attacked", "denied reported"),
]  # fmt: skip

AFFIRMED_DESPITE_A_NEGATIVE_WORD = [
    ("Iran denied that it had not paid the militia.", "paid", "affirmed reported"),
    ("Iran not only supports the militia but also arms it.", "supports", "affirmed asserted"),
    ("Iran supports not only Syria but also Lebanon.", "supports", "affirmed asserted"),
    ("Iran, which supports the militia, has not sent troops.", "supports", "affirmed asserted"),
    ("Egypt did not act because Sudan supported the rebels.", "supported", "affirmed asserted"),
    ("The general did not meet the men who attacked the camp.", "attacked", "affirmed asserted"),
    ("There is no doubt that Libya armed the group.", "armed", "affirmed asserted"),
    ("There is no question that Libya armed the group.", "armed", "affirmed asserted"),
    ("Ethiopia has not stopped supporting the rebels.", "supporting", "affirmed asserted"),
    ("Turkey did not hesitate to attack the convoy.", "attack", "affirmed asserted"),
    ("The UN condemned the attack by the rebels on Bangui.", "attack", "affirmed asserted"),
    ("Nigeria did not attack Chad and supported Niger.", "supported", "affirmed asserted"),
    ("No one was surprised when Mali attacked the rebels.", "attacked", "affirmed asserted"),
    ("France urged Iran to stop supporting the militia.", "supporting", "affirmed asserted"),
    ("Denmark continues to support Ukraine.", "support", "affirmed asserted"),
    ("Denmark will continue to support Ukraine.", "support", "affirmed asserted"),
    ("Denmark managed to defeat the rebels.", "defeat", "affirmed asserted"),
    ("Iran does support the militia.", "support", "affirmed asserted"),
    ("Iran helped train the militia.", "train", "affirmed asserted"),
    ("Belarus rejected the attack on Poland as a provocation.", "attack", "affirmed asserted"),
]  # fmt: skip

POSSIBLE = [
    ("Iran may send troops to Iraq.", "send", "affirmed possible"),
    ("Israel might attack the reactor.", "attack", "affirmed possible"),
    ("Iran could arm the militia.", "arm", "affirmed possible"),
    ("Cyprus would support Greece.", "support", "affirmed possible"),
    ("Iran will send troops to Iraq.", "send", "affirmed possible"),
    ("Iran is going to send troops to Iraq.", "send", "affirmed possible"),
    ("Iran plans to send troops to Iraq.", "send", "affirmed possible"),
    ("Iran has plans to attack the base.", "attack", "affirmed possible"),
    ("The junta vowed to fight the rebels.", "fight", "affirmed possible"),
    ("The junta threatened to attack Benin.", "attack", "affirmed possible"),
    ("The premier called for Iran to support Iraq.", "support", "affirmed possible"),
    ("The premier called on Iran to support Iraq.", "support", "affirmed possible"),
    ("The premier called for an attack on the rebels.", "attack", "affirmed possible"),
    ("The premier urged Iran to support Iraq.", "support", "affirmed possible"),
    ("The opposition demanded that Spain recognize Kosovo.", "recognize", "affirmed possible"),
    ("Iran is considering sending troops to Iraq.", "sending", "affirmed possible"),
    ("If Iran attacks Israel, the region burns.", "attacks", "affirmed possible"),
    ("Israel attacks Iran if the talks fail.", "attacks", "affirmed possible"),
    ("Should Iran attack Israel, the region burns.", "attack", "affirmed possible"),
    ("Unless Sudan withdraws, Chad supports the rebels.", "supports", "affirmed possible"),
    ("The minister did not say whether Iran sent troops.", "sent", "affirmed possible"),
    ("The minister did not say that Iran sent troops.", "sent", "affirmed possible"),
    ("It is unclear whether Iran supports the deal.", "supports", "affirmed possible"),
    ("Does Iran support the militia?", "support", "affirmed possible"),
    ("Has Iran armed the militia?", "armed", "affirmed possible"),
    ("Will Iran intervene in Iraq", "intervene", "affirmed possible"),
    ("Perhaps Iran supports the militia.", "supports", "affirmed possible"),
    ("Iran is ready to support Iraq.", "support", "affirmed possible"),
    ("Iran is likely to attack the base.", "attack", "affirmed possible"),
    ("Kenya fears an attack by the militia.", "attack", "affirmed possible"),
    ("Analysts discussed the possibility of an attack on Kenya.", "attack", "affirmed possible"),
    ("The mayor warned of a possible attack by the militia.", "attack", "affirmed possible"),
    ("The general wants to lead the party.", "lead", "affirmed possible"),
    ("The general ordered the troops to attack the camp.", "attack", "affirmed possible"),
    ("I doubt that Qatar supports the rebels.", "supports", "affirmed possible"),
    ("The minister said Iran would send troops.", "send", "affirmed possible"),
]  # fmt: skip

ALLEGED = [
    ("Iran reportedly sent troops to Iraq.", "sent", "affirmed alleged"),
    ("Iran allegedly arms the militia.", "arms", "affirmed alleged"),
    ("The allegedly Iran-backed group seized the town.", "backed", "affirmed alleged"),
    ("Iran is accused of arming the militia.", "arming", "affirmed alleged"),
    ("Riyadh accused Iran of arming the militia.", "arming", "affirmed alleged"),
    ("Iran is suspected of arming the militia.", "arming", "affirmed alleged"),
    ("Iran is believed to have armed the militia.", "armed", "affirmed alleged"),
    ("Iran is said to support the militia.", "support", "affirmed alleged"),
    ("Iran was reported to have sent troops.", "sent", "affirmed alleged"),
    ("Iran appears to support the militia.", "support", "affirmed alleged"),
    ("Sources say Iran supports the militia.", "supports", "affirmed alleged"),
    ("I heard that Iran supports the militia.", "supports", "affirmed alleged"),
    ("There are rumours that Iran supports the militia.", "supports", "affirmed alleged"),
    ("The envoy could not confirm that Iran sent troops.", "sent", "affirmed alleged"),
    ("He is an alleged member of the gang.", "member", "affirmed alleged"),
    ("Fatah was blamed for the attack on the checkpoint.", "attack", "affirmed alleged"),
    ("Apparently Oman backs the plan.", "backs", "affirmed alleged"),
]  # fmt: skip

PAST = [
    ("He once commanded the brigade.", "commanded", "affirmed past"),
    ("The former commander of the brigade retired.", "commander", "affirmed past"),
    ("Iran used to support the militia.", "support", "affirmed past"),
    ("Iran formerly funded the militia.", "funded", "affirmed past"),
    ("He led the party until 2011.", "led", "affirmed past"),
    ("He was a minister from 1973 to 1981.", "minister", "affirmed past"),
    ("In the past, Iran supported the militia.", "supported", "affirmed past"),
    ("Iran no longer supports the militia.", "supports", "denied past"),
    ("Iran does not support the militia anymore.", "support", "denied past"),
    ("Iran stopped arming the militia.", "arming", "denied past"),
    ("Iran ended its support for the militia.", "support", "denied past"),
    ("Iran cut off support for the militia.", "support", "denied past"),
]  # fmt: skip

REPORTED = [
    ("The minister said that Iran sent troops to Iraq.", "sent", "affirmed reported"),
    ("Iran sent troops to Iraq, officials told the agency.", "sent", "affirmed reported"),
    ("The agency reported that Iran sent troops to Iraq.", "sent", "affirmed reported"),
    ("The premier claimed that Iran armed the militia.", "armed", "affirmed reported"),
    ("The minister confirmed that Iran sent troops.", "sent", "affirmed reported"),
    ("Iran supports Iraq.", "supports", "affirmed asserted"),
    ("Afkham condemned the attack.", "condemned", "affirmed asserted"),
    ("Iran sent troops to fight the rebels.", "fight", "affirmed asserted"),
    ("Why does Iran support the militia?", "support", "affirmed asserted"),
]  # fmt: skip


def _parse(pipeline: Pipeline, text: str) -> Doc:
    return pipeline.parse(RawDocument(text))[0].doc


@pytest.mark.parametrize(
    ("text", "trigger", "expected"),
    [*DENIALS, *DENIED_IN_SPEECH, *AFFIRMED_DESPITE_A_NEGATIVE_WORD, *POSSIBLE, *ALLEGED, *PAST, *REPORTED],
)
def test_scope(pipeline: Pipeline, text: str, trigger: str, expected: str) -> None:
    """A claim is meant as the words above and beside its trigger say, and as no others do."""
    doc = _parse(pipeline, text)
    token = next(token for token in doc if token.text == trigger)
    assert " ".join(judge_scope(doc, token.i, stance=True)) == expected


@pytest.mark.parametrize(
    ("text", "end", "expected"),
    [
        ("Turkey, not Iran, funds the group.", "Iran", "denied"),
        ("Turkey, not Iran, funds the group.", "Turkey", "affirmed"),
        ("Turkey instead of Iran funds the group.", "Iran", "denied"),
        ("Turkey rather than Iran funds the group.", "Iran", "denied"),
    ],
)
def test_one_end_is_excluded(pipeline: Pipeline, text: str, end: str, expected: str) -> None:
    """A negation on one name alone denies the relation of that name alone."""
    doc = _parse(pipeline, text)
    tokens = {token.text: token.i for token in doc}
    assert judge_scope(doc, tokens["funds"], ends=[tokens[end]]).polarity == expected


@pytest.mark.parametrize(("stance", "expected"), [(True, "asserted"), (False, "possible")])
def test_attempt(pipeline: Pipeline, stance: bool, expected: str) -> None:
    """An attempt shows whose side somebody is on, but not that the deed was done."""
    doc = _parse(pipeline, "The rebels tried to seize the town.")
    assert judge_scope(doc, 4, stance=stance).modality == expected


def test_given(pipeline: Pipeline) -> None:
    """A title before a name holds, whatever the sentence denies."""
    doc = _parse(pipeline, "Iran's army commander did not visit Baghdad.")
    assert judge_scope(doc, 3, given=True) == Scope("affirmed", "asserted")


@pytest.mark.parametrize(
    ("text", "trigger", "expected"),
    [
        ("Cyprus will not meet Turkey.", "meet", Scope("affirmed", "asserted")),
        ("Oman said that it would not meet Sudan.", "meet", Scope("affirmed", "reported")),
        ("If Oman will not meet Sudan, talks end.", "meet", Scope("affirmed", "possible")),
    ],
)
def test_refusal(pipeline: Pipeline, text: str, trigger: str, expected: Scope) -> None:
    """What somebody will not do is a refusal, which neither "will" leaves open nor "not" denies."""
    doc = _parse(pipeline, text)
    token = next(token for token in doc if token.text == trigger)
    assert judge_scope(doc, token.i, stance=True, refused=True) == expected


@pytest.mark.parametrize(
    ("text", "trigger", "expected"),
    [
        ("Turkey threatened to invade Syria if Russia withdrew.", "threatened", "asserted"),
        ("Tamim called Bashir on Saturday to express support for Sudan.", "support", "asserted"),
    ],
)
def test_stances_in_words(pipeline: Pipeline, text: str, trigger: str, expected: str) -> None:
    """A threat with a condition is made, and so is a call that conveys something."""
    doc = _parse(pipeline, text)
    token = next(token for token in doc if token.text == trigger)
    assert judge_scope(doc, token.i, stance=True).modality == expected


def test_hint_is_weighed() -> None:
    """Of several readings the one that commits least to the fact wins."""
    assert strongest("past", "reported") == "past"
    assert strongest("past", "possible", "alleged") == "possible"
    assert strongest(None, None) == "asserted"
