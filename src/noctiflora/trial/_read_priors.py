"""Reading of priors from a mapping, as a JSON file holds them."""

import math
from collections.abc import Mapping

from noctiflora.core import FormatError, Normal
from noctiflora.trial._priors import HYPER, Prior, Priors

_KEYS = (
    "coefficients", "hyper", "theta_mixture", "errors", "useful", "higher_is_better", "transform", "scale", "weekday",
    "known",
)  # fmt: skip
_PAIR = "write it as [mean, sd], two numbers"


def parse_priors(mapping: Mapping[str, object], *, where: str) -> Priors:
    """Read the priors of one analysis; every key is optional.

    ``{"coefficients": {"mu": [mean, sd], "trend": [..], "COLUMN": [..], "theta": [..]}, "hyper":
    {"atanh_phi": [..], "log_sigma": [..], "logit_r": [..], "log_tau_on": [..], "log_tau_off":
    [..]}, "theta_mixture": {"weight": w, "vague_sd": s}, "errors": "gauss", "useful": x,
    "higher_is_better": true, "transform": "none"|"log"|"logit", "scale": [0, 10], "weekday": true,
    "known": [mean, sd]}``, with "theta_NAME" among the coefficients for a further product.

    An sd of 0 fixes a coefficient or hyperparameter at its mean; for theta it is refused.
    Without ``theta_mixture`` the prior of theta is the one normal given; with it, ``weight``
    (default 0.8) of that normal and the rest N(0, vague_sd^2), vague_sd by default one
    within-person SD.

    Parameters
    ----------
    mapping : mapping
        As parsed from JSON.
    where : str
        Its name, for messages.

    Returns
    -------
    Priors

    Raises
    ------
    FormatError
        If a key is unknown or a value is not of the form above.
    RangeError
        If a number lies outside what is possible, or no engine exists for ``errors``.

    Examples
    --------
    >>> parse_priors({"coefficients": {"theta": [1, 2]}, "useful": 2}, where="mine.json").theta
    (Normal(weight=1.0, mean=1.0, sd=2.0),)
    """
    told = _mapping(mapping, where)
    _known(told, _KEYS, where)
    coefficients = _pairs(told, "coefficients", where)
    theta = coefficients.pop("theta", None)
    hyper = _pairs(told, "hyper", where)
    _known(hyper, HYPER, f"{where}, hyper")
    mixture = _mapping(told.get("theta_mixture", {}), f"{where}, theta_mixture")
    _known(mixture, ("weight", "vague_sd"), f"{where}, theta_mixture")
    weight, vague_sd = 1.0, None
    if "theta_mixture" in told:
        weight = _number(mixture.get("weight", 0.8), f"{where}, theta_mixture, weight")
    if "vague_sd" in mixture:
        vague_sd = _number(mixture["vague_sd"], f"{where}, theta_mixture, vague_sd")
    others = {
        name.removeprefix("theta_"): coefficients.pop(name) for name in list(coefficients) if name[:6] == "theta_"
    }
    return Priors(
        coefficients=coefficients,
        theta=None if theta is None else (Normal(weight=1.0, mean=theta.mean, sd=theta.sd),),
        weight=weight,
        vague_sd=vague_sd,
        hyper=hyper,
        errors=_word(told, "errors", "gauss", where),
        useful=_number(told.get("useful", 0.0), f"{where}, useful"),
        higher_is_better=_flag(told, "higher_is_better", True, where),
        where=where,
        transform=_word(told, "transform", "none", where),
        scale=_scale(told["scale"], f"{where}, scale") if "scale" in told else None,
        weekday=_flag(told, "weekday", False, where),
        others=others,
        known=_pair(told["known"], f"{where}, known") if "known" in told else None,
    )


def _word(told: Mapping[str, object], key: str, default: str, where: str) -> str:
    value = told.get(key, default)
    if not isinstance(value, str):
        raise FormatError(f'{key} is a word such as "{default}"', where=f"{where}, {key}", found=_shown(value))
    return value


def _flag(told: Mapping[str, object], key: str, default: bool, where: str) -> bool:
    value = told.get(key, default)
    if not isinstance(value, bool):
        raise FormatError("this is true or false", where=f"{where}, {key}", found=_shown(value))
    return value


def _scale(value: object, at: str) -> tuple[int, int]:
    pair = _pair(value, at)
    if pair.mean != int(pair.mean) or pair.sd != int(pair.sd):
        raise FormatError("the ends of a scale are whole numbers", where=at, found=_shown(value), do="write [0, 10]")
    return int(pair.mean), int(pair.sd)


def _pairs(told: Mapping[str, object], key: str, where: str) -> dict[str, Prior]:
    pairs = _mapping(told.get(key, {}), f"{where}, {key}")
    return {name: _pair(value, f"{where}, {key}, {name}") for name, value in pairs.items()}


def _pair(value: object, at: str) -> Prior:
    if not isinstance(value, list | tuple) or len(value) != 2:
        raise FormatError("a prior is a pair", where=at, found=_shown(value), do=_PAIR)
    return Prior(mean=_number(value[0], at), sd=_number(value[1], at))


def _number(value: object, at: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise FormatError("this is not a number", where=at, found=_shown(value), do="write a plain number")
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise FormatError("this is not a finite number", where=at, found=_shown(value), do="write a plain number")
    return number


def _mapping(value: object, at: str) -> dict[str, object]:
    if not isinstance(value, Mapping):
        raise FormatError("this should be an object of names and values", where=at, found=_shown(value))
    return {str(name): item for name, item in value.items()}


def _known(found: Mapping[str, object], allowed: tuple[str, ...], at: str) -> None:
    for name in found:
        if name not in allowed:
            raise FormatError("this key is not known", where=at, found=name, do=f"possible: {', '.join(allowed)}")


def _shown(value: object) -> str:
    """Return a short text of any value; the beginning of a huge one is enough."""
    if isinstance(value, int) and abs(value) > 10**30:
        return "a number of too many digits"
    return str(value)[:80]
