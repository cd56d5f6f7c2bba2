"""A sandbox alone in a process: it says its address; for each line of input the seconds its processor has worked; and
when the input ends the most memory it took, in bytes."""

from __future__ import annotations

import resource
import sys
import time

from sandbox.server import serve
from sandbox.state import Workspace


def main() -> None:
    with serve(Workspace(open_access=True)) as running:
        print(running.url, flush=True)
        for _ in sys.stdin:
            print(time.process_time(), flush=True)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)


if __name__ == "__main__":
    main()
