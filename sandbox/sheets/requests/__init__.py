"""The requests of ``spreadsheets.batchUpdate``, one module per family; ``table`` lists them all."""
