"""A WSGI application on a socket: waitress keeps connections open between requests, a fault may cut one off."""

from __future__ import annotations

import logging
import socket
import struct
import threading
from collections.abc import Callable
from typing import Any

from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer
from waitress.task import Task, ThreadedTaskDispatcher, WSGITask
from waitress.wasyncore import loop

from sandbox.message import ConnectionCut

_ABRUPTLY = struct.pack("ii", 1, 0)
_IDLE = 240
_SPARE = 2
_PATIENCE = 1.0
_IN_MEMORY = 1 << 26
_unheard = logging.getLogger(f"{__name__}.unheard")
_unheard.disabled = True


class Listener:
    """Answers HTTP/1.1 on a listening socket until closed. As many calls run side by side as come; connections that
    nobody used for four minutes are closed, as Google closes them."""

    def __init__(self, application: Callable[..., Any], listening: socket.socket) -> None:
        self._threads = _Threads()
        self._server: Any = TcpWSGIServer(
            application,
            map={},
            _sock=listening,
            dispatcher=self._threads,
            adj=_adjustments(),
            sockinfo=(listening.family, listening.type, listening.proto, listening.getsockname()),
            bind_socket=False,
        )
        self._server.channel_class = _Channel
        self._closing = self._dropped = False
        self._loop = threading.Thread(target=self._run, name="sandbox", daemon=True)
        self._loop.start()

    def close(self) -> None:
        """Stops listening and drops every connection. A call that is under way ends by itself, its answer unsent."""
        self._server.trigger.pull_trigger(self._drop)
        self._threads.stop(_PATIENCE)
        self._closing = True
        self._server.pull_trigger()
        self._loop.join()
        self._drop()  # the loop may have ended before it came to it
        self._server.trigger.close()

    def _run(self) -> None:
        while not self._closing:
            loop(timeout=_IDLE / 4, use_poll=True, map=self._server._map, count=1)

    def _drop(self) -> None:
        if self._dropped:
            return
        self._dropped = True
        for channel in list(self._server.active_channels.values()):
            channel.handle_close()
        self._server.del_channel()
        self._server.socket.close()


def _adjustments() -> Adjustments:
    return Adjustments(
        ident="",
        backlog=128,
        connection_limit=10_000,
        channel_timeout=_IDLE,
        recv_bytes=1 << 16,
        inbuf_overflow=_IN_MEMORY,
        outbuf_overflow=_IN_MEMORY,
        log_socket_errors=False,
        clear_untrusted_proxy_headers=False,
    )


class _Threads(ThreadedTaskDispatcher):
    """Threads that grow in number when all are busy: a call that a fault slows down holds up nobody else."""

    def __init__(self) -> None:
        super().__init__()
        self.set_thread_count(_SPARE)

    def add_task(self, task: Task) -> None:
        with self.lock:
            self.queue.append(task)
            self.queue_cv.notify()
            wanted = self.active_count + len(self.queue)
            grow = not self.stop_count and wanted > len(self.threads)
        if grow:
            self.set_thread_count(wanted)

    def stop(self, patience: float) -> None:
        """Ends the idle threads now, and waits that many seconds at most for the busy ones."""
        with self.lock:
            self.queue.clear()
        self.set_thread_count(0)
        with self.lock:
            self.thread_exit_cv.wait_for(lambda: not self.threads, patience)


class _Task(WSGITask):
    """One request. A cut inside it resets the connection: nothing of the answer is sent."""

    logger = _unheard  # only ever says that an answer is shorter than it promised, which is a fault's doing

    def execute(self) -> None:
        try:
            super().execute()
        except ConnectionCut:
            held: Any = self.channel.socket
            held.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _ABRUPTLY)
            raise  # as the OSError that it is, after which waitress closes

    def set_close_on_finish(self) -> None:
        """A status that has no body leaves the connection open, which waitress alone would close."""
        asked: Any = self.request
        if self.has_body or self.version == "1.0" or asked.connection_close:
            super().set_close_on_finish()


class _Channel(HTTPChannel):
    """One connection."""

    task_class = _Task
