"""Shared by the Drive and Docs contract tests."""

from __future__ import annotations

import io
import json
from typing import Any

import docx
import pytest
from googleapiclient.errors import HttpError
from googleapiclient.http import MediaInMemoryUpload

SENCO = "senco@school.example"
TEACHER = "teacher@school.example"
PARENT = "leela@family.example"
STRANGER = "stranger@elsewhere.example"
DOC = "application/vnd.google-apps.document"
SHEET = "application/vnd.google-apps.spreadsheet"
FOLDER = "application/vnd.google-apps.folder"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def word(*paragraphs: str) -> bytes:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def upload(data: bytes, content_type: str = DOCX) -> MediaInMemoryUpload:
    return MediaInMemoryUpload(data, mimetype=content_type)


def make(drive: Any, name: str = "Plan", mime_type: str = DOC, *, fields: str = "id", **body: Any) -> Any:
    return drive.files().create(body={"name": name, "mimeType": mime_type, **body}, fields=fields).execute()


def share(drive: Any, file_id: str, email: str, role: str = "reader", **options: Any) -> Any:
    body = {"type": "user", "role": role, "emailAddress": email}
    return drive.permissions().create(fileId=file_id, body=body, fields="*", **options).execute()


def refusal(request: Any, status: int) -> dict[str, Any]:
    """The refused request's ``error`` object; fails the test where it is answered."""
    with pytest.raises(HttpError) as refused:
        request.execute()
    assert refused.value.status_code == status, refused.value.content
    error: dict[str, Any] = json.loads(refused.value.content)["error"]
    return error


def reason(request: Any, status: int) -> str:
    return str(refusal(request, status)["errors"][0]["reason"])
