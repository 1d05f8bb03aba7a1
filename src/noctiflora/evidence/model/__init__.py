"""The anchored, censored, nested model and its quadrature."""

from noctiflora.evidence.model._fit import Fit, Mixture, Moments, fit
from noctiflora.evidence.model._grid import Grid, Scales, flat_grid, half_normal, make_grid, make_scales
from noctiflora.evidence.model._group import Group, Observation

__all__ = [
    "Fit",
    "Grid",
    "Group",
    "Mixture",
    "Moments",
    "Observation",
    "Scales",
    "fit",
    "flat_grid",
    "half_normal",
    "make_grid",
    "make_scales",
]
