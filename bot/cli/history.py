"""Commands on the history of the configuration: who changed what, and taking it back."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.session import (
    HERE,
    AsJson,
    Workspace,
    author_of,
    open_commands,
    run,
    show_either,
)

if TYPE_CHECKING:
    from rich.console import RenderableType

    from bot.model import ConfigChange, ConfigEdit

Change = Annotated[
    str, typer.Argument(metavar="CHANGE", help="Its name in `history`; without one the newest.")
]


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command()(history)
    app.command()(undo)


def history(as_json: AsJson = False, workspace: Workspace = HERE) -> None:
    """List who changed feeds, schedules and settings, newest first."""

    async def command() -> None:
        async with open_commands() as commands:
            changes = await commands.list_history(workspace)
        show_either(changes, _shape_all, _render_all, as_json=as_json)

    run(command)


def undo(change: Change = "", workspace: Workspace = HERE) -> None:
    """Take back a change of the last 24 hours."""

    async def command() -> None:
        async with open_commands() as commands:
            done = await commands.undo(workspace, change, by=author_of(commands))
        for edit in done.edits:
            print(f"Undone: {_tell(edit)}")

    run(command)


def _shape_all(changes: Sequence["ConfigChange"]) -> list[dict[str, object]]:
    return [
        {
            "change": change.batch,
            "at": change.at.isoformat(),
            "member": change.member,
            "edits": [
                {"kind": e.kind.value, "name": e.name, "before": e.before, "after": e.after}
                for e in change.edits
            ],
            "undone_at": change.undone_at.isoformat() if change.undone_at else None,
            "undone_by": change.undone_by,
        }
        for change in changes
    ]


def _render_all(changes: Sequence["ConfigChange"]) -> "RenderableType":
    from rich.text import Text

    return Text("\n".join(_list_lines(changes)) or "Nothing was changed.")


def _list_lines(changes: Sequence["ConfigChange"]) -> Iterator[str]:
    for change in changes:
        end = ", undone" if change.undone_at else ""
        yield f"{change.at:%Y-%m-%d %H:%M} UTC · {change.member} · {change.batch}{end}"
        yield from (f"  {_tell(edit)}" for edit in change.edits)


def _tell(edit: "ConfigEdit") -> str:
    """One value before and after, in a line: what is new, what is gone, or what differs."""
    if edit.before is None or edit.after is None:
        return f"{edit.kind} {edit.name}: {'added' if edit.before is None else 'removed'}"
    changed = [name for name in edit.after if edit.after[name] != edit.before.get(name)]
    steps = [f"{n} {_word(edit.before, n)} → {_word(edit.after, n)}" for n in changed]
    return f"{edit.kind} {edit.name}: {', '.join(steps)}"


def _word(values: Mapping[str, object], name: str) -> str:
    value = values.get(name)
    if isinstance(value, list | tuple):
        return " ".join(map(str, value)) or "none"
    return str(value)
