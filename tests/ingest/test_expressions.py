"""Plain ways to say a relation, one a line in `expressions/`, each read with names from different parts of the world.

A line is `P took over the G. | P > G`: a sentence with slots, and the relations that it states, `+` supports, `-` opposes, `>` commands,
`<` member-of, `@` located-in; after `no` what it does not state. Slots: P, Q persons; G, H groups; L, M places; C, D countries and Can the people of C; K the capital
of C. Other words of a relation stand as they are.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from ingest.pipeline import Pipeline
from ingest.types import Claim, Extraction, RawDocument

FOLDER = Path(__file__).with_name("expressions")
KINDS = {"+": "supports", "-": "opposes", ">": "commands", "<": "member-of", "@": "located-in"}
CASTS = {
    "sahel": {
        "P": "Mamadou Keita", "Q": "Ousmane Diarra", "G": "Azawad Movement", "H": "Wolf Battalion", "L": "Segou", "M": "Kidal",
        "C": "Mali", "Can": "Malian", "K": "Bamako", "D": "Chad",
    },
    "central asia": {
        "P": "Nurlan Abdiev", "Q": "Kubat Isakov", "G": "Patriotic Union", "H": "Eagle Brigade", "L": "Osh", "M": "Naryn",
        "C": "Kyrgyzstan", "Can": "Kyrgyz", "K": "Bishkek", "D": "Uzbekistan",
    },
    "andes": {
        "P": "Juan Huanca", "Q": "Carlos Mesa", "G": "Red Falcons", "H": "Condor Brigade", "L": "Cochabamba", "M": "Sucre",
        "C": "Bolivia", "Can": "Bolivian", "K": "La Paz", "D": "Chile",
    },
    "south africa": {
        "P": "Sipho Dlamini", "Q": "Thandi Mokoena", "G": "Liberation Front", "H": "Lion Battalion", "L": "Durban", "M": "Polokwane",
        "C": "South Africa", "Can": "South African", "K": "Pretoria", "D": "Botswana",
    },
}  # fmt: skip
_SLOT = re.compile(r"\b(?:Can|[PQGHLMCDK])\b")


def _read_lines(kind: str) -> list[str]:
    return [line for line in (FOLDER / f"{kind}.txt").read_text(encoding="utf-8").splitlines() if line]


def _fill(text: str, cast: Mapping[str, str]) -> str:
    return _SLOT.sub(lambda match: cast[match[0]], text)


def _iter_relations(relations: str) -> Iterator[tuple[bool, str, str, str]]:
    """Yield whether it is said, source, kind and target."""
    for relation in relations.split(", "):
        source, mark, target = re.split(r" ([-+><@]) ", relation)
        yield not source.startswith("no "), source.removeprefix("no "), KINDS[mark], target


def _list_names(extraction: Extraction, mention: int) -> set[str]:
    """Return the words that stand for the actor of a mention in the text."""
    actor = extraction.mentions[mention].actor
    return {known.text for known in extraction.mentions if known.actor == actor}


def _is_said(extraction: Extraction, source: str, kind: str, target: str) -> bool:
    def stands_for(mention: int, name: str) -> bool:
        return any(name in known or known in name for known in _list_names(extraction, mention))

    def says(claim: Claim) -> bool:
        ends = (claim.source, claim.target)
        ways = (
            (ends, ends[::-1]) if claim.how in {"allied-with", "clashes-with", "cooperates-with"} else (ends,)
        )
        return claim.kind == kind and any(
            stands_for(one, source) and stands_for(other, target) for one, other in ways
        )

    return any(says(claim) for claim in extraction.claims if claim.polarity == "affirmed")


def _describe(extraction: Extraction) -> str:
    claims = (
        f"{extraction.mentions[claim.source].text} {claim.kind} {extraction.mentions[claim.target].text} ({claim.rule})"
        for claim in extraction.claims
    )
    return f"{[(actor.name, actor.type) for actor in extraction.actors]} {list(claims)}"


@pytest.mark.parametrize("cast", CASTS)
@pytest.mark.parametrize("kind", KINDS.values())
def test_plain_expressions_are_read(pipeline: Pipeline, kind: str, cast: str) -> None:
    """Every line of a kind says what stands behind its bar, whoever it is said of."""
    lines = [_fill(line, CASTS[cast]).rpartition(" | ") for line in _read_lines(kind)]
    extractions = pipeline.extract_all(RawDocument(text=text) for text, _, _ in lines)
    misread = [
        f"{'un' if wanted else 'mis'}read: {text}: {source} {relation} {target}, but {_describe(extraction)}"
        for (text, _, relations), extraction in zip(lines, extractions, strict=True)
        for wanted, source, relation, target in _iter_relations(relations)
        if _is_said(extraction, source, relation, target) != wanted
    ]
    assert not misread, f"{len(misread)} of {len(lines)} lines:\n" + "\n".join(misread)
