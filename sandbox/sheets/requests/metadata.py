"""Developer metadata: created, changed and deleted where it hangs."""

from __future__ import annotations

from dataclasses import replace

from sandbox.sheets import mask as masks
from sandbox.sheets.datafilter import found_metadata
from sandbox.sheets.edit import Edit
from sandbox.sheets.errors import Refused
from sandbox.sheets.metadata import Place, holder, place_from_json, search, to_json
from sandbox.sheets.model import Json, Metadata

_LARGEST = 30_000


def create_developer_metadata(edit: Edit, request: Json) -> Json:
    asked = request.get("developerMetadata", {})
    if not asked.get("metadataKey"):
        raise Refused("Developer metadata must always have a key specified.")
    if asked.get("visibility", "DEVELOPER_METADATA_VISIBILITY_UNSPECIFIED").endswith("UNSPECIFIED"):
        raise Refused("Developer metadata must have a visibility.")
    place = place_from_json(edit.book, asked.get("location", {}))
    metadata_id = asked["metadataId"] if "metadataId" in asked else edit.number()
    if "metadataId" in asked and search(edit.book, edit.client, {"metadataId": metadata_id}):
        raise Refused(
            f"Cannot add developer metadata with ID [{metadata_id}] because developer metadata with that ID "
            "already exists."
        )
    made = Metadata(
        id=metadata_id,
        key=asked["metadataKey"],
        value=asked.get("metadataValue", ""),
        visibility=asked["visibility"],
        project=edit.client,
    )
    _check_size(made)
    _hang(edit, place, made)
    return {"developerMetadata": to_json(made, place)}


def update_developer_metadata(edit: Edit, request: Json) -> Json:
    mask = masks.read("DeveloperMetadata", request.get("fields", ""))
    asked = request.get("developerMetadata", {})
    changed = []
    for data_filter in request.get("dataFilters", ()):
        for old, place in found_metadata(edit.book, edit.client, data_filter):
            after = masks.merged(mask, to_json(old, place), asked)
            made = replace(
                old,
                key=after.get("metadataKey", old.key),
                value=after.get("metadataValue", ""),
                visibility=after.get("visibility", old.visibility),
            )
            _check_size(made)
            target = place_from_json(edit.book, after["location"]) if "location" in mask else place
            _take(edit, place, old)
            _hang(edit, target, made)
            changed.append(to_json(made, target))
    return {"developerMetadata": changed}


def delete_developer_metadata(edit: Edit, request: Json) -> Json:
    gone = found_metadata(edit.book, edit.client, request.get("dataFilter", {}))
    for metadata, place in gone:
        _take(edit, place, metadata)
    return {"deletedDeveloperMetadata": [to_json(metadata, place) for metadata, place in gone]}


def _check_size(metadata: Metadata) -> None:
    if len(metadata.key) + len(metadata.value) > _LARGEST:
        raise Refused(f"Developer metadata may not hold more than {_LARGEST} characters.")


def _hang(edit: Edit, place: Place, metadata: Metadata) -> None:
    on = holder(edit.book, place)
    on.metadata = (*on.metadata, metadata)


def _take(edit: Edit, place: Place, metadata: Metadata) -> None:
    on = holder(edit.book, place)
    on.metadata = tuple(found for found in on.metadata if found is not metadata)
