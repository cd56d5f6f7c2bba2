"""A sandbox on a port, for other people's clients and tests."""

from __future__ import annotations

import threading

import click

from sandbox.server import RunningSandbox, serve
from sandbox.state import User, Workspace
from server.commands import show
from server.demo import sample
from server.demo.world import World

SOMEBODY = "owner@sandbox.example"


def run(*, port: int, seed: str, open_access: bool, as_json: bool) -> None:
    with show.port_taken(port), _start(port, seed, open_access=open_access) as running:
        if as_json:
            show.print_json({"url": running.url, "control": f"{running.url}/_sandbox/"})
        else:
            click.echo(f"A pretend Google Workspace at {running.url}, controlled at {running.url}/_sandbox/.")
            click.echo("Stop it with Ctrl-C.")
        threading.Event().wait()


def _start(port: int, seed: str, *, open_access: bool) -> RunningSandbox:
    if seed == "sample":
        plans = sample.load()
        assert plans.anchor is not None
        running = World(plans, plans.anchor, port=port).sandbox
        running.workspace.open_access = open_access
        return running
    workspace = Workspace(open_access=open_access)
    if open_access:
        workspace.users[SOMEBODY] = User(email=SOMEBODY, name="Sandbox owner")
    return serve(workspace, port)
