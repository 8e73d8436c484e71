"""Examples of the answers about communities and balance, as the API's documentation shows them."""

from typing import Any

from app.examples import PATH, RELATION

_PATH: dict[str, Any] = PATH
_IRAN: dict[str, Any] = _PATH["from"]
_MALIKI: dict[str, Any] = _PATH["to"]
_SAUDI = {"id": "saudi-arabia", "name": "Saudi Arabia", "type": "country"}
_ISIS = {"id": "isis", "name": "ISIS", "type": "armed-group"}
_QUOTE = _PATH["paths"][0]["hops"][0]["quotes"][0]

_BACKING = {"edge": RELATION, "quotes": [_QUOTE]}
_NONE: dict[str, Any] = {"shown": 0, "total": 0, "items": []}


def _build_opposition(source: dict[str, str], target: dict[str, str]) -> dict[str, Any]:
    edge = {
        **RELATION,
        "id": f"{source['id']}.opposes.{target['id']}",
        "source": source["id"],
        "target": target["id"],
        "source_name": source["name"],
        "target_name": target["name"],
        "kind": "opposes",
        "how": "accuses",
        "sign": -1,
        "confidence": 0.8,
    }
    return {"edge": edge, "quotes": []}


_ALLIANCE = {
    "left": _IRAN,
    "right": _MALIKI,
    "sign": 1,
    "confidence": 0.91,
    "support": 0.91,
    "opposition": 0.0,
    "disputed": False,
    "relations": [_BACKING],
}


def _build_enmity(left: dict[str, str], right: dict[str, str]) -> dict[str, Any]:
    return {
        "left": left,
        "right": right,
        "sign": -1,
        "confidence": 0.8,
        "support": 0.0,
        "opposition": 0.8,
        "disputed": False,
        "relations": [_build_opposition(left, right)],
    }


_TRIAD = {
    "actors": [_IRAN, _MALIKI, _SAUDI],
    "signs": "+--",
    "balanced": True,
    "confidence": 0.58,
    "ties": [_ALLIANCE, _build_enmity(_IRAN, _SAUDI), _build_enmity(_MALIKI, _SAUDI)],
}
_TORN = {
    "actors": [_ISIS, _MALIKI, _SAUDI],
    "signs": "---",
    "balanced": False,
    "confidence": 0.51,
    "ties": [_build_enmity(_ISIS, _MALIKI), _build_enmity(_ISIS, _SAUDI), _build_enmity(_MALIKI, _SAUDI)],
}

BALANCE = {
    "graph_version": 16,
    "actors": 4,
    "ties": {"positive": 1, "negative": 4, "ambivalent": 0},
    "triads": {
        "counts": {"+++": 0, "++-": 0, "+--": 1, "---": 1},
        "balanced_share": 0.5,
        "expected_share": 0.392,
        "unbalanced": {"shown": 1, "total": 1, "items": [_TORN]},
        "balanced": {"shown": 1, "total": 1, "items": [_TRIAD]},
    },
    "frustration": {
        "weight": "ties",
        "exact": True,
        "lower": 1.0,
        "upper": 1.0,
        "total": 5.0,
        "balanced_share": 0.6,
        "method": "exact: reduction (Ferizovic et al. 2020), then enumeration, cycle packing or binary programming "
        "(Aref, Mason and Wilson 2020)",
    },
    "parts": {
        "shown": 1,
        "total": 1,
        "items": [
            {
                "actors": 4,
                "ties": 5,
                "first": {"shown": 2, "total": 2, "items": [_MALIKI, _IRAN]},
                "second": {"shown": 2, "total": 2, "items": [_SAUDI, _ISIS]},
                "loose": [_ISIS],
                "contradictions": {"shown": 1, "total": 1, "items": [_build_enmity(_ISIS, _SAUDI)]},
            }
        ],
    },
    "walks": {
        "share": 0.63,
        "error": 0.0,
        "method": "tr exp(A) / tr exp(|A|) (Estrada and Benzi 2014)",
        "actors": [{"entity": _ISIS, "ties": 2, "share": 0.51}],
    },
    "ambivalent": _NONE,
    "to_check": {
        "shown": 1,
        "total": 3,
        "items": [
            {
                "tie": _build_enmity(_ISIS, _SAUDI),
                "settles": 1.0,
                "contradicts_split": True,
                "action": "flip",
                "triads_flipped": 1,
                "triads_removed": 1,
            }
        ],
    },
    "over_time": [
        {
            "day": "2014-06-30",
            "actors": 4,
            "ties": {"positive": 1, "negative": 4, "ambivalent": 0},
            "balanced_triads": 1,
            "unbalanced_triads": 1,
            "frustration_lower": 1.0,
            "frustration_upper": 1.0,
        }
    ],
}

BALANCE_SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 960 280" role="img" aria-labelledby="title desc">
<title id="title">Coalitions and what contradicts them</title>
<desc id="desc">Nouri al-Maliki, Iran against Saudi Arabia, ISIS.</desc>
</svg>
"""

COMMUNITIES = {
    "graph_version": 16,
    "signs": "signed",
    "method": "Leiden (Traag, Waltman and van Eck 2019) on what ties, then moves that raise signed modularity "
    "(Gómez, Jensen and Arenas 2009)",
    "modularity": 0.62,
    "resolution": 1.0,
    "seed": 0,
    "communities": {
        "shown": 1,
        "total": 1,
        "items": [
            {
                "number": 1,
                "name": "Iran and Nouri al-Maliki",
                "members": {
                    "shown": 2,
                    "total": 2,
                    "items": [{"entity": _IRAN, "strength": 0.91}, {"entity": _MALIKI, "strength": 0.91}],
                },
                "ties": {"shown": 1, "total": 1, "items": [_BACKING]},
                "strains": _NONE,
            }
        ],
    },
    "borders": {
        "shown": 1,
        "total": 1,
        "items": [
            {
                "left": 1,
                "right": 2,
                "weight": 0.8,
                "cuts": {"shown": 1, "total": 1, "items": [_build_opposition(_IRAN, _SAUDI)]},
                "bridges": _NONE,
            }
        ],
    },
    "alone": {"shown": 1, "total": 1, "items": [_ISIS]},
}
