"""Which outcome a person's own data could carry."""

import datetime as dt
from pathlib import Path

import pytest

from noctiflora.actions import list_outcomes
from noctiflora.actions._list_outcomes import supply
from noctiflora.core import Instrument, Outcome
from noctiflora.sample import Person
from noctiflora.store import Store
from tests.actions.conftest import NOW
from tests.actions.test_list_nights import fill

FIRST = dt.date(2024, 1, 1)


def series(*values: float | None, source: str = "fitbit") -> tuple[dict[dt.date, float | None], dict[dt.date, str]]:
    dates = [FIRST + dt.timedelta(days=n) for n in range(len(values))]
    return dict(zip(dates, values, strict=True)), dict.fromkeys(dates, source)


def test_a_full_and_steady_series_bears() -> None:
    found = supply(Outcome.TOTAL_SLEEP, Instrument.WEARABLE, *series(*[400.0, 420.0] * 14))
    assert (found.bears, found.known, found.window, found.mean) == (True, 28, 28, 410)
    assert found.sd == pytest.approx(10.184, abs=1e-3)
    assert (found.source, found.source_share, found.device_changes, found.drift_sd) == ("fitbit", 1, 0, 0)
    assert found.blind_spots


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ((), "never measured"),
        ((None,) * 20, "never measured"),
        ((1.0, 2.0) * 5, "14 are needed"),
        ((1.0, 2.0, None, None) * 10, "70% are needed"),
        ((5.0,) * 20, "same on every night"),
        ((1.0, 2.0) * 10 + (9.0, 8.0) * 10, "not steady"),
    ],
)
def test_why_a_series_does_not_bear(values: tuple[float | None, ...], reason: str) -> None:
    found = supply(Outcome.WASO, Instrument.WEARABLE, *series(*values))
    assert not found.bears
    assert any(reason in why for why in found.reasons)


def test_a_missing_date_is_a_missing_night() -> None:
    values, sources = series(*[400.0, 420.0] * 14)
    for date in list(values)[1::3]:
        del values[date]
    found = supply(Outcome.TOTAL_SLEEP, Instrument.WEARABLE, values, sources)
    assert found.known / found.window == pytest.approx(19 / 28)


def test_two_devices_are_not_one_series() -> None:
    values, sources = series(*[400.0, 420.0] * 14)
    sources.update(dict.fromkeys(list(values)[10:], "oura"))
    found = supply(Outcome.TOTAL_SLEEP, Instrument.WEARABLE, values, sources)
    assert (found.source, found.device_changes) == ("oura", 1)
    assert any("several devices" in why for why in found.reasons)


def test_only_the_last_weeks_count() -> None:
    found = supply(Outcome.TOTAL_SLEEP, Instrument.WEARABLE, *series(*[100.0] * 100, *[400.0, 420.0] * 28))
    assert (found.known, found.mean, found.bears) == (56, 410, True)


def test_the_sample_person(store: Store, sample: Person, tmp_path: Path) -> None:
    assert not any(s.bears for s in list_outcomes(store, today=NOW.date()))
    fill(store, sample, tmp_path)
    found = list_outcomes(store, today=NOW.date())
    assert len(found) == 2 * len(Outcome) - 1
    assert found[0].bears
    assert [s.bears for s in found] == sorted((s.bears for s in found), reverse=True)
    worn = {s.outcome: s for s in found if s.instrument is Instrument.WEARABLE}
    assert worn[Outcome.TOTAL_SLEEP].source.startswith("apple")
    assert worn[Outcome.TOTAL_SLEEP].known > 28
