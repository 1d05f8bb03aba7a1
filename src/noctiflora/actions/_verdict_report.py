"""Gathers what a page shows of a locked season, from an analysis that was made already."""

import datetime as dt
from dataclasses import replace

from noctiflora.actions._assess import _design, _season_trial
from noctiflora.actions._keep_trial import KeptTrial
from noctiflora.actions._list_nights import list_nights
from noctiflora.actions._trial_result import SeasonResult
from noctiflora.actions._veil import veil_lifted_on
from noctiflora.report import ReportData
from noctiflora.store import Store


def verdict_report(store: Store, kept: KeptTrial, found: SeasonResult, *, today: dt.date) -> ReportData:
    """Return design, result and verdict of a locked season with its nights.

    Parameters
    ----------
    store : Store
        Where the nights lie.
    kept : KeptTrial
        The locked season.
    found : SeasonResult
        What it says, as from `verdict_of_last`.
    today : date
        Day of showing.
    """
    record = kept.record
    design = replace(
        _design(record.trial_plan()),
        opened_early=record.opened_early,
        veil_lifted=veil_lifted_on(record) is not None,
    )
    return ReportData(
        person="You",
        made_up=False,
        generated_on=today,
        nights=list_nights(store).nights,
        outcome=record.plan.outcome,
        design=design,
        trial=_season_trial(found),
        verdict=found.verdict,
    )
