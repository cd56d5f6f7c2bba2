"""Every request of ``spreadsheets.batchUpdate`` that is built, by Google's name for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sandbox.sheets.edit import Edit
from sandbox.sheets.model import Json
from sandbox.sheets.requests import (
    cells,
    dimensions,
    groups,
    looks,
    metadata,
    names,
    paste,
    protection,
    sheets,
    sorting,
)

REQUESTS: Mapping[str, Callable[[Edit, Json], Json]] = {
    "addBanding": looks.add_banding,
    "addConditionalFormatRule": looks.add_conditional_format_rule,
    "addDimensionGroup": groups.add_dimension_group,
    "addNamedRange": names.add_named_range,
    "addProtectedRange": protection.add_protected_range,
    "addSheet": sheets.add_sheet,
    "appendCells": cells.append_cells,
    "appendDimension": dimensions.append_dimension,
    "autoResizeDimensions": dimensions.auto_resize_dimensions,
    "clearBasicFilter": looks.clear_basic_filter,
    "copyPaste": paste.copy_paste,
    "createDeveloperMetadata": metadata.create_developer_metadata,
    "cutPaste": paste.cut_paste,
    "deleteBanding": looks.delete_banding,
    "deleteConditionalFormatRule": looks.delete_conditional_format_rule,
    "deleteDeveloperMetadata": metadata.delete_developer_metadata,
    "deleteDimension": dimensions.delete_dimension,
    "deleteDimensionGroup": groups.delete_dimension_group,
    "deleteNamedRange": names.delete_named_range,
    "deleteProtectedRange": protection.delete_protected_range,
    "deleteSheet": sheets.delete_sheet,
    "duplicateSheet": sheets.duplicate_sheet,
    "findReplace": paste.find_replace,
    "insertDimension": dimensions.insert_dimension,
    "mergeCells": looks.merge_cells,
    "moveDimension": dimensions.move_dimension,
    "repeatCell": cells.repeat_cell,
    "setBasicFilter": looks.set_basic_filter,
    "setDataValidation": cells.set_data_validation,
    "sortRange": sorting.sort_range,
    "unmergeCells": looks.unmerge_cells,
    "updateCells": cells.update_cells,
    "updateDeveloperMetadata": metadata.update_developer_metadata,
    "updateDimensionProperties": dimensions.update_dimension_properties,
    "updateDimensionGroup": groups.update_dimension_group,
    "updateNamedRange": names.update_named_range,
    "updateProtectedRange": protection.update_protected_range,
    "updateSheetProperties": sheets.update_sheet_properties,
    "updateSpreadsheetProperties": sheets.update_spreadsheet_properties,
}
