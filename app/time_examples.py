"""Examples of the answers about time, as the API's documentation shows them."""

from typing import Any

from app.examples import EDGE, PATH, RELATION

_PATH: dict[str, Any] = PATH
_IRAN = PATH["from"]
_MALIKI = PATH["to"]
_ISIS = {"id": "isis", "name": "ISIS", "type": "armed-group"}
_QUOTE = _PATH["paths"][0]["hops"][0]["quotes"][0]
_NONE = {"claims": 0, "kinds": {}, "denied": 0, "possible": 0}

TIMELINE = {
    "of": [_IRAN],
    "bucket": "week",
    "clock": "published",
    "stories_once": False,
    "kinds": ["supports", "opposes"],
    "shown": 9,
    "total": 10,
    "graph_version": 16,
    "buckets": [
        {
            "start": "2014-06-02",
            "end": "2014-06-08",
            "claims": 2,
            "kinds": {"supports": 2},
            "denied": 0,
            "possible": 0,
        },
        {
            "start": "2014-06-09",
            "end": "2014-06-15",
            "claims": 7,
            "kinds": {"supports": 4, "opposes": 3},
            "denied": 1,
            "possible": 2,
        },
    ],
    "undated": {"claims": 1, "kinds": {"opposes": 1}, "denied": 0, "possible": 0},
    "before": _NONE,
    "after": _NONE,
}

TIMELINE_SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 960 420" role="img" aria-labelledby="title desc">
<title id="title">Claims about Iran per week</title>
<desc id="desc">9 claims from 2014-06-02 to 2014-06-15, counted by day of publication: 6 supports, 3 opposes.</desc>
<g><title>2014-06-09: 7 claims (supports 4, opposes 3)</title><rect x="700" y="120" width="48" height="240"/></g>
</svg>
"""

_BEFORE = {**EDGE, "claims": 1, "independent_sources": 1, "confidence": 0.62, "last": "2014-06-12"}
_DISPUTED = {**EDGE, "disputed": True, "denials": 1}
_FRIENDS = {**_BEFORE, "id": "iran.supports.isis", "target": "isis"}
_FOES = {**EDGE, "id": "iran.opposes.isis", "kind": "opposes", "how": "attacks", "sign": -1, "target": "isis"}

DIFF = {
    "from": "2014-06-12",
    "to": "2014-06-16",
    "reading": "held",
    "of": [_IRAN],
    "shown": {"appeared": 1, "ended": 1, "changed_sign": 1, "became_disputed": 1},
    "total": {"appeared": 4, "ended": 1, "changed_sign": 1, "became_disputed": 1},
    "graph_version": 16,
    "appeared": [
        {
            "relation": {**RELATION, **_FOES, "target_name": "ISIS"},
            "before": None,
            "after": _FOES,
            "claims": ["d-7f3a90c1d2e4-4", "d-3c5e0b7a9f12-1"],
            "day": "2014-06-13",
            "quotes": [_QUOTE],
        }
    ],
    "ended": [
        {
            "relation": {**RELATION, **_FRIENDS, "target_name": "ISIS"},
            "before": _FRIENDS,
            "after": None,
            "claims": ["d-11d0c2b3a4e5-2"],
            "day": "2014-06-14",
            "quotes": [_QUOTE],
        }
    ],
    "changed_sign": [
        {
            "source": _IRAN,
            "target": _ISIS,
            "sign_before": 1,
            "sign_after": -1,
            "before": [_FRIENDS],
            "after": [_FOES],
            "claims": ["d-11d0c2b3a4e5-2", "d-7f3a90c1d2e4-4"],
            "quotes": [_QUOTE],
        }
    ],
    "became_disputed": [
        {
            "relation": {**RELATION, **_DISPUTED},
            "before": _BEFORE,
            "after": _DISPUTED,
            "claims": ["d-90aa12bc34de-3"],
            "day": "2014-06-15",
            "quotes": [{**_QUOTE, "polarity": "denied"}],
        }
    ],
}
