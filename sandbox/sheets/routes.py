"""Sheets' methods in one table. https://developers.google.com/workspace/sheets/api/reference/rest"""

from __future__ import annotations

from sandbox.call import Handler
from sandbox.sheets import handlers, value_handlers

ROUTES: dict[str, Handler] = {
    "sheets.spreadsheets.create": handlers.create,
    "sheets.spreadsheets.get": handlers.get,
    "sheets.spreadsheets.getByDataFilter": handlers.get_by_data_filter,
    "sheets.spreadsheets.batchUpdate": handlers.batch_update,
    "sheets.spreadsheets.developerMetadata.get": handlers.metadata_get,
    "sheets.spreadsheets.developerMetadata.search": handlers.metadata_search,
    "sheets.spreadsheets.sheets.copyTo": handlers.copy_to,
    "sheets.spreadsheets.values.get": value_handlers.get,
    "sheets.spreadsheets.values.batchGet": value_handlers.batch_get,
    "sheets.spreadsheets.values.batchGetByDataFilter": value_handlers.batch_get_by_data_filter,
    "sheets.spreadsheets.values.update": value_handlers.update,
    "sheets.spreadsheets.values.batchUpdate": value_handlers.batch_update,
    "sheets.spreadsheets.values.batchUpdateByDataFilter": value_handlers.batch_update_by_data_filter,
    "sheets.spreadsheets.values.append": value_handlers.append_values,
    "sheets.spreadsheets.values.clear": value_handlers.clear,
    "sheets.spreadsheets.values.batchClear": value_handlers.batch_clear,
    "sheets.spreadsheets.values.batchClearByDataFilter": value_handlers.batch_clear_by_data_filter,
}
