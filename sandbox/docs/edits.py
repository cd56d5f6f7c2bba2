"""The requests of ``documents.batchUpdate`` that are built. All others answer 501 with their name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sandbox.call import ApiError
from sandbox.docs import (
    column_edits,
    margin_edits,
    range_edits,
    section_edits,
    style_edits,
    table_edits,
    table_style_edits,
    text_edits,
)
from sandbox.docs.edit import Edit, Refused

REQUESTS: Mapping[str, Callable[[Edit, Mapping[str, Any]], Mapping[str, Any]]] = {
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
    "insertPageBreak": text_edits.insert_page_break,
    "insertSectionBreak": section_edits.insert_break,
    "insertTable": table_edits.insert_table,
    "insertTableColumn": column_edits.insert_column,
    "insertTableRow": table_edits.insert_row,
    "insertText": text_edits.insert_text,
    "mergeTableCells": column_edits.merge_cells,
    "pinTableHeaderRows": table_style_edits.pin_header_rows,
    "replaceAllText": text_edits.replace_all,
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
_ANSWERED = ("createFooter", "createFootnote", "createHeader", "createNamedRange", "replaceAllText")


def apply(edit: Edit, request: Mapping[str, Any], number: int) -> Mapping[str, Any]:
    """Do one request of the batch and give its reply."""
    kind = next(iter(request), "")
    handler = REQUESTS.get(kind)
    if handler is None:
        raise ApiError(501, f"The request {kind or '(empty)'} of documents.batchUpdate is not built in the sandbox.")
    try:
        reply = handler(edit, request[kind])
    except Refused as refused:
        message = f"Invalid requests[{number}].{kind}: {refused}"
        raise ApiError(400, message, status_name="INVALID_ARGUMENT") from None
    return {kind: reply} if kind in _ANSWERED else {}
