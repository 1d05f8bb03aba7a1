"""The packaged model: its size, and that each number has unit, range, status and source."""

import csv

import pytest

from noctiflora.axis._model_file import load_model, model_text
from tests.axis.strategies import ROOT

TABLE = ROOT.parent / "shared" / "axis" / "parameters.csv"


def test_size() -> None:
    model = load_model()
    assert (len(model.states), len(model.inputs), len(model.modules)) == (30, 8, 10)
    assert load_model() is model
    assert model_text().startswith("#")


def test_each_parameter_is_complete() -> None:
    for p in load_model().parameters:
        assert p.unit
        assert p.meaning
        assert p.low <= p.value <= p.high
        assert p.source.ref
        assert not p.source.is_assumed or p.source.note


@pytest.mark.skipif(not TABLE.exists(), reason="the specification is not beside this checkout")
def test_parameters_are_those_of_the_specification_but_for_the_repairs() -> None:
    given = {r["name"]: r for r in csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines())}
    own = load_model().parameter_by_name
    repaired = {name for name, p in own.items() if name in given and p.value != float(given[name]["value"])}
    assert repaired == REPAIRED
    assert set(given) - set(own) == {"vHH"}, "vHH is derived, so that the reference histamine is 1"
    assert {n for n in set(own) - set(given) if not n.startswith("set")} == {"uL", "uN", "gV"}
    for name in set(given) & set(own) - REPAIRED:
        assert own[name].status.value == given[name]["status"], name
        assert (own[name].low, own[name].high) == (
            float(given[name]["plausible_low"]),
            float(given[name]["plausible_high"]),
        )


REPAIRED = {
    *("I0", "GL"),
    *("kapU", "phiU", "kapU2", "phiU2", "u0", "qCAR"),
    *("nfref", "x1r", "x2r", "R0", "pneed"),
}
"""The light scale, the cortisol drive, and the reference constants that follow from them."""
