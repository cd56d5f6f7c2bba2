"""A sandbox on a port, for other people's clients and tests."""

from __future__ import annotations

import threading

import click

from sandbox.host import register_host
from sandbox.server import RunningSandbox, serve
from sandbox.state import User, Workspace
from server.commands import show
from server.demo import sample
from server.demo.world import World

SOMEBODY = "owner@sandbox.example"


def run(*, port: int, seed: str, open_access: bool, as_json: bool) -> None:
    with show.port_taken(port), start(port, seed, open_access=open_access) as running:
        if as_json:
            show.print_json({"url": running.url, "control": f"{running.url}/_sandbox/"})
        else:
            click.echo(f"A pretend Google Workspace at {running.url}, controlled at {running.url}/_sandbox/.")
            click.echo("Stop it with Ctrl-C.")
        threading.Event().wait()


def start(port: int, seed: str, *, open_access: bool) -> RunningSandbox:
    """A running sandbox with the sample's people in it, or nobody; its front page says what it is."""
    running = _seeded(port) if seed == "sample" else serve(Workspace(), port)
    running.workspace.open_access = open_access
    if open_access and not running.workspace.users:
        running.workspace.users[SOMEBODY] = User(email=SOMEBODY, name="Sandbox owner")
    register_host(running.app, running.workspace)
    return running


def _seeded(port: int) -> RunningSandbox:
    plans = sample.load()
    assert plans.anchor is not None
    return World(plans, plans.anchor, port=port).sandbox
