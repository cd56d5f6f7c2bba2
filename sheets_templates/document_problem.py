"""What is wrong with a template, and where. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class TemplateProblem:
    """One thing that stops a template: where it stands (``heading "Hopes"``, ``table 1, row 2, column 1``) and,
    in one plain sentence, what is wrong and what to do."""

    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


class TemplateRefused(Exception):
    """A template that can't be used. ``problems`` holds every reason, never none."""

    def __init__(self, problems: Sequence[TemplateProblem]) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = tuple(problems)
