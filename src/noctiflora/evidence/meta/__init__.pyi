"""Standard meta-analysis of a table that somebody brings along."""

from ._analysis import Analysis as Analysis
from ._analysis import analyse as analyse
from ._analysis_dict import analysis_dict as analysis_dict
from ._effects import Measure as Measure
from ._fit import MetaFit as MetaFit
from ._fit import Method as Method
from ._plots import ForestRow as ForestRow
from ._plots import FunnelPoint as FunnelPoint
from ._pymare import Compared as Compared
from ._pymare import cross_check as cross_check
from ._read import read_studies as read_studies
from ._small_study import SmallStudy as SmallStudy
from ._studies import Studies as Studies
