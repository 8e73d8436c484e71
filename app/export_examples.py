"""One short example of each export format, as the API's documentation shows it."""

import json
from typing import Any

from app.examples import EDGE, ENTITY

_HEADER = {
    "version": 16,
    "filters": {"kinds": ["supports"], "known_by": "2014-06-20"},
    "as_of": None,
    "known_by": "2014-06-20",
    "first": "2014-06-12",
    "last": "2014-06-16",
    "nodes": 2,
    "edges": 1,
    "generated_from": "actorgraph 0.1.0",
}
_FLAT_HEADER = {**_HEADER, "filters": '{"kinds": ["supports"], "known_by": "2014-06-20"}'}
_NODE = {**ENTITY, "geonames_id": 130758}
_OTHER_NODE = {
    "id": "nouri-al-maliki",
    "name": "Nouri al-Maliki",
    "type": "person",
    "aliases": ["Maliki"],
    "country_code": "IQ",
    "admin1": None,
    "lat": None,
    "lon": None,
    "geonames_id": None,
    "mentions": 41,
}
_EDGE = {
    **EDGE,
    "counts": True,
    "valid_from": None,
    "valid_to": None,
    "symmetric": False,
    "review": "unreviewed",
    "dataset": None,
}

GRAPHML = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="n_label" for="node" attr.name="label" attr.type="string"/>
<key id="e_weight" for="edge" attr.name="weight" attr.type="double"/>
<graph id="actorgraph" edgedefault="directed">
<node id="iran"><data key="n_label">Iran</data></node>
<node id="nouri-al-maliki"><data key="n_label">Nouri al-Maliki</data></node>
<edge id="iran.supports.nouri-al-maliki" source="iran" target="nouri-al-maliki"><data key="e_weight">0.91</data></edge>
</graph>
</graphml>
"""

GEXF = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" version="1.3">
<meta><creator>actorgraph 0.1.0</creator><description>{"version": 16}</description></meta>
<graph defaultedgetype="directed" idtype="string" mode="dynamic" timeformat="date" timerepresentation="interval">
<nodes>
<node id="iran" label="Iran"></node>
<node id="nouri-al-maliki" label="Nouri al-Maliki"></node>
</nodes>
<edges>
<edge id="iran.supports.nouri-al-maliki" source="iran" target="nouri-al-maliki" kind="supports" label="endorses"
 weight="0.91"><spells><spell start="2014-06-12"/></spells></edge>
</edges>
</graph>
</gexf>
"""

NODE_LINK: dict[str, Any] = {
    "directed": True,
    "multigraph": True,
    "graph": _HEADER,
    "nodes": [_NODE, _OTHER_NODE],
    "edges": [_EDGE],
}

CYTOSCAPE: dict[str, Any] = {
    "format_version": "1.0",
    "generated_by": "actorgraph 0.1.0",
    "data": {"name": "actorgraph 0.1.0", **_FLAT_HEADER},
    "elements": {
        "nodes": [
            {"group": "nodes", "data": {"label": node["name"], **node}} for node in (_NODE, _OTHER_NODE)
        ],
        "edges": [{"group": "edges", "data": {**_EDGE, "label": "endorses", "weight": 0.91}}],
    },
}

GRAPHOLOGY: dict[str, Any] = {
    "options": {"type": "directed", "multi": True, "allowSelfLoops": True},
    "attributes": _FLAT_HEADER,
    "nodes": [
        {"key": node["id"], "attributes": {"label": node["name"], "type": node["type"]}}
        for node in (_NODE, _OTHER_NODE)
    ],
    "edges": [
        {
            "key": EDGE["id"],
            "source": EDGE["source"],
            "target": EDGE["target"],
            "attributes": {"label": "endorses", "weight": 0.91, "kind": "supports"},
        }
    ],
}

ZIP = "(about.json, nodes.csv, edges.csv and, with evidence=true, claims.csv; or the same as .parquet)"

TURTLE = """@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix ag: <urn:actorgraph:term:> .
<urn:actorgraph:entity:iran> ag:supports <urn:actorgraph:entity:nouri-al-maliki> .
<urn:actorgraph:relation:iran.supports.nouri-al-maliki> a rdf:Statement, prov:Entity ;
  rdf:subject <urn:actorgraph:entity:iran> ; rdf:predicate ag:supports ;
  rdf:object <urn:actorgraph:entity:nouri-al-maliki> ;
  prov:wasDerivedFrom <urn:actorgraph:claim:d-7f3a90c1d2e4-4> .
<urn:actorgraph:claim:d-7f3a90c1d2e4-4> a ag:Claim, prov:Entity ;
  prov:value "Iran backs Prime Minister Nouri al-Maliki, its president said on Thursday." ;
  prov:wasQuotedFrom <urn:actorgraph:document:d-7f3a90c1d2e4> ;
  prov:wasAttributedTo <urn:actorgraph:entity:hassan-rouhani> .
"""

FTM = "".join(
    json.dumps(entity) + "\n"
    for entity in (
        {
            "id": "iran",
            "schema": "PublicBody",
            "properties": {"name": ["Iran"], "country": ["ir"], "topics": ["gov.national"]},
        },
        {"id": "nouri-al-maliki", "schema": "Person", "properties": {"name": ["Nouri al-Maliki"]}},
        {
            "id": "iran.supports.nouri-al-maliki",
            "schema": "UnknownLink",
            "properties": {
                "subject": ["iran"],
                "object": ["nouri-al-maliki"],
                "role": ["supports", "endorses"],
                "proof": ["document.d-7f3a90c1d2e4"],
            },
        },
    )
)


def _describe_object(example: dict[str, Any]) -> dict[str, Any]:
    properties: dict[str, Any] = {
        name: {"type": "array", "items": {"type": "object"}}
        if isinstance(value, list)
        else {"type": {dict: "object", bool: "boolean", str: "string"}[type(value)]}
        for name, value in example.items()
    }
    schema = {"type": "object", "required": list(properties), "properties": properties}
    return {"schema": schema, "example": example}


def _describe_text(example: str) -> dict[str, Any]:
    return {"schema": {"type": "string"}, "example": example}


CONTENT: dict[str, dict[str, Any]] = {
    "application/graphml+xml": _describe_text(GRAPHML),
    "application/gexf+xml": _describe_text(GEXF),
    "application/json": _describe_object(NODE_LINK),
    "application/vnd.cytoscape+json": _describe_object(CYTOSCAPE),
    "application/vnd.graphology+json": _describe_object(GRAPHOLOGY),
    "application/zip": {"schema": {"type": "string", "format": "binary"}, "example": ZIP},
    "text/turtle": _describe_text(TURTLE),
    "application/x-ndjson": _describe_text(FTM),
}
"""What a route's answer may be, by media type: its schema and an example."""
