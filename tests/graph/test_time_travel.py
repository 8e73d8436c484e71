"""The same question with the same dates has the same answer for ever, whatever is published and stored later."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.centrality import rank
from graph.claim_days import Clock
from graph.dated_edges import get_edge_on
from graph.diff import compute_diff
from graph.errors import AmbiguousName, EntityNotFound, RecordNotFound
from graph.filters import EdgeFilter
from graph.neighborhood import find_between, find_neighborhood
from graph.paths import find_paths
from graph.paths.breaking import find_breaks
from graph.rows import ClaimRow, CopyRow, EntityRow, KnownDays
from graph.snapshot.snapshot import Snapshot
from graph.timeline import compute_timeline

if TYPE_CHECKING:
    from tests.graph.conftest import Rows

NODES = "abcdef"
TODAY = date(2014, 6, 15)
HOWS = [None, "funds", "allied-with", "allied-with", "clashes-with"]
"""Two of them read the same from both ends, so whether two edges are one depends on what else is known."""
WEEK_AGO = TODAY - timedelta(7)
OUTLETS = ["AFP", "Kyodo", "Reuters", None]

CLOCKS: tuple[tuple[Clock, bool], ...] = (("published", False), ("valid", True))

Question = Callable[[Snapshot, EdgeFilter], object]


def ask_diff(snapshot: Snapshot, where: EdgeFilter) -> object:
    """Compare two days by what held on them, as far as it was known."""
    found = compute_diff(
        snapshot, WEEK_AGO, TODAY, where=EdgeFilter(known_by=where.known_by, kinds=where.kinds)
    )
    return found.appeared, found.ended, found.changed_sign, found.became_disputed


def ask_known_diff(snapshot: Snapshot, where: EdgeFilter) -> object:
    """Compare what was known on two days."""
    found = compute_diff(
        snapshot, WEEK_AGO, TODAY, reading="known", where=EdgeFilter(as_of=where.as_of, kinds=where.kinds)
    )
    return found.appeared, found.ended, found.changed_sign, found.became_disputed


def ask_timeline(snapshot: Snapshot, where: EdgeFilter) -> object:
    """Count by either clock, copies once and each."""
    counted = [
        compute_timeline(snapshot, bucket="day", clock=clock, stories_once=once, where=where)
        for clock, once in CLOCKS
    ]
    return [(found.buckets, found.undated, found.kinds) for found in counted]


def ask_view(snapshot: Snapshot, where: EdgeFilter) -> object:
    """List the edges with all they carry, and their evidence."""
    view = snapshot.view(where)
    return dict(view.edges), {key: view.get_claims(key) for key in view.edges}, list(view.nodes)


def ask_each_relation(snapshot: Snapshot, where: EdgeFilter) -> object:
    """Ask for every relation that there could be by its id, with its evidence, or what is said where there is none."""

    def ask(edge_id: str) -> object:
        try:
            return get_edge_on(snapshot, edge_id, as_of=where.as_of, known_by=where.known_by)
        except RecordNotFound as error:
            return str(error)

    kinds = ("supports", "opposes", "commands")
    return [ask(f"{one}.{kind}.{other}") for one in NODES for kind in kinds for other in NODES]


QUESTIONS: dict[str, Question] = {
    "view": ask_view,
    "relations by id": ask_each_relation,
    "path": lambda s, where: find_paths(s, "a", "f", k=5, where=where),
    "path by confidence": lambda s, where: find_paths(s, "a", "f", k=3, weight="confidence", where=where),
    "hostile path": lambda s, where: find_paths(s, "a", "f", k=3, sign="negative", where=where),
    "forward path": lambda s, where: find_paths(s, "a", "f", k=3, direction="out", where=where),
    "breaks": lambda s, where: find_breaks(s, "a", "f", max_hops=3, where=where),
    "neighborhood": lambda s, where: find_neighborhood(s, ["a"], depth=2, where=where),
    "between": lambda s, where: find_between(s, "a", "f", where=where),
    "degree": lambda s, where: rank(s, "degree", where=where).entries,
    "pagerank": lambda s, where: rank(s, "pagerank", where=where).entries,
    "betweenness": lambda s, where: rank(s, "betweenness", where=where).entries,
    "timeline": ask_timeline,
    "diff by what held": ask_diff,
    "diff by what was known": ask_known_diff,
}

days = st.none() | st.integers(-14, 0).map(lambda n: TODAY + timedelta(n))
later_days = st.integers(1, 14).map(lambda n: TODAY + timedelta(n))


def draw_claims(published: st.SearchStrategy[Any], hows: Iterable[str | None]) -> st.SearchStrategy[Any]:
    """Return a strategy of claims published on some days; whatever they say may hold on any day."""
    said = st.tuples(
        st.sampled_from(NODES),
        st.sampled_from(["supports", "opposes", "commands"]),
        st.sampled_from(NODES),
        st.fixed_dictionaries(
            {
                "published_on": published,
                "valid_from": days,
                "valid_to": days,
                "polarity": st.sampled_from(["affirmed", "affirmed", "denied"]),
                "modality": st.sampled_from(["asserted", "reported", "past", "possible"]),
                "how": st.sampled_from(list(hows)),
                "confidence": st.sampled_from([0.5, 0.7, 0.9]),
                "outlet": st.sampled_from(OUTLETS),
                "story_id": st.sampled_from(["s1", "s2", "s3", "s4"]),
            }
        ),
    )
    return st.lists(said, max_size=10)


def make_claims(rows: "Rows", drawn: Iterable[tuple[str, str, str, dict[str, Any]]]) -> list[ClaimRow]:
    """Make rows of drawn claims."""
    return [rows.claim(source, kind, target, **changes) for source, kind, target, changes in drawn]


def build(rows: "Rows", claims: Iterable[ClaimRow], *, version: int = 1, **more: Any) -> Snapshot:  # noqa: ANN401
    """Make a snapshot in which every node is known from the start."""
    entities = more.pop("entities", [rows.entity(node) for node in NODES])
    return rows.snapshot(claims, version=version, entities=entities, **more)


def answer_all(snapshot: Snapshot, where: EdgeFilter) -> dict[str, object]:
    """Ask every question."""
    return {name: ask(snapshot, where) for name, ask in QUESTIONS.items()}


@settings(max_examples=15, deadline=None)
@given(
    first=draw_claims(days, HOWS),
    later=draw_claims(later_days, HOWS),
    as_of=st.none() | st.integers(-14, 7).map(lambda n: TODAY + timedelta(n)),
)
def test_later_documents_change_no_answer(
    rows: "Rows", first: list[Any], later: list[Any], as_of: date | None
) -> None:
    """Every question, asked as of a day and as known by a day, answers the same before and after later documents."""
    then, now = make_claims(rows, first), make_claims(rows, later)
    where = EdgeFilter(known_by=TODAY, as_of=as_of)
    before = answer_all(build(rows, then), where)
    after = answer_all(build(rows, [*then, *now], version=2), where)
    assert after == before


def test_a_later_claim_splits_no_alliance(rows: "Rows") -> None:
    """An alliance told from both ends stays one edge for those who ask about the time before it became one-sided."""
    allied = [
        rows.claim("a", "supports", "b", how="allied-with", published_on=TODAY),
        rows.claim("b", "supports", "a", how="allied-with", published_on=TODAY),
    ]
    one_sided = rows.claim("b", "supports", "a", how="funds", published_on=TODAY + timedelta(1))
    where = EdgeFilter(known_by=TODAY)
    assert list(build(rows, [*allied, one_sided]).view(where).edges) == list(
        build(rows, allied).view(where).edges
    )


def test_who_said_it_first_keeps_the_edge(rows: "Rows") -> None:
    """An alliance told from one end starts there, though a later text tells it from the other and makes the two one."""
    told = rows.claim("b", "supports", "a", how="allied-with", published_on=TODAY)
    back = rows.claim("a", "supports", "b", how="allied-with", published_on=TODAY + timedelta(1))
    after = build(rows, [told, back])
    assert list(after.edges) == ["a.supports.b"]
    where = EdgeFilter(known_by=TODAY)
    assert answer_all(after, where) == answer_all(build(rows, [told]), where)
    assert after.view(where).get_claims("b.supports.a") == (told,)
    assert after.view(where).get_claims("a.supports.b") == ()


def test_an_id_leads_to_the_edge_of_the_time(rows: "Rows") -> None:
    """Both ids of an alliance lead to it while it was one; a later claim parts them, now but not then."""
    told = rows.claim("a", "supports", "b", how="allied-with", published_on=TODAY)
    back = rows.claim("b", "supports", "a", how="allied-with", published_on=TODAY)
    later = rows.claim("b", "supports", "a", how="funds", published_on=TODAY + timedelta(1))
    graph = build(rows, [told, back, later])
    for edge_id in ("a.supports.b", "b.supports.a"):
        then = get_edge_on(graph, edge_id, known_by=TODAY)
        assert (then.edge.id, then.claims) == ("a.supports.b", (told, back))
        assert get_edge_on(graph, edge_id).edge.id == edge_id
    with pytest.raises(
        RecordNotFound, match=r"No relation with id 'a\.supports\.c' was known by 2014-06-15\."
    ):
        get_edge_on(graph, "a.supports.c", known_by=TODAY)
    with pytest.raises(RecordNotFound, match="There is no relation with id 'nonsense'"):
        get_edge_on(graph, "nonsense")
    with pytest.raises(RecordNotFound, match=r"'nonsense' held on 2014-06-15\."):
        get_edge_on(graph, "nonsense", as_of=TODAY)


@pytest.mark.parametrize("edge_id", ["old.supports.b", "a.supports.b"])
def test_an_id_from_before_a_merge_leads_there_on_every_day(rows: "Rows", edge_id: str) -> None:
    """Judgements hold for all days; a relation that only geography knows is found by its own id."""
    graph = build(
        rows,
        [rows.claim("old", "supports", "b", published_on=TODAY)],
        entities=[*_all(rows), rows.entity("old")],
        judgements=[rows.same("a", "old")],
        places=[rows.known_place("e", "f")],
    )
    assert get_edge_on(graph, edge_id, known_by=TODAY).edge.id == "a.supports.b"
    with pytest.raises(RecordNotFound, match="was known by 2014-06-14 to have held on 2014-06-13"):
        get_edge_on(graph, edge_id, known_by=TODAY - timedelta(1), as_of=TODAY - timedelta(2))
    place = get_edge_on(graph, "e.located-in.f.gazetteer", known_by=TODAY)
    assert (place.edge.origin, place.claims) == ("gazetteer", ())
    with pytest.raises(RecordNotFound):
        get_edge_on(graph, "e.located-in.f", known_by=TODAY)


@settings(max_examples=40, deadline=None)
@given(
    drawn=draw_claims(days, HOWS),
    outlet=st.sampled_from(["AFP", "Kyodo"]),
    how=st.sampled_from([None, "allied-with"]),
)
def test_what_passes_makes_the_edges(rows: "Rows", drawn: list[Any], outlet: str, how: str | None) -> None:
    """A filter on claims leaves the very edges that a graph of these claims alone has."""
    claims = make_claims(rows, drawn)
    passing = [claim for claim in claims if claim.outlet == outlet and (how is None or claim.how == how)]
    chosen = EdgeFilter(sources=[outlet], how=[how] if how else [], evidence=True)
    view = build(rows, claims).view(chosen)
    alone = build(rows, passing)
    # A pair can be torn by what is not of the finer kind that is asked for.
    assert [replace(edge, disputed=False) for edge in view.edges.values()] == [
        replace(edge, disputed=False) for edge in alone.edges.values()
    ]
    assert {key: view.get_claims(key) for key in view.edges} == dict(alone.claims)


def test_a_later_print_of_an_old_story_changes_nothing(rows: "Rows") -> None:
    """A copy that appears later adds no claim, no source and no confidence to what was known before."""
    told = rows.claim("a", "supports", "f", story_id="s", outlet="AFP", published_on=TODAY)
    copy = rows.claim(
        "a", "supports", "f", story_id="s", outlet="Kyodo", published_on=TODAY + timedelta(1), confidence=0.9
    )
    where = EdgeFilter(known_by=TODAY)
    assert answer_all(build(rows, [told, copy]), where) == answer_all(build(rows, [told]), where)


def test_a_later_text_does_not_join_two_old_stories(rows: "Rows") -> None:
    """Two independent sources of a day stay two, though a later text turns out to be like both."""
    two = [rows.claim("a", "supports", "f", published_on=TODAY) for _ in range(2)]
    link = rows.claim("a", "supports", "f", published_on=TODAY + timedelta(1))
    # As the store has them once the later text has joined the two.
    joined = [claim._replace(story_id=two[0].story_id) for claim in (*two, link)]
    copies = [CopyRow(link.document_id, claim.document_id, link.published_on) for claim in two]
    where = EdgeFilter(known_by=TODAY)
    after = build(rows, joined, copies=copies)
    assert answer_all(after, where) == answer_all(build(rows, two, copies=[]), where)
    assert after.edges["a.supports.f"].independent_sources == 1
    assert after.view(where).edges["a.supports.f"].independent_sources == 2


def test_a_place_that_is_named_later_is_not_there_yet(rows: "Rows") -> None:
    """A town that the first texts did not name is not around its country for those who ask about their time."""
    claims = [rows.claim("a", "supports", "iraq", published_on=TODAY)]
    later = [rows.claim("a", "located-in", "karbala", published_on=TODAY + timedelta(1))]
    where = EdgeFilter(known_by=TODAY)
    before = build(rows, claims)
    town = rows.entity("karbala", known=_see(TODAY + timedelta(1)))
    after = build(
        rows, [*claims, *later], places=[rows.known_place("karbala", "iraq")], entities=[*_all(rows), town]
    )
    assert find_neighborhood(after, ["iraq"], where=where) == find_neighborhood(before, ["iraq"], where=where)
    tomorrow = EdgeFilter(known_by=TODAY + timedelta(1))
    assert "karbala.located-in.iraq.gazetteer" in after.view(tomorrow).edges
    with pytest.raises(EntityNotFound, match="karbala"):
        find_neighborhood(after, ["karbala"], where=where)


def test_a_town_brings_its_province_and_country(rows: "Rows") -> None:
    """What geography knows of a town is there from the day the town is named, though no text names its country."""
    nobody = rows.entity("karbala", known=KnownDays(), mentions=0)
    chain = {
        "hindiya": nobody._replace(id="hindiya", known=_see(TODAY)),
        "karbala": nobody,
        "iraq": nobody._replace(id="iraq", type="country"),
    }
    places = [rows.known_place("hindiya", "karbala"), rows.known_place("karbala", "iraq")]
    graph = rows.snapshot([], places=places, entities=chain.values())
    assert list(graph.view(EdgeFilter(known_by=TODAY)).nodes) == ["hindiya", "iraq", "karbala"]
    assert list(graph.view(EdgeFilter(known_by=TODAY - timedelta(1))).nodes) == []


def test_names_and_mentions_are_those_of_the_time(rows: "Rows") -> None:
    """How often somebody is named, and by which names, is told as it was known."""
    claims = [rows.claim("a", "supports", "f", published_on=TODAY)]
    where, tomorrow = EdgeFilter(known_by=TODAY), TODAY + timedelta(1)
    told = rows.entity("f", name="F", mentions=1, known=_see(TODAY, names=(("F", TODAY),)))
    before = build(rows, claims, entities=[told])
    more = _see(
        TODAY,
        tomorrow,
        names=(("F", TODAY), ("Effendi", tomorrow), ("Yusuf Effendi", tomorrow)),
        former=((tomorrow.toordinal(), "F", None),),
    )
    after = build(
        rows,
        claims,
        entities=[
            rows.entity(
                "f", name="Yusuf Effendi", mentions=2, aliases=("Effendi", "F"), known=more, country_code="EG"
            )
        ],
    )
    assert dict(after.view(where).nodes) == dict(before.view(where).nodes)
    assert after.view(EdgeFilter(known_by=tomorrow)).nodes["f"] == after.nodes["f"]


def test_a_name_means_whom_it_meant_then(rows: "Rows") -> None:
    """A name that one alone went by still leads there when a later text has given it to another as well; ids always do."""
    tomorrow = TODAY + timedelta(1)
    one = rows.entity("badr-organization", name="Badr Organization", aliases=("Badr",), known=_see(TODAY))
    town = rows.entity("badr-town", name="Badr (town)", aliases=("Badr", "Badrabad"), known=_see(tomorrow))
    after = rows.snapshot([], entities=[one, town])
    before = rows.snapshot([], entities=[one])
    then = after.at(TODAY).names
    assert then.resolve("badr-organization").id == then.resolve("Badr").id == "badr-organization"
    with pytest.raises(AmbiguousName):
        after.names.resolve("Badr")
    assert then.search("Badr") == before.at(TODAY).names.search("Badr")
    assert then.search("Badrabat") == before.at(TODAY).names.search("Badrabat")
    with pytest.raises(EntityNotFound):
        then.resolve("badr-town")


def _see(*days: date, names: Iterable[tuple[str, date]] = (), former: Any = ()) -> KnownDays:  # noqa: ANN401
    """Make what is known of somebody whom a text of each of these days names once."""
    return KnownDays(
        seen=tuple((day.toordinal(), 1) for day in days),
        names=tuple(sorted((name, day.toordinal()) for name, day in names)),
        former=tuple(former),
    )


def _all(rows: "Rows") -> list[EntityRow]:
    return [rows.entity(node) for node in NODES]
