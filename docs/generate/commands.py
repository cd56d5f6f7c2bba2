"""``cli.md``: what ``senplans --help`` says, for every command."""

from __future__ import annotations

from collections.abc import Iterator

import click

from docs.generate import markdown
from server.cli import main

WIDTH = 100
ABOUT = """
Every command has `--help`; this page is that help. Commands that act for a school need to know who acts: see
[settings](settings.md). A command that fails prints one sentence and exits with 1; a command that was typed wrongly
exits with 2."""


def page() -> str:
    return markdown.page("Commands", ABOUT, *_blocks())


def _blocks() -> Iterator[str]:
    top = click.Context(main, info_name="senplans", max_content_width=WIDTH, terminal_width=WIDTH)
    yield _block("senplans", main.get_help(top))
    for name, command in sorted(main.commands.items()):
        context = click.Context(command, info_name=name, parent=top, max_content_width=WIDTH, terminal_width=WIDTH)
        yield _block(f"senplans {name}", command.get_help(context))
        if isinstance(command, click.Group):
            yield from _inner(command, context)


def _inner(group: click.Group, context: click.Context) -> Iterator[str]:
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        inner = click.Context(command, info_name=name, parent=context, max_content_width=WIDTH, terminal_width=WIDTH)
        yield _block(inner.command_path, command.get_help(inner))


def _block(title: str, text: str) -> str:
    return f"## {title}\n\n```text\n{text.strip()}\n```"
