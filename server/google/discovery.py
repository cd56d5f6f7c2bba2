"""Drive's and Calendar's client objects, built from the discovery documents that ship with Google's library.

Building one reads a large document, so each is built once per process and address. A built one holds no
connection: every request it makes is executed on a line of the caller's own transport.
"""

from __future__ import annotations

import functools
import json
from typing import Any

from googleapiclient.discovery import build_from_document
from googleapiclient.discovery_cache import get_static_doc

from server.google.transport import REPEATABLE_METHODS, HttplibLine, Transport


class _NoLine:
    """Stands where the library wants a connection at building time."""

    def request(self, *_: Any, **__: Any) -> Any:
        raise RuntimeError("A request to Google was executed without a line.")

    def close(self) -> None:
        """Nothing is open."""


@functools.lru_cache(maxsize=32)
def service(api: str, version: str, root: str) -> Any:
    """The client of an API whose calls, uploads and batches all go to ``root``."""
    document = json.loads(get_static_doc(api, version))
    document["rootUrl"] = root
    document["baseUrl"] = root + document["servicePath"]
    return build_from_document(document, http=_NoLine())


@functools.lru_cache(maxsize=128)
def collection(api: str, version: str, root: str, name: str) -> Any:
    """One collection of an API, such as Drive's ``files``."""
    return getattr(service(api, version, root), name)()


def execute(request: Any, transport: Transport, *, safe: bool | None = None) -> Any:
    """Carry out a request of a client object on ``transport``, under the method's own name."""
    # Decided here, because the library sends a GET with a long address as a POST.
    repeatable = request.method in REPEATABLE_METHODS if safe is None else safe
    return request.execute(http=HttplibLine(transport=transport, call=request.methodId, safe=repeatable))
