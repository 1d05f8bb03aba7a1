import numpy as np
import pytest

from noctiflora.report._mixture import Mixture, with_vague
from noctiflora.report.chart import curves, curves_figure

YOU = Mixture(parts=((1.0, 2.7, 1.5),))
TRIALS = Mixture(parts=((1.0, 1.7, 2.3),))
PRIOR = with_vague(TRIALS, 0.8, 8.4)


def test_curves_share_a_grid_that_covers_both_and_the_lines() -> None:
    found = curves(YOU, evidence=TRIALS, prior=PRIOR, useful=3.0)
    assert found.axis.low <= min(0.0, TRIALS.quantiles([0.01])[0]) + 1e-9
    assert found.axis.high >= 3.0
    assert found.grid[0] == found.axis.low
    assert found.grid[-1] == found.axis.high
    assert float(found.grid[int(np.argmax(found.posterior.height))]) == pytest.approx(2.7, abs=0.1)
    assert found.posterior.quantiles[2] == pytest.approx(2.7)


def test_the_prior_is_dashed_without_fill_and_you_are_filled() -> None:
    figure = curves_figure(curves(YOU, evidence=TRIALS, prior=PRIOR, useful=3.0), unit="Points")
    body = str(figure.narrow.body)
    assert body.count('class="pri-l"') == body.count('class="you-l"') == body.count('class="you-a"') == 1
    assert body.count('class="pri-o"') == body.count('class="you-d"') == 1
    assert figure.table is not None
    assert len(figure.table.rows) == 3
    assert "centre 2.7, 90 of 100 between 0.2 and 5.2" in figure.description


def test_no_evidence_is_no_dashed_curve() -> None:
    figure = curves_figure(curves(YOU, evidence=None, prior=None, useful=3.0), unit="Points")
    assert "pri-" not in str(figure.narrow.body)
    assert figure.table is not None
    assert len(figure.table.rows) == 1
    assert {s.sign for s in figure.signs} == {"curve-you", "range-you"}
