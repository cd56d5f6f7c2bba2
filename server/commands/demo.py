"""The demo: the whole round on one machine, headless (``--once``) or as a page to click through."""

from __future__ import annotations

import webbrowser
from datetime import date
from pathlib import Path
from typing import Any

import click

from server.commands import show
from server.demo import sample
from server.demo.journey import once as play_once
from server.plans.trouble import Invalid

NO_DAY = "The file has no '_meta.anchor_date', so say which day it is with --today YYYY-MM-DD."


def run(*, once: bool, path: str | None, port: int, browser: bool, today: str | None, as_json: bool) -> None:
    plans = sample.load(Path(path) if path else None)
    day = _day(today, plans)
    if once:
        _once(plans, day, as_json=as_json)
        return
    from server.demo.page import serve_page

    say = _silence if as_json else click.echo
    with show.port_taken(port), serve_page(plans, day, port=port, say=say) as page:
        if as_json:
            show.print_json({"url": page.url, "addon_url": page.addon_url})
        else:
            click.echo(f"\nThe demo is at {page.url}  (stop it with Ctrl-C)")
        if browser:
            webbrowser.open(page.url)
        page.wait()


def _silence(_line: str) -> None:
    """Where a machine reads, only the JSON object counts."""


def _day(text: str | None, plans: sample.SampleFile) -> date:
    if text:
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise Invalid("--today takes a date such as 2026-11-23.", place=text) from None
    if plans.anchor is None:
        raise Invalid(NO_DAY)
    return plans.anchor


def _once(plans: sample.SampleFile, day: date, *, as_json: bool) -> None:
    with show.progress(quiet=as_json) as tell:
        report = play_once(plans, day, tell)
    if as_json:
        show.print_json(report)
        return
    for school in report["schools"]:
        click.echo(_line(school))
    for played in report["runs"]:
        count = sum(played["calls"].values())
        click.echo(f"{played['name']} run: {count} calls, {played['writes']} writes, {played['seconds']} s")


def _line(school: dict[str, Any]) -> str:
    found = (len(school["findings"]), len(school["problems"]), len(school["events"]), len(school["copies"]))
    return "{}: {} findings, {} unread cells, {} events, {} copies".format(school["setting_id"], *found)
