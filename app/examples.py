"""One example for each answer, as the API's documentation shows it; a test holds each against its own schema."""

from typing import Any

_IRAN = {"id": "iran", "name": "Iran", "type": "country"}
_ISIS = {"id": "isis", "name": "ISIS", "type": "armed-group"}
_MALIKI = {"id": "nouri-al-maliki", "name": "Nouri al-Maliki", "type": "person"}

_DOCUMENT_REF = {
    "id": "d-7f3a90c1d2e4",
    "title": "Tehran stands by Baghdad",
    "source": "Gulf Courier",
    "published_on": "2014-06-13",
    "url": None,
}

_SPEAKER = {
    "text": "Iran's president",
    "entity": {"id": "hassan-rouhani", "name": "Hassan Rouhani", "type": "person"},
}

EDGE = {
    "id": "iran.supports.nouri-al-maliki",
    "source": "iran",
    "target": "nouri-al-maliki",
    "kind": "supports",
    "how": "endorses",
    "sign": 1,
    "confidence": 0.91,
    "claims": 3,
    "denials": 0,
    "possibles": 1,
    "independent_sources": 2,
    "first": "2014-06-12",
    "last": "2014-06-16",
    "disputed": False,
    "origin": "text",
}

RELATION = {**EDGE, "source_name": "Iran", "target_name": "Nouri al-Maliki"}

_QUOTE = {
    "claim_id": "d-7f3a90c1d2e4-4",
    "text": "Iran backs Prime Minister Nouri al-Maliki, its president said on Thursday.",
    "start_char": 214,
    "end_char": 288,
    "document": _DOCUMENT_REF,
    "polarity": "affirmed",
    "modality": "reported",
    "confidence": 0.82,
    "attributed_to": _SPEAKER,
}

PATH = {
    "from": _IRAN,
    "to": _MALIKI,
    "shown": 1,
    "total": 1,
    "total_exact": True,
    "graph_version": 16,
    "paths": [
        {
            "nodes": [_IRAN, _MALIKI],
            "hops": [
                {
                    "from": _IRAN,
                    "to": _MALIKI,
                    "walked": "forward",
                    "edge": EDGE,
                    "also": [],
                    "quotes": [_QUOTE],
                }
            ],
            "length": 1,
            "sign": 1,
            "confidence": 0.91,
            "weakest_hop": 0,
        }
    ],
    "breaks": {"disconnect": [["Gulf Courier", "Mesopotamia Wire"]], "changes_sign": [], "exact": True},
}

ENTITY = {
    **_IRAN,
    "aliases": ["Tehran", "Islamic Republic"],
    "country_code": "IR",
    "admin1": None,
    "lat": None,
    "lon": None,
    "mentions": 41,
}

_MALIKI_NODE = {
    **_MALIKI,
    "aliases": ["Maliki", "Prime Minister Maliki"],
    "country_code": "IQ",
    "admin1": None,
    "lat": None,
    "lon": None,
    "mentions": 17,
}

FOUND_ENTITY = {**ENTITY, "matched": "Tehran", "match": "prefix", "score": 0.9}

SUBGRAPH = {
    "of": [_IRAN],
    "depth": 1,
    "shown": {"nodes": 2, "edges": 1},
    "total": {"nodes": 2, "edges": 1},
    "total_exact": True,
    "graph_version": 16,
    "nodes": [ENTITY, _MALIKI_NODE],
    "edges": [EDGE],
}

BETWEEN = {**SUBGRAPH, "of": [_IRAN, _MALIKI], "depth": 3}

RANKING = {
    "metric": "pagerank",
    "direction": "out",
    "exact": True,
    "samples": None,
    "error_bound": 0.0,
    "shown": 2,
    "total": 27,
    "tied_beyond": 0,
    "graph_version": 16,
    "items": [
        {
            "rank": 1,
            "entity": _IRAN,
            "score": 0.118,
            "relations": 15,
            "carried_by": [
                {
                    "share": 0.214,
                    "relation": {
                        **EDGE,
                        "id": "isis.opposes.iran",
                        "source": "isis",
                        "target": "iran",
                        "kind": "opposes",
                        "how": "threatens",
                        "sign": -1,
                        "source_name": "ISIS",
                        "target_name": "Iran",
                    },
                }
            ],
        },
        {"rank": 2, "entity": _ISIS, "score": 0.097, "relations": 12, "carried_by": []},
    ],
}

STATS = {
    "graph_version": 16,
    "entities": 58,
    "entities_by_type": {"place": 31, "person": 14, "country": 9, "armed-group": 4},
    "relations": 77,
    "relations_by_kind": {"located-in": 23, "supports": 21, "opposes": 19, "member-of": 8, "commands": 6},
    "relations_by_origin": {"text": 54, "gazetteer": 23},
    "disputed_relations": 3,
    "evidence_only": 9,
    "claims": 81,
    "denials": 4,
    "claims_by_source": [
        {"source": "Gulf Courier", "claims": 34},
        {"source": "Mesopotamia Wire", "claims": 20},
    ],
    "claimed": {"first": "2014-06-10", "last": "2014-06-20"},
    "documents": 16,
    "stories": 15,
    "mentions": 412,
    "published": {"first": "2014-06-10", "last": "2014-06-20"},
}

ENTITY_DETAIL = {
    **ENTITY,
    "geonames_id": 130758,
    "names": [
        {
            "text": "Iran",
            "origin": "gazetteer",
            "mentions": 29,
            "sources": ["Gulf Courier", "Mesopotamia Wire"],
        },
        {"text": "Tehran", "origin": "gazetteer", "mentions": 12, "sources": ["Gulf Courier"]},
    ],
    "degree": {"in": 4, "out": 11, "total": 15},
    "claims": 22,
}

MENTION = {
    "entity": _IRAN,
    "start_char": 214,
    "end_char": 218,
    "text": "Iran",
    "resolution": "name",
}

MENTION_IN_CONTEXT = {
    **MENTION,
    "document": _DOCUMENT_REF,
    "excerpt": "Iran backs Prime Minister Nouri al-Maliki",
    "excerpt_start": 214,
}

CLAIM = {
    "id": "d-7f3a90c1d2e4-4",
    "relation": "iran.supports.nouri-al-maliki",
    "source": _IRAN,
    "kind": "supports",
    "how": "endorses",
    "target": _MALIKI,
    "polarity": "affirmed",
    "modality": "reported",
    "counts": True,
    "quote": _QUOTE["text"],
    "quote_start": 214,
    "quote_end": 288,
    "source_start": 214,
    "source_end": 218,
    "source_resolution": "name",
    "target_start": 240,
    "target_end": 255,
    "target_resolution": "name",
    "trigger": "backs",
    "trigger_start": 219,
    "trigger_end": 224,
    "attributed_to": _SPEAKER,
    "valid_from": None,
    "valid_to": None,
    "confidence": 0.82,
    "rule": "verb:active",
    "review_status": "unreviewed",
    "reviewed_by": None,
    "reviewed_at": None,
    "document": _DOCUMENT_REF,
}

CLAIM_DETAIL = {**CLAIM, "before": "The border is quiet. ", "after": " Baghdad thanked him."}

REVIEW_IN = {"review_status": "rejected"}

REVIEWED_CLAIM = {
    **CLAIM_DETAIL,
    **REVIEW_IN,
    "counts": False,
    "reviewed_by": "analyst",
    "reviewed_at": "2026-01-05T10:15:00Z",
}

DOCUMENT = {
    **_DOCUMENT_REF,
    "external_id": "gc-0613-2",
    "story_id": "d-7f3a90c1d2e4",
    "length": 1042,
    "mentions": 23,
    "claims": 6,
    "extractor": "actorgraph/en_core_web_md-3.7.1",
    "ingested_at": "2026-01-05T09:30:00Z",
}

DOCUMENT_TEXT = "Iran backs Prime Minister Nouri al-Maliki, its president said on Thursday."

_MARKED_CLAIM = {
    **CLAIM,
    "quote_start": 0,
    "quote_end": 74,
    "source_start": 0,
    "source_end": 4,
    "target_start": 26,
    "target_end": 41,
    "trigger_start": 5,
    "trigger_end": 10,
}

DOCUMENT_DETAIL = {
    **DOCUMENT,
    "length": 74,
    "mentions": 1,
    "claims": 1,
    "text": DOCUMENT_TEXT,
    "mention_marks": [{**MENTION, "start_char": 0, "end_char": 4}],
    "claim_marks": [_MARKED_CLAIM],
}

DOCUMENT_IN = {
    "text": DOCUMENT_TEXT,
    "title": "Tehran stands by Baghdad",
    "published_on": "2014-06-13",
    "source": "Gulf Courier",
    "external_id": "gc-0613-2",
}

INGEST = {
    "stored": 1,
    "known": 0,
    "failed": 0,
    "items": [{"origin": "body", "status": "stored", "reason": None, "document": DOCUMENT}],
}

INGEST_KNOWN = {
    "stored": 0,
    "known": 1,
    "failed": 0,
    "items": [{"origin": "body", "status": "known", "reason": None, "document": DOCUMENT}],
}

_KASSEM = {"id": "kassem-sulaimani", "name": "Kassem Sulaimani", "type": "person"}
_QASEM = {"id": "qasem-soleimani", "name": "Qasem Soleimani", "type": "person"}

JUDGEMENT_IN = {
    "left": "Kassem Sulaimani",
    "right": "qasem-soleimani",
    "verdict": "same",
    "keep": "qasem-soleimani",
    "reason": "Both command the Quds Force.",
}

JUDGEMENT = {
    "id": 3,
    "left": _KASSEM,
    "right": _QASEM,
    "verdict": "same",
    "keep": "qasem-soleimani",
    "reason": "Both command the Quds Force.",
    "judged_by": "analyst",
    "judged_at": "2026-01-05T10:15:00Z",
}

_NOWHERE = {"country_code": None, "admin1": None, "lat": None, "lon": None}

CANDIDATE = {
    "left": {**_KASSEM, "aliases": ["Sulaimani"], **_NOWHERE, "mentions": 2},
    "right": {**_QASEM, "aliases": ["Soleimani"], **_NOWHERE, "country_code": "IR", "mentions": 12},
    "score": 0.93,
    "reasons": ["'Kassem Sulaimani' and 'Qasem Soleimani' are spelled alike"],
    "left_mention": {
        "entity": _KASSEM,
        "document": _DOCUMENT_REF,
        "start_char": 611,
        "end_char": 627,
        "text": "Kassem Sulaimani",
        "resolution": "name",
        "excerpt": "General Kassem Sulaimani was seen in Samarra.",
        "excerpt_start": 603,
    },
    "right_mention": None,
}

CANDIDATE_LIST = {"shown": 1, "total": 7, "graph_version": 16, "items": [CANDIDATE]}

LIVE = {"status": "ok", "checks": {}}
READY = {"status": "ok", "checks": {"database": "schema 0001", "graph": "version 16"}}
INDEX = {
    "name": "actorgraph",
    "version": "0.1.0",
    "docs": "/docs",
    "openapi": "/openapi.json",
    "try": ["/graph/path?from=Iran&to=Karbala", "/entities?q=qud"],
}

PROBLEM_KIND = {
    "type": "/problems/unknown-name",
    "title": "Unknown name",
    "status": 404,
    "meaning": "No actor or place goes by this name or id; `suggestions` holds the closest ones.",
}

SUGGESTIONS = [{"id": "karbala", "name": "Karbala", "type": "place"}]
CANDIDATES = [
    {"id": "badr-organization", "name": "Badr Organization", "type": "armed-group"},
    {"id": "badr", "name": "Badr", "type": "place"},
]
FAULTS = [{"field": "k", "message": "should be less than or equal to 20"}]


def build_page(item: dict[str, Any]) -> dict[str, Any]:
    """Return an example of a list that goes on."""
    return {"items": [item], "total": 58, "next": "WyJpcmFuIl0"}
