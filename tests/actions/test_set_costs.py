"""Costs: kept by option, forgotten on request, refused where they cannot be."""

import datetime as dt

import pytest

from noctiflora.actions import check_option, kept_costs, list_options, set_costs
from noctiflora.core import RangeError
from noctiflora.store import Store


def test_a_cost_is_kept_shown_and_forgotten(store: Store) -> None:
    set_costs(store, {"phgg": 0.3, "kefir": 1})
    assert kept_costs(store) == {"phgg": 0.3, "kefir": 1.0}
    offered = list_options(store, today=dt.date(2025, 5, 1))
    assert {o.key: o.cost for o in offered.options if o.cost is not None} == kept_costs(store)
    set_costs(store, {"phgg": None})
    assert kept_costs(store) == {"kefir": 1.0}


@pytest.mark.parametrize("costs", [{"phgg": -1.0}, {"kefir": 1.0, "beer": 2.0}, {"phgg": float("nan")}])
def test_one_bad_cost_keeps_none(store: Store, costs: dict[str, float]) -> None:
    with pytest.raises(RangeError):
        set_costs(store, dict(costs))
    assert kept_costs(store) == {}


def test_a_slip_names_the_nearest() -> None:
    with pytest.raises(RangeError, match="try phgg"):
        check_option("phg")
    assert check_option("cbt-i") == "cbt-i"
