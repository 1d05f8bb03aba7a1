"""The JSON of an analysis: whole, and without what JSON cannot say."""

import json

import numpy as np

from noctiflora.evidence.meta import Measure, Studies, analyse, analysis_dict
from tests.evidence.meta.tables import table


def test_it_holds_everything_and_is_json() -> None:
    found = analysis_dict(analyse(table("bcg", Measure.RR)))
    again = json.loads(json.dumps(found, allow_nan=False))
    assert again == found
    assert set(found) == {
        *("measure", "k", "fits", "prediction", "heterogeneity", "small_study", "forest", "funnel", "notes")
    }
    assert found["measure"] == "log risk ratio"


def test_studies_that_agree_to_the_last_digit_are_json_too() -> None:
    same = Studies(labels=("a", "b", "c"), y=np.full(3, 0.5), v=np.array([0.1, 0.2, 0.4]), measure="m")
    found = json.dumps(analysis_dict(analyse(same)), allow_nan=False)
    assert "Infinity" not in found
