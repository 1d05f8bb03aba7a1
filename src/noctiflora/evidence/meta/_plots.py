"""The data behind a forest plot and a funnel plot."""

from dataclasses import dataclass

import numpy as np

from noctiflora.evidence.meta._fit import Z95, MetaFit
from noctiflora.evidence.meta._studies import Studies


@dataclass(frozen=True, slots=True, kw_only=True)
class ForestRow:
    """One line of a forest plot.

    Parameters
    ----------
    label : str
        Study, or what was pooled.
    y, low, high : float
        Effect with its 95 % interval.
    weight_percent : float or None
        Weight in the REML fit; None for a pooled line.
    kind : str
        ``"study"``, ``"pooled"`` or ``"prediction"``.
    """

    label: str
    y: float
    low: float
    high: float
    weight_percent: float | None
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FunnelPoint:
    """One point of a funnel plot: effect against standard error, with the 95 % limits of chance at that error."""

    label: str
    y: float
    se: float
    low: float
    high: float


def forest(studies: Studies, fits: tuple[MetaFit, ...], prediction: tuple[float, float]) -> tuple[ForestRow, ...]:
    """Return the studies in the order of the table, then every pooled line, then the prediction interval.

    The last fit but one is that whose weights are shown; see `analyse`.
    """
    main = fits[-2]
    weight = 1 / (studies.v + main.tau2)
    share = 100 * weight / weight.sum()
    se = np.sqrt(studies.v)
    rows = [
        ForestRow(
            label=label,
            y=float(studies.y[i]),
            low=float(studies.y[i] - Z95 * se[i]),
            high=float(studies.y[i] + Z95 * se[i]),
            weight_percent=float(share[i]),
            kind="study",
        )
        for i, label in enumerate(studies.labels)
    ]
    for fit in fits:
        label = fit.method.label + (", Knapp-Hartung" if fit.knapp_hartung else "")
        low, high = fit.ci95
        rows.append(ForestRow(label=label, y=fit.estimate, low=low, high=high, weight_percent=None, kind="pooled"))
    low, high = prediction
    rows.append(
        ForestRow(label="a further study", y=main.estimate, low=low, high=high, weight_percent=None, kind="prediction")
    )
    return tuple(rows)


def funnel(studies: Studies, centre: float) -> tuple[FunnelPoint, ...]:
    """Return the points of a funnel plot about the equal-effects mean `centre`."""
    se = np.sqrt(studies.v)
    return tuple(
        FunnelPoint(
            label=label,
            y=float(studies.y[i]),
            se=float(se[i]),
            low=float(centre - Z95 * se[i]),
            high=float(centre + Z95 * se[i]),
        )
        for i, label in enumerate(studies.labels)
    )
