"""Settings refuse what cannot be."""

import pytest

from noctiflora.core import RangeError
from noctiflora.evidence import PoolSettings


@pytest.mark.parametrize("name", ["scale_strain", "scale_species", "scale_trial", "b_rep_sd", "omega_person_scale"])
@pytest.mark.parametrize("value", [-0.1, 1.1, float("nan"), float("inf")])
def test_a_spread_outside_its_range_is_refused(name: str, value: float) -> None:
    with pytest.raises(RangeError, match=name):
        PoolSettings(**{name: value})


def test_wide_scales_get_more_nodes() -> None:
    assert PoolSettings().nodes == 6
    assert PoolSettings(scale_species=0.3).nodes == 8
