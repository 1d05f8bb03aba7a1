import datetime as dt
import json

from noctiflora.sleep import Night, Stage, measure, night_dict
from tests.sleep.exports import episode, utc

KEYS = [
    "date",
    "onset",
    "offset",
    "onset_zone_offset_min",
    "offset_zone_offset_min",
    "tib_min",
    "tst_min",
    "sol_min",
    "waso_min",
    "se_pct",
    "awakenings",
    "stages_min",
    "source",
    "nap",
    "notes",
]


def test_the_contract() -> None:
    night = measure(episode(utc(2024, 3, 30, 22), [(Stage.AWAKE, 20), (Stage.LIGHT, 400)], has_in_bed=True))
    plain = night_dict(night)
    assert list(plain) == KEYS
    assert plain["date"] == "2024-03-31"
    assert plain["onset"] == "2024-03-30T23:20:00+01:00"
    assert plain["offset"] == "2024-03-31T07:00:00+02:00"
    assert plain["stages_min"] == {"awake": 20.0, "light": 400.0}
    assert json.loads(json.dumps(plain, allow_nan=False)) == plain


def test_unknown_is_none_and_never_zero() -> None:
    plain = night_dict(Night(date=dt.date(2024, 1, 1), source="x"))
    unknown = {k for k, v in plain.items() if v is None}
    assert unknown == set(KEYS) - {"date", "stages_min", "source", "nap", "notes"}


def test_an_instant_without_known_clock_is_written_in_utc() -> None:
    plain = night_dict(Night(date=dt.date(2024, 1, 1), source="x", onset=utc(2024, 1, 1, 1)))
    assert plain["onset"] == "2024-01-01T01:00:00+00:00"
