"""Drive through google-api-python-client. Works in My Drive (person mode) and in one shared drive (school mode)."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from googleapiclient.http import MediaIoBaseUpload

from server.google.discovery import collection, execute
from server.google.endpoints import Endpoints
from server.google.errors import new_reference
from server.google.permissions import change_permissions, read_permissions
from server.google.transport import Transport
from server.plans.ports import (
    DOCUMENT,
    FOLDER,
    SPREADSHEET,
    PermissionChange,
    PermissionOutcome,
    RemoteFile,
)
from server.plans.trouble import Busy, NotVisible

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
PAGE = 1000
FIELDS = (
    "id,name,mimeType,appProperties,parents,createdTime,modifiedTime,webViewLink,ownedByMe,trashed,"
    "permissions(id,type,role,emailAddress,permissionDetails(inherited))"
)
_PAGE_FIELDS = f"nextPageToken,incompleteSearch,files({FIELDS})"
_ALL_DRIVES = {"supportsAllDrives": True}


class DriveDoor:
    """Keeps the promises of ``ports.Drive``. With ``drive_id``, everything happens in that shared drive."""

    def __init__(self, transport: Transport, endpoints: Endpoints, *, drive_id: str = "") -> None:
        self._transport = transport
        self._root = endpoints.drive
        self._drive_id = drive_id

    @property
    def _files(self) -> Any:
        return collection("drive", "v3", self._root, "files")

    def list_files(self) -> tuple[RemoteFile, ...]:
        found: list[RemoteFile] = []
        token: str | None = None
        while True:
            page = self._page(token)
            found.extend(_remote_file(each) for each in page.get("files", ()))
            token = page.get("nextPageToken")
            if not token:
                return tuple(found)

    def _page(self, token: str | None) -> Mapping[str, Any]:
        where = {"corpora": "drive", "driveId": self._drive_id} if self._drive_id else {}
        request = self._files.list(
            q="trashed=false",
            pageSize=PAGE,
            pageToken=token,
            fields=_PAGE_FIELDS,
            includeItemsFromAllDrives=True,
            **_ALL_DRIVES,
            **where,
        )
        page: Mapping[str, Any] = execute(request, self._transport)
        if page.get("incompleteSearch"):
            raise Busy(
                "Drive did not look through all of its files.",
                call=request.methodId,
                reason="incompleteSearch",
                reference=new_reference(),
            )
        return page

    def find(self, file_id: str) -> RemoteFile | None:
        request = self._files.get(fileId=file_id, fields=FIELDS, **_ALL_DRIVES)
        try:
            found = execute(request, self._transport)
        except NotVisible:
            return None
        return None if found.get("trashed") else _remote_file(found)

    def create_folder(self, name: str, properties: Mapping[str, str]) -> RemoteFile:
        return self._create(_metadata(name, FOLDER, properties), parent=self._drive_id)

    def create_spreadsheet(self, name: str, parent: str, properties: Mapping[str, str]) -> RemoteFile:
        return self._create(_metadata(name, SPREADSHEET, properties), parent=parent)

    def create_document(self, name: str, parent: str, properties: Mapping[str, str], docx: bytes) -> RemoteFile:
        return self._create(_metadata(name, DOCUMENT, properties), parent=parent, media=_upload(docx))

    def _create(
        self, metadata: Mapping[str, Any], *, parent: str, media: MediaIoBaseUpload | None = None
    ) -> RemoteFile:
        request = self._files.create(
            body={**metadata, "parents": [parent]} if parent else metadata,
            media_body=media,
            fields=FIELDS,
            ignoreDefaultVisibility=True,
            **_ALL_DRIVES,
        )
        return _remote_file(execute(request, self._transport))

    def update_document(self, file_id: str, name: str, properties: Mapping[str, str], docx: bytes) -> RemoteFile:
        request = self._files.update(
            fileId=file_id,
            body=_metadata(name, DOCUMENT, properties),
            media_body=_upload(docx),
            fields=FIELDS,
            **_ALL_DRIVES,
        )
        return _remote_file(execute(request, self._transport, safe=True))

    def rename(self, file_id: str, name: str, properties: Mapping[str, str]) -> RemoteFile:
        body = {"name": name, "appProperties": dict(properties)}
        request = self._files.update(fileId=file_id, body=body, fields=FIELDS, **_ALL_DRIVES)
        return _remote_file(execute(request, self._transport, safe=True))

    def export_docx(self, file_id: str) -> bytes:
        return self._export(file_id, DOCX)

    def export_text(self, file_id: str) -> str:
        return self._export(file_id, "text/plain").decode("utf-8-sig")

    def export_pdf(self, file_id: str) -> bytes:
        return self._export(file_id, PDF)

    def download(self, file_id: str) -> bytes:
        content: bytes = execute(self._files.get_media(fileId=file_id, **_ALL_DRIVES), self._transport)
        return content

    def _export(self, file_id: str, mime_type: str) -> bytes:
        content: bytes = execute(self._files.export_media(fileId=file_id, mimeType=mime_type), self._transport)
        return content

    def trash(self, file_id: str) -> None:
        request = self._files.update(fileId=file_id, body={"trashed": True}, fields="id", **_ALL_DRIVES)
        execute(request, self._transport, safe=True)

    def change_permissions(self, changes: Sequence[PermissionChange]) -> tuple[PermissionOutcome, ...]:
        return change_permissions(self._transport, self._root, changes)


def _metadata(name: str, mime_type: str, properties: Mapping[str, str]) -> Mapping[str, Any]:
    return {"name": name, "mimeType": mime_type, "appProperties": dict(properties)}


def _upload(docx: bytes) -> MediaIoBaseUpload:
    return MediaIoBaseUpload(io.BytesIO(docx), mimetype=DOCX, resumable=False)


def _remote_file(found: Mapping[str, Any]) -> RemoteFile:
    return RemoteFile(
        file_id=found["id"],
        name=found.get("name", ""),
        mime_type=found.get("mimeType", ""),
        properties=found.get("appProperties", {}),
        parents=tuple(found.get("parents", ())),
        permissions=read_permissions(found.get("permissions")),
        created=found.get("createdTime", ""),
        modified=found.get("modifiedTime", ""),
        link=found.get("webViewLink", ""),
        owned_by_me=found.get("ownedByMe", False),
    )
