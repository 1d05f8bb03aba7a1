"""The race of designs: the same answer whoever runs it, and nobody good left behind."""

from dataclasses import replace

import numpy as np
import pytest

from noctiflora.core import RangeError
from noctiflora.trial import Word
from noctiflora.trial._design_noise import known_noise
from noctiflora.trial._design_people import PER_GROUP, draw_people
from noctiflora.trial._design_plan import Plan
from noctiflora.trial._design_race import groups_of, race, try_one
from noctiflora.trial._design_trials import Setting
from tests.trial.design_cells import NOISE, SLOW

GOOD = Plan(on=42, off=42, pairs=2)
LOOKED = replace(GOOD, n_looks=1)
POOR = Plan(on=7, off=7, pairs=12)
MIDDLE = Plan(on=28, off=28, pairs=2)
PLANS = (GOOD, LOOKED, POOR, MIDDLE, Plan(on=7, off=7, pairs=6), Plan(on=14, off=14, pairs=3))


@pytest.fixture(scope="module")
def setting() -> Setting:
    priors = replace(SLOW, weight=0.8, useful=1.0)
    return Setting(priors=priors, people=draw_people(1, priors, known_noise(NOISE), n=8 * PER_GROUP, n_nights=200))


def test_the_result_does_not_depend_on_the_workers(setting: Setting) -> None:
    told: list[float] = []
    one = race(setting, PLANS, workers=1, progress=told.append)
    two = race(setting, PLANS, workers=3)
    assert one == two
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_leaving_early_changes_nothing_for_those_who_stay(setting: Setting) -> None:
    """Common people: a survivor's score is what it would be alone; the order of designs is kept."""
    early = race(setting, PLANS, least=0.1)
    full = race(setting, PLANS, early=False)
    assert [t.plan for t in early] == list(PLANS)
    assert all(t.score.n == 200 and not t.left for t in full)
    for one, other in zip(early, full, strict=True):
        if not one.left:
            assert one == other
        else:
            assert one.score.n < 200
    assert any(t.left for t in early)
    assert not early[0].left
    assert max(full, key=lambda t: t.score.right).plan in [t.plan for t in early if not t.left]
    assert try_one(setting, GOOD) == full[0].score


def test_a_design_is_left_for_a_stated_reason(setting: Setting) -> None:
    early = {t.plan: t for t in race(setting, PLANS, least=0.6)}
    assert early[POOR].left.startswith(("behind", "too seldom"))
    # the three best stay, however much is asked for
    hard = race(setting, PLANS, least=1.0)
    assert sum(not t.left for t in hard) >= 3


def test_looks_save_nights_and_share_the_trials(setting: Setting) -> None:
    final, looked = race(setting, (GOOD, LOOKED), early=False)
    assert final.score.nights == GOOD.n_nights
    assert final.score.capsules == GOOD.capsules
    assert looked.score.nights < GOOD.n_nights
    assert looked.score.capsules < GOOD.capsules
    assert looked.score.false_alarms.rate <= 0.05
    assert sum(looked.score.words.values()) == pytest.approx(1.0)
    assert looked.score.clear == pytest.approx(1 - looked.score.words[Word.CANNOT_TELL])


def test_helpers_refuse_and_round() -> None:
    assert groups_of(1) == PER_GROUP
    assert groups_of(400) == 400
    assert np.all([groups_of(n) % PER_GROUP == 0 for n in range(1, 60)])


def test_a_race_without_worker_is_refused(setting: Setting) -> None:
    with pytest.raises(RangeError, match="worker"):
        race(setting, PLANS, workers=0)
