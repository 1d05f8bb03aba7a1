"""Charts: each first a record with its scales, then a drawing in SVG."""

from noctiflora.report.chart._arc import Arc, arc, arc_figure
from noctiflora.report.chart._axis import Axis, axis
from noctiflora.report.chart._axis_day import AxisDay, DayLane, axis_day, axis_day_figure
from noctiflora.report.chart._axis_ranges import AxisRanges, Range, RangeRow, axis_ranges, axis_ranges_figure
from noctiflora.report.chart._axis_weeks import AxisWeeks, WeekCourse, axis_weeks, axis_weeks_figure
from noctiflora.report.chart._changes import ChangeRow, between, changes_figure
from noctiflora.report.chart._curves import Curves, curves, curves_figure
from noctiflora.report.chart._dots import Dots, dots, dots_figure
from noctiflora.report.chart._endings import endings_figure, endings_said
from noctiflora.report.chart._evidence import EvidenceChart, Mark, Row, evidence_chart, evidence_figure
from noctiflora.report.chart._figure import Figure, Sign, Table
from noctiflora.report.chart._forest import ForestMark, Told, forest_figure
from noctiflora.report.chart._hundred import Hundred, hundred, hundred_figure
from noctiflora.report.chart._lengths import Length, lengths_figure
from noctiflora.report.chart._one_night import OneNight, one_night_figure
from noctiflora.report.chart._option import OptionInterval, option_figure, option_intervals
from noctiflora.report.chart._pen import Drawing
from noctiflora.report.chart._raster import Raster, raster, raster_figure
from noctiflora.report.chart._rings import NightKind, Stretch, rings_figure
from noctiflora.report.chart._strip import Band, strip_figure
from noctiflora.report.chart._trial import Dated, TrialChart, TrialPeriod, trial_chart, trial_figure
from noctiflora.report.chart._weeks import Weeks, weeks, weeks_figure

__all__ = [
    "Arc",
    "Axis",
    "AxisDay",
    "AxisRanges",
    "AxisWeeks",
    "Band",
    "ChangeRow",
    "Curves",
    "Dated",
    "DayLane",
    "Dots",
    "Drawing",
    "EvidenceChart",
    "Figure",
    "ForestMark",
    "Hundred",
    "Length",
    "Mark",
    "NightKind",
    "OneNight",
    "OptionInterval",
    "Range",
    "RangeRow",
    "Raster",
    "Row",
    "Sign",
    "Stretch",
    "Table",
    "Told",
    "TrialChart",
    "TrialPeriod",
    "WeekCourse",
    "Weeks",
    "arc",
    "arc_figure",
    "axis",
    "axis_day",
    "axis_day_figure",
    "axis_ranges",
    "axis_ranges_figure",
    "axis_weeks",
    "axis_weeks_figure",
    "between",
    "changes_figure",
    "curves",
    "curves_figure",
    "dots",
    "dots_figure",
    "endings_figure",
    "endings_said",
    "evidence_chart",
    "evidence_figure",
    "forest_figure",
    "hundred",
    "hundred_figure",
    "lengths_figure",
    "one_night_figure",
    "option_figure",
    "option_intervals",
    "raster",
    "raster_figure",
    "rings_figure",
    "strip_figure",
    "trial_chart",
    "trial_figure",
    "weeks",
    "weeks_figure",
]
