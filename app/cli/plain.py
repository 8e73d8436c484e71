"""What is printed on a terminal that cannot show every character."""

import codecs
import sys

_PLAIN = {
    "→": "->",
    "←": "<-",
    "—": "-",
    "“": '"',
    "”": '"',
    "·": "|",
    "…": "...",
    "±": "+-",
}
_HANDLER = "actorgraph-plain"


def spell_out(error: UnicodeError) -> tuple[str, int]:
    """Return what stands for characters that an encoding lacks: arrows keep their direction, names their sound."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    from anyascii import anyascii

    lacking = error.object[error.start : error.end]
    return "".join(_PLAIN.get(char) or anyascii(char) or "?" for char in lacking), error.end


def soften_streams() -> None:
    """Make standard output and error spell out what they cannot show, where they would fail otherwise."""
    codecs.register_error(_HANDLER, spell_out)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors=_HANDLER)
