"""The service: everything that speaks HTTP or to a terminal."""
