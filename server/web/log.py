"""The web tier's log: one JSON object a line, with codes and counts. No names, no tokens, no cells."""

from __future__ import annotations

import secrets
from typing import Any, TextIO

import structlog


def open_log(to: TextIO) -> Any:
    """A logger that writes JSON lines."""
    return structlog.wrap_logger(
        structlog.PrintLogger(to),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
    )


def new_reference() -> str:
    """A short code that a person can read out and that finds one line of the log."""
    return secrets.token_hex(4)


def place_of(error: BaseException) -> str:
    """Where an error came from, as module and line. Its words stay out: they may hold a child's name."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return ""
    return f"{trace.tb_frame.f_globals.get('__name__', '')}:{trace.tb_lineno}"
