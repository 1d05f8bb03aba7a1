"""The modelled day: deterministic, as now and changed, gone where half of the runs leave their range."""

from dataclasses import replace

import numpy as np
import pytest

from noctiflora.actions import _what_if_day as room
from noctiflora.actions._what_if_day import day_lanes, hypotheses, people_like, what_if_day
from noctiflora.axis import Intervention, Kind, begin, follow, preset

DIM = (Intervention(kind=Kind.EVENING_LIGHT, dose=60.0),)


def test_the_same_seed_gives_the_same_day_and_a_dim_evening_raises_melatonin_earlier() -> None:
    found = what_if_day(DIM, seed=3)
    assert found is not None
    assert found == what_if_day(DIM, seed=3)
    melatonin, at_nine = found.lanes[1], found.hours.index(21.0)
    assert melatonin.then[at_nine] > melatonin.now[at_nine] + 10


def test_without_a_change_both_curves_are_one() -> None:
    found = what_if_day((), seed=0)
    assert found is not None
    assert all(lane.now == lane.then and lane.now_band == lane.then_band for lane in found.lanes)


def test_runs_that_left_their_range_do_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = preset("insomnia")
    begun = begin(people_like(chosen.person, chosen.schedule, seed=0, members=3))
    ran = follow(begun, {"now": [()] * 3, "then": [DIM] * 3}, weeks=1, day=True)
    failed = ran.failed.copy()
    failed[1, 0] = True
    assert ran.day is not None
    lanes = day_lanes(replace(ran, failed=failed))
    expected = np.median(100 * ran.day["pS"][0][1:, ::2], axis=0)
    assert np.allclose(lanes[-1].now, np.maximum(expected, 0))
    failed[:] = True
    monkeypatch.setattr(room, "begin", lambda people: begun)
    monkeypatch.setattr(room, "follow", lambda *_, **__: replace(ran, failed=failed))
    assert what_if_day(DIM, seed=0) is None


def test_each_hypothesis_is_named_with_its_meaning() -> None:
    named = hypotheses()
    assert len(named) > 40
    assert all(": " in text for text in named)
    assert any(text.startswith("tA: ") for text in named)
