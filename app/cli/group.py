"""How the command line fails: one clear line on standard error, 2 for a wrong call, 1 for everything else."""

import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NoReturn

import typer
from typer.core import TyperGroup

from app.cli.panels import list_commands, write_panels

if TYPE_CHECKING:
    from pydantic import ValidationError

# Typer carries its own copy of click in newer versions; this is its base of errors in either.
_CallError: type[Exception] = typer.BadParameter.__mro__[2]

INTERRUPTED = 130
_ARGUMENTS = {"from": "A", "to": "B", "metric": "METRIC", "k": "-k"}
"""What the command line calls those parts of a question that are no long options."""
_ARGUMENTS_OF = {"diff": {"from": "FROM", "to": "TO"}, "timeline": {"of": "NAME"}}
"""The same where a command has names of its own."""
_VALUE = re.compile(r"Invalid value for '([^']+)': Input (should [^,]*)(,.*)?")


class CommandFailed(Exception):  # reads as what happened
    """A command cannot do what was asked; the message is the line to show."""


def _fail(message: str, code: int) -> NoReturn:
    line = " ".join(message.split())
    sys.stdout.flush()
    print(f"actorgraph: {line}", file=sys.stderr)  # noqa: T201  # the terminal is what this is for
    raise SystemExit(code)


def _describe_call_error(error: Exception) -> str:
    message: str = getattr(error, "format_message", lambda: str(error))()
    context = getattr(error, "ctx", None)
    where = context.command_path if context is not None else "actorgraph"
    if told := _VALUE.fullmatch(message.removesuffix(".")):
        message = f"{told[1]}: {told[2].replace('a valid number', 'a number')}"
    end = "" if message.endswith(("?", ".")) else "."
    return f"{message.removesuffix('?.')}{end} See `{where} --help`."


def _describe_validation(error: "ValidationError", command: str) -> str:
    """Say what is wrong with an option in the words of the option."""
    from app.faults import word_fault

    parts = []
    for fault in error.errors():
        name = _name_option(str(fault["loc"][0]), command) if fault["loc"] else "the call"
        parts.append(f"{name}: {word_fault(fault)}")
    return "; ".join(parts)


def _name_option(option: str, command: str) -> str:
    """Return what a command calls a part of a question."""
    argument = _ARGUMENTS_OF.get(command, {}).get(option) or _ARGUMENTS.get(option)
    return argument or "--" + option.replace("_", "-")


def _close_pipe() -> NoReturn:
    """Whoever read our output has seen enough; leave without a word, and without one at shutdown."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    raise SystemExit(0)


@contextmanager
def _telling_interrupts() -> Iterator[None]:
    """Make an abort of Ctrl-C, which typer would take for an exit without a word."""
    try:
        yield
    except KeyboardInterrupt as error:
        raise typer.Abort from error


class OneLineGroup(TyperGroup):
    """The root command; catches what its commands raise at the outermost edge."""

    _command = ""

    def main(  # type: ignore[override]  # typer's own has more names for what is passed on
        self,
        args: Sequence[str] | None = None,
        **extra: Any,  # noqa: ANN401
    ) -> Any:  # noqa: ANN401
        """Run the command line, turning every expected failure into one line and an exit status."""
        standalone = extra.pop("standalone_mode", True)
        # However it was started, advice names the command that is installed.
        extra["prog_name"] = "actorgraph"
        try:
            result = super().main(args, standalone_mode=False, **extra)
        except _CallError as error:
            if type(error).__name__ == "NoArgsIsHelpError":
                print(error.format_message() if hasattr(error, "format_message") else error)  # noqa: T201
                raise SystemExit(0) from None
            _fail(_describe_call_error(error), 2)
        except (KeyboardInterrupt, typer.Abort):
            _fail("stopped.", INTERRUPTED)
        except CommandFailed as error:
            _fail(str(error), 1)
        except OSError as error:
            _fail(f"{error.filename}: {error.strerror}" if error.filename else str(error), 1)
        except Exception as error:  # noqa: BLE001  # the outermost edge: one line, never a stack
            self._fail_unforeseen(error)
        if standalone:
            raise SystemExit(result if isinstance(result, int) else 0)
        return result

    def make_context(self, *args: Any, **extra: Any) -> Any:  # noqa: ANN401  # typer's own signature
        """Read what was typed; an interrupt is told as one of a command is."""
        with _telling_interrupts():
            return super().make_context(*args, **extra)

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401  # typer's own signature
        """Run a command; where nobody reads its output any more, that is no failure."""
        try:
            with _telling_interrupts():
                result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            _close_pipe()
        finally:
            self._command = ctx.invoked_subcommand or ""
        return result

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401  # typer's own signature
        """Write what there is to do, under headings."""
        write_panels(formatter, list_commands(self, ctx, formatter.width))

    def _fail_unforeseen(self, error: Exception) -> NoReturn:
        """Handle what needs the domain loaded to be told apart; loading it now costs nothing that matters."""
        from pydantic import ValidationError

        from graph.errors import ActorgraphError, InvalidQuery

        if os.environ.get("ACTORGRAPH_DEBUG"):
            raise error
        if isinstance(error, InvalidQuery):
            _fail(f"{_name_option(error.option, self._command)}: {str(error).partition(': ')[2]}", 2)
        if isinstance(error, ActorgraphError):
            _fail(str(error), 1)
        if isinstance(error, ValidationError):
            _fail(_describe_validation(error, self._command), 2)
        _fail(
            f"internal error ({type(error).__name__}: {error}). Run again with ACTORGRAPH_DEBUG=1 to see where.",
            1,
        )
