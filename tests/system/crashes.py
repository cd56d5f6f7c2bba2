"""What a run that dies leaves behind: the states Google was in while one run went on, to be taken up by others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import snapshots
from snapshots import Snapshot
from town import Town

from sandbox.app import service_routes
from sandbox.call import Call, Handler, Reply
from sandbox.drive.files import drive_state
from server.demo.world import CLIENT
from server.plans.files import KIND

Kind = tuple[str, ...]
READING = ("get", "list", "export", "search", "batchget", "getbydatafilter", "batchgetbydatafilter")


@dataclass
class _Watch:
    """Keeps the state after the first and after the last writing call of each kind."""

    workspace: Any
    first: dict[Kind, tuple[int, Snapshot]] = field(default_factory=dict)
    last: dict[Kind, tuple[int, Snapshot]] = field(default_factory=dict)
    kind: Kind = ("nothing yet", "", "")
    calls: int = 0

    def before(self, call: Call) -> None:
        self.look()
        if call.method.rpartition(".")[2].casefold() not in READING:
            requests = call.body.get("requests", ())
            said = " ".join(sorted({name for each in requests for name in each}))
            self.kind = call.method, _file_kind(call), said

    def look(self) -> None:
        """Keep what stands now, if anything was written since the last look."""
        if self.kind:
            self.calls += 1
            kept = self.last if self.kind in self.first else self.first
            kept[self.kind] = self.calls, snapshots.take(self.workspace)
            self.kind = ()

    def states(self, *, ends: bool) -> list[Snapshot]:
        kept = [*self.first.values(), *(self.last.values() if ends else ())]
        return [state for _, state in sorted(kept, key=lambda each: each[0])]


def _file_kind(call: Call) -> str:
    """What sort of file a call is about, "" where it is about none."""
    file = drive_state(call.workspace).files.get(call.params.get("spreadsheetId") or call.params.get("fileId") or "")
    return file.app_properties.get(CLIENT, {}).get(KIND, "") if file else ""


def left_behind(town: Town, act: Callable[[], object], *, ends: bool = True) -> list[Snapshot]:
    """The states Google was in while ``act`` went on, from the first to the last, parts of batches too.

    Of calls of one kind (the same method on the same sort of file, with the same sorts of requests) the states after
    the first and, with ``ends``, the last of them stand for all."""
    workspace = town.sandbox.workspace
    watch = _Watch(workspace)

    def watched(handler: Handler) -> Handler:
        def answer(call: Call) -> Any | Reply:
            watch.before(call)
            return handler(call)

        return answer

    town.sandbox.use(workspace, {name: watched(handler) for name, handler in service_routes().items()})
    act()
    town.sandbox.use(workspace)
    watch.look()
    return watch.states(ends=ends)
