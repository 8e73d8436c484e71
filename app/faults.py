"""What is wrong with a part of a request, in the words of whoever sent it: over HTTP and on the command line alike."""

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

_WORDS = {
    "missing": "is required",
    "int_parsing": "should be a whole number",
    "int_from_float": "should be a whole number",
    "float_parsing": "should be a number",
    "bool_parsing": "should be true or false",
    "string_pattern_mismatch": "holds characters that it cannot have",
    "model_type": "should be a JSON object",
    "model_attributes_type": "should be a JSON object",
    "dict_type": "should be a JSON object",
}
_LEAD = re.compile(r"^(Value error, |(Input|String|Value|List) (?=should))")
_SHOWN_CHARS = 40


def word_fault(fault: Mapping[str, Any], known: Iterable[str] = ()) -> str:
    """Return what one fault that pydantic found means.

    Args:
        fault: One of `ValidationError.errors()`.
        known: The names that could have been given, for advice on one that could not.
    """
    kind = fault["type"]
    if kind == "extra_forbidden":
        closest = get_close_matches(str(fault["loc"][-1]), list(known), n=1)
        return "there is no such option" + (f"; did you mean {closest[0]}?" if closest else "")
    if kind.startswith("date"):
        return f"{str(fault['input'])[:_SHOWN_CHARS]!r} is not a date; write it like 2014-06-12"
    return _WORDS.get(kind) or _LEAD.sub("", fault["msg"]).replace(" after validation", "")
