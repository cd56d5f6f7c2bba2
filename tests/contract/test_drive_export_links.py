"""The addresses at which Docs and Sheets are fetched in other formats."""

from __future__ import annotations

import io
from typing import Any

import clients
import requests
from googleapiclient.http import MediaIoBaseUpload

from sandbox.server import RunningSandbox

SENCO = "senco@school.example"
CSV = b"name,age\r\nAmara,7"


def test_an_export_link_leads_to_the_file_in_that_format(api: Any, sandbox_server: RunningSandbox) -> None:
    drive = api("drive", "v3", SENCO)
    body = {"name": "Pupils", "mimeType": "application/vnd.google-apps.spreadsheet"}
    source = MediaIoBaseUpload(io.BytesIO(CSV), "text/csv")
    made = drive.files().create(body=body, media_body=source, fields="id,exportLinks").execute()
    link = made["exportLinks"]["text/csv"]
    assert link == f"https://docs.google.com/spreadsheets/export?id={made['id']}&exportFormat=csv"
    headers = {"Authorization": f"Bearer {clients.credentials(sandbox_server, SENCO).token}"}
    place = link.replace("https://docs.google.com", sandbox_server.url)
    assert requests.get(place, headers=headers, timeout=10).content == CSV
    assert requests.get(place, timeout=10).status_code == 403
    nothing = requests.get(place.replace(made["id"], "nothing"), headers=headers, timeout=10)
    assert nothing.status_code == 404


def test_a_file_that_is_not_googles_has_no_export_links(api: Any) -> None:
    made = api("drive", "v3", SENCO).files().create(body={"name": "a.txt"}, fields="*").execute()
    assert "exportLinks" not in made
