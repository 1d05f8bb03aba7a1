"""Secondary outcomes stand beside the verdict, which they do not move; circumstances enter all analyses."""

import datetime as dt
import json
from dataclasses import replace

import numpy as np
import pytest

from noctiflora.actions import cent_report, verdict_document, verdict_lines
from noctiflora.actions._trial_record import Frozen, TrialRecord, read_record, record_document
from noctiflora.actions._trial_result import season_result
from noctiflora.core import Instrument, Outcome
from noctiflora.trial import Entry, EntryKind, Measured, Order, exposure, read_order
from tests.actions.seasons import ORDER, PLAN, record

WASO = Measured(outcome=Outcome.WASO, instrument=Instrument.DIARY, run_in_mean=50.0, run_in_sd=20.0)
LATENCY = Measured(outcome=Outcome.LATENCY, instrument=Instrument.DIARY, run_in_mean=30.0, run_in_sd=10.0)
DOSE = PLAN.schedule(read_order(ORDER)).dose


def locked(*, secondaries: tuple[Measured, ...] = (), alcohol: float = 0.0, logged: bool = True) -> TrialRecord:
    """Return a locked season in which product and alcohol move the outcomes."""
    rng = np.random.default_rng(3)
    n = DOSE.size
    drank = (rng.random(n) < 0.4).astype(float)
    noise = rng.standard_normal(n)
    exposed = exposure(DOSE, 7.0, 5.0)
    rating = np.clip(6 + 1.0 * exposed - alcohol * drank + 0.7 * noise, 0, 10)
    waso = np.maximum(50 - 20 * exposed - 12 * noise + 6 * rng.standard_normal(n), 0)
    latency = np.maximum(30 + 10 * rng.standard_normal(n), 0)
    others = {Outcome.WASO: waso, Outcome.LATENCY: latency}
    made = record(secondaries=secondaries)
    frozen = Frozen(
        values=tuple(rating.tolist()),
        other_device=(False,) * n,
        last=n - PLAN.run_in_nights,
        secondaries=tuple(tuple(others[one.outcome].tolist()) for one in secondaries),
        circumstances={
            "alcohol": tuple(drank.tolist()) if logged else (None,) * n,
            "travel": (0.0,) * n,
            "illness": (*(0.0,) * 20, *(None,) * (n - 20)),
        },
    )
    ended = (Entry(at=dt.datetime(2025, 6, 1, tzinfo=dt.UTC), kind=EntryKind.LOCKED, night=0),)
    return replace(made, order=Order(arms=read_order(ORDER), nonce=b"\0"), frozen=frozen, entries=ended)


def test_the_word_is_the_primary_outcome_s_alone() -> None:
    with_two, without = season_result(locked(secondaries=(WASO, LATENCY))), season_result(locked())
    assert with_two.verdict == without.verdict
    assert list(with_two.secondary.shrunk) == ["waso", "latency"]
    assert without.secondary.shrunk == {}


def test_a_secondary_with_an_effect_says_so_and_one_without_is_drawn_to_it_a_little() -> None:
    found = season_result(locked(secondaries=(WASO, LATENCY))).secondary
    waso = found.shrunk["waso"]
    assert waso.p_benefit > 0.9
    assert 0 < waso.mean < 30
    assert found.shrunk["latency"].p_benefit < waso.p_benefit
    assert set(found.correlation["waso"]) == {"latency"}


def test_shared_noise_is_told_in_the_better_direction() -> None:
    # rating and time awake share noise of opposite sign: better nights are better in both
    twin = replace(WASO, outcome=Outcome.LATENCY)
    made = locked(secondaries=(WASO, twin))
    assert made.frozen is not None
    frozen = replace(made.frozen, secondaries=(made.frozen.secondaries[0],) * 2)
    found = season_result(replace(made, frozen=frozen)).secondary
    assert found.correlation["waso"]["latency"] == pytest.approx(0.95)


def test_a_secondary_without_any_night_is_named() -> None:
    made = locked(secondaries=(WASO,))
    assert made.frozen is not None
    frozen = replace(made.frozen, secondaries=((None,) * DOSE.size,))
    found = season_result(replace(made, frozen=frozen)).secondary
    assert found.left_out == ("waso",)


def test_a_logged_circumstance_enters_and_sharpens() -> None:
    logged, silent = season_result(locked(alcohol=2.0)), season_result(locked(alcohol=2.0, logged=False))
    # its prior draws it to none
    assert -2.2 < logged.evidence.params["alcohol"].mean < -1.0
    assert "alcohol" not in silent.evidence.params
    assert logged.vague.theta.sd < silent.vague.theta.sd
    assert logged.circumstances.left_out == {
        "travel": "the same on all but 0 nights, and 3 either way are needed",
        "illness": "logged on 6 of 84 nights, and half of them are needed",
    }


def test_text_document_and_report_tell_of_both() -> None:
    made = locked(secondaries=(WASO,), alcohol=1.0)
    found = season_result(made)
    lines = {line.what: line.value for line in verdict_lines(made, found)}
    assert "decides nothing" in lines[f"Secondary, {Outcome.WASO.label}"]
    assert lines["Allowed for"].startswith("weekend, alcohol; not travel (the same")
    document = json.loads(json.dumps(verdict_document(made, found), allow_nan=False))
    assert document["secondary"]["decides"] is False
    assert set(document["secondary"]["outcomes"]) == {"waso"}
    assert set(document["circumstances"]["used"]) == {"alcohol"}
    assert set(document["circumstances"]["left_out"]) == {"travel", "illness"}
    report = cent_report(made, found)
    assert f"{Outcome.WASO.label} by diary" in report
    assert report.count(f"Secondary, {Outcome.WASO.label}") == 1
    assert "Mean points" in report


def test_the_record_keeps_all_of_it() -> None:
    made = locked(secondaries=(WASO, LATENCY))
    assert read_record(json.loads(json.dumps(record_document(made))), where="x") == made
