"""Elements of Word's XML, made and taken away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn


def word_element(tag: str, values: Mapping[str, str]) -> Any:
    """An element with these attributes, both without their prefix."""
    made = OxmlElement(f"w:{tag}")
    for name, value in values.items():
        made.set(qn(f"w:{name}"), value)
    return made


def drop(parent: Any, tag: str) -> None:
    """Take away every child of this tag, prefix and all."""
    for found in parent.findall(qn(tag)):
        parent.remove(found)
