"""Foreign bytes are read in a process of its own, with limits of processor time and memory: no file hangs or fills the program.

Both ends of its pipe are this program: what is unpickled is what the other end sent, never bytes of a file; libraries that print
write elsewhere. The process stays for the next file and ends by itself once nothing is asked of it. What is limited is its own
processor time, not time by the clock: what can be read does not depend on what else the machine does.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import pickle
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import Any, TypeVar

from corpus.errors import SourceError

PROCESSOR_SECONDS = 60
MEMORY = 2 * 2**30
# By the clock, in seconds: for systems that cannot limit processor time, and before the process ends when nothing is asked.
_PATIENCE, _RESTS_AFTER = 900, 10
_START = "import pickle, sys; sys.path[:] = pickle.load(sys.stdin.buffer); from corpus.confined import serve; serve()"
_HINT = "check that it is the right file, save it again as text or CSV, or leave it out"
_TOO_MUCH = f"reading the file takes more than {PROCESSOR_SECONDS} seconds of processor time or {MEMORY // 2**30} GB of memory"
_ENDS = (EOFError, OSError, pickle.UnpicklingError)
_T = TypeVar("_T")


def confined(function: Callable[..., _T], *arguments: object, shared: object) -> _T:
    """What a function of a module returns for these arguments and `shared` as the last, which is sent once; raises its errors.

    Raises SourceError if that takes more than PROCESSOR_SECONDS or MEMORY in bytes, or ends the process.
    """
    global _reader
    with _LOCK:
        for _ in range(2):
            if _reader is None or _reader.owner != os.getpid():
                _reader = _Reader()
            try:
                done, value = _reader.ask(function, arguments, shared)
                break
            except _ENDS as error:
                rested, how = _reader.end()
                _reader = None
                if not rested:
                    raise SourceError(f"{_TOO_MUCH}, or breaks its reader ({how})", _HINT) from error
            except BaseException:
                _reader.end()
                _reader = None
                raise
        else:
            raise SourceError("the process that reads files does not start", "run the command again")
    if not done:
        raise value
    found: _T = value
    return found


class _Reader:
    """The process, as its parent sees it."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        # Libraries write about damaged files to stderr, which is not for the terminal.
        self._process = subprocess.Popen(
            [sys.executable, "-c", _START], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._shared: object = None
        with contextlib.suppress(*_ENDS):
            self._send(sys.path)

    def ask(self, function: Callable[..., object], arguments: tuple[object, ...], shared: object) -> tuple[bool, Any]:
        """(True, result) or (False, exception). Raises one of `_ENDS` if the process ended."""
        known = shared is self._shared
        assert self._process.stdout is not None
        patience = threading.Timer(_PATIENCE, self._process.kill)
        patience.start()
        try:
            self._send((function, arguments, known, None if known else shared))
            self._shared = shared
            reply: tuple[bool, Any] = pickle.load(self._process.stdout)
        finally:
            patience.cancel()
        return reply

    def end(self) -> tuple[bool, str]:
        """End the process; whether it had ended by itself before it was asked, and how in words."""
        with contextlib.suppress(OSError):
            for stream in (self._process.stdin, self._process.stdout):
                if stream is not None:
                    stream.close()
        try:
            code = self._process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            self._process.kill()
            code = self._process.wait()
        return code == 0, signal.Signals(-code).name if code < 0 else f"exit code {code}"

    def _send(self, what: object) -> None:
        assert self._process.stdin is not None
        pickle.dump(what, self._process.stdin, pickle.HIGHEST_PROTOCOL)
        self._process.stdin.flush()


def serve() -> None:
    """The process itself: answers what stdin asks, until it ends or is silent."""
    requests, replies = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        import resource

        with contextlib.suppress(OSError, ValueError):  # macOS knows no such limit
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    shared: object = None
    while True:
        try:
            function, arguments, known, sent = pickle.load(requests)
        except EOFError:
            return
        shared = shared if known else sent
        full = False
        _limit(PROCESSOR_SECONDS)
        try:
            reply = pickle.dumps((True, function(*arguments, shared)), pickle.HIGHEST_PROTOCOL)
        except MemoryError:
            full, reply = True, _failed(SourceError(_TOO_MUCH, _HINT))
        except Exception as error:  # raised again in the program
            reply = _failed(error)
        _limit(0)
        replies.write(reply)
        replies.flush()
        # The next file finds a process with all of its memory.
        if full or (sys.platform != "win32" and not select.select([requests], [], [], _RESTS_AFTER)[0]):
            return


def _limit(seconds: int) -> None:
    """End this process once it has used so much processor time from now on; 0 takes the limit away."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_PROF, seconds)


def _failed(error: Exception) -> bytes:
    try:
        reply = pickle.dumps((False, error), pickle.HIGHEST_PROTOCOL)
        pickle.loads(reply)
    except Exception:  # some exceptions of libraries cannot be sent
        return pickle.dumps((False, RuntimeError(f"{type(error).__name__}: {error}")), pickle.HIGHEST_PROTOCOL)
    return reply


def _end() -> None:
    if _reader is not None and _reader.owner == os.getpid():
        _reader.end()


_LOCK = threading.Lock()
_reader: _Reader | None = None
atexit.register(_end)
