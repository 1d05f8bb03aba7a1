"""Measures stand beside their guide values with number and denominator."""

import pytest

from noctiflora.plan._find_continuity import GUIDES, awakenings, continuity
from noctiflora.plan._finding import Group

from ._nights import night, nights, view


def test_the_number_has_its_denominator_and_range() -> None:
    made = [night(i, se_pct=90.0 if i < 15 else 80.0) for i in range(20)]
    (finding,) = continuity(view(made))
    assert (
        finding.number == "90 % on a middling night (half of your nights: 88 to 90 %); 85 % or more on 15 of 20 nights"
    )
    assert finding.group is Group.NO_SIGN


@pytest.mark.parametrize("guide", GUIDES, ids=lambda g: g.key)
def test_the_guide_value_itself_is_on_the_good_side(guide) -> None:
    step = 1.0 if guide.above else -1.0
    (at,) = continuity(view(nights(20, **{guide.field: float(guide.good)})))
    (beyond,) = continuity(view(nights(20, **{guide.field: guide.good - step})))
    assert (at.group, beyond.group) == (Group.NO_SIGN, Group.MAY_BEAR)
    assert "20 of 20 nights" in at.number
    assert "0 of 20 nights" in beyond.number


@pytest.mark.parametrize(("beyond", "group"), [(17, Group.NO_SIGN), (18, Group.MAY_BEAR), (21, Group.MAY_BEAR)])
@pytest.mark.parametrize("guide", GUIDES, ids=lambda g: g.key)
def test_three_nights_a_week_beyond_the_guide_value_may_bear(guide, beyond: int, group: Group) -> None:
    step = 1.0 if guide.above else -1.0
    made = [night(i, **{guide.field: guide.good - step if i < beyond else float(guide.good)}) for i in range(42)]
    (finding,) = continuity(view(made))
    assert finding.group is group
    assert f"Beyond it on {beyond} of 42 nights" in finding.text


def test_few_nights_stay_open() -> None:
    (finding,) = continuity(view(nights(5, sol_min=90.0)))
    assert (finding.group, finding.certainty) == (Group.OPEN, 0)


def test_older_people_may_be_awake_longer() -> None:
    made = nights(20, waso_min=28.0)
    assert continuity(view(made, age=64))[0].group is Group.MAY_BEAR
    assert continuity(view(made, age=65))[0].group is Group.NO_SIGN


def test_what_is_unknown_gives_no_finding() -> None:
    assert continuity(view(nights(20))) == ()
    assert awakenings(view(nights(20))) == ()


def test_awakenings_get_no_verdict() -> None:
    (finding,) = awakenings(view(nights(20, awakenings=3)))
    assert finding.group is Group.OPEN
    assert "3 a night" in finding.number
