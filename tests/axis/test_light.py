"""Light by the clock, in effective lux."""

import math

import pytest

from noctiflora.axis._cases import Case, run_cases
from noctiflora.axis._intervention import Intervention, Kind
from noctiflora.axis._light import EVENING_LUX, Evening, Light, evening
from noctiflora.core import RangeError


def test_rules_are_closed_on_the_left() -> None:
    light = Light(day_lux=3, dawn_lux=2, evening_lux=1)
    assert [light.at(h) for h in (5.9, 6.0, 7.9, 8.0, 17.9, 18.0, 23.9, 0.0)] == [1, 2, 2, 3, 3, 1, 1, 1]


@pytest.mark.parametrize("value", [-1.0, math.nan, math.inf, 1e6])
def test_impossible_light_is_refused(value: float) -> None:
    with pytest.raises(RangeError):
        Light(evening_lux=value)


def test_presets_are_in_order() -> None:
    lux = [EVENING_LUX[e] for e in (Evening.DIM, Evening.TYPICAL, Evening.BRIGHT)]
    assert lux == sorted(lux)
    assert evening(Evening.TYPICAL) == Light()


def test_a_week_of_dim_evenings_moves_the_clock_as_a_dim_home_did() -> None:
    """1:03 between a usual and a dim home (PMC4053688)."""
    change = Intervention(kind=Kind.EVENING_LIGHT, dose=EVENING_LUX[Evening.DIM])
    dlmo = run_cases([Case(), Case(interventions=(change,))], days=8).figures["dlmo_h"][:, 7 + 6]
    assert dlmo[1] - dlmo[0] == pytest.approx(-1.05, abs=0.1)
