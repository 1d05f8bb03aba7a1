"""The time course scenario: weeks, not days, and early worsening where it belongs."""

import pytest

from noctiflora.axis._intervention import Intervention, Kind
from noctiflora.axis._kinetics import RESTS_ON, kinetics_scenario
from noctiflora.axis._person import Person
from noctiflora.axis._strain import Strain
from noctiflora.core import ModelError


def dose(kind: Kind, amount: float, strain: Strain | None = None) -> list[Intervention]:
    return [Intervention(kind=kind, dose=amount, strain=strain)]


def test_onset_and_offset_take_weeks() -> None:
    found = kinetics_scenario(dose(Kind.LIVE_STRAIN, 1, Strain(potency=0.1)))
    assert 8 < found.tau_on_days < 25
    assert 8 < found.tau_off_days < 25
    assert found.worst_early == 0
    assert found.rests_on == RESTS_ON


def test_a_slower_arousal_is_a_slower_effect() -> None:
    strain = dose(Kind.LIVE_STRAIN, 1, Strain(potency=0.1))
    slow = kinetics_scenario(strain, person=Person(values={"A0": 0.45, "tA": 480.0}))
    assert slow.tau_on_days > kinetics_scenario(strain).tau_on_days + 3


def test_gas_makes_it_worse_before_it_gets_better() -> None:
    windy = Person(values={"A0": 0.45, "gas": 2.0})
    assert kinetics_scenario(dose(Kind.RESISTANT_STARCH, 20), person=windy).worst_early > 0.4


def test_nothing_has_no_time_course() -> None:
    with pytest.raises(ModelError):
        kinetics_scenario([])
