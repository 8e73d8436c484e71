"""Who leads whom, who belongs to what, and what is where, found in parses by rules over the lexicon."""

from collections.abc import Iterable, Sequence

from ingest.delegations import find_delegates
from ingest.frames import find_verb_relations
from ingest.geography import find_place_relations
from ingest.homes import find_homes
from ingest.origins import find_origins
from ingest.role_patterns import find_patterned_roles
from ingest.roles import find_role_relations
from ingest.scene import Scene
from ingest.structure_coalitions import find_coalitions
from ingest.structure_ellipsis import find_elliptic
from ingest.structure_fellows import find_fellows
from ingest.structure_handovers import find_handovers
from ingest.structure_leaders import find_leaders
from ingest.structure_seats import find_seats
from ingest.structure_sites import find_sites
from ingest.structure_superiors import find_superiors
from ingest.types import Actor, Finding, Mention, ParsedBlock


def find_structure(
    blocks: Sequence[ParsedBlock], mentions: Sequence[Mention], actors: Sequence[Actor]
) -> list[Finding]:
    """Return commands, memberships and locations, in text order; one for each pair, kind, way and sentence.

    Whether a sentence denies it, doubts it or puts it in somebody's mouth is not judged here.

    Args:
        blocks: Parsed blocks, in order.
        mentions: Of all blocks; findings index into them.
        actors: What the mentions' `actor` indexes into; an actor is never related to itself.

    Cost: linear in tokens and mentions; blocks with fewer than two mentions are skipped.
    """
    by_block: dict[int, list[int]] = {}
    for index, mention in enumerate(mentions):
        by_block.setdefault(mention.block, []).append(index)
    found: list[Finding] = []
    for number, here in sorted(by_block.items()):
        if len(here) < 2:
            continue
        scene = Scene.build(number, blocks[number], mentions, actors, here)
        find_role_relations(scene)
        find_verb_relations(scene)
        find_place_relations(scene)
        find_homes(scene)
        find_sites(scene)
        find_seats(scene)
        find_patterned_roles(scene)
        find_origins(scene)
        find_coalitions(scene)
        find_leaders(scene)
        find_superiors(scene)
        find_delegates(scene)
        find_fellows(scene)
        find_handovers(scene)
        find_elliptic(scene)
        found.extend(_keep_best(scene.findings, mentions, blocks[number]))
    return found


def _keep_best(findings: Iterable[Finding], mentions: Sequence[Mention], block: ParsedBlock) -> list[Finding]:
    best: dict[tuple[int, int, int, str], Finding] = {}
    for finding in findings:
        sentence = block.doc[finding.trigger_token].sent.start
        key = (sentence, mentions[finding.source].actor, mentions[finding.target].actor, finding.kind)
        if key not in best or best[key].confidence < finding.confidence:
            best[key] = finding
    return sorted(best.values(), key=lambda f: (f.trigger_token, f.source, f.target, f.kind))
