"""Reading of priors: the contract, and every way in which it can be broken."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noctiflora.core import FormatError, InputError, Normal, RangeError
from noctiflora.trial import Prior, Priors, parse_priors


def read(mapping: object) -> Priors:
    return parse_priors(mapping, where="mine.json")  # type: ignore[arg-type]


def test_the_whole_contract() -> None:
    priors = read(
        json.loads(
            '{"coefficients": {"mu": [85, 15], "trend": [0, 2], "alcohol": [0, 3], "theta": [1, 2]}, "hyper": {'
            '"atanh_phi": [0.35, 0.45], "log_sigma": [1.4, 0.5], "logit_r": [0, 1.5], "log_tau_on": [2.6, 0],'
            '"log_tau_off": [2.3, 0.6]}, "theta_mixture": {"weight": 0.7, "vague_sd": 9}, "errors": "gauss",'
            '"useful": 2, "higher_is_better": false}'
        )
    )
    assert priors.coefficients == {
        "mu": Prior(mean=85, sd=15),
        "trend": Prior(mean=0, sd=2),
        "alcohol": Prior(mean=0, sd=3),
    }
    assert priors.theta == (Normal(weight=1.0, mean=1.0, sd=2.0),)
    assert (priors.weight, priors.vague_sd, priors.useful, priors.higher_is_better) == (0.7, 9, 2, False)
    assert priors.hyper["log_tau_on"] == Prior(mean=2.6, sd=0)


def test_every_key_is_optional() -> None:
    assert read({}) == Priors(where="mine.json")


def test_a_lone_theta_is_one_normal_and_a_mixture_has_its_default_weight() -> None:
    assert read({"coefficients": {"theta": [1, 2]}}).parts == ((1.0, 1.0, 2.0),)
    assert read({"theta_mixture": {}}).weight == 0.8


@pytest.mark.parametrize(
    ("mapping", "says"),
    [
        ([], "object of names"),
        ({"coeficients": {}}, "found coeficients; possible: coefficients"),
        ({"hyper": {"phi": [0, 1]}}, "found phi"),
        ({"hyper": [1, 2]}, "mine.json, hyper"),
        ({"coefficients": {"mu": 3}}, "mine.json, coefficients, mu"),
        ({"coefficients": {"mu": [3]}}, "a prior is a pair"),
        ({"coefficients": {"mu": "ab"}}, "a prior is a pair"),
        ({"coefficients": {"mu": [1, "2"]}}, "not a number"),
        ({"coefficients": {"mu": [1, True]}}, "not a number"),
        ({"coefficients": {"mu": [float("nan"), 1]}}, "not a finite number"),
        ({"coefficients": {"mu": [0, float("inf")]}}, "not a finite number"),
        ({"coefficients": {"mu": [10**400, 1]}}, "not a finite number"),
        ({"theta_mixture": {"wieght": 1}}, "found wieght"),
        ({"theta_mixture": {"weight": None}}, "not a number"),
        ({"errors": 4}, "errors is a word"),
        ({"higher_is_better": 1}, "true or false"),
        ({"useful": "2"}, "not a number"),
    ],
)
def test_a_wrong_form_is_refused(mapping: object, says: str) -> None:
    with pytest.raises(FormatError, match=says):
        read(mapping)


@pytest.mark.parametrize(
    ("mapping", "says"),
    [
        ({"errors": "t7"}, "no engine; possible: gauss.*found t7"),
        ({"coefficients": {"theta": [0, 0]}}, "could not be learnt"),
        ({"coefficients": {"mu": [0, -1]}}, "sd of 0 or more"),
        ({"theta_mixture": {"weight": 2}}, "between 0 and 1"),
        ({"useful": -2}, "0 or more"),
    ],
)
def test_an_impossible_value_is_refused(mapping: object, says: str) -> None:
    with pytest.raises(RangeError, match=says):
        read(mapping)


_LEAF = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
_NAMES = st.sampled_from(
    ["coefficients", "hyper", "theta_mixture", "errors", "useful", "theta", "mu", "log_sigma", "x"]
)


@settings(max_examples=80)
@given(st.recursive(_LEAF, lambda x: st.lists(x, max_size=3) | st.dictionaries(_NAMES, x, max_size=4), max_leaves=12))
def test_any_json_is_read_or_refused_in_words(mapping: object) -> None:
    message = ""
    try:
        read(mapping)
    except InputError as error:
        message = str(error)
    assert len(message) < 600


def test_the_further_keys() -> None:
    told = {
        "coefficients": {"theta_fibre": [0, 2]}, "errors": "ordinal", "scale": [1, 7], "weekday": True,
        "known": [0.4, 0.4],
    }  # fmt: skip
    found = parse_priors(told, where="mine.json")
    assert found.others == {"fibre": Prior(mean=0, sd=2)}
    assert (found.errors, found.scale, found.weekday) == ("ordinal", (1, 7), True)
    assert found.known == Prior(mean=0.4, sd=0.4)
    assert parse_priors({"transform": "log"}, where="mine.json").transform == "log"


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"transform": "sqrt"}, "one of none, log, logit"),
        ({"transform": "log", "errors": "ordinal"}, "not transformed"),
        ({"scale": [1, 2]}, "3 to 101 steps"),
        ({"scale": [0.5, 9]}, "whole numbers"),
        ({"weekday": 1}, "true or false"),
        ({"coefficients": {"theta_fibre": [0, 0]}}, "could not be learnt"),
    ],
)
def test_a_further_key_that_cannot_be_is_refused(told: dict[str, object], says: str) -> None:
    with pytest.raises((FormatError, RangeError), match=says):
        parse_priors(told, where="mine.json")
