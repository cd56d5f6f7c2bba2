"""A .docx file as parts: opened with care, hashed by content, and zipped the same way every time."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lxml import etree

from sheets_templates.document_problem import TemplateProblem, TemplateRefused

Element = etree._Element

LARGEST_FILE = 10_000_000
_LARGEST_PART = 8_000_000
_LARGEST_WHOLE = 40_000_000
_MOST_PARTS = 500
_DATE = (1980, 1, 1, 0, 0, 0)
_TYPES = "[Content_Types].xml"
_WORDS = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_ACTIVE = re.compile(r"macroEnabled|vbaProject|activeX|oleObject|ms-office|package|aFChunk|binaryData", re.IGNORECASE)
_ACTIVE_PARTS = re.compile(r"(^|/)(vbaProject|vbaData|activeX|embeddings)", re.IGNORECASE)
_NOISE = re.compile(r"\}(rsid\w*|paraId|textId)$")
_WEB = re.compile(r"(https?://|mailto:|tel:|#)", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Package:
    """The parts of a .docx. ``trees`` are its XML parts, parsed; ``blobs`` all others. ``types`` names the
    content type of those parts that declare one."""

    order: tuple[str, ...]
    trees: Mapping[str, Element]
    blobs: Mapping[str, bytes]
    types: Mapping[str, str]

    def named(self, *kinds: str) -> tuple[str, ...]:
        """The parts of the given WordprocessingML kinds (``document.main``, ``header``, …), in file order."""
        wanted = {f"{_WORDS}{kind}+xml" for kind in kinds}
        return tuple(name for name in self.order if self.types.get(name) in wanted)

    def hash(self) -> str:
        """Names what the document says and how it looks; the same for the same content zipped again."""
        digest = hashlib.sha256()
        for name in sorted(self.order):
            if not name.startswith("docProps/"):
                digest.update(name.encode() + b"\0" + self._content(name) + b"\0")
        return digest.hexdigest()[:32]

    def _content(self, name: str) -> bytes:
        tree = self.trees.get(name)
        return self.blobs[name] if tree is None else etree.tostring(tree, method="c14n")


def open_package(docx: bytes) -> Package:
    """The parts of a .docx from a stranger. Raises TemplateRefused, with the reason, for anything that isn't a
    plain document: too big, packed too tightly, encrypted, with macros, entities, or parts from elsewhere."""
    blobs = dict(_unzip(docx))
    trees = {name: _parse(name, blob) for name, blob in blobs.items() if name.endswith((".xml", ".rels"))}
    if _TYPES not in trees:
        raise _refuse("The file is not a Word document. Export the Google Doc as .docx and try again.")
    package = Package(
        order=tuple(blobs),
        trees=trees,
        blobs={name: blob for name, blob in blobs.items() if name not in trees},
        types=_types(trees[_TYPES]),
    )
    _refuse_active(package)
    _refuse_elsewhere(package)
    if len(package.named("document.main")) != 1:
        raise _refuse("The file is not a Word document. Export the Google Doc as .docx and try again.")
    return package


def zip_parts(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """One .docx of the parts, byte for byte the same whenever it is made."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, blob in parts:
            info = zipfile.ZipInfo(name, date_time=_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            file.writestr(info, blob, compresslevel=6)
    return out.getvalue()


def xml_bytes(tree: Element) -> bytes:
    return etree.tostring(tree, encoding="UTF-8", xml_declaration=True, standalone=True)


def _refuse(message: str, place: str = "the file") -> TemplateRefused:
    return TemplateRefused([TemplateProblem(place, message)])


def _unzip(docx: bytes) -> Iterable[tuple[str, bytes]]:
    if len(docx) > LARGEST_FILE:
        raise _refuse("The file is larger than 10 MB. Take out pictures and try again.")
    try:
        with zipfile.ZipFile(io.BytesIO(docx)) as file:
            infos = [info for info in file.infolist() if not info.is_dir()]
            _refuse_oversize(infos)
            return [(info.filename, file.read(info)) for info in infos]
    except (zipfile.BadZipFile, NotImplementedError, EOFError, RuntimeError, ValueError, OSError) as error:
        raise _refuse("The file is damaged or is not a Word document. Export the Doc as .docx again.") from error


def _refuse_oversize(infos: list[zipfile.ZipInfo]) -> None:
    names = {info.filename for info in infos}
    too_many = len(infos) > _MOST_PARTS or len(names) != len(infos)
    too_big = sum(info.file_size for info in infos) > _LARGEST_WHOLE
    if too_many or too_big or any(info.file_size > _LARGEST_PART for info in infos if _is_xml(info.filename)):
        raise _refuse("The file unpacks to far more than a document needs. Make it again as a new Google Doc.")
    if any(info.flag_bits & 1 for info in infos):
        raise _refuse("The file is locked with a password. Take the password off and try again.")
    if any(name.startswith("/") or "\\" in name or ".." in name.split("/") for name in names):
        raise _refuse("The file holds a part with an unsafe name. Make it again as a new Google Doc.")


def _is_xml(name: str) -> bool:
    return name.endswith((".xml", ".rels"))


def _parse(name: str, blob: bytes) -> Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        tree = etree.fromstring(blob, parser)
    except etree.XMLSyntaxError as error:
        raise _refuse("This part of the file is damaged. Export the Doc as .docx again.", name) from error
    if tree.getroottree().docinfo.internalDTD is not None or any(True for _ in tree.iter(etree.Entity)):
        raise _refuse("This part of the file declares entities, which no document needs. It is refused.", name)
    for element in tree.iter(etree.Element) if _may_hold_noise(blob) else ():
        for attribute in [key for key in element.attrib if _NOISE.search(str(key))]:
            del element.attrib[attribute]
    return tree


def _may_hold_noise(blob: bytes) -> bool:
    """Whether to look: most parts hold none, and a part in a wide encoding can't be told by its bytes."""
    return any(mark in blob for mark in (b"rsid", b"paraId", b"textId", b"\x00"))


def _types(tree: Element) -> dict[str, str]:
    overrides = (child for child in tree if child.get("PartName"))
    return {child.get("PartName", "").lstrip("/"): child.get("ContentType", "") for child in overrides}


def _refuse_active(package: Package) -> None:
    declared = (child.get("ContentType", "") for child in package.trees[_TYPES])
    if any(_ACTIVE.search(kind) for kind in declared if "relationships" not in kind and "core-prop" not in kind):
        raise _refuse("The file holds macros or embedded objects. Take them out and try again.")
    if any(_ACTIVE_PARTS.search(name) for name in package.order):
        raise _refuse("The file holds macros or embedded objects. Take them out and try again.")


def _refuse_elsewhere(package: Package) -> None:
    for name, tree in package.trees.items():
        if not name.endswith(".rels"):
            continue
        for link in tree:
            kind, target = link.get("Type", ""), link.get("Target", "")
            is_link = kind.endswith("/hyperlink") and _WEB.match(target)
            if link.get("TargetMode") == "External" and not is_link:
                raise _refuse("The file loads something from another place. Put it into the Doc itself.", name)
            if kind.endswith(("/oleObject", "/package", "/aFChunk", "/attachedTemplate")):
                raise _refuse("The file holds macros or embedded objects. Take them out and try again.", name)
