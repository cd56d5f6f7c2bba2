"""Google Sheets v4, as far as the product uses it: ``routes`` answers calls, ``backend`` keeps spreadsheets."""
