"""The requests of ``documents.batchUpdate`` that are built. All others answer 501 with their name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sandbox.call import ApiError
from sandbox.docs import (
    column_edits,
    image_edits,
    margin_edits,
    range_edits,
    section_edits,
    style_edits,
    table_edits,
    table_style_edits,
    tabs,
    text_edits,
)
from sandbox.docs.edit import Edit, Refused
from sandbox.docs.tabs import Tabs

_IN_A_TAB: Mapping[str, Callable[[Edit, Mapping[str, Any]], Mapping[str, Any]]] = {
    "createFooter": margin_edits.create_footer,
    "createFootnote": section_edits.create_footnote,
    "createHeader": margin_edits.create_header,
    "createNamedRange": range_edits.create,
    "createParagraphBullets": style_edits.create_bullets,
    "deleteContentRange": text_edits.delete_content,
    "deleteFooter": margin_edits.delete_footer,
    "deleteHeader": margin_edits.delete_header,
    "deleteNamedRange": range_edits.remove,
    "deleteParagraphBullets": style_edits.delete_bullets,
    "deleteTableColumn": column_edits.delete_column,
    "deleteTableRow": table_edits.delete_row,
    "insertInlineImage": image_edits.insert,
    "insertPageBreak": text_edits.insert_page_break,
    "insertSectionBreak": section_edits.insert_break,
    "insertTable": table_edits.insert_table,
    "insertTableColumn": column_edits.insert_column,
    "insertTableRow": table_edits.insert_row,
    "insertText": text_edits.insert_text,
    "mergeTableCells": column_edits.merge_cells,
    "pinTableHeaderRows": table_style_edits.pin_header_rows,
    "replaceAllText": text_edits.replace_all,
    "replaceImage": image_edits.replace,
    "replaceNamedRangeContent": range_edits.replace_content,
    "unmergeTableCells": column_edits.unmerge_cells,
    "updateDocumentStyle": section_edits.update_document,
    "updateParagraphStyle": style_edits.update_paragraph,
    "updateSectionStyle": section_edits.update_sections,
    "updateTableCellStyle": table_style_edits.update_cells,
    "updateTableColumnProperties": table_style_edits.update_columns,
    "updateTableRowStyle": table_style_edits.update_rows,
    "updateTextStyle": style_edits.update_text,
}
_ANSWERED = (
    "createFooter",
    "createFootnote",
    "createHeader",
    "createNamedRange",
    "insertInlineImage",
    "replaceAllText",
)


_OF_TABS: Mapping[str, Callable[[Tabs, Mapping[str, Any]], Mapping[str, Any]]] = {
    "addDocumentTab": tabs.add,
    "deleteTab": tabs.delete,
    "updateDocumentTabProperties": tabs.update,
}
REQUESTS: Mapping[str, Callable[..., Mapping[str, Any]]] = {**_IN_A_TAB, **_OF_TABS}
"""Every request that is built, by its name."""
_EVERYWHERE = ("deleteNamedRange", "replaceAllText", "replaceNamedRangeContent")
_STYLES = ("textStyle", "paragraphStyle")


def apply_to(document: Tabs, request: Mapping[str, Any], number: int) -> Mapping[str, Any]:
    """Do one request of the batch in the tab that it names, and give its reply."""
    kind = next(iter(request), "")
    try:
        if kind in _OF_TABS:
            reply = _OF_TABS[kind](document, request[kind])
            return {kind: reply} if reply else {}
        chosen = _chosen(document, kind, request.get(kind, {}))
    except Refused as refused:
        raise _refusal(refused, kind, number) from None
    asked = {kind: _without_tabs(request[kind])} if kind else {}
    if kind in _EVERYWHERE:
        return _in_all(chosen, kind, asked, number)
    return apply(chosen[0], asked, number)


def apply(edit: Edit, request: Mapping[str, Any], number: int) -> Mapping[str, Any]:
    """Do one request of the batch in one tab and give its reply."""
    kind = next(iter(request), "")
    handler = _IN_A_TAB.get(kind)
    if handler is None:
        raise ApiError(501, f"The request {kind or '(empty)'} of documents.batchUpdate is not built in the sandbox.")
    try:
        reply = handler(edit, request[kind])
    except Refused as refused:
        raise _refusal(refused, kind, number) from None
    return {kind: reply} if kind in _ANSWERED else {}


def _refusal(refused: Refused, kind: str, number: int) -> ApiError:
    return ApiError(400, f"Invalid requests[{number}].{kind}: {refused}", status_name="INVALID_ARGUMENT")


def _chosen(document: Tabs, kind: str, asked: Mapping[str, Any]) -> list[Edit]:
    """The tabs that a request is about: the one it names, the first, or for some kinds every one."""
    if kind in _EVERYWHERE:
        named = asked.get("tabsCriteria", {}).get("tabIds") or [tab.id for tab in document.tabs()]
        return [document.named(tab_id).edit for tab_id in named]
    return [document.named(_tab_in(asked)).edit]


def _tab_in(asked: Any) -> str:
    """The first tab id in a request's places."""
    if not isinstance(asked, Mapping):
        return ""
    own = str(asked.get("tabId", ""))
    return own or next(
        (found for key, value in asked.items() if key not in _STYLES and (found := _tab_in(value))), ""
    )


def _without_tabs(asked: Any) -> Any:
    if not isinstance(asked, Mapping):
        return asked
    dropped = ("tabId", "tabsCriteria")
    return {
        key: value if key in _STYLES else _without_tabs(value) for key, value in asked.items() if key not in dropped
    }


def _in_all(chosen: list[Edit], kind: str, asked: Mapping[str, Any], number: int) -> Mapping[str, Any]:
    """The request in each tab. Refused where every tab refuses it."""
    replies, refused = [], []
    for edit in chosen:
        try:
            replies.append(apply(edit, asked, number))
        except ApiError as error:
            refused.append(error)
    if refused and not replies:
        raise refused[0]
    changed = sum(reply.get(kind, {}).get("occurrencesChanged", 0) for reply in replies)
    return {kind: {"occurrencesChanged": changed} if changed else {}} if kind in _ANSWERED else {}
