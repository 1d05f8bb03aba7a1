import math
import random
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noctiflora.core import RangeError
from noctiflora.sleep import rest_activity

R_NORMALS = (-1.2070657, 0.2774292, 1.0844412)
"""What R prints for set.seed(1234); rnorm(3), by which the generator below is known to be R's."""


def rnorm(n: int, *, seed: int) -> list[float]:
    """Return what R's rnorm gives after set.seed: Mersenne Twister with inversion."""
    for _ in range(50):
        seed = (69069 * seed + 1) & 0xFFFFFFFF
    state = []
    for _ in range(625):
        seed = (69069 * seed + 1) & 0xFFFFFFFF
        state.append(seed)
    twister = random.Random()
    twister.setstate((3, (*state[1:], 624), None))

    def uniform() -> float:
        return twister.getrandbits(32) * 2.3283064365386963e-10

    big = 134217728
    return [NormalDist().inv_cdf((int(big * uniform()) + uniform()) / big) for _ in range(n)]


def test_the_generator_is_that_of_r() -> None:
    assert rnorm(3, seed=1234) == pytest.approx(R_NORMALS, abs=5e-8)


@pytest.mark.parametrize("holed", [False, True])
def test_oracle_ggir(holed: bool) -> None:
    """Tests of GGIR 3 (test_g.IVIS.R): the same day seven times, days each of one value; and with a day missing."""
    same = np.array(rnorm(1440, seed=1234) * 7)
    apart = np.repeat(np.arange(8.0), 1440)
    if holed:
        same[1440:2880] = apart[1440:2880] = math.nan
    one, two = rest_activity(same, epoch_min=1), rest_activity(apart, epoch_min=1)
    assert one.stability == pytest.approx(1, rel=0.01)
    assert two.stability == pytest.approx(0, abs=0.01)
    assert two.variability == pytest.approx(0, abs=0.01)


def test_oracle_ggir_leaves_out_the_step_over_midnight() -> None:
    """GGIR's 1.97 sums steps within days only, van Someren's formula all: the same hours give both."""
    hours = np.array(rnorm(1440, seed=1234) * 7).reshape(-1, 60).mean(axis=1)
    spread = ((hours - hours.mean()) ** 2).sum()
    within = (np.diff(hours.reshape(7, 24), axis=1) ** 2).sum()
    over_midnight = 6 * (hours[24] - hours[23]) ** 2
    n = hours.size
    assert within * n / ((n - 1) * spread) == pytest.approx(1.97, rel=0.05)
    ours = rest_activity(hours, epoch_min=60).variability
    assert ours == pytest.approx((within + over_midnight) * n / ((n - 1) * spread))


def test_oracle_pyactigraphy() -> None:
    """Tests of pyActigraphy 1.2 (test_rar.py): noise gives IS 1/days and IV 2, a sine IS 1 and IV 0, by the minute."""
    days = 140
    noise = np.random.default_rng(7).normal(100, 10, 1440 * days)
    sine = 100 * np.sin(2 * np.pi * np.arange(1440 * days) / 1440)
    first, second = (rest_activity(x, epoch_min=1, bin_min=1, start_min=480) for x in (noise, sine))
    assert first.stability == pytest.approx(1 / days, rel=0.1)
    assert first.variability == pytest.approx(2, rel=0.01)
    assert second.stability == pytest.approx(1, rel=0.01)
    assert second.variability == pytest.approx(0, abs=0.001)


def test_the_least_and_the_most_active_hours() -> None:
    day = [2.0] * 3 + [0.0] * 5 + [4.0] * 2 + [10.0] * 10 + [4.0] * 4
    found = rest_activity(day * 3, epoch_min=60)
    assert (found.least5, found.least5_start_h, found.most10, found.most10_start_h) == (0, 3, 10, 10)
    assert found.amplitude == 1
    late = rest_activity(day[22:] + day * 2 + day[:22], epoch_min=60, start_min=22 * 60)
    assert (late.least5_start_h, late.most10_start_h, late.stability) == (3, 10, pytest.approx(1))


def test_what_is_not_known_is_not_counted() -> None:
    day = [0.0] * 8 + [10.0] * 16
    holed = [*day, *([math.nan] * 24), *day, *day[:12], *([math.nan] * 12)]
    found = rest_activity(holed, epoch_min=60)
    assert (found.stability, found.known_h) == (pytest.approx(1), 60)
    one = rest_activity(day, epoch_min=60)
    assert (one.stability, one.variability, one.least5) == (None, None, 0)
    assert rest_activity([math.nan] * 48, epoch_min=60).most10 is None
    assert rest_activity([5.0] * 72, epoch_min=60).stability is None


@pytest.mark.parametrize(
    "arguments", [{"epoch_min": 7}, {"epoch_min": 60, "bin_min": 7}, {"epoch_min": 60, "start_min": 5}]
)
def test_lengths_that_do_not_fit_are_refused(arguments: dict[str, float]) -> None:
    with pytest.raises(RangeError, match="divide"):
        rest_activity([1.0] * 48, **arguments)  # type: ignore[arg-type]


@settings(max_examples=60)
@given(st.lists(st.floats(0, 1000) | st.just(math.nan), min_size=72, max_size=120))
def test_formula_hour_by_hour(row: list[float]) -> None:
    """IS and IV against plain sums, and within their limits."""
    found = rest_activity(row, epoch_min=60)
    known = [(n, x) for n, x in enumerate(row) if not math.isnan(x)]
    if found.stability is None or found.variability is None:
        return
    mean = math.fsum(x for _, x in known) / len(known)
    spread = math.fsum((x - mean) ** 2 for _, x in known)
    hours = {h: [x for n, x in known if n % 24 == h] for h in range(24)}
    between = math.fsum(len(v) * (math.fsum(v) / len(v) - mean) ** 2 for v in hours.values() if v)
    steps = [(row[n] - row[n - 1]) ** 2 for n in range(1, len(row)) if not math.isnan(row[n] - row[n - 1])]
    assert found.stability == pytest.approx(between / spread)
    assert found.variability == pytest.approx(math.fsum(steps) / len(steps) / (spread / len(known)))
    assert -1e-9 <= found.stability <= 1 + 1e-9
