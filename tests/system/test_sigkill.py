"""The command line killed for real, with SIGKILL, while Google works on one of its calls."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from town import TODAY, Town, small_sample

from server.demo import sample
from server.demo.world import World
from server.workflows.lease import SECONDS
from sheets_templates import catalogue

NAME = "Tannerfield Academy"


@pytest.fixture(scope="module")
def file_of_plans(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("plans") / "plans.json"
    path.write_text(json.dumps({**json.loads(sample.sample_text()), "log": []}), "utf-8")
    return path


@pytest.fixture(scope="module")
def untroubled() -> dict[str, Any]:
    with World(small_sample(), TODAY) as world:
        town = Town(world, catalogue=catalogue.load())
        town.begin()
        return town.state()


class Shot:
    """Stands before the sandbox and kills the caller at its ``nth`` call, before or after that is done."""

    def __init__(self, town: Town, nth: int, *, after: bool) -> None:
        self.nth, self.after, self.seen = nth, after, 0
        self.victim: subprocess.Popen[bytes] | None = None
        self.inner: Any = town.sandbox.app.wsgi_app
        town.sandbox.app.wsgi_app = self  # type: ignore[method-assign]  # the hook Flask documents for middleware

    def __call__(self, environ: Any, start_response: Any) -> Any:
        self.seen += 1
        if self.seen == self.nth and not self.after:
            self._fire()
        if self.seen > self.nth or (self.seen == self.nth and not self.after):
            return []
        answer = self.inner(environ, start_response)
        if self.seen == self.nth:
            self._fire()
        return answer

    def _fire(self) -> None:
        assert self.victim is not None
        os.kill(self.victim.pid, signal.SIGKILL)
        self.victim.wait()


def install(town: Town, path: Path) -> subprocess.Popen[bytes]:
    settings = town.world.settings(town.school_id)
    words = ["install", "--id", town.school_id, "--name", NAME, "--from", str(path), "--json"]
    environment = {
        **os.environ,
        "SENPLANS_GOOGLE_URL": settings.google_url,
        "SENPLANS_TOKEN": settings.token,
        "SENPLANS_PUBLISHER": settings.publisher,
        "SENPLANS_TODAY": TODAY.isoformat(),
    }
    command = [sys.executable, "-c", "from server.cli import main; main()", *words]
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("nth", [4, 8, 13, 20, 24])
def test_an_installation_shot_at_a_call_is_made_whole_by_the_next_run(
    untroubled: dict[str, Any], file_of_plans: Path, nth: int, after: bool
) -> None:
    with World(small_sample(), TODAY) as world:
        town = Town(world, catalogue=catalogue.load())
        shot = Shot(town, nth, after=after)
        shot.victim = install(town, file_of_plans)
        assert shot.victim.wait(timeout=60) == -signal.SIGKILL
        town.sandbox.app.wsgi_app = shot.inner  # type: ignore[method-assign]
        town.now = time.time() + SECONDS + 1
        town.begin()
        assert town.state() == untroubled
