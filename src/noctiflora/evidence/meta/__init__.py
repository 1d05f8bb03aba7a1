"""Standard meta-analysis of a table that somebody brings along."""

from noctiflora.evidence.meta._analysis import Analysis, analyse
from noctiflora.evidence.meta._analysis_dict import analysis_dict
from noctiflora.evidence.meta._effects import Measure
from noctiflora.evidence.meta._fit import MetaFit, Method
from noctiflora.evidence.meta._plots import ForestRow, FunnelPoint
from noctiflora.evidence.meta._pymare import Compared, cross_check
from noctiflora.evidence.meta._read import read_studies
from noctiflora.evidence.meta._small_study import SmallStudy
from noctiflora.evidence.meta._studies import Studies

__all__ = [
    "Analysis",
    "Compared",
    "ForestRow",
    "FunnelPoint",
    "Measure",
    "MetaFit",
    "Method",
    "SmallStudy",
    "Studies",
    "analyse",
    "analysis_dict",
    "cross_check",
    "read_studies",
]
