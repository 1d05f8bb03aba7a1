import datetime as dt
from dataclasses import replace

import pytest

from noctiflora.report.chart import weeks, weeks_figure
from noctiflora.report.chart._weeks import MOST_WEEKS
from noctiflora.sleep import Night
from tests.report.made_up import START, many_nights


def se(day: int, value: float | None) -> Night:
    return Night(date=START + dt.timedelta(days=day), source="x", se_pct=value, tst_min=400)


def test_a_week_holds_its_middle_and_middle_half() -> None:
    found = weeks([se(k, 80.0 + k) for k in range(7)])
    assert found is not None
    (week,) = found.weeks
    assert (week.n, week.low, week.middle, week.high) == (7, 81.5, 83.0, 84.5)


def test_few_nights_have_no_middle_half_and_no_nights_have_nothing() -> None:
    found = weeks([se(0, 80.0), se(1, 82.0), se(21, 84.0)])
    assert found is not None
    assert [w.n for w in found.weeks] == [2, 0, 0, 1]
    assert found.weeks[0].low is None
    assert found.weeks[1].middle is None
    figure = weeks_figure(found)
    assert "2 weeks have no nights" in figure.description
    assert figure.table is not None
    assert figure.table.rows[1][2] == "not measured"
    assert str(figure.narrow.body).count('class="miss"') == 2


def test_without_time_in_bed_the_weeks_show_time_asleep() -> None:
    found = weeks([replace(n, se_pct=None) for n in many_nights(20)])
    assert found is not None
    assert found.name == "Time asleep"
    assert weeks([]) is None
    assert weeks([Night(date=START, source="x")]) is None


def test_years_of_nights_are_cut_to_the_last_weeks() -> None:
    found = weeks([se(7 * k, 80.0) for k in range(300)])
    assert found is not None
    assert len(found.weeks) == MOST_WEEKS
    assert found.weeks[-1].monday == START + dt.timedelta(weeks=299)


@pytest.mark.parametrize("n", [1, 2, 8, 30, 104])
def test_dates_below_never_meet(n: int) -> None:
    found = weeks([se(7 * k, 80.0 + k % 3) for k in range(n)])
    assert found is not None
    ticks = str(weeks_figure(found).narrow.body).count('class="ax"')
    assert 1 <= ticks <= 5
