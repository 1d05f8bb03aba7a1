"""The named sensitivity analyses give the documented numbers, and each of them differs from the default."""

import pytest

from noctiflora.evidence import SENSITIVITIES, PoolSettings, find_product, load, pool

# mean and sd of: untested, CP2305, Shirota, 1714, b_rep
TABLE = {
    "narrow spreads (0.05)": [-0.197, 0.079, -0.212, 0.061, -0.226, 0.079, -0.168, 0.077, -0.119, 0.074],
    "wide spreads (0.15)": [-0.197, 0.150, -0.229, 0.079, -0.292, 0.146, -0.118, 0.130, -0.110, 0.086],
    "very wide spreads (0.3)": [-0.197, 0.188, -0.234, 0.084, -0.323, 0.177, -0.099, 0.150, -0.106, 0.093],
    "no reporting excess": [-0.197, 0.127, -0.226, 0.075, -0.292, 0.124, -0.159, 0.107, 0.0, 0.0],
    "reporting excess in words and p-values only": [
        *(-0.197, 0.123, -0.224, 0.074, -0.271, 0.121, -0.140, 0.112, -0.091, 0.093)
    ],
    "words left out": [-0.197, 0.111, -0.221, 0.071, -0.213, 0.110, -0.197, 0.111, -0.191, 0.099],
    "population mean x 0.7, error kept": [*(-0.138, 0.120, -0.192, 0.077, -0.206, 0.118, -0.078, 0.111, -0.170, 0.081)],
    "review read as fixed effect": [-0.197, 0.122, -0.223, 0.076, -0.260, 0.120, -0.140, 0.114, -0.115, 0.088],
    "population of the 39-trial review": [*(-0.237, 0.140, -0.246, 0.084, -0.300, 0.138, -0.179, 0.132, -0.077, 0.108)],
}


@pytest.mark.parametrize("name", TABLE)
def test_documented_numbers(name: str) -> None:
    pooled = pool(load(), SENSITIVITIES[name])
    shown = [pooled.untested, *(pooled.of(find_product(load(), who)) for who in ("CP2305", "LcS", "1714"))]
    found = [x for strain in shown for x in (strain.effect.mean, strain.effect.sd)]
    assert found == pytest.approx(TABLE[name][:8], abs=0.005)
    assert [pooled.b_rep.mean, pooled.b_rep.sd] == pytest.approx(TABLE[name][8:], abs=0.005)


@pytest.mark.parametrize("name", SENSITIVITIES)
def test_each_is_another_choice_that_can_be_made(name: str) -> None:
    assert SENSITIVITIES[name] != PoolSettings()
    assert pool(load(), SENSITIVITIES[name]).untested.effect.sd > 0
