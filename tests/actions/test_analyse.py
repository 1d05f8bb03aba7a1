"""Analysing a series: a verdict only where it can be vouched for."""

import datetime as dt

import pytest

from noctiflora.actions import analyse
from noctiflora.core import InputError
from noctiflora.sample import person, series
from noctiflora.trial import Status

SEASON = series(person(5, start=dt.date(2024, 10, 7)))


def test_a_threshold_is_simulated_where_none_was_fixed() -> None:
    found = analyse(SEASON, where="season", priors={"useful": 2.0})
    assert found.threshold is not None
    assert found.verdict is not None
    assert found.verdict.threshold == found.threshold.c
    assert found.posterior.seconds > 0


def test_a_fixed_threshold_is_kept() -> None:
    found = analyse(SEASON, where="season", priors={"useful": 2.0}, fixed_threshold=0.97)
    assert found.threshold is None
    assert found.verdict is not None
    assert found.verdict.threshold == 0.97


def test_no_verdict_without_a_useful_amount() -> None:
    found = analyse(SEASON, where="season")
    assert found.posterior.status is Status.CONVERGED
    assert found.verdict is None
    assert "useful" in found.why_no_verdict


def test_gaps_in_the_night_numbers_are_nights_all_the_same() -> None:
    lines = SEASON.splitlines()
    gappy = "\n".join([lines[0], *lines[1:60], *lines[75:]]) + "\n"
    found = analyse(gappy, where="season", priors={"useful": 2.0})
    assert found.posterior.n_nights == 196
    assert found.verdict is not None


def test_nonsense_is_refused() -> None:
    with pytest.raises(InputError):
        analyse("a,b\n1,2\n", where="x")


@pytest.mark.parametrize(
    ("values", "said"),
    [(["80"] * 40, "All nights have the same value"), ([""] * 40, "No night has a value"), (["80"], "Only one night")],
)
def test_nights_that_do_not_vary_give_no_verdict(values: list[str], said: str) -> None:
    rows = "".join(f"{k + 1},{y},{k // 10 % 2}\n" for k, y in enumerate(values))
    found = analyse("night,y,dose\n" + rows, where="flat", priors={"useful": 2.0})
    assert found.verdict is None
    assert found.why_no_verdict.startswith(said)
