"""``senplans``: the same workflows as the side panel's cards, for a terminal and for machines (``--json``)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from server.commands.show import sentence
from server.plans.trouble import Trouble

F = TypeVar("F", bound=Callable[..., Any])

as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else.")
dry_run = click.option("--dry-run", is_flag=True, help="Say what would be done; change nothing.")
today = click.option("--today", metavar="YYYY-MM-DD", help="Act as if it were this day.")
school = click.option("--school", "school_id", metavar="ID", help="Which school, where this account runs several.")


def identity(command: F) -> F:
    """Options that say who acts, where."""
    options = (
        click.option("--token", help="Access token of the person who acts. [env: SENPLANS_TOKEN]"),
        click.option("--publisher", metavar="EMAIL", help="That person's address. [env: SENPLANS_PUBLISHER]"),
        click.option("--google-url", metavar="URL", help="A stand-in for Google. [env: SENPLANS_GOOGLE_URL]"),
    )
    for option in reversed(options):
        command = option(command)
    return command


class Group(click.Group):
    """Turns our errors into a sentence and exit code 1, never into a traceback.

    Commands import what they do when they do it: the sandbox loads for the demo and the sandbox alone."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except Trouble as trouble:
            raise click.ClickException(sentence(trouble)) from trouble


class TemplateCommands(click.Group):
    """Found when they are asked for, like all commands."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return self._found().list_commands(ctx)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return self._found().get_command(ctx, cmd_name)

    def _found(self) -> click.Group:
        from server.commands.templates import templates

        return templates


@click.group(cls=Group)
@click.version_option(package_name="senplans")
def main() -> None:
    """SEN plans that live in a school's own Google Workspace."""
    from server.memory import collect_rarely

    collect_rarely()


@main.command()
@click.option("--once", is_flag=True, help="Run the round twice without a browser, report, and stop.")
@click.option("--school", "path", type=click.Path(exists=True, dir_okay=False), help="A file in the sample's format.")
@click.option("--port", type=int, default=8765, show_default=True, help="Where the page is served.")
@click.option("--browser/--no-browser", default=True, help="Open the page in the browser.")
@today
@as_json
def demo(**options: Any) -> None:
    """The whole round on this machine: a pretend Google, three invented schools, the side panel."""
    from server.commands.demo import run

    run(**options)


@main.command()
@click.option("--port", type=int, default=8931, show_default=True, help="Where the sandbox listens.")
@click.option(
    "--seed", type=click.Choice(["sample", "empty"]), default="empty", show_default=True, help="Who is there."
)
@click.option("--open", "open_access", is_flag=True, help="Take any bearer token as one user with every scope.")
@as_json
def sandbox(**options: Any) -> None:
    """A Google Workspace on this machine, for trying things and for tests."""
    from server.commands.sandbox import run

    run(**options)


@main.command()
@click.option("--port", type=int, default=8080, show_default=True, help="Where the service listens.")
@click.option("--host", default="127.0.0.1", show_default=True, help="On which address.")
@as_json
def serve(**options: Any) -> None:
    """The add-on's web service. Settings come from the environment."""
    from server.commands.serve import run

    run(**options)


@main.command()
@click.option("--id", "school_id", required=True, help="A short id for the school, such as its URN.")
@click.option("--name", required=True, help="The school's name, as parents know it.")
@click.option("--from", "path", type=click.Path(exists=True, dir_okay=False), help="Start with a file of plans.")
@click.option(
    "--workbooks",
    type=click.Choice(["whole-school", "class", "year-group", "key-stage"]),
    default="whole-school",
    show_default=True,
    help="One plan workbook for all, or one for each class, year group or key stage.",
)
@identity
@dry_run
@as_json
def install(**options: Any) -> None:
    """Make a school's folder, workbooks and template, then run once. Running it again makes nothing twice."""
    from server.commands.school import install

    install(**options)


@main.command()
@school
@identity
@today
@as_json
def check(**options: Any) -> None:
    """Read a school's workbooks and say what is missing, due or not understood. Changes nothing."""
    from server.commands.school import check

    check(**options)


@main.command()
@school
@identity
@today
@dry_run
@as_json
def publish(**options: Any) -> None:
    """Bring every household's copy up to date and share it with exactly those who may read it."""
    from server.commands.school import publish

    publish(**options)


@main.command()
@school
@identity
@today
@dry_run
@as_json
def sync(**options: Any) -> None:
    """Bring the review calendar up to date with the Meetings tab."""
    from server.commands.school import sync

    sync(**options)


@main.command()
@click.option("--list", "key", default="", metavar="LIST", help="One worklist, such as overdue or not-booked.")
@click.option("--mine", "own", default="", metavar="STAFF_ID", help="Only what waits for this colleague.")
@school
@identity
@today
@as_json
def worklists(**options: Any) -> None:
    """Say what waits: due, overdue, not booked, not shared, not answered; with whose move is next."""
    from server.commands.work import run

    run(**options)


@main.command(name="today")
@click.option("--mine", "own", default="", metavar="STAFF_ID", help="Only what this colleague gives or answers for.")
@school
@identity
@today
@as_json
def todays(**options: Any) -> None:
    """List the sessions of help that are planned for the day, and what was written down of them."""
    from server.commands.work import today as the_day

    the_day(**options)


@main.command()
@school
@identity
@dry_run
@as_json
def upgrade(**options: Any) -> None:
    """Add this version's new tabs, columns and choices to a school's workbooks. Nothing that is there changes."""
    from server.commands.upgrade import upgrade

    upgrade(**options)


@main.group()
def classes() -> None:
    """Plan workbooks by class, year group or key stage: add one, move pupils, change the shape."""


@classes.command("add")
@click.argument("name")
@school
@identity
@today
@dry_run
@as_json
def classes_add(**options: Any) -> None:
    """Make the plan workbook of one more class (or year group, or key stage)."""
    from server.commands.classes import add

    add(**options)


@classes.command("move")
@click.option("--pupil", "pupils", multiple=True, metavar="ID", help="Whom to move; may be given more than once.")
@click.option("--to", default="", metavar="CLASS", help="Type this class into their rows first.")
@school
@identity
@today
@dry_run
@as_json
def classes_move(**options: Any) -> None:
    """Move pupils, with all their rows, to the workbook of their class. Without --pupil: everybody misplaced."""
    from server.commands.classes import move

    move(**options)


@classes.command("regroup")
@school
@identity
@today
@dry_run
@as_json
def classes_regroup(**options: Any) -> None:
    """Make the plan workbooks what “Plan workbooks” in Settings asks for, and move every pupil to theirs."""
    from server.commands.classes import move

    move(pupils=(), to="", **options)


@main.group()
def cycles() -> None:
    """Assess, Plan, Do, Review: who waits for the next cycle, and its draft."""


@cycles.command("due")
@school
@identity
@today
@as_json
def cycles_due(**options: Any) -> None:
    """List pupils whose last cycle has ended and who have no open one. Changes nothing."""
    from server.commands.cycles import due

    due(**options)


@cycles.command("next")
@click.argument("pupil", metavar="PUPIL")
@click.option("--cycle", default="", metavar="ID", help="After which cycle. [default: the one that waits]")
@school
@identity
@today
@dry_run
@as_json
def cycles_next(**options: Any) -> None:
    """Draft a pupil's next cycle from the one reviewed last, with what its decision leads to. Never twice."""
    from server.commands.cycles import next_cycle

    next_cycle(**options)


@main.group()
def report() -> None:
    """The school as a whole: its provision map, counts for governors, files kept long enough."""


@report.command("provision-map")
@school
@identity
@today
@as_json
def report_provision_map(**options: Any) -> None:
    """What help costs, whose hours it takes, what it changed. For staff; changes nothing."""
    from server.commands.reports import provision_map_of

    provision_map_of(**options)


@report.command("governors")
@click.argument("path", metavar="FILE.pdf", type=click.Path(dir_okay=False))
@school
@identity
@today
@dry_run
@as_json
def report_governors(**options: Any) -> None:
    """Write counts of the whole school as PDF: nobody is named, and no number is small enough to tell of somebody."""
    from server.commands.reports import governors

    governors(**options)


@report.command("inspection")
@click.argument("pupil_id", metavar="PUPIL")
@click.argument("path", metavar="FILE.pdf", type=click.Path(dir_okay=False))
@school
@identity
@today
@dry_run
@as_json
def report_inspection(**options: Any) -> None:
    """Write one pupil's pack for an inspector as PDF: plan, cycles, help, reviews, views, sharing. Staff only."""
    from server.commands.reports import inspection

    inspection(**options)


@report.command("retention")
@school
@identity
@today
@as_json
def report_retention(**options: Any) -> None:
    """List the files of pupils who have left, and until when each is kept. Deletes nothing."""
    from server.commands.reports import retention

    retention(**options)


@main.command("new-year")
@click.option("--year", default="", metavar="YYYY-YY", help="The year that starts. [default: by the date]")
@click.option("--class", "classes", multiple=True, metavar="OLD=NEW", help="What a class becomes: “4 Oak=5 Elm”.")
@click.option(
    "--keep",
    type=click.IntRange(min=1),
    default=2,
    show_default=True,
    help="How many closed cycles stay with each pupil.",
)
@school
@identity
@today
@dry_run
@as_json
def new_year(**options: Any) -> None:
    """Start a school year: archive older closed cycles, bring pupils up a year and to their new class. Once."""
    from server.commands.classes import new_year

    new_year(**options)


@main.command()
@click.option("--base-url", metavar="URL", help="The public https address of the service.")
@as_json
def manifest(**options: Any) -> None:
    """Print the add-on's deployment manifest for an address, after checking it."""
    from server.commands.manifest import run

    run(**options)


@main.group(cls=TemplateCommands)
def templates() -> None:
    """The plans, letters, forms and records a school writes: look at them, check them, see one for a pupil."""


@main.group(name="import")
def imports() -> None:
    """Bring a school's own lists and sheets into its workbooks. Running it twice changes nothing."""


report_file = click.option("--report", metavar="FILE", help="Write what became of every cell to FILE, as JSON.")
update = click.option("--update", is_flag=True, help="Where a cell differs, take the file's; else it stays.")


@imports.command()
@click.argument("path", metavar="FILE.csv", type=click.Path(exists=True, dir_okay=False))
@click.option("--sen-only", is_flag=True, help="Only pupils with SEN support or an EHC plan.")
@update
@report_file
@school
@identity
@today
@dry_run
@as_json
def pupils(**options: Any) -> None:
    """Fill Pupils and Contacts from an MIS export (Arbor, Bromcom, SIMS and the like)."""
    from server.commands.imports import pupils

    pupils(**options)


@imports.command()
@click.argument("source", metavar="FILE.xlsx|SHEET_ID")
@click.option("--map", "chosen", multiple=True, metavar="HEADING=FIELD", help="What a column means. Repeatable.")
@update
@report_file
@school
@identity
@today
@dry_run
@as_json
def plans(**options: Any) -> None:
    """Bring targets, help and reviews in from a school's own plan sheet, however it is laid out."""
    from server.commands.imports import plans

    plans(**options)


@main.group()
def transfer() -> None:
    """The file that follows a pupil from school to school."""


@transfer.command("export")
@click.argument("pupil_id", metavar="PUPIL")
@click.argument("path", metavar="FILE.json", type=click.Path(dir_okay=False))
@click.option("--pdf", metavar="FILE.pdf", type=click.Path(dir_okay=False), help="The same for people to read.")
@click.option("--to", default="", metavar="SCHOOL", help="Write down in Transfers that it went there today.")
@click.option("--moved", default="", metavar="YYYY-MM-DD", help="The last day here. [default: today]")
@school
@identity
@today
@dry_run
@as_json
def transfer_export(**options: Any) -> None:
    """Write a pupil's whole file for the next school, and say what stays and why."""
    from server.commands.transfer import export

    export(**options)


@transfer.command("import")
@click.argument("path", metavar="FILE.json", type=click.Path(exists=True, dir_okay=False))
@click.option("--from", "from_school", required=True, metavar="SCHOOL", help="Which school it came from.")
@click.option("--moved", default="", metavar="YYYY-MM-DD", help="The first day here. [default: today]")
@click.option("--class", "class_form", default="", metavar="CLASS", help="The pupil's class here.")
@click.option("--as", "here_as", default="", metavar="ID", help="Which pupil here it is, if that is not clear.")
@school
@identity
@today
@dry_run
@as_json
def transfer_import(**options: Any) -> None:
    """Bring a pupil's file from the last school in. Nothing that stands is changed; run again, it adds nothing."""
    from server.commands.transfer import bring_in

    bring_in(**options)


@transfer.command("remove")
@click.argument("pupil_id", metavar="PUPIL")
@click.argument("path", metavar="FILE.json", type=click.Path(exists=True, dir_okay=False))
@click.option("--confirm", default="", metavar="CODE", help="The code that the dry run ended with.")
@school
@identity
@today
@dry_run
@as_json
def transfer_remove(**options: Any) -> None:
    """Empty a pupil's rows once the next school has confirmed FILE.json; only the log stays. Dry run first."""
    from server.commands.transfer import remove

    remove(**options)


@main.group()
def access() -> None:
    """All that is held about a pupil, for whoever may ask for it."""


@access.command("export")
@click.argument("pupil_id", metavar="PUPIL")
@click.argument("folder", metavar="FOLDER", type=click.Path(file_okay=False, exists=True))
@click.option(
    "--for", "asked_by", default="", metavar="CONTACT", help="Which parent or carer asks. [default: the pupil]"
)
@click.option("--pdf", is_flag=True, help="Also as PDF, printed through Drive.")
@school
@identity
@today
@dry_run
@as_json
def access_export(**options: Any) -> None:
    """Two files into FOLDER: everything, and a proposal without what may be others' or do harm. A person decides."""
    from server.commands.access import export

    export(**options)


@main.group()
def mis() -> None:
    """What the school's own system (MIS) wants to know."""


@mis.command("export")
@click.argument("path", metavar="FILE.csv", type=click.Path(dir_okay=False))
@school
@identity
@today
@dry_run
@as_json
def mis_export(**options: Any) -> None:
    """UPN, SEN status, needs and level of support of every pupil with SEN, as CSV."""
    from server.commands.access import mis

    mis(**options)


@main.command("ask-staff")
@school
@identity
@today
@dry_run
@as_json
def ask_staff(**options: Any) -> None:
    """Ask each adult who teaches a pupil to read a plan in use, and date what somebody has to learn. Never twice."""
    from server.commands.staff_asks import run

    run(**options)


@main.group()
def library() -> None:
    """The school's own collection of help: fill it, and see what it has for a pupil."""


@library.command("fill")
@click.option("--need", "needs", multiple=True, metavar="CODE", help="Only help for this type of need. Repeatable.")
@click.option(
    "--from",
    "path",
    metavar="FILE.csv",
    type=click.Path(exists=True, dir_okay=False),
    help="A list of your council's, with the Library tab's headings. [default: 25 kinds of help to begin with]",
)
@school
@identity
@dry_run
@as_json
def library_fill(**options: Any) -> None:
    """Add help that the Library tab does not have yet. What stands is never changed."""
    from server.commands.library import fill

    fill(**options)


@library.command("show")
@click.argument("pupil_id", metavar="PUPIL")
@school
@identity
@today
@as_json
def library_show(**options: Any) -> None:
    """What the Library has for a pupil: first what worked before, last what made no difference."""
    from server.commands.library import suggest

    suggest(**options)


@main.command()
@identity
@as_json
def doctor(**options: Any) -> None:
    """Check that this installation can do its work, and say what to put right."""
    from server.commands.doctor import run

    run(**options)


@main.command(name="live-check")
@click.option("--report", "reports", multiple=True, metavar="FILE", help="Write it to FILE.md or .json. Repeatable.")
@click.option("--only", multiple=True, metavar="TEXT", help="Only what has TEXT in its name. Repeatable.")
@click.option("--list", "listing", is_flag=True, help="Say what would be tried; call nothing.")
@click.option(
    "--sign-in",
    "client",
    metavar="CLIENT.json",
    type=click.Path(exists=True, dir_okay=False),
    help="Sign in with an OAuth client's file, keep the credentials, and stop.",
)
@click.option("--with-a-person", "person", is_flag=True, help="Ask somebody to do what only people can.")
def live_check(**options: Any) -> None:
    """Try what is taken for granted about Google on a real account, in a folder made for it and removed.

    The account comes from the environment (SENPLANS_LIVE_CREDENTIALS). Needs a checkout of the source code."""
    from server.commands.live_check import run

    run(**options)
