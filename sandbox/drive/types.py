"""Google's own MIME types."""

from __future__ import annotations

GOOGLE = "application/vnd.google-apps."
FOLDER = GOOGLE + "folder"
DOCUMENT = GOOGLE + "document"
SPREADSHEET = GOOGLE + "spreadsheet"
SHORTCUT = GOOGLE + "shortcut"
