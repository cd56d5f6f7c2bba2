"""What tests of Drive and Docs begin with: both through Google's own client."""

from __future__ import annotations

from typing import Any

import pytest
from clients import Api
from drive_helpers import SENCO, TEACHER


@pytest.fixture
def drive(api: Api) -> Any:
    """Drive, as the SENCO."""
    return api("drive", "v3", SENCO)


@pytest.fixture
def teacher(api: Api) -> Any:
    """Drive, as a teacher."""
    return api("drive", "v3", TEACHER)


@pytest.fixture
def docs(api: Api) -> Any:
    """Docs, as the SENCO."""
    return api("docs", "v1", SENCO)


@pytest.fixture
def doc(docs: Any) -> str:
    """The id of an empty document of the SENCO's."""
    return str(docs.documents().create(body={"title": "Notes"}).execute()["documentId"])
