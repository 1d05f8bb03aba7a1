import json
from dataclasses import replace

import pytest

from noctiflora.core import Source
from noctiflora.report import Change, Range, report_dict
from noctiflora.report._sources import collect
from noctiflora.report._what_if import said, votes, what_if_figures
from tests.report.made_up import full, what_if


def change(better: int, worse: int) -> Change:
    return Change(range=Range(middle=-0.04, low=-3, high=4), better=better, worse=worse, same_within=1.0)


def test_a_difference_shows_its_sign_and_its_range() -> None:
    assert said(change(1, 2), "points gained", digits=1) == "0.0 points gained (−3.0 to +4.0)"


def test_runs_for_and_against_are_said_and_the_rest_only_where_there_is_one() -> None:
    row = replace(what_if().rows[0], sleep=change(40, 15))
    assert votes(row, 60) == "40 of 60 runs sleep longer, 15 shorter, 5 within 1 min"
    assert votes(row, 55) == "40 of 55 runs sleep longer, 15 shorter"


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0.4, "body clock unmoved"), (-124.4, "body clock 2 h 04 earlier"), (8.2, "body clock 8 min later")],
)
def test_the_clock_in_words(minutes: float, words: str) -> None:
    assert replace(what_if().rows[0], clock_min=minutes).clock == words


def test_nothing_to_show_gives_no_figures() -> None:
    assert set(what_if_figures(None).values()) == {None}
    assert None not in what_if_figures(what_if()).values()


def test_the_twin_says_hypothesis_and_that_it_sets_no_size() -> None:
    found = report_dict(full())["what_if"]
    assert isinstance(found, dict)
    assert found["label"] == "hypothesis"
    assert found["sets_effect_sizes"] is False
    assert [r["trials_psqi_gain"] is None for r in found["rows"]] == [True, True, True, False]
    assert json.dumps(found, allow_nan=False)
    assert report_dict(replace(full(), what_if=None))["what_if"] is None


def test_its_sources_are_listed() -> None:
    own = Source(ref="assumed", note="seen nowhere else")
    shown = what_if()
    data = replace(full(), what_if=replace(shown, rows=(replace(shown.rows[0], sources=(own,)),)))
    assert own in {n.source for n in collect(data)}
