"""The add-on's web service, on waitress."""

from __future__ import annotations

import click
import waitress

from server import settings as setting
from server import wiring
from server.commands import show


def run(*, host: str, port: int, as_json: bool) -> None:
    app = wiring.web_app(setting.read())
    url = f"http://{host}:{port}"
    if as_json:
        show.print_json({"url": url})
    else:
        click.echo(f"Listening on {url}")
    waitress.serve(app, host=host, port=port, threads=8, _quiet=True)
