"""Virtual personal trials: doses, truth and nights fit together."""

import numpy as np
import pytest

from noctiflora.axis._intervention import Intervention, Kind
from noctiflora.axis._n_of_1 import virtual_n_of_1
from noctiflora.axis._person import Person
from noctiflora.axis._strain import Strain
from noctiflora.core import Outcome, RangeError

STRAIN = (Intervention(kind=Kind.LIVE_STRAIN, dose=1, strain=Strain(potency=0.4)),)
POOR = Person(values={"A0": 0.45})


def test_the_series_is_what_was_planned() -> None:
    doses = [0] * 5 + [1] * 4 + [0] * 2 + [1] * 3
    series = virtual_n_of_1(STRAIN, doses=doses, person=POOR, seed=2)
    assert series.dose.tolist() == doses
    assert series.night.tolist() == list(range(1, 15))
    lines = series.csv().splitlines()
    assert lines[0] == "night,y,dose"
    assert len(lines) == 15
    assert lines[6].endswith(",1")


def test_the_truth_is_better_sleep_and_nights_move_towards_it() -> None:
    series = virtual_n_of_1(STRAIN, doses=[0] * 60 + [1] * 120, person=POOR, seed=1)
    assert series.truth > 2
    before, after = series.mean[40:60].mean(), series.mean[-20:].mean()
    assert after - before == pytest.approx(series.truth, rel=0.2)
    spread = series.y.std() / np.sqrt(30)
    assert series.y[-60:].mean() - series.y[:60].mean() == pytest.approx(
        series.truth, abs=4 * spread + 0.2 * series.truth
    )


def test_the_same_seed_gives_the_same_nights() -> None:
    one, two, other = (virtual_n_of_1(STRAIN, doses=[0, 1] * 5, seed=s, noise_sd=2.0).y for s in (1, 1, 2))
    assert np.array_equal(one, two)
    assert not np.array_equal(one, other)


def test_latency_gets_shorter() -> None:
    assert virtual_n_of_1(STRAIN, doses=[0, 1], person=POOR, outcome=Outcome.LATENCY).truth < 0


@pytest.mark.parametrize("wrong", [{"doses": [1]}, {"doses": [0, 2]}, {"doses": [0, 1], "outcome": Outcome.RATING}])
def test_impossible_trials_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(RangeError):
        virtual_n_of_1(STRAIN, **wrong)  # type: ignore[arg-type]
