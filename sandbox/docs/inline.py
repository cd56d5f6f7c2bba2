"""Pictures in the text, as far as the Docs API tells of them: an id, a size and a link that nobody serves."""

from __future__ import annotations

import hashlib
from typing import Any

from docx.oxml.ns import qn
from lxml import etree

from sandbox.docs.looks import points

_EMU = 12700


def resource(element: Any) -> dict[str, Any]:
    """An inline object for a ``w:drawing`` (or older picture) element; equal pictures have equal ids."""
    digest = hashlib.sha256(etree.tostring(element)).hexdigest()
    border = {"color": {"color": {"rgbColor": {}}}, "width": points(0), "dashStyle": "SOLID"}
    embedded: dict[str, Any] = {
        "imageProperties": {
            "contentUri": f"https://lh3.googleusercontent.com/docsz/{digest}",
            "cropProperties": {},
        },
        "embeddedObjectBorder": {**border, "propertyState": "NOT_RENDERED"},
        "size": _size(element),
        **{f"margin{side}": points(9) for side in ("Top", "Bottom", "Right", "Left")},
    }
    named = element.find(f".//{qn('wp:docPr')}")
    if named is not None and named.get("descr"):
        embedded["description"] = named.get("descr")
    return {"objectId": f"kix.{digest[:12]}", "inlineObjectProperties": {"embeddedObject": embedded}}


def _size(element: Any) -> dict[str, Any]:
    extent = element.find(f".//{qn('wp:extent')}")
    if extent is None:
        return {}
    return {
        "height": points(round(int(extent.get("cy")) / _EMU, 4)),
        "width": points(round(int(extent.get("cx")) / _EMU, 4)),
    }
