"""`communities`: who belongs together, what ties each group, and what cuts it from the others."""

from collections.abc import Iterator
from itertools import chain

from app.answers.reader import Reader, build_filter
from app.answers.ties import Evidence, show
from app.balance_schemas import Shown
from app.communities_schemas import (
    CommunitiesAnswer,
    CommunitiesQuestion,
    CommunityBorder,
    CommunityGroup,
    CommunityMember,
)
from app.schemas import EntityRef
from app.wording import clean_text
from graph.communities import Border, Communities, Community, find_communities
from graph.edges import Edge

_METHODS = {
    "unsigned": "Leiden (Traag, Waltman and van Eck 2019) on modularity",
    "signed": "Leiden (Traag, Waltman and van Eck 2019) on what ties, then moves that raise signed modularity "
    "(Gómez, Jensen and Arenas 2009)",
}
_NAMED = 3
_ALONE = 50


def answer_communities(reader: Reader, question: CommunitiesQuestion) -> CommunitiesAnswer:
    """Return the communities of the graph, or of what a filter leaves of it.

    Raises:
        EntityNotFound: Nobody goes by a name that was given.
        AmbiguousName: Several do.
        QueryTimeout: It took too long.

    Cost: see `graph.communities.find_communities`, and one query for all quotes.
    """
    snapshot = reader.snapshots.current().at(question.known_by)
    where = build_filter(reader, snapshot, question)
    found = find_communities(
        snapshot,
        where=where,
        signs=question.signs,
        resolution=question.resolution,
        seed=question.seed,
        budget_s=reader.timeout_s,
    )
    groups = found.communities[: question.limit]
    borders = [border for border in found.borders if border.right <= len(groups)][: question.limit]
    evidence = Evidence.look_up(reader, snapshot, where, _iter_shown(groups, borders, question.edges))
    return CommunitiesAnswer(
        graph_version=snapshot.version,
        signs=found.signs,
        method=_METHODS[found.signs],
        modularity=found.modularity,
        resolution=found.resolution,
        seed=found.seed,
        communities=show(
            [_show_group(evidence, group, question) for group in groups], len(found.communities)
        ),
        borders=show(
            [_show_border(evidence, border, question.edges) for border in borders], len(found.borders)
        ),
        alone=_show_alone(evidence, found),
    )


def _iter_shown(groups: tuple[Community, ...], borders: list[Border], most: int) -> Iterator[Edge]:
    for group in groups:
        yield from chain(group.ties[:most], group.strains[:most])
    for border in borders:
        yield from chain(border.cuts[:most], border.bridges[:most])


def _show_group(evidence: Evidence, group: Community, question: CommunitiesQuestion) -> CommunityGroup:
    central = [clean_text(evidence.show_actor(member.id).name) for member in group.members[:_NAMED]]
    return CommunityGroup(
        number=group.number,
        name=" and ".join(filter(None, [", ".join(central[:-1]), central[-1]])),
        members=show(
            [
                CommunityMember(entity=evidence.show_actor(member.id), strength=member.strength)
                for member in group.members[: question.members]
            ],
            len(group.members),
        ),
        ties=evidence.show_edges(group.ties, question.edges),
        strains=evidence.show_edges(group.strains, question.edges),
    )


def _show_border(evidence: Evidence, border: Border, most: int) -> CommunityBorder:
    return CommunityBorder(
        left=border.left,
        right=border.right,
        weight=border.weight,
        cuts=evidence.show_edges(border.cuts, most),
        bridges=evidence.show_edges(border.bridges, most),
    )


def _show_alone(evidence: Evidence, found: Communities) -> Shown[EntityRef]:
    return show([evidence.show_actor(actor) for actor in found.alone[:_ALONE]], len(found.alone))
