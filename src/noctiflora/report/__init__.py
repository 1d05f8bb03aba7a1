"""Report: records to charts and documents."""

from noctiflora.report._data import (
    DesignSummary,
    EvidenceSummary,
    Interval,
    PeriodDates,
    ReportData,
    TrialNight,
    TrialSummary,
)
from noctiflora.report._dict import report_dict
from noctiflora.report._page import render_report

__all__ = [
    "DesignSummary",
    "EvidenceSummary",
    "Interval",
    "PeriodDates",
    "ReportData",
    "TrialNight",
    "TrialSummary",
    "render_report",
    "report_dict",
]
