"""Drive v2, as far as clients still use it: v3's rules, in v2's words.

Source: https://developers.google.com/workspace/drive/api/reference/rest/v2 and the calls of PyDrive2, pygsheets and
gspread."""
