import datetime as dt

from noctiflora.report.chart import Dated, TrialPeriod, trial_chart, trial_figure

START = dt.date(2026, 8, 2)


def periods(*lengths: int) -> list[TrialPeriod]:
    found, first = [], START
    for k, n in enumerate(lengths):
        last = first + dt.timedelta(days=n - 1)
        found.append(TrialPeriod(first=first, last=last, words=("placebo", "product")[k % 2], with_product=bool(k % 2)))
        first = last + dt.timedelta(days=1)
    return found


def series(n: int) -> list[Dated]:
    return [Dated(date=START + dt.timedelta(days=k), y=None if k % 6 == 2 else 78.0 + k % 5) for k in range(n)]


def test_each_period_has_all_its_nights_and_its_own_middle() -> None:
    data = trial_chart(series(28), periods(14, 14), higher_is_better=True)
    assert data is not None
    assert [len(p.nights) for p in data.periods] == [14, 14]
    for found in data.periods:
        known = sorted(n.y for n in found.nights if n.y is not None)
        assert found.known == len(known)
        assert found.middle is not None
        assert known[0] <= found.middle <= known[-1]
        assert data.axis.low <= known[0]
        assert data.axis.high >= known[-1]


def test_missing_nights_are_rings_and_never_dots() -> None:
    data = trial_chart(series(28), periods(14, 14), higher_is_better=True)
    assert data is not None
    figure = trial_figure(data, name="sleep efficiency", unit="%")
    missing = sum(n.y is None for n in series(28))
    body = str(figure.narrow.body)
    assert body.count('class="cell-f"') == missing
    assert body.count('class="night"') == 28 - missing
    assert body.count('class="you-w"') == 1
    assert figure.table is not None
    assert [row[1] for row in figure.table.rows] == ["placebo", "product"]


def test_a_night_that_is_not_in_the_series_is_missing() -> None:
    data = trial_chart(series(10), periods(14), higher_is_better=False)
    assert data is not None
    assert sum(n.y is None for n in data.periods[0].nights) == 4 + sum(n.y is None for n in series(10))
    assert "lower is better" in trial_figure(data, name="latency", unit="min").caption


def test_nothing_measured_is_no_chart() -> None:
    empty = [Dated(date=START, y=None)]
    assert trial_chart(empty, periods(7), higher_is_better=True) is None


def test_narrow_periods_drop_words_before_they_meet() -> None:
    data = trial_chart(series(84), periods(*[7] * 12), higher_is_better=True)
    assert data is not None
    figure = trial_figure(data, name="sleep efficiency", unit="%")
    assert figure.broad is not None
    assert ">placebo<" not in str(figure.narrow.body)
    assert ">12<" in str(figure.narrow.body)
