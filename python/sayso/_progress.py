"""How far the work is, for whoever waits for it."""

import contextlib
import sys
import threading
from collections.abc import Iterator
from typing import TextIO

from . import _sayso


@contextlib.contextmanager
def progress(after: float = 1.0, every: float = 0.25, out: TextIO | None = None) -> Iterator[None]:
    """Tells on one line how far the work inside the block is.

    Parameters
    ----------
    after : float
        Seconds before anything is said, so that quick work stays quiet.
    every : float
        Seconds between looks.
    out : file, optional
        Where it is told; standard error by default, which a notebook shows under the cell.

    Examples
    --------
    >>> import sayso
    >>> with sayso.progress():
    ...     ranges = sayso.Case.read("data/kursk-2025").consensus()
    """
    out = sys.stderr if out is None else out
    done = threading.Event()

    def watch() -> None:
        shown = 0
        wait = after
        while not done.wait(wait):
            wait = every
            now = _sayso.progress()
            if now is None:
                continue
            stage, count, total = now
            line = f"{stage}: {min(count, total):,} of {total:,}" if total else f"{stage}: {count:,}"
            out.write("\r" + line.ljust(shown))
            out.flush()
            shown = len(line)
        if shown:
            out.write("\r" + " " * shown + "\r")
            out.flush()

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
