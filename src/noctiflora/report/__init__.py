"""Report: records to charts and documents."""

from noctiflora.report._calendar import calendar_ics
from noctiflora.report._cent import CentAnswer, CentStatus, cent_text
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
from noctiflora.report._kit import Kit, envelope_pdf, kit_labels, kit_sheet
from noctiflora.report._meta_plots import forest_svg, funnel_svg
from noctiflora.report._page import render_report
from noctiflora.report._what_if import Change, WhatIf, WhatIfRow
from noctiflora.report.chart import DayLane, Range, WeekCourse

__all__ = [
    "CentAnswer",
    "CentStatus",
    "Change",
    "DayLane",
    "DesignSummary",
    "EvidenceSummary",
    "Interval",
    "Kit",
    "PeriodDates",
    "Range",
    "ReportData",
    "TrialNight",
    "TrialSummary",
    "WeekCourse",
    "WhatIf",
    "WhatIfRow",
    "calendar_ics",
    "cent_text",
    "envelope_pdf",
    "forest_svg",
    "funnel_svg",
    "kit_labels",
    "kit_sheet",
    "render_report",
    "report_dict",
]
