"""Does one deed after the other, each in a process of its own that may be killed or starved.

Each line of standard input is a JSON list: deed, database, limit of file size in bytes or null,
whether to stay until killed.
Answered by ``begin PID``, then ``done CPU_SECONDS`` or ``failed KIND: MESSAGE``, then ``dead STATUS``.
Forking spares each of many processes the start of Python.
"""

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


def do(deed: str, db: Path, limit: int | None) -> None:
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
        say(f"done {time.process_time() - began_s:.4f}")


def serve() -> None:
    for line in sys.stdin:
        deed, db, limit, stay = json.loads(line)
        child = os.fork()
        if child == 0:
            try:
                do(deed, Path(db), limit)
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
