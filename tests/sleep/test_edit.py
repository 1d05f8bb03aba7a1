import datetime as dt

import pytest

from noctiflora.core import RangeError
from noctiflora.sleep import EditField, Night, NightEdit, Stage, measure
from noctiflora.sleep._edit import BY_HAND, edited
from tests.sleep.exports import episode, utc

LATE = utc(2024, 1, 1, 22)
DATE = dt.date(2024, 1, 2)


def edit(field: EditField, value: float | dt.datetime | None) -> NightEdit:
    return NightEdit(date=DATE, field=field, value=value)


def night() -> Night:
    return measure(episode(LATE, [(Stage.AWAKE, 20), (Stage.LIGHT, 460)], has_in_bed=True))


def test_a_corrected_measure_stands_and_the_derived_follow() -> None:
    out = edited(night(), [edit(EditField.TST, 240.0)])
    assert out is not None
    assert (out.tst_min, out.se_pct) == (240, 50)
    assert out.notes[-1] == "corrected by hand: tst_min"


@pytest.mark.parametrize("field", [f for f in EditField if f.value.endswith("_min")])
def test_every_duration_can_be_set_and_unset(field: EditField) -> None:
    known = edited(night(), [edit(field, 12.0 if field is not EditField.TIB else 600.0)])
    unset = edited(night(), [edit(field, None)])
    assert getattr(known, field.value) in (12.0, 600.0)
    assert getattr(unset, field.value) is None


def test_counts_and_ratings() -> None:
    out = edited(night(), [edit(EditField.AWAKENINGS, 3.0), edit(EditField.RATING, 7.0)])
    assert out is not None
    assert (out.awakenings, out.rating) == (3, 7)


def test_times_carry_their_clock() -> None:
    onset = dt.datetime(2024, 1, 1, 23, 30, tzinfo=dt.timezone(dt.timedelta(hours=2)))
    out = edited(night(), [edit(EditField.ONSET, onset)])
    assert out is not None
    assert out.onset == onset
    assert out.onset_zone_offset_min == 120
    assert out.spt_min == pytest.approx(510)
    gone = edited(night(), [edit(EditField.OFFSET, None)])
    assert gone is not None
    assert (gone.offset, gone.midsleep_h) == (None, None)


def test_a_night_can_be_set_aside_or_begun() -> None:
    assert edited(night(), [edit(EditField.EXCLUDED, 1.0)]) is None
    assert edited(night(), [edit(EditField.EXCLUDED, 0.0)]) is not None
    begun = edited(None, [edit(EditField.TST, 400.0)])
    assert begun is not None
    assert (begun.source, begun.tst_min, begun.date) == (BY_HAND, 400, DATE)
    assert edited(None, []) is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (EditField.TST, -1.0),
        (EditField.TST, float("nan")),
        (EditField.TST, 1441.0),
        (EditField.RATING, 11.0),
        (EditField.ONSET, 3.0),
        (EditField.TST, LATE),
        (EditField.ONSET, dt.datetime(2024, 1, 1)),
    ],
)
def test_impossible_values_are_refused(field: EditField, value: float | dt.datetime) -> None:
    with pytest.raises(RangeError):
        edit(field, value)


def test_contradictions_are_refused() -> None:
    with pytest.raises(RangeError, match="longer than time in bed"):
        edited(night(), [edit(EditField.TST, 500.0)])
    with pytest.raises(RangeError, match="begin before"):
        edited(night(), [edit(EditField.ONSET, utc(2024, 1, 3, 1))])
