"""Ctrl-C, remembered: libraries turn the exception it raises into errors of their own, or swallow it altogether.

Installed by the command line only; a program that uses the library keeps its own signal handling.
"""

from __future__ import annotations

import signal
import threading
from types import FrameType

stopped = threading.Event()
"""Set from the moment at which the person at the keyboard asked this process to stop."""


def remember_interrupts() -> None:
    """Have Ctrl-C set `stopped` before it raises KeyboardInterrupt.

    Nothing changes where it is ignored (a shell starts background jobs so), or outside the main thread.
    """
    in_main = threading.current_thread() is threading.main_thread()
    if in_main and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _interrupt)


def forget_interrupt() -> None:
    """Let the process end with its own exit code.

    Python notes that an interrupt ended a piece of code given as text (every named tuple is made from one), and then
    ends the process by the signal, though the exception was caught. The note lasts until the next such piece.
    """
    exec("", {})  # noqa: S102 - a constant, and an empty one


def _interrupt(number: int, frame: FrameType | None) -> None:
    stopped.set()
    signal.default_int_handler(number, frame)
