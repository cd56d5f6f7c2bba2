"""Print the deployment manifest for an address."""

from __future__ import annotations

import click

from server import manifest
from server import settings as setting
from server.commands import show
from server.plans.trouble import Invalid


def run(*, base_url: str | None, as_json: bool) -> None:
    made = manifest.for_base_url(manifest.load(), base_url or setting.read().base_url)
    problems = manifest.check(made)
    if problems:
        raise Invalid("The manifest can't be deployed: " + " ".join(problems), place="manifest.json")
    show.print_json(made)
    if not as_json:
        click.echo(
            "# deploy with: gcloud workspace-add-ons deployments create senplans --deployment-file=FILE", err=True
        )
