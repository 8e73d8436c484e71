"""Lines of a data file with their numbers, and the error that names a line which cannot be used."""

from collections.abc import Iterator
from pathlib import Path

from graph.errors import ActorgraphError


class UnusableExample(ActorgraphError):
    """A file of examples is missing or cannot be read, or one of its lines is not as expected.

    Attributes:
        file: Which one.
        line: Number of the line, from 1; None where it is about the file as a whole.
        fault: What is wrong.
    """

    def __init__(self, file: Path, line: int | None, fault: str) -> None:
        self.file = file
        self.line = line
        self.fault = fault
        super().__init__(f"{file}: {fault}" if line is None else f"{file}, line {line}: {fault}")


def iter_lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yield (number from 1, line without its end) of a UTF-8 file.

    Raises:
        UnusableExample: The file cannot be opened, or a line is not UTF-8.
    """
    try:
        with path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                try:
                    yield number, line.decode().rstrip("\r\n")
                except UnicodeDecodeError as error:
                    raise UnusableExample(path, number, "not UTF-8") from error
    except OSError as error:
        raise UnusableExample(path, None, error.strerror or str(error)) from error
