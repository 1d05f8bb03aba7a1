"""Does one deed after the other, each in a process of its own that may be killed or starved.

Each line of standard input is a JSON list: deed, database, whether to stay until killed, limit of
file size in bytes or null, number of writes after which the disk is full or null.
Answered by ``begin PID``, then ``done CPU_SECONDS WRITES`` or ``failed KIND: MESSAGE``, then ``dead STATUS``.
Forking spares each of many processes the start of Python.
"""

import ctypes
import importlib
import json
import os
import resource
import signal
import sys
import time
from pathlib import Path

from noctiflora.core import NoctifloraError
from tests.store import durable


def say(text: str) -> None:
    os.write(1, f"{text}\n".encode())


def do(deed: str, db: Path, limit: int | None, full_after: int | None) -> None:
    recorder = None
    if full_after is not None:
        recorder = ctypes.CDLL(None)
        recorder.recorder_full_after(ctypes.c_long(full_after))
    if limit is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    began_s = time.process_time()
    say(f"begin {os.getpid()}")
    try:
        durable.DEEDS[deed](db)
    except NoctifloraError as error:
        say(f"failed {type(error).__name__}: {error}")
    except BaseException as error:
        say(f"crashed {type(error).__name__}: {error!r}")
    else:
        say(f"done {time.process_time() - began_s:.4f} {recorder.recorder_writes() if recorder else 0}")


def serve() -> None:
    for line in sys.stdin:
        deed, db, stay, limit, full_after = json.loads(line)
        child = os.fork()
        if child == 0:
            try:
                do(deed, Path(db), limit, full_after)
                if stay:
                    signal.pause()
            finally:
                os._exit(0)
        _, status = os.waitpid(child, 0)
        say(f"dead {status}")


if __name__ == "__main__":
    for used in ("cryptography.hazmat.primitives.ciphers.aead", "cryptography.hazmat.primitives.kdf.argon2"):
        # So that no process pays for what the first use imports.
        importlib.import_module(used)
    importlib.import_module("noctiflora.store._migrate")
    serve()
