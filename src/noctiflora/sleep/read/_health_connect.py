"""Health Connect database: ``health_connect_export.db``, a SQLite file from an untrusted source.

The file is copied to a private temporary file, because SQLite reads only named files that large,
and is opened read-only and immutable: no journal is written or replayed, no view, trigger or
function of the file is run, and the work is bounded.

Instants are milliseconds UTC with the offset of the zone in seconds; there is no zone name. Stages
as in the documentation of SleepSessionRecord.StageType (developer.android.com): 1 awake, 2 sleeping,
3 out of bed, 4 light, 5 deep, 6 REM, 7 awake in bed. A session without stages tells when, not how
much, was slept. A session is a sleep, not time in bed, so latency and time in bed stay unknown.
"""

import sqlite3
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from urllib.parse import quote

from noctiflora.core import FormatError, InputError
from noctiflora.sleep._night import Episode, Segment, Stage
from noctiflora.sleep.read._document import Document
from noctiflora.sleep.read._format import MOST_ROWS, Format, Tally
from noctiflora.sleep.read._when import RECORD_OFFSET, Moment, at, cached_zone, from_epoch, wall_zone

MAGIC = b"SQLite format 3\x00"
SESSIONS, STAGES, APPS = "sleep_session_record_table", "sleep_stages_table", "application_info_table"
MOST_STAGES = 5_000_000
"""Stretches in one file: 100 a night for a century are 3.7 million."""

LARGEST_BYTES = 8 << 30
"""A database beyond this is no export of a telephone (assumed, 4 to 32 GB)."""

MOST_STEPS = 200_000
"""Thousands of virtual machine steps; five million rows of seven steps take a fifth of it (assumed, 50,000 to 10^6)."""

WIDEST_OFFSET_S = 18 * 3600
"""Java's ZoneOffset, of which Health Connect's offsets are, spans 18 hours each way (docs.oracle.com)."""

CODES = {
    1: Stage.AWAKE,
    2: Stage.ASLEEP,
    3: Stage.OUT_OF_BED,
    4: Stage.LIGHT,
    5: Stage.DEEP,
    6: Stage.REM,
    7: Stage.AWAKE,
}


def sniff(head: bytes) -> bool:
    """Return whether a document is a SQLite database."""
    return head.startswith(MAGIC)


def read(tally: Tally) -> None:
    """Read sleep sessions into the tally."""
    with tempfile.NamedTemporaryFile(prefix="noctiflora-", suffix=".db") as copy:
        size = 0
        for part in tally.document.chunks():
            size += len(part)
            if size > LARGEST_BYTES:
                raise FormatError("the database is larger than any export", where=tally.document.name)
            copy.write(part)
        copy.flush()
        try:
            with closing(_opened(copy.name)) as database:
                _sessions(database, tally)
        except (sqlite3.Error, OverflowError, UnicodeDecodeError) as problem:
            raise _damaged(tally.document, str(problem)) from None


def _damaged(document: Document, found: str) -> FormatError:
    return FormatError(
        "the database is damaged or holds no sleep table", where=document.name, found=found, do="export it again"
    )


def _opened(path: str) -> sqlite3.Connection:
    """Return the database, unable to write or to run what the file may carry."""
    database = sqlite3.connect(f"file:{quote(path)}?mode=ro&immutable=1", uri=True)
    database.text_factory = lambda raw: raw.decode("utf-8", "replace")
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 1 << 20)
    for pragma in ("trusted_schema=OFF", "query_only=ON", "cell_size_check=ON", "mmap_size=0", "cache_size=-8000"):
        database.execute(f"PRAGMA {pragma}").close()
    left = [MOST_STEPS]

    def tired() -> int:
        left[0] -= 1
        return int(left[0] < 0)

    database.set_progress_handler(tired, 1000)
    return database


def _columns(database: sqlite3.Connection, table: str) -> frozenset[str]:
    """Return the columns of a true table; none where it is missing or a view."""
    kinds = database.execute("SELECT type FROM sqlite_master WHERE name = ?", (table,)).fetchall()
    if kinds != [("table",)]:
        return frozenset()
    return frozenset(str(row[1]) for row in database.execute(f"PRAGMA table_info({table})"))


def _sessions(database: sqlite3.Connection, tally: Tally) -> None:
    found = _columns(database, SESSIONS)
    needed = {"row_id", "start_time", "end_time"}
    if not needed <= found:
        raise _damaged(tally.document, f"no table {SESSIONS}")
    wanted = ("row_id", "start_time", "end_time", "start_zone_offset", "end_zone_offset", "app_info_id", "uuid")
    picked = ", ".join(c if c in found else f"NULL AS {c}" for c in wanted)
    rows = database.execute(f"SELECT {picked} FROM {SESSIONS} ORDER BY row_id LIMIT ?", (MOST_ROWS + 1,)).fetchall()
    tally.expect(len(rows))
    apps, stages = _apps(database), _stages(database, tally)
    for row in rows:
        values = dict(zip(wanted, row, strict=True))
        try:
            tally.episodes.append(_episode(values, apps, stages.get(values["row_id"], ()), tally))
        except InputError as problem:
            if problem.where == tally.document.name:
                raise
            tally.refuse(f"session {values['row_id']}", problem)


def _apps(database: sqlite3.Connection) -> dict[object, str]:
    """Return the names of the apps that wrote sessions."""
    found = _columns(database, APPS)
    if not {"row_id", "package_name"} <= found:
        return {}
    name = "app_name" if "app_name" in found else "NULL"
    rows = database.execute(f"SELECT row_id, {name}, package_name FROM {APPS} LIMIT 10000")
    return {key: str(title or package or "an app")[:80] for key, title, package in rows}


def _stages(database: sqlite3.Connection, tally: Tally) -> dict[object, list[Sequence[object]]]:
    """Return the stretches by session."""
    needed = {"parent_key", "stage_type", "stage_start_time", "stage_end_time"}
    if not needed <= _columns(database, STAGES):
        return {}
    out: dict[object, list[Sequence[object]]] = defaultdict(list)
    query = f"SELECT parent_key, stage_type, stage_start_time, stage_end_time FROM {STAGES} LIMIT ?"
    for n, row in enumerate(database.execute(query, (MOST_STAGES + 1,)), 1):
        tally.expect(n, most=MOST_STAGES)
        out[row[0]].append(row[1:])
    return out


def _moment(stamp: object, shift: object, tally: Tally) -> Moment:
    """Return an instant with the offset written beside it, else that of the zone the person named."""
    if not isinstance(stamp, int):
        raise FormatError("the time of a session is not a number", found=str(stamp)[:40])
    instant = from_epoch(stamp / 1000)
    if isinstance(shift, int) and abs(shift) <= WIDEST_OFFSET_S:
        return Moment(instant=instant, offset_min=round(shift / 60), basis=RECORD_OFFSET)
    if tally.zone is None:
        wall_zone(None, where=tally.document.name)
    return at(instant, cached_zone(tally.zone) if tally.zone else None)


def _episode(
    values: Mapping[str, object], apps: Mapping[object, str], rows: Sequence[Sequence[object]], tally: Tally
) -> Episode:
    start = _moment(values["start_time"], values["start_zone_offset"], tally)
    end = _moment(values["end_time"], values["end_zone_offset"], tally)
    segments = tuple(sorted(_segments(rows, start, end), key=lambda s: s.start))
    uuid = values["uuid"]
    return Episode(
        source=f"health connect: {apps.get(values['app_info_id'], 'an app')}",
        start=start.instant,
        end=end.instant,
        start_offset_min=start.offset_min,
        end_offset_min=end.offset_min,
        zone_basis=start.basis,
        segments=segments,
        key=uuid.hex() if isinstance(uuid, bytes) and uuid else f"{start.instant.timestamp():.0f}",
        notes=() if segments else ("the app wrote no stages: total sleep unknown",),
    )


def _segments(rows: Sequence[Sequence[object]], start: Moment, end: Moment) -> Iterator[Segment]:
    """Yield the stretches of a session, cut to it."""
    for code, first, last in rows:
        stage = CODES.get(code) if isinstance(code, int) else None
        if stage is None or not isinstance(first, int) or not isinstance(last, int):
            stage = Stage.UNKNOWN
            if not isinstance(first, int) or not isinstance(last, int):
                continue
        begin, until = max(from_epoch(first / 1000), start.instant), min(from_epoch(last / 1000), end.instant)
        if until > begin:
            yield Segment(start=begin, end=until, stage=stage)


HEALTH_CONNECT = Format(label="Health Connect database", sniff=sniff, read=read)
