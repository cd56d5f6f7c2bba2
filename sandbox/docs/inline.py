"""Pictures in the text, as far as the Docs API tells of them: an id, a size and a link that nobody serves."""

from __future__ import annotations

import hashlib
from typing import Any

from docx.oxml.ns import qn
from lxml import etree

from sandbox.docs.looks import points

_EMU = 12700


def resource(element: Any) -> dict[str, Any]:
    """An inline object for a ``w:drawing`` (or older picture) element. One that the API put in carries its id and
    where it came from as its name; others have equal ids where they are equal."""
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
    told = {"title": "title", "descr": "description"} if named is not None else {}
    embedded |= {name: named.get(attribute) for attribute, name in told.items() if named.get(attribute)}
    object_id, _, source = named.get("name", "").partition(" ") if named is not None else ("", "", "")
    if object_id.startswith("kix."):
        embedded["imageProperties"]["sourceUri"] = source
    else:
        object_id = f"kix.{digest[:12]}"
    return {"objectId": object_id, "inlineObjectProperties": {"embeddedObject": embedded}}


def _size(element: Any) -> dict[str, Any]:
    extent = element.find(f".//{qn('wp:extent')}")
    if extent is None:
        return {}
    return {
        "height": points(round(int(extent.get("cy")) / _EMU, 4)),
        "width": points(round(int(extent.get("cx")) / _EMU, 4)),
    }
