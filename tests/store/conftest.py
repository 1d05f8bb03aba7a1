"""A clock that stands still, small stores, and sleeps of any shape."""

import datetime as dt
import hashlib
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import strategies as st

from noctiflora.sleep import Episode, Kind, Segment, Stage, Totals
from noctiflora.store import Batch, Store, open_store
from noctiflora.store._migrate import FOLDER
from noctiflora.store._tables import HEAD, METADATA
from tests import postgres

NOW = dt.datetime(2025, 3, 1, 8, 30, 15, 123456, tzinfo=dt.UTC)
NIGHT = dt.datetime(2025, 1, 1, 22, tzinfo=dt.UTC)

any_text = st.text(st.characters(codec=None), max_size=12)
"""Any text a hostile export can hold: NUL and lone surrogates too."""

minutes = st.one_of(st.none(), st.floats(0, 1e4), st.integers(0, 1440))


class Clock:
    """A clock that tests set."""

    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> dt.datetime:
        return self.at


@st.composite
def _segments(draw: st.DrawFn, start: dt.datetime) -> tuple[Segment, ...]:
    step = dt.timedelta(microseconds=draw(st.sampled_from([1, 1_000_000, 30_000_000])))
    parts, at = [], start
    for _ in range(draw(st.integers(0, 6))):
        # A gap below zero: overlapping stretches of a careless device.
        begin = at + draw(st.integers(-3, 40)) * step
        at = begin + draw(st.integers(0, 90)) * step
        parts.append(Segment(start=begin, end=at, stage=draw(st.sampled_from(Stage))))
    return tuple(parts)


@st.composite
def _episode(draw: st.DrawFn) -> Episode:
    zones = st.sampled_from([dt.UTC, dt.timezone(dt.timedelta(hours=-9, minutes=-30))])
    start = draw(st.datetimes(dt.datetime(1971, 1, 1), dt.datetime(2100, 1, 1), timezones=zones))
    length = dt.timedelta(microseconds=draw(st.integers(1, 86_400_000_000)))
    stages = draw(st.dictionaries(st.sampled_from(Stage), st.floats(0, 1440), max_size=3))
    return Episode(
        source=draw(any_text),
        start=start,
        end=start + length,
        start_offset_min=draw(st.integers(-720, 840)),
        end_offset_min=draw(st.integers(-720, 840)),
        zone_basis=draw(st.sampled_from(["record zone", "record offset", "named zone"])),
        kind=draw(st.sampled_from(Kind)),
        segments=draw(_segments(start)),
        totals=Totals(
            tib_min=draw(minutes),
            tst_min=draw(minutes),
            sol_min=draw(minutes),
            waso_min=draw(minutes),
            awakenings=draw(st.one_of(st.none(), st.integers(0, 99))),
            stages_min=MappingProxyType(stages),
        ),
        has_in_bed=draw(st.booleans()),
        key=draw(any_text),
        notes=tuple(draw(st.lists(any_text, max_size=2))),
    )


@pytest.fixture(scope="session")
def any_episode() -> st.SearchStrategy[Episode]:
    return _episode()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "nights.db"


PORTABLE = ("additions", "answers", "diary", "edits", "imports", "link", "settings", "trials")
"""The test files whose stores stand on an SQLite file and on a server in turn."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a portable test on both databases, unless it asks for the file itself."""
    names = metafunc.fixturenames
    if metafunc.module.__name__.rpartition("test_")[2] in PORTABLE and "store" in names and "path" not in names:
        metafunc.parametrize("store", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture(scope="session")
def ready(server: str) -> Iterator[str]:
    """Return the name of a database that has our schema, to be copied."""
    with postgres.database(server, "ready") as made:
        open_store(made, now=Clock()).close()
        yield "ready"


@pytest.fixture
def address(server: str, ready: str) -> Iterator[str]:
    """Return the address of a database of one's own, with our schema."""
    with postgres.database(server, f"t{secrets.token_hex(6)}", template=ready) as own:
        yield own


@pytest.fixture(scope="session")
def reused(server: str, ready: str) -> Iterator[str]:
    """Return the address of a database that one test after another finds empty."""
    with postgres.database(server, "reused", template=ready) as own:
        yield own


@pytest.fixture
def emptied(reused: str) -> str:
    names = ", ".join(f'"{name}"' for name in METADATA.tables)
    with postgres.closed(postgres.engine(reused)) as admin:
        admin.exec_driver_sql(f"TRUNCATE {names} RESTART IDENTITY CASCADE")
    return reused


@pytest.fixture
def store(request: pytest.FixtureRequest, clock: Clock) -> Iterator[Store]:
    kind = getattr(request, "param", "sqlite")
    location = request.getfixturevalue("emptied" if kind == "postgresql" else "path")
    with open_store(location, now=clock, busy_s=0.2) as opened:
        yield opened


@pytest.fixture(scope="session")
def sleep_of() -> Callable[..., Episode]:
    """Return a maker of plain sleeps: one per night, told apart by `hours`."""

    def make(night: int, *, hours: float = 7, source: str = "ring", key: str | None = None) -> Episode:
        start = NIGHT + dt.timedelta(days=night)
        end = start + dt.timedelta(hours=hours)
        return Episode(
            source=source,
            start=start,
            end=end,
            start_offset_min=60,
            end_offset_min=60,
            zone_basis="record offset",
            segments=(Segment(start=start, end=end, stage=Stage.ASLEEP),),
            key=f"night {night}" if key is None else key,
        )

    return make


@pytest.fixture(scope="session")
def batch_of() -> Callable[..., Batch]:
    """Return a maker of batches; `content` stands for the bytes of the file."""

    def make(content: str, *episodes: Episode, reading: str = "") -> Batch:
        digest = hashlib.sha256(content.encode()).hexdigest()
        return Batch(name=f"{content}.csv", sha256=digest, format="ring", reading=reading, episodes=episodes)

    return make


@pytest.fixture
def not_root() -> None:
    if not hasattr(os, "geteuid") or os.geteuid() == 0:
        pytest.skip("root may write anywhere: a permission test would pass or fail trivially")


@pytest.fixture
def spoil() -> Callable[..., None]:
    """Return a function that overwrites whole pages of a closed database with rubbish."""

    def overwrite(path: Path, *, first: int, last: int | None = None) -> None:
        size = 4096
        data = bytearray(path.read_bytes())
        end = len(data) if last is None else last * size
        data[first * size : end] = b"\xa5" * (end - first * size)
        path.write_bytes(bytes(data))

    return overwrite


@pytest.fixture
def next_schema(tmp_path: Path) -> Path:
    """Return a folder of migrations with a second one, as a later version would have it."""
    folder = tmp_path / "scripts"
    folder.mkdir()
    for script in FOLDER.glob("_0*.py"):
        shutil.copy(script, folder)
    (folder / "_9999_next.py").write_text(NEXT.format(before=HEAD), encoding="utf-8")
    return folder


NEXT = '''
"""Adds a column, then renames a table that another points to."""
import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{before}"


def upgrade():
    with op.batch_alter_table("imports") as batch:
        batch.add_column(sa.Column("extra", sa.Text))
        batch.alter_column("person", nullable=True)
    op.create_table("more", sa.Column("x", sa.Integer))
'''
