"""Tests of the sequence of stages."""

import datetime as dt
from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from noctiflora.sample._hypnogram import EPOCH_S, LONGEST_WAKE, doze, hypnogram
from noctiflora.sleep import Segment, Stage

T0 = dt.datetime(2024, 1, 1, 22, tzinfo=dt.UTC)


def _epochs(segment: Segment) -> int:
    return round((segment.end - segment.start).total_seconds() / EPOCH_S)


@settings(deadline=None, max_examples=60)
@given(
    st.integers(0, 2**31),
    st.integers(0, 200),
    st.integers(300, 1300),
    st.integers(0, 500),
    st.integers(0, 60),
    st.integers(1, 20),
)
def test_minutes_come_out_exactly(seed: int, sol: int, tst: int, waso: int, terminal: int, bouts: int) -> None:
    segments = hypnogram(T0, np.random.default_rng(seed), sol=sol, tst=tst, waso=waso, terminal=terminal, n_bouts=bouts)
    assert segments[0].start == T0
    assert all(a.end == b.start and a.stage != b.stage for a, b in pairwise(segments))
    asleep = [k for k, s in enumerate(segments) if s.stage.is_sleep]
    assert sum(_epochs(segments[k]) for k in asleep) == tst
    assert sum(map(_epochs, segments[: asleep[0]])) == sol
    assert sum(map(_epochs, segments[asleep[-1] + 1 :])) == terminal
    wakes = [_epochs(s) for s in segments[asleep[0] : asleep[-1]] if s.stage is Stage.AWAKE]
    assert sum(wakes) == waso
    assert max(wakes, default=0) <= LONGEST_WAKE


def test_deep_sleep_comes_first_and_rem_last() -> None:
    segments = hypnogram(T0, np.random.default_rng(1), sol=20, tst=900, waso=0, terminal=0, n_bouts=1)
    half = T0 + dt.timedelta(seconds=EPOCH_S * 470)
    early = {s: sum(_epochs(x) for x in segments if x.stage is s and x.end <= half) for s in Stage}
    late = {s: sum(_epochs(x) for x in segments if x.stage is s and x.start >= half) for s in Stage}
    assert early[Stage.DEEP] > late[Stage.DEEP]
    assert early[Stage.REM] < late[Stage.REM]


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 2**31), st.integers(1, 200))
def test_a_nap_has_the_length_asked_for(seed: int, epochs: int) -> None:
    segments = doze(T0, np.random.default_rng(seed), epochs=epochs)
    assert sum(map(_epochs, segments)) == epochs
    assert segments[0].stage is segments[-1].stage is Stage.LIGHT
    assert all(a.end == b.start for a, b in pairwise(segments))
