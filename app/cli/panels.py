"""How help is laid out: options and commands under headings, each told once, without a frame around it."""

from collections.abc import Iterable
from typing import Any

from typer.core import TyperCommand

ASK, STORE, RUN = "Ask the graph", "Fill and correct it", "Run it"
"""The headings under which commands stand."""


class PanelCommand(TyperCommand):
    """A command whose options stand in groups, in the order in which groups first occur."""

    def format_options(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401  # typer's own signature
        """Write what can be given, arguments first."""
        rows = [
            ("Arguments" if item.param_type_name == "argument" else _find_panel(item, "Options"), record)
            for item in self.get_params(ctx)
            if (record := item.get_help_record(ctx)) is not None
        ]
        write_panels(formatter, rows)


def write_panels(formatter: Any, rows: Iterable[tuple[str, tuple[str, str]]]) -> None:  # noqa: ANN401
    """Write rows under their headings."""
    panels: dict[str, list[tuple[str, str]]] = {}
    for heading, row in rows:
        panels.setdefault(heading, []).append(row)
    filters = [heading for heading in panels if heading not in {"Arguments", "Options"}]
    for heading in dict.fromkeys([*(name for name in panels if name not in filters), *filters]):
        with formatter.section(heading):
            formatter.write_dl(panels[heading])


def list_commands(group: Any, ctx: Any, width: int) -> list[tuple[str, tuple[str, str]]]:  # noqa: ANN401
    """Return the commands of a group with their headings, each with as much of its meaning as a line holds."""
    names = [name for name in group.list_commands(ctx) if not group.get_command(ctx, name).hidden]
    room = width - 6 - max(map(len, names), default=0)
    commands = [(name, group.get_command(ctx, name)) for name in names]
    return [
        (_find_panel(command, "Commands"), (name, command.get_short_help_str(room)))
        for name, command in commands
    ]


def _find_panel(item: Any, otherwise: str) -> str:  # noqa: ANN401
    panel: str | None = getattr(item, "rich_help_panel", None)
    return panel or otherwise
