"""Presets and settings: every preset runs, bad text is refused by name."""

import pytest

from noctiflora.axis._cases import Case, run_cases
from noctiflora.axis._person import Person
from noctiflora.axis._presets import PRESETS, preset, with_settings
from noctiflora.core import FormatError, RangeError, UnitError


def test_every_preset_runs_and_sleeps() -> None:
    cases = [Case(values=p.person.values, schedule=p.schedule) for p in PRESETS.values()]
    out = run_cases(cases, days=14)
    assert (out.failed[:, 0] == -1).all()
    tst = dict(zip(PRESETS, out.figures["tst_min"][:, -8:].mean(axis=1) / 60, strict=True))
    assert all(3 < hours < 9 for hours in tst.values()), tst
    assert tst["insomnia"] < tst["reference"]
    assert tst["low-dao"] < tst["insomnia"]
    assert tst["short-nights"] < 5


def test_an_unknown_preset_is_refused() -> None:
    with pytest.raises(RangeError, match="reference"):
        preset("athlete")


def test_settings_are_added() -> None:
    made = with_settings(Person(values={"A0": 0.2}, label="me"), ["DAO=0.5", " tA = 120 h "])
    assert dict(made.values) == {"A0": 0.2, "DAO": 0.5, "tA": 120.0}
    assert made.label == "me"


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("DAO", FormatError),
        ("DAO=", FormatError),
        ("DAO=--5", FormatError),
        ("DAO=0.5=2", FormatError),
        ("DAO=1e999", FormatError),
        ("tA=5 d", UnitError),
        ("DA0=0.5", RangeError),
        ("DAO=9", RangeError),
        ("vHH=0.3", RangeError),
    ],
)
def test_other_settings_are_refused(text: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        with_settings(Person(), [text])
