"""The table that `make eval` prints: each set by kind of relation, the extractor beside the naive baseline."""

from collections.abc import Iterator, Mapping
from typing import Any

from tests.evaluation.calibration import Calibration

HEADING = f"{'':30} {'extractor':^21} {'naive baseline':^21} {'gold':>6}\n"
HEADING += f"{'':30} {'P':>6} {'R':>6} {'F1':>6}   {'P':>6} {'R':>6} {'F1':>6} {'':>6}"
_NOTHING = {"precision": 0.0, "recall": 0.0, "f1": 0.0}

Rates = Mapping[str, Any]


def format_own_set(name: str, ours: Rates, naive: Rates) -> str:
    """Return one of our own sets as lines: entities, counting edges by kind, attribution, and scope."""
    title = f"{name} ({ours['texts']} {'documents' if 'clusters' in ours else 'sentences'})"
    lines = [title, _format_row("entities", ours["entities"], naive["entities"])]
    lines += [
        _format_row(_label(kind), ours["edges"].get(kind, _NOTHING), naive["edges"].get(kind, _NOTHING))
        for kind in _order_kinds(ours["edges"], naive["edges"])
    ]
    lines.append(_format_row("claims of any scope", ours["claims"]["all"], naive["claims"]["all"]))
    lines.append(_format_row("attribution", ours["attribution"], naive["attribution"]))
    if "clusters" in ours:
        lines.append(_format_row("names grouped (B-cubed)", ours["clusters"], naive["clusters"]))
        lines += _format_shares("references", [ours["references"], naive["references"]], "accuracy")
    for share in ("polarity_accuracy", "modality_accuracy"):
        lines += _format_shares(share.replace("_", " "), [ours, naive], share)
    lines += _format_shares("type accuracy", [ours["entities"], naive["entities"]], "type_accuracy")
    return "\n".join(lines)


def format_public_set(name: str, ours: Rates, naive: Rates) -> str:
    """Return an annotated set as lines: entities, relations by kind, and signs of pairs, where it has them."""
    lines = [f"{name} ({ours['records']} records)"]
    if "entities" in ours:
        lines.append(_format_row("entities", _rename(ours["entities"]), _rename(naive["entities"])))
    own = {"all": ours.get("relations", {})} | ours.get("by_relation", {})
    other = {"all": naive.get("relations", {})} | naive.get("by_relation", {})
    lines += [
        _format_row(_label(kind), _rename(own.get(kind, {})), _rename(other.get(kind, {})))
        for kind in _order_kinds(own, other)
    ]
    if "pair_sign" in ours:
        lines += _format_shares("pair sign accuracy", [ours["pair_sign"], naive["pair_sign"]], "accuracy")
    return "\n".join(lines)


def format_errors_of_confidence(sets: Mapping[str, Calibration]) -> str:
    """Return one line a set: expected calibration error, and mean confidence beside precision."""
    lines = [f"{'expected calibration error':30} {'width':>6} {'mass':>6} {'claims':>7}"]
    lines += [
        f"{name:30} {row['ece_equal_width']:6.3f} {row['ece_equal_mass']:6.3f} {row['claims']:7}"
        for name, row in sets.items()
    ]
    return "\n".join(lines)


def _rename(rates: Rates) -> Rates:
    """Return a scorer's rates under our names."""
    return {
        "precision": rates.get("P", 0.0),
        "recall": rates.get("R", 0.0),
        "f1": rates.get("F1", 0.0),
        "gold": rates.get("gold", rates.get("tp", 0) + rates.get("fn", 0)),
    }


def _order_kinds(*sets: Rates) -> list[str]:
    return sorted({kind for rates in sets for kind in rates}, key=lambda kind: (kind != "all", kind))


def _label(kind: str) -> str:
    return "relations" if kind == "all" else f"  {kind}"


def _format_row(label: str, ours: Rates, naive: Rates) -> str:
    gold = ours.get("gold", ours.get("right", 0) + ours.get("missed", 0))
    return f"  {label:28} {_format_rates(ours)}   {_format_rates(naive)} {gold or '':>6}"


def _format_rates(rates: Rates) -> str:
    return f"{rates['precision']:6.3f} {rates['recall']:6.3f} {rates['f1']:6.3f}"


def _format_shares(label: str, sides: list[Rates], key: str) -> Iterator[str]:
    ours, naive = (f"{side[key]:6.3f}" for side in sides)
    yield f"  {label:28} {'':6} {'':6} {ours}   {'':6} {'':6} {naive}"
