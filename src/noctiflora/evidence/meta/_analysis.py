"""A whole standard meta-analysis of one table."""

import math
from dataclasses import dataclass

from scipy.special import stdtrit

from noctiflora.evidence.meta._fit import Z95, MetaFit, Method, pooled
from noctiflora.evidence.meta._heterogeneity import Heterogeneity, heterogeneity
from noctiflora.evidence.meta._plots import ForestRow, FunnelPoint, forest, funnel
from noctiflora.evidence.meta._small_study import SmallStudy, small_study
from noctiflora.evidence.meta._studies import Studies


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """What a table of studies says.

    Parameters
    ----------
    studies : Studies
        The table.
    fits : tuple of MetaFit
        Equal effects, DerSimonian-Laird, Paule-Mandel, REML, and last REML with Knapp-Hartung.
    prediction : tuple of float
        95 % interval of the effect in a further study (REML, normal).
    prediction_t : tuple of float
        The same with the error of Knapp-Hartung and t of k - 1 degrees of freedom.
    spread : Heterogeneity
        Q, I squared, tau squared with its interval.
    small_study : SmallStudy or None
        Egger's test; None where it cannot be made.
    forest : tuple of ForestRow
        Data of the forest plot.
    funnel : tuple of FunnelPoint
        Data of the funnel plot.
    """

    studies: Studies
    fits: tuple[MetaFit, ...]
    prediction: tuple[float, float]
    prediction_t: tuple[float, float]
    spread: Heterogeneity
    small_study: SmallStudy | None
    forest: tuple[ForestRow, ...]
    funnel: tuple[FunnelPoint, ...]

    def fit(self, method: Method) -> MetaFit:
        """Return the plain fit of a method."""
        return next(f for f in self.fits if f.method is method and not f.knapp_hartung)


def analyse(studies: Studies) -> Analysis:
    """Pool a table of studies in every usual way.

    Parameters
    ----------
    studies : Studies
        At least two.

    References
    ----------
    .. [1] Viechtbauer 2010, doi:10.18637/jss.v036.i03 (metafor, whose results these equal)

    Examples
    --------
    >>> found = analyse(Studies(labels=("a", "b", "c"), y=[0.1, 0.3, 0.2], v=[0.01, 0.01, 0.02], measure="any"))
    >>> round(found.fit(Method.EE).estimate, 4)
    0.2
    """
    y, v = studies.y, studies.v
    plain = tuple(pooled(method, y, v) for method in Method)
    reml = plain[-1]
    adjusted = pooled(Method.REML, y, v, knapp_hartung=True)
    fits = (*plain, adjusted)
    prediction = _around(reml.estimate, Z95 * math.hypot(math.sqrt(reml.tau2), reml.se))
    reach = float(stdtrit(studies.k - 1, 0.975))
    prediction_t = _around(reml.estimate, reach * math.hypot(math.sqrt(reml.tau2), adjusted.se))
    return Analysis(
        studies=studies,
        fits=fits,
        prediction=prediction,
        prediction_t=prediction_t,
        spread=heterogeneity(y, v, reml.tau2),
        small_study=small_study(y, v),
        forest=forest(studies, fits, prediction),
        funnel=funnel(studies, plain[0].estimate),
    )


def _around(centre: float, half: float) -> tuple[float, float]:
    return centre - half, centre + half
