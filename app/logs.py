"""Log lines on standard error: JSON for machines, short words on a terminal. A line holds `fields`, never a body."""

import logging
import sys
from datetime import UTC, datetime
from typing import Any

import orjson


class JsonFormatter(logging.Formatter):
    """Writes time, level, logger, message and the record's `fields`."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one line of JSON."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, tz=UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
        return orjson.dumps(line).decode()


class WordFormatter(logging.Formatter):
    """Writes the time of day, and of a request what whoever watches a terminal wants to see."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one line of words."""
        time = datetime.fromtimestamp(record.created).astimezone().strftime("%H:%M:%S")
        fields = getattr(record, "fields", {})
        if {"method", "path", "status", "ms"} <= fields.keys():
            return f"{time} {fields['method']} {fields['path']} {fields['status']} {fields['ms']:,.0f} ms"
        words = [record.getMessage(), *(f"{name}={value}" for name, value in fields.items())]
        if record.exc_info and record.exc_info[0]:
            words.append(record.exc_info[0].__name__)
        return f"{time} {record.levelname.lower()}: {' '.join(words)}"


def configure_logs(level: str) -> None:
    """Send every logger's lines to standard error, from this level up; those of the server and the compiler only where they warn."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(WordFormatter() if sys.stderr.isatty() else JsonFormatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for verbose in ("uvicorn", "numba"):
        logging.getLogger(verbose).setLevel(max(root.level, logging.WARNING))
