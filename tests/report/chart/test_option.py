from noctiflora.report._mixture import Mixture
from noctiflora.report.chart import option_figure, option_intervals


def test_options_share_one_axis() -> None:
    found = option_intervals([Mixture(parts=((1.0, 1.7, 2.3),)), Mixture(parts=((1.0, -4.0, 1.0),))], useful=3.0)
    assert found[0].axis == found[1].axis
    assert found[0].axis.low <= found[1].quantiles[0]
    assert found[0].axis.high >= 3.0
    assert option_intervals([], useful=3.0) == ()


def test_others_are_blue_dashed_and_hollow() -> None:
    (interval,) = option_intervals([Mixture(parts=((1.0, 1.7, 2.3),))], useful=3.0)
    figure = option_figure(interval, key="option-0", name="<b>", unit="Points")
    body = str(figure.narrow.body)
    assert 'class="pri-dash"' in body
    assert 'class="pri-o"' in body
    assert "you-" not in body
    assert "Centre +1.7" in figure.description
