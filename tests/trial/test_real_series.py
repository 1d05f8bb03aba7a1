"""A real open-label series of another outcome: nightly melatonin with mood as the outcome.

The oracle is the model printed in that data set's repository: first-order autoregression with a
melatonin term on 53 days, +0.72 points of mood (se 0.98). Its model conditions on the day before
and leaves days without one out, and ours does neither, so only near agreement is asked for.
"""

import csv
from pathlib import Path

import numpy as np
import pytest

from noctiflora.trial import Prior, Priors, Status, parse_series, posterior

ORACLE, ORACLE_SE = 0.720, 0.981


def test_a_fast_effect_is_near_the_published_regression(shared: Path) -> None:
    path = shared / "samples" / "nof1" / "melatonin70_daily.csv"
    if not path.is_file():
        pytest.skip("melatonin70_daily.csv is not among the sample files")
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    lines = ["night,y,dose", *(f"{int(float(r['study_day']))},{r['mood']},{r['melatonin']}" for r in rows)]
    series = parse_series("\n".join(lines), where=path.name)
    fast = {"log_tau_on": Prior(mean=np.log(0.3), sd=0.1), "log_tau_off": Prior(mean=np.log(0.3), sd=0.1)}
    found = posterior(series, Priors(hyper=fast))
    assert found.status is Status.CONVERGED
    assert found.n_missing == series.n_nights - sum(bool(r["mood"]) for r in rows)
    assert found.theta.mean == pytest.approx(ORACLE, abs=ORACLE_SE)
    assert found.theta.sd == pytest.approx(ORACLE_SE, rel=0.35)
    assert 0.5 < found.p_benefit < 0.95
