"""Every generated page by its file name."""

from __future__ import annotations

from collections.abc import Mapping

from docs.generate import (
    commands,
    errors,
    findings,
    routes,
    rules,
    sandbox,
    school_settings,
    settings,
    tables,
    templates,
    traceability,
    transfer,
)


def pages() -> Mapping[str, str]:
    return {
        "cli.md": commands.page(),
        "settings.md": settings.page(),
        "school-settings.md": school_settings.page(),
        "rules.md": rules.page(),
        "sample-findings.md": findings.page(),
        "tables.md": tables.page(),
        "templates.md": templates.page(),
        "traceability.md": traceability.page(),
        "transfer-file.md": transfer.page(),
        "transfer-file.schema.json": transfer.schema(),
        "web-routes.md": routes.page(),
        "errors.md": errors.page(),
        **sandbox.pages(),
    }
