"""Nights taken out again."""

import csv
import datetime as dt
import io

from noctiflora.actions import copy_nights, nights_csv
from noctiflora.sleep import Episode
from noctiflora.store import Batch, Store

END = dt.datetime(2025, 4, 2, 6, tzinfo=dt.UTC)


def test_a_table_holds_every_night_and_runs_no_formula(store: Store) -> None:
    slept = Episode(
        source='=cmd|"calc"!A1, "x"\n', start=END - dt.timedelta(hours=7), end=END,
        start_offset_min=0, end_offset_min=0,
        zone_basis="record zone", key="1",
    )  # fmt: skip
    store.imports.save(Batch(name="x", sha256="0" * 64, format="x", person="", reading="1", episodes=(slept,)))
    today = dt.date(2025, 4, 3)
    (row,) = csv.DictReader(io.StringIO(nights_csv(store, today=today)))
    (plain,) = copy_nights(store, today=today)
    assert row["date"] == plain["date"] == "2025-04-02"
    assert row["source"].startswith("'=")
    assert row["sol_min"] == ""
    assert plain["sol_min"] is None


def test_an_empty_store_gives_the_head_only(store: Store) -> None:
    assert nights_csv(store, today=dt.date(2025, 4, 3)).count("\n") == 1
