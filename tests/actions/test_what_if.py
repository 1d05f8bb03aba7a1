"""The what-if: deterministic, honest about its size, and gone where the model leaves its range."""

import inspect
from dataclasses import replace

import numpy as np
import pytest

from noctiflora.actions import _what_if as room
from noctiflora.actions import gather_evidence
from noctiflora.actions._what_if import at_potency, dose_of, draw_potencies, potency_of, what_if
from noctiflora.axis import Calibration, Kind
from noctiflora.evidence import load
from noctiflora.report import WhatIf
from noctiflora.store import Store
from tests.evidence.test_read_additions import entry

TRIED = "Lactobacillus gasseri CP2305 (heat-killed)"
POTENCY = Calibration(
    subject="x",
    lever="vX",
    value=0.08,
    interval=(-0.02, 0.18),
    at_bound=False,
    target=-0.7,
    target_interval=(-1.5, 0.1),
    weeks=8,
    baseline_mean=9.0,
    baseline_sd=3.0,
    course=(),
    placebo_change=(),
    response=(),
    sources=(),
)


@pytest.fixture(scope="module")
def found() -> WhatIf:
    shown = what_if(option=TRIED, people=16)
    assert shown is not None
    return shown


def test_four_changes_each_with_its_range_and_its_votes(found: WhatIf) -> None:
    assert [r.name for r in found.rows] == ["Lights out at 23:00", "Dinner at 17:30", "Dim evenings", "This strain"]
    for row in found.rows:
        for change in (row.sleep, row.gain):
            assert change.range.low <= change.range.middle <= change.range.high
            assert 0 <= change.better + change.worse <= found.runs == 16
        assert row.sources
        assert row.trials
    assert found.left_out == 0
    assert found.n_hypotheses > 40


def test_only_the_strain_has_a_pooled_effect_and_it_is_the_reviews(found: WhatIf) -> None:
    assert [r.trials_gain is None for r in found.rows] == [True, True, True, False]
    strain = found.rows[-1].trials_gain
    assert strain is not None
    assert (strain.middle, strain.low, strain.high) == (0.59, 0.35, 0.83)


def test_the_strains_size_is_that_of_the_trials(found: WhatIf) -> None:
    """It was set so; drawn strengths and another sixteen people move it a little."""
    words = found.potency.split("pooled for Lactobacillus gasseri CP2305: ")[1]
    assert float(words.split()[0]) == pytest.approx(found.rows[-1].gain.range.middle, abs=0.2)


def test_dim_evenings_move_the_clock_as_a_dim_home_did_and_cost_sleep_if_the_night_stays(found: WhatIf) -> None:
    """1:03 after a week between a usual and a dim home (PMC4053688); a little more after eight."""
    dim = found.rows[2]
    assert dim.clock_min == pytest.approx(-68, abs=12)
    assert dim.sleep.range.high < 0
    assert dim.gain.range.middle < 0


def test_the_day_runs_from_noon_to_noon_with_bands_and_dim_evenings_are_dim(found: WhatIf) -> None:
    assert (found.hours[0], found.hours[-1]) == (12.0, 36.0)
    light = found.lanes[0]
    at_nine = found.hours.index(21.0)
    assert (light.now[at_nine], light.then[at_nine]) == (290.0, 120.0)
    asleep = found.lanes[-1]
    assert asleep.now[0] == pytest.approx(0.0, abs=1.0)
    assert asleep.now[found.hours.index(26.0)] > 70
    for lane in found.lanes:
        for middle, band in ((lane.now, lane.now_band), (lane.then, lane.then_band)):
            assert band is not None
            assert all(a <= m <= b for a, m, b in zip(band[0], middle, band[1], strict=True))
    melatonin = found.lanes[1].now_band
    assert melatonin is not None
    assert max(melatonin[1]) > max(melatonin[0]) + 10, "people differ, so the band has a width"


def test_the_courses_hold_the_score_arousal_and_every_guild(found: WhatIf) -> None:
    names = [c.name.split()[0] for c in found.courses]
    assert names == ["PSQI", "Arousal", "Butyrate", "GABA", "Histamine", "Opportunists"]


def test_an_added_trial_moves_how_strongly_its_strain_acts(store: Store) -> None:
    """The made-up trial's -0.2 SD (SE 0.1) is narrower than what was known, so the range of the potency shrinks."""
    strain = "Lactiplantibacillus plantarum PS128"
    before = potency_of(strain, load(), 0)
    store.evidence.save({"EXAMPLE_TRIAL": entry()}, file="f", sha256="0" * 64)
    after = potency_of(strain, gather_evidence(store), 0)
    assert after.interval[1] - after.interval[0] < before.interval[1] - before.interval[0]
    assert after.value != before.value


def test_the_same_question_has_the_same_answer(found: WhatIf) -> None:
    room._what_if.cache_clear()
    assert what_if(option=TRIED, people=16) == found


def test_an_option_without_pooled_trials_stands_for_an_untested_strain() -> None:
    names = {n: what_if(option=n, people=4, weeks=2) for n in ("<script>", "Magnesium", None)}
    assert len({shown.rows[-1].name for shown in names.values() if shown}) == 1
    assert all(shown and shown.rows[-1].name == "A strain without trials" for shown in names.values())


def test_a_fibre_is_dosed_in_grams() -> None:
    shown = what_if(option="Partly broken-down guar gum (PHGG)", people=4, weeks=2)
    assert shown is not None
    assert shown.rows[-1].name == "This fibre"
    assert "g a day" in shown.potency
    assert dose_of(replace(POTENCY, lever="fibre_g_d"), 5.0).kind is Kind.PHGG


def test_a_day_that_leaves_its_range_leaves_the_panel_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "what_if_day", lambda changes, *, seed: None)
    assert inspect.unwrap(room._what_if)(None, load(), 1, 2, 0) is None


def test_potencies_cover_their_range_evenly_and_depend_on_the_seed_alone() -> None:
    drawn = draw_potencies(POTENCY, 400, 0)
    assert np.mean(drawn) == pytest.approx(0.08, abs=1e-9)
    assert np.mean((drawn > -0.02) & (drawn < 0.18)) == pytest.approx(0.95, abs=0.005)
    assert np.array_equal(drawn, draw_potencies(POTENCY, 400, 0))
    assert not np.array_equal(drawn, draw_potencies(POTENCY, 400, 1))
    assert draw_potencies(replace(POTENCY, lever="fibre_g_d"), 40, 0).min() == 0.0


def test_the_parabola_meets_what_was_run() -> None:
    half, top = np.array([[1.0, 3.0]]), np.array([[1.5, 8.0]])
    for share, wanted in ((0.0, 0 * top), (0.5, half), (1.0, top)):
        assert np.allclose(at_potency(half, top, np.array([share])), wanted)
