"""Time to the first byte of each page, with ten years of nights."""

import datetime as dt
import http.client
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path

import uvicorn
from fastapi.routing import APIRoute

from noctiflora.actions import import_files
from noctiflora.sample import Vendor, check_ins, export, person
from noctiflora.store import open_store
from noctiflora.web import create_app
from noctiflora.web._routes import ROUTERS
from noctiflora.web._serve import _listen

TODAY = dt.date(2024, 12, 1)
NOW = dt.datetime(2024, 12, 1, 8, tzinfo=dt.UTC)
NIGHTS = 3652
ROUNDS = 7
BUDGET_MS, BUDGET_BYTES = 100.0, 200_000


def fill(folder: Path) -> Path:
    """Write a store with ten years of a made-up person."""
    sample = person(1, start=TODAY - dt.timedelta(days=NIGHTS - 1), n_nights=NIGHTS)
    files = [(folder / vendor.file_name, vendor) for vendor in (Vendor.APPLE, Vendor.DIARY)]
    for path, vendor in files:
        path.write_bytes(export(sample, vendor))
    with open_store(folder / "ten.sqlite", now=lambda: NOW) as store:
        import_files(store, [path for path, _ in files], zone=sample.home)
        store.diary.save_checkins(check_ins(sample))
    return folder / "ten.sqlite"


def main() -> int:
    """Print one line a page; return 1 where a warm page is over its budget."""
    paths = sorted(
        route.path
        for router in ROUTERS
        for route in router.routes
        if isinstance(route, APIRoute) and route.methods == {"GET"} and "{" not in route.path
    )
    slow = 0
    with tempfile.TemporaryDirectory() as folder, _listen(0) as listening:
        port = listening.getsockname()[1]
        app = create_app(str(fill(Path(folder))), port=port, now=lambda: NOW, today=lambda: TODAY, zone="Europe/Berlin")
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        time.sleep(3)  # so that the file counts as settled
        cookie = f"{app.state.keys.cookie}={app.state.keys.session()}"
        for path in paths:
            times, size, status = [], 0, 0
            for _ in range(ROUNDS):
                asked = http.client.HTTPConnection("127.0.0.1", port)
                began = time.perf_counter()
                asked.request("GET", path, headers={"Cookie": cookie})
                answer = asked.getresponse()
                times.append(1e3 * (time.perf_counter() - began))
                size, status = len(answer.read()), answer.status
            warm = statistics.median(times[1:])
            over = "  OVER" if warm > BUDGET_MS and not path.startswith(("/api", "/data/nights")) else ""
            slow += bool(over)
            sys.stdout.write(
                f"{path:28} {status} cold {times[0]:7.0f} ms, warm {warm:5.0f} ms, {size / 1e3:7.1f} kB{over}\n"
            )
        server.should_exit = True
        thread.join(10)
    return int(slow > 0)


if __name__ == "__main__":
    sys.exit(main())
