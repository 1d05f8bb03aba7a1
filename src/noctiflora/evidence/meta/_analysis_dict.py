"""A standard meta-analysis as a plain dictionary, for JSON."""

from dataclasses import asdict

from noctiflora.evidence.meta._analysis import Analysis
from noctiflora.evidence.meta._fit import MetaFit


def analysis_dict(found: Analysis) -> dict[str, object]:
    """Return the record that ``evidence pool --table FILE --format json`` prints."""
    spread = found.spread
    return {
        "measure": found.studies.measure,
        "k": found.studies.k,
        "fits": [_fit(fit) for fit in found.fits],
        "prediction": {"ci95": list(found.prediction), "ci95_knapp_hartung": list(found.prediction_t)},
        "heterogeneity": {
            "q": spread.q,
            "df": spread.freedom,
            "p_value": spread.p_value,
            "tau2": spread.tau2,
            "tau2_ci95": list(spread.tau2_ci95),
            "i2_percent": spread.i2_percent,
            "i2_ci95": list(spread.i2_ci95),
            "h2": spread.h2,
        },
        "small_study": None if found.small_study is None else _finite(asdict(found.small_study)),
        "forest": [asdict(row) for row in found.forest],
        "funnel": [asdict(point) for point in found.funnel],
        "notes": list(found.studies.notes),
    }


def _fit(fit: MetaFit) -> dict[str, object]:
    return _finite(
        {
            "method": fit.method.value,
            "knapp_hartung": fit.knapp_hartung,
            "estimate": fit.estimate,
            "se": fit.se,
            "ci95": list(fit.ci95),
            "statistic": fit.statistic,
            "p_value": fit.p_value,
            "tau2": fit.tau2,
        }
    )


def _finite(record: dict[str, object]) -> dict[str, object]:
    """Return the record with what is infinite told as unknown, because JSON has no word for it."""
    return {k: None if isinstance(x, float) and x in (float("inf"), float("-inf")) else x for k, x in record.items()}
