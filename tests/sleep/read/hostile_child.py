"""Reads hostile archives one after another in a process of its own, within limits, and tells what became of each."""

import json
import signal
import sys
from pathlib import Path

from noctiflora.core import InputError
from noctiflora.sleep import read_all, resolve

SECONDS = 5


def late(*_: object) -> None:
    raise TimeoutError


def peak_kb() -> int:
    """Return the most memory held so far; the figure of `getrusage` would be that of the process before us."""
    line = next(x for x in Path("/proc/self/status").read_text().splitlines() if x.startswith("VmHWM"))
    return int(line.split()[1])


def main() -> None:
    """Print one line for each archive: its name, how it ended, what was written or run meanwhile."""
    files = sorted(Path(sys.argv[1]).iterdir())
    watched: list[str] = []

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        opens = event == "open" and (not isinstance(arguments[1], str) or set(arguments[1]) & set("wax+"))
        if opens or event.startswith(("subprocess", "socket", "os.system", "os.rename", "os.remove", "os.mkdir")):
            watched.append(f"{event} {arguments[0]!r}")

    sys.addaudithook(watch)
    signal.signal(signal.SIGVTALRM, late)
    before = peak_kb()
    for path in files:
        watched.clear()
        signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
        try:
            with path.open("rb") as stream:
                readings = read_all(stream, "x.zip", zone="Europe/Berlin")
            found = f"read {len(resolve([e for r in readings for e in r.episodes]).nights)} nights"
        except InputError as problem:
            found = f"refused: {problem}"
        except TimeoutError:
            found = "too long"
        except Exception as problem:
            found = f"crashed: {problem!r}"
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        grown = peak_kb() - before
        sys.stdout.write(
            json.dumps({"name": path.name, "found": found, "grown_kb": grown, "watched": list(watched)}) + "\n"
        )


if __name__ == "__main__":
    main()
