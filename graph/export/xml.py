"""How values are written in XML 1.0."""

import re

from graph.export.assembly import Notation

_ILLEGAL = re.compile("[^\\t\\n\\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#9;"}
)
_ELEMENT_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;"})


def escape_text(text: str) -> str:
    """Return a text as it stands between tags; characters that XML forbids are left out."""
    return _ILLEGAL.sub("", text).translate(_ELEMENT_ESCAPES)


def escape_attribute(text: str) -> str:
    """Return a text as it stands in an attribute, where readers would make blanks of line ends and tabs."""
    return _ILLEGAL.sub("", text).translate(_ESCAPES)


_SPECIAL = r'[&<>"\x00-\x08\x0b-\x1f\x{fffe}\x{ffff}]'

_SUSPECTS = b'&<>"\xef'

TEXT = Notation(_SPECIAL, escape_text, leaves_out_empty=True, suspects=_SUSPECTS)
"""Between tags. An empty text would be a wrong value, so it is left out with what surrounds it."""

ATTRIBUTE = Notation(_SPECIAL.replace(r"\x08\x0b", r"\x08\x09\x0a\x0b"), escape_attribute, suspects=_SUSPECTS)
"""Between the quotes of an attribute."""

VALUE = ATTRIBUTE._replace(leaves_out_empty=True)
"""Between the quotes of an attribute of an element that is left out where there is no value."""
