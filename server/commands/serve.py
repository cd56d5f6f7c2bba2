"""The add-on's web service, on waitress."""

from __future__ import annotations

import click
import waitress

from server import settings as setting
from server import wiring


def run(*, host: str, port: int) -> None:
    app = wiring.web_app(setting.read())
    click.echo(f"Listening on http://{host}:{port}")
    waitress.serve(app, host=host, port=port, threads=8, _quiet=True)
