"""Options of a store: every one listed, effects from the pooled trials, the person's own useful amount."""

import datetime as dt

import pytest

from noctiflora.actions import list_options
from noctiflora.core import Instrument, Outcome
from noctiflora.evidence import load, load_options, predictive
from noctiflora.store import Store
from noctiflora.trial import USEFUL

TODAY = dt.date(2025, 5, 1)


def test_every_option_is_listed_once(store: Store) -> None:
    offered = list_options(store, today=TODAY)
    assert sorted(o.key for o in offered.options) == sorted(e.key for e in load_options())
    assert offered.useful == USEFUL[Outcome.EFFICIENCY].value
    assert offered.useful_source.is_assumed


@pytest.mark.parametrize("instrument", list(Instrument))
def test_effects_are_those_of_the_pooled_trials(store: Store, instrument: Instrument) -> None:
    offered = list_options(store, today=TODAY, instrument=instrument)
    shown = next(o for o in offered.options if o.key == "bifidobacterium-longum-1714").effect
    pooled = predictive(load(), "1714", Outcome.EFFICIENCY, instrument)
    assert shown is not None
    assert (shown.mean, shown.sd) == (pooled.mean, pooled.sd)


def test_what_has_no_number_shows_none(store: Store) -> None:
    offered = list_options(store, today=TODAY)
    assert next(o for o in offered.options if o.key == "cbt-i").effect is None
