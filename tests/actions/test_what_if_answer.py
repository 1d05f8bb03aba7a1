"""One what-if for sliders: night by night, against now, labelled, and refused where a slider is out of range."""

import json

import numpy as np
import pytest

from noctiflora.actions import _what_if_answer as room
from noctiflora.actions import what_if_answer
from noctiflora.actions._what_if_answer import WhatIfAnswer, WhatIfSliders, answer_dict
from noctiflora.actions._what_if_person import WhatIfPerson
from noctiflora.core import RangeError

POOR = WhatIfPerson(bed_h=23.3, tst_min=370.0, sol_min=22.0, waso_min=75.0, n_nights=28)


def ask(sliders: WhatIfSliders) -> WhatIfAnswer:
    found = what_if_answer(POOR, sliders, members=8)
    assert found is not None
    return found


def test_nothing_changed_is_no_difference_in_any_night() -> None:
    for series in ask(WhatIfSliders(weeks=2)).series:
        assert series.now == series.then
        assert set(series.change.middle) == {0.0}
        assert (series.better, series.worse) == (0.0, 0.0)


def test_an_earlier_bed_gives_more_sleep_night_by_night_and_every_figure_says_hypothesis() -> None:
    found = ask(WhatIfSliders(bed_h=22.3, weeks=2))
    asleep = found.series[0]
    assert asleep.key == "tst_min"
    assert len(asleep.change.middle) == 14
    assert all(a <= m <= b for a, m, b in zip(asleep.change.low, asleep.change.middle, asleep.change.high, strict=True))
    assert asleep.change.middle[-1] > 15
    assert (asleep.better, asleep.worse) == (1.0, 0.0)
    assert {s.tag for s in found.series} == {"hypothesis"}
    assert len(found.hypotheses) > 40


def test_the_shares_say_who_is_better_by_the_direction_that_is_good() -> None:
    found = {s.key: s for s in ask(WhatIfSliders(bed_h=0.5, weeks=2)).series}
    assert found["tst_min"].worse == 1.0
    assert found["dlmo_h"].better == found["dlmo_h"].worse == 0.0


def test_the_chosen_people_sleep_as_the_person_does() -> None:
    now = {s.key: np.mean(s.now.middle[-7:]) for s in ask(WhatIfSliders(weeks=2)).series}
    assert now["tst_min"] == pytest.approx(370, abs=15)
    assert "asleep 370 min, theirs" in ask(WhatIfSliders(weeks=2)).person
    anyone = what_if_answer(WhatIfPerson(), WhatIfSliders(weeks=1), members=2)
    assert anyone is not None
    assert "nothing is known of your nights" in anyone.person


def test_a_strain_carries_the_range_of_its_trials_and_a_prebiotic_its_grams() -> None:
    strain = ask(WhatIfSliders(strain="PS128", weeks=4))
    assert strain.potency is not None
    assert "PS128" in strain.potency
    score = {s.key: s for s in strain.series}["psqi"]
    assert score.change.high[-1] - score.change.low[-1] > 0.2, "each member draws its own strength"
    fibre = ask(WhatIfSliders(prebiotic_g=10.0, weeks=4))
    assert fibre.potency is None
    assert {s.key: s for s in fibre.series}["psqi"].change.middle[-1] != 0.0


@pytest.mark.parametrize(
    "sliders",
    [
        WhatIfSliders(dinner_h=11.0),
        WhatIfSliders(dinner_h=12.5),
        WhatIfSliders(evening_lux=-1.0),
        WhatIfSliders(prebiotic_g=-1.0),
        WhatIfSliders(prebiotic_g=400.0),
        WhatIfSliders(prebiotic_g=float("nan")),
        WhatIfSliders(weeks=0),
        WhatIfSliders(weeks=53),
        WhatIfSliders(strain="no such strain at all"),
        WhatIfSliders(bed_h=float("nan")),
    ],
)
def test_a_slider_out_of_range_is_refused_in_words(sliders: WhatIfSliders) -> None:
    with pytest.raises(RangeError):
        what_if_answer(POOR, sliders, members=2)


def test_the_same_question_has_the_same_answer_and_plain_data_are_json() -> None:
    first = ask(WhatIfSliders(dinner_h=17.5, weeks=2))
    room._now.cache_clear()
    room._fitted.cache_clear()
    assert ask(WhatIfSliders(dinner_h=17.5, weeks=2)) == first
    plain = answer_dict(first)
    assert plain["label"] == "hypothesis"
    assert json.loads(json.dumps(plain, allow_nan=False))["series"][0]["change"]["middle"][0] == pytest.approx(
        first.series[0].change.middle[0], abs=1e-3
    )
