"""One file per format: bytes to RawDocument."""
