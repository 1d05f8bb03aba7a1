"""One episode to one row, then back."""

import dataclasses
import datetime as dt
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noctiflora.core import RangeError, StoreDamaged
from noctiflora.sample import Vendor, export, person
from noctiflora.sleep import Episode, Segment, Stage, Totals, read, resolve
from noctiflora.store._pack import pack, unpack

START = dt.datetime(2025, 1, 1, 22, tzinfo=dt.UTC)


def one(**other: object) -> Episode:
    fields: dict[str, object] = {
        "source": "ring",
        "start": START,
        "end": START + dt.timedelta(hours=7),
        "start_offset_min": 60,
        "end_offset_min": 60,
        "zone_basis": "record offset",
    }
    return Episode(**(fields | other))  # type: ignore[arg-type]


@given(data=st.data())
@settings(max_examples=150)
def test_an_episode_comes_back_exactly(data: st.DataObject, any_episode: st.SearchStrategy[Episode]) -> None:
    episode = data.draw(any_episode)
    row = pack(episode)
    (back,) = unpack([(row.start_us, row.end_us, row.body)])
    assert back == episode
    assert back.start.utcoffset() == dt.timedelta(0)
    assert all(s.start.tzinfo is dt.UTC and s.end.tzinfo is dt.UTC for s in back.segments)
    assert pack(back) == row
    assert row.body.isascii()


def test_whole_seconds_are_written_as_seconds() -> None:
    whole = Segment(start=START, end=START + dt.timedelta(minutes=5), stage=Stage.REM)
    assert json.loads(pack(one(segments=(whole,))).body)["segments_s"] == [0, 300, "rem"]
    split = Segment(start=START, end=START + dt.timedelta(microseconds=7), stage=Stage.REM)
    assert json.loads(pack(one(segments=(split,))).body)["segments_us"] == [0, 7, "rem"]


def test_identity_is_source_and_key_but_digest_is_everything() -> None:
    first, longer = pack(one(key="a")), pack(one(key="a", end=START + dt.timedelta(hours=8)))
    assert first.identity == longer.identity
    assert first.digest != longer.digest
    assert pack(one(key="b")).identity != first.identity
    assert pack(one(key="a", source="watch")).identity != first.identity


def test_without_a_key_the_times_are_the_identity() -> None:
    assert pack(one()).identity == pack(one(notes=("guess",))).identity
    assert pack(one()).identity != pack(one(end=START + dt.timedelta(hours=8))).identity


@pytest.mark.parametrize("wrong", [float("nan"), float("inf")])
def test_a_total_must_be_finite(wrong: float) -> None:
    with pytest.raises(RangeError, match="finite"):
        pack(one(totals=Totals(tst_min=wrong)))


def test_an_instant_needs_its_zone() -> None:
    start = START.replace(tzinfo=None)
    with pytest.raises(RangeError, match="zone"):
        pack(one(start=start, end=start + dt.timedelta(hours=1)))


GOOD = pack(one(segments=(Segment(start=START, end=START, stage=Stage.REM),)))


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "{}",
        GOOD.body.replace('"rem"', '"dreaming"'),
        GOOD.body.replace('[0,0,"rem"]', '[0,"rem"]'),
        GOOD.body.replace("[60,60]", "60"),
        GOOD.body.replace('"unknown"', '"siesta"'),
        GOOD.body.replace('[0,0,"rem"]', '[0,99999999999999999,"rem"]'),
    ],
)
def test_a_row_that_holds_no_episode_is_damage(body: str) -> None:
    assert body != GOOD.body
    with pytest.raises(StoreDamaged, match="cannot be read"):
        unpack([(GOOD.start_us, GOOD.end_us, body)])


@pytest.mark.parametrize("name", [part.name for part in dataclasses.fields(Totals)])
def test_no_field_of_the_totals_is_lost(name: str) -> None:
    """Each field in turn, so that one added later cannot be forgotten."""
    values = {"stages_min": {Stage.REM: 5.0}, "tib_unknown": True, "awakenings": 3}
    totals = Totals(**{name: values.get(name, 12.5)})  # type: ignore[arg-type]
    row = pack(one(totals=totals))
    (back,) = unpack([(row.start_us, row.end_us, row.body)])
    assert back.totals == totals != Totals()


def test_the_nights_of_a_diary_are_the_same_before_and_after() -> None:
    content = export(person(3, start=dt.date(2024, 10, 7), n_nights=30), Vendor.DIARY)
    episodes = read(io.BytesIO(content), "diary.csv", zone="Europe/Berlin").episodes
    rows = [pack(episode) for episode in episodes]
    back = unpack([(row.start_us, row.end_us, row.body) for row in rows])
    assert resolve(back).nights == resolve(episodes).nights
    assert all(night.onset is not None and night.rating is not None for night in resolve(back).nights)
