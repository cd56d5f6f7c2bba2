"""How far the sandbox agrees with Google's recorded answers and other people's clients, as measured."""

from __future__ import annotations

from docs.generate import markdown

ABOUT = """
## How far it agrees with Google

Real answers of Google's, recorded and published by other projects, were replayed in order and compared by status and
structure; what a recording found ready when it began was made first, as its own answers show it. Other clients and
their own test suites were run live against the sandbox. What differs, and why:
"""
EVIDENCE = (
    (
        "gspread's own suite, 6.2.1",
        "150 of 151 tests",
        "one opens a stranger's file that its authors set up by hand; with such a file in place it passes",
    ),
    (
        "pygsheets' online suite, 2.0.6",
        "69 of 70 tests",
        "one deletes a folder and then the sheet that went with it",
    ),
    ("gspread-formatting's and gspread-dataframe's suites, 1.2.1 and 4.0.0", "74 of 74 tests", "nothing"),
    (
        "PyDrive2's suite, 1.21.3, over Drive v2",
        "67 of 71 tests",
        "two download from docs.google.com, one opens a stranger's file, one waits for a person to sign in",
    ),
    (
        "EZSheets' suite, 2026.4.28",
        "43 of 48 tests",
        "three open strangers' files; an uploaded Excel file keeps its ending in its title and gets 26 columns",
    ),
    (
        "Google's own Python samples of Drive v3 and v2, Sheets and Docs",
        "39 of 49 tests",
        "six want the application data folder and two a third party's shortcut (501); two samples' tests are broken",
    ),
    (
        "Rounds with gcsa, aiogoogle, gspread-asyncio, gspread-pandas, google-auth and oauth2client",
        "all but one call",
        "`events.quickAdd` is 501",
    ),
    (
        "gspread's recordings",
        "1,398 of 1,402 exchanges",
        "three list the recorder's own account among a protected range's editors; one is that stranger's file",
    ),
    ("muttlib's recordings", "9 of 9 exchanges", "nothing"),
    (
        "p5-google-restapi's recordings",
        "192 of 197 exchanges",
        "time zone, owner, storage used and rights to make shared drives are those of the recorded Gmail account",
    ),
    (
        "compass's event bodies",
        "11 of 15 events",
        "a stray key of the fixture's authors; three events of 2012 and 2013 read in another calendar's zone",
    ),
    (
        "gspread-pandas' recordings",
        "324 of 325 exchanges",
        "its workbook is older than `spreadsheetTheme`, which is passed over; one shows who recorded it",
    ),
    (
        "NangoHQ/integration-templates' recordings of 2026",
        "225 of 272 exchanges of Sheets, Drive and Calendar",
        "page tokens, an account's size and what stood before (grids, comments, other calendars) are known in part;"
        " empty objects are recorded as nothing; `events.quickAdd` is not built",
    ),
    (
        "libgdata's traces and CalCentral's cassettes of 2012 to 2015",
        "read, not counted",
        "events had no `eventType` and calendars no `timeZone` then; etags and messages were others",
    ),
    (
        "google-spreadsheet's own suite (npm), 5.2.0",
        "225 of 225 tests",
        "nothing; its workbooks and API key are seeded, its service account is one that may own files",
    ),
    ("googleapis (npm), 188.0.0", "8 of 8 tests of `make tour-npm`", "nothing"),
    ("rclone's Drive backend, 1.60", "32 of 32 commands", "nothing"),
)


def part() -> str:
    """The section of the coverage page."""
    return ABOUT + "\n" + markdown.table(("Evidence", "Agrees", "What differs"), EVIDENCE)
