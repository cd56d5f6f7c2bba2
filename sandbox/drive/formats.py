"""What Google's converter takes in and gives out, as ``about.get`` lists it (read from a live account, 2026-04).

The sandbox converts fewer of them; what it doesn't is refused with 501 where it is asked for."""

from __future__ import annotations

from collections.abc import Mapping

from sandbox.drive.types import DOCUMENT, GOOGLE, SPREADSHEET

PRESENTATION = GOOGLE + "presentation"
DRAWING = GOOGLE + "drawing"
SCRIPT = GOOGLE + "script"
_ODF = "application/vnd.oasis.opendocument."
_OLD_ODF = "application/x-vnd.oasis.opendocument."
_SLIDES = ("presentation", "slideshow", "template")
_OOXML = "application/vnd.openxmlformats-officedocument."

EXPORTS: Mapping[str, tuple[str, ...]] = {
    DOCUMENT: (
        "application/rtf",
        _ODF + "text",
        "text/html",
        "application/pdf",
        "text/x-markdown",
        "text/markdown",
        "application/epub+zip",
        "application/zip",
        _OOXML + "wordprocessingml.document",
        "text/plain",
    ),
    GOOGLE + "vid": ("video/mp4",),
    SPREADSHEET: (
        _OLD_ODF + "spreadsheet",
        "text/tab-separated-values",
        "application/pdf",
        _OOXML + "spreadsheetml.sheet",
        "text/csv",
        "application/zip",
        _ODF + "spreadsheet",
    ),
    SCRIPT: (SCRIPT + "+json",),
    PRESENTATION: (
        _ODF + "presentation",
        "application/pdf",
        _OOXML + "presentationml.presentation",
        "text/plain",
    ),
    GOOGLE + "form": ("application/zip",),
    DRAWING: ("image/svg+xml", "image/png", "application/pdf", "image/jpeg"),
    GOOGLE + "site": ("text/plain",),
    GOOGLE + "mail-layout": ("text/plain",),
}

_IMPORTED_AS: Mapping[str, tuple[str, ...]] = {
    DOCUMENT: (
        *(f"image/{kind}" for kind in ("gif", "x-bmp", "jpg", "jpeg", "bmp", "pjpeg", "png", "x-png")),
        *(f"text/{kind}" for kind in ("rtf", "markdown", "html", "richtext", "x-markdown", "plain")),
        *(f"application/{kind}" for kind in ("msword", "pdf", "rtf")),
        *(_OOXML + f"wordprocessingml.{kind}" for kind in ("document", "template")),
        *(f"application/vnd.ms-word.{kind}.macroenabled.12" for kind in ("document", "template")),
        _ODF + "text",
        _OLD_ODF + "text",
    ),
    SPREADSHEET: (
        *(f"text/{kind}" for kind in ("tab-separated-values", "csv", "comma-separated-values")),
        "application/vnd.ms-excel",
        *(f"application/vnd.ms-excel.{kind}.macroenabled.12" for kind in ("sheet", "template")),
        *(_OOXML + f"spreadsheetml.{kind}" for kind in ("sheet", "template")),
        _ODF + "spreadsheet",
        _OLD_ODF + "spreadsheet",
    ),
    PRESENTATION: (
        "application/vnd.ms-powerpoint",
        *(
            f"application/vnd.ms-powerpoint.{kind}.macroenabled.12"
            for kind in ("presentation", "slideshow", "template")
        ),
        *(_OOXML + f"presentationml.{kind}" for kind in ("presentation", "slideshow", "template")),
        _ODF + "presentation",
        _OLD_ODF + "presentation",
    ),
    GOOGLE + "vid": tuple(f"video/{kind}" for kind in ("ogg", "quicktime", "mp4", "webm")),
    DRAWING: ("application/x-msmetafile",),
    SCRIPT: (SCRIPT + "+text/plain", SCRIPT + "+json"),
}

IMPORTS: Mapping[str, list[str]] = {kind: [made] for made, kinds in _IMPORTED_AS.items() for kind in kinds}

MAX_IMPORT_SIZES: Mapping[str, str] = {
    DOCUMENT: "10485760",
    SPREADSHEET: "104857600",
    PRESENTATION: "104857600",
    DRAWING: "2097152",
}

FOLDER_COLOURS = (
    "#ac725e",
    "#d06b64",
    "#f83a22",
    "#fa573c",
    "#ff7537",
    "#ffad46",
    "#fad165",
    "#fbe983",
    "#b3dc6c",
    "#7bd148",
    "#16a765",
    "#42d692",
    "#92e1c0",
    "#9fe1e7",
    "#9fc6e7",
    "#4986e7",
    "#9a9cff",
    "#b99aff",
    "#a47ae2",
    "#cd74e6",
    "#f691b2",
    "#cca6ac",
    "#cabdbf",
    "#8f8f8f",
)

THEME_COLOURS: Mapping[str, str] = {
    "abacus": "#ea6100",
    "blueprints": "#4285f4",
    "bok_choy": "#689f38",
    "books": "#4285f4",
    "bread": "#ef6c00",
    "bubbles_color": "#f06292",
    "circuit": "#039be5",
    "clams": "#e91e63",
    "clovers": "#689f38",
    "cocktails": "#db4437",
    "concert": "#ef6c00",
    "desk": "#607d8b",
    "donut_coffee": "#f06292",
    "fabric_rolls": "#78909c",
    "flags": "#009688",
    "flower_field": "#e06055",
    "flowers": "#689f38",
    "glass": "#0f9d58",
    "lighthouse": "#4285f4",
    "maps": "#8d6e63",
    "mountains": "#5c6bc0",
    "notebook": "#689f38",
    "paper_colored": "#9c27b0",
    "pencils": "#0097a7",
    "roofing_metal": "#039be5",
    "sticky_notes": "#0097a7",
    "table": "#8d6e63",
    "travel": "#039be5",
    "waves": "#ff5722",
    "waves_blue": "#5c6bc0",
    "wood": "#8d6e63",
}


def themes() -> list[dict[str, str]]:
    """The themes a shared drive may have."""
    return [
        {"id": name, "backgroundImageLink": theme_image(name), "colorRgb": c} for name, c in THEME_COLOURS.items()
    ]


def theme_image(name: str) -> str:
    """Where a theme's picture is."""
    return f"https://ssl.gstatic.com/team_drive_themes/{name}_background.jpg"
