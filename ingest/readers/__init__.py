"""One file per format: bytes to RawDocument.

`read_paths` walks files, folders, globs and standard input; `read_bytes` reads one upload. Neither stops at a bad
document: what cannot be read comes back as a `ReadFailure` with its reason, in its place.
"""

from ingest.readers.decoding import DEFAULT_MAX_CHARS, UnreadableText
from ingest.readers.dispatch import ReadFailure, ReadResult, read_bytes
from ingest.readers.paths import expand_paths, read_paths

__all__ = [
    "DEFAULT_MAX_CHARS",
    "ReadFailure",
    "ReadResult",
    "UnreadableText",
    "expand_paths",
    "read_bytes",
    "read_paths",
]
