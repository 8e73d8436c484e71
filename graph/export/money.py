"""FollowTheMoney entities, one JSON object a line: what Aleph, OpenSanctions' tools and yente read.

Actors are entities of the schema nearest to their type. Relations are entities too, as that model has it: those that
command or belong to an organisation have schemata of their own, the rest are `UnknownLink` with their kind as role.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

import orjson

from graph.edges import is_counting
from graph.export.batches import iter_edge_batches, iter_node_batches
from graph.export.evidence import Evidence, iter_evidence
from graph.export.extras import Extras
from graph.export.header import Header, build_header
from graph.export.iris import find_web_address, shorten
from graph.filters import EdgeFilter
from graph.ontology import get_ontology
from graph.snapshot.snapshot import GraphView, Snapshot

_EDGES_AT_ONCE = 500
_LONGEST_ID = 200
_ILLEGAL = re.compile("[^\\t\\n\\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Entity = dict[str, Any]
Properties = dict[str, list[str]]


class _Actor(NamedTuple):
    schema: str
    topics: tuple[str, ...] = ()


_ACTORS = {
    "person": _Actor("Person"),
    "country": _Actor("PublicBody", ("gov.national",)),
    "government-body": _Actor("PublicBody", ("gov",)),
    "security-force": _Actor("PublicBody", ("gov.security",)),
    "armed-group": _Actor("Organization"),
    "party": _Actor("Organization", ("pol.party",)),
    "organization": _Actor("Organization"),
    "media": _Actor("Organization"),
    "place": _Actor("Address"),
    "community": _Actor("LegalEntity"),
}
_ORGANIZATIONS = {"Organization", "PublicBody"}
_LEGAL_ENTITIES = {*_ORGANIZATIONS, "LegalEntity", "Person"}


class _Link(NamedTuple):
    """A schema of relations: the properties of its two ends, and the schemata that may stand there."""

    schema: str
    source: str
    target: str
    sources: frozenset[str]
    targets: frozenset[str]


_BODIES, _PARTIES = frozenset(_ORGANIZATIONS), frozenset(_LEGAL_ENTITIES)
_DIRECTORSHIP = _Link("Directorship", "director", "organization", _PARTIES, _BODIES)
_CONTROL = _Link("Control", "controller", "controlled", _PARTIES, _PARTIES)
_MEMBERSHIP = _Link("Membership", "member", "organization", _PARTIES, _BODIES)
_REPRESENTATION = _Link("Representation", "agent", "client", _PARTIES, _PARTIES)
_ANYTHING = frozenset({*_LEGAL_ENTITIES, "Address"})
_UNKNOWN = _Link("UnknownLink", "subject", "object", _ANYTHING, _ANYTHING)
_LINKS = {
    ("commands", "leads"): _DIRECTORSHIP,
    ("commands", "heads-government"): _DIRECTORSHIP,
    ("commands", "heads-state"): _DIRECTORSHIP,
    ("commands", "controls"): _CONTROL,
    ("commands", None): _CONTROL,
    ("member-of", "belongs-to"): _MEMBERSHIP,
    ("member-of", "part-of"): _MEMBERSHIP,
    ("member-of", "branch-of"): _MEMBERSHIP,
    ("member-of", None): _MEMBERSHIP,
    ("member-of", "represents"): _REPRESENTATION,
    ("member-of", "speaks-for"): _REPRESENTATION,
}


def iter_ftm(
    snapshot: Snapshot, where: EdgeFilter | None = None, extras: Extras | None = None
) -> Iterator[bytes]:
    """Yield FollowTheMoney entities as lines of JSON: the header as a `Document`, actors, articles and relations.

    Ids are the graph's own. A relation names the articles that say so as its proof and holds their words as its
    description, if they can be looked up (`Extras.claims`).

    Cost: O(nodes + edges + claims) time; memory for 500 edges above the view, and for the ids of documents quoted.
    """
    view = snapshot.view(where)
    yield _dump([_describe_export(build_header(view))])
    for batch in iter_node_batches(view):
        yield _dump([_describe_actor(row) for row in batch.to_pylist()])
    seen: set[str] = set()
    for batch in iter_edge_batches(view, _EDGES_AT_ONCE):
        rows = batch.to_pylist()
        evidence = _find_evidence(view, [row["id"] for row in rows], extras)
        entities = []
        for row in rows:
            behind = evidence.get(row["id"], ())
            entities += _describe_articles(behind, seen)
            entities.append(_describe_relation(row, behind, _find_schemata(view, row)))
        yield _dump(entities)


def _find_evidence(
    view: GraphView, edge_ids: Sequence[str], extras: Extras | None
) -> dict[str, tuple[Evidence, ...]]:
    if extras is None or extras.claims is None:
        return {}
    found = iter_evidence(view, edge_ids, extras.claims)
    return {edge_id: tuple(items) for edge_id, items in groupby(found, key=lambda item: item.edge_id)}


def _dump(entities: Sequence[Entity]) -> bytes:
    return b"".join(orjson.dumps(entity) + b"\n" for entity in entities)


def _build(entity_id: str, schema: str, **properties: object) -> Entity:
    """Make an entity; what is empty is left out, and every value is a text."""
    kept: Properties = {}
    for name, value in properties.items():
        values = value if isinstance(value, list | tuple) else [value]
        texts = [text for item in values if item is not None and (text := _clean(item))]
        if texts:
            kept[name] = list(dict.fromkeys(texts))
    return {"id": _fit_id(entity_id), "schema": schema, "properties": kept}


def _clean(value: object) -> str:
    return _ILLEGAL.sub("", str(value)).strip()


def _fit_id(entity_id: str) -> str:
    """Return an id no longer than the model's ids may be; a long one ends in what tells it from others."""
    if len(entity_id) <= _LONGEST_ID:
        return entity_id
    return f"{entity_id[: _LONGEST_ID - 13].rstrip('.-')}-{shorten(entity_id)}"


def _describe_export(header: Header) -> Entity:
    """Return the header as an entity, for lines of JSON have no room for anything else."""
    about = header.to_json()
    return _build(
        f"export.{header.version}-{shorten(about)}",
        "Document",
        fileName=f"actorgraph-v{header.version}.ftm.json",
        title=f"{header.generated_from}, graph version {header.version}",
        generator=header.generated_from,
        summary=about,
    )


def _describe_actor(row: dict[str, Any]) -> Entity:
    known = _ACTORS[row["type"]]
    country = row["country_code"].lower() if row["country_code"] else None
    if known.schema == "Address":
        whole = ", ".join(filter(None, [row["name"], row["admin1"]]))
        return _build(
            row["id"],
            known.schema,
            name=row["name"],
            alias=row["aliases"],
            full=whole,
            state=row["admin1"],
            country=country,
            latitude=row["lat"],
            longitude=row["lon"],
        )
    return _build(
        row["id"],
        known.schema,
        name=row["name"],
        alias=row["aliases"],
        country=country,
        topics=known.topics,
        keywords=row["type"],
    )


def _describe_articles(evidence: Sequence[Evidence], seen: set[str]) -> list[Entity]:
    described = []
    for item in evidence:
        document = item.found.document
        if document.id not in seen:
            seen.add(document.id)
            described.append(
                _build(
                    _name_article(document.id),
                    "Article",
                    fileName=f"{document.id}.txt",
                    title=document.title,
                    publishedAt=document.published_on,
                    publisher=document.source,
                    sourceUrl=find_web_address(document.url),
                )
            )
    return described


def _name_article(document_id: str) -> str:
    """Return an article's id; no actor's holds a dot, and a relation's holds two or more."""
    return f"document.{document_id}"


def _find_schemata(view: GraphView, row: dict[str, Any]) -> tuple[str, str]:
    source, target = (_ACTORS[view.nodes[row[end]].type].schema for end in ("source", "target"))
    return source, target


def _describe_relation(
    row: dict[str, Any], evidence: Sequence[Evidence], schemata: tuple[str, str]
) -> Entity:
    source, target = schemata
    link = _LINKS.get((row["kind"], row["how"]), _UNKNOWN)
    if source not in link.sources or target not in link.targets:
        link = _UNKNOWN
    counting = [item for item in evidence if is_counting(item.row)]
    shown = counting or list(evidence)
    return _build(
        row["id"],
        link.schema,
        **{link.source: _fit_id(row["source"]), link.target: _fit_id(row["target"])},
        role=[get_ontology().get_relation(row["kind"]).label, (row["how"] or "").replace("-", " ")],
        status=_find_status(row),
        summary=_sum_up(row),
        description=[item.found.claim.quote for item in shown],
        proof=[_name_article(item.row.document_id) for item in shown],
        publisher=[item.row.outlet for item in shown] or row["dataset"],
        startDate=row["valid_from"],
        endDate=row["valid_to"],
        date=[row["first"], row["last"]],
        recordId=row["id"],
    )


def _find_status(row: dict[str, Any]) -> str | None:
    if not row["counts"]:
        return "not counted"
    return "disputed" if row["disputed"] else None


def _sum_up(row: dict[str, Any]) -> str:
    if row["origin"] == "gazetteer":
        return f"Known from {row['dataset'] or 'geography'}."
    return (
        f"Confidence {row['confidence']:.3g}; claims: {row['claims']}, independent sources: "
        f"{row['independent_sources']}, denials: {row['denials']}, merely possible: {row['possibles']}."
    )
