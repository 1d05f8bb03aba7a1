"""The list of all route files; the app takes in what stands here."""

from fastapi import APIRouter

from noctiflora.web import (
    _api,
    _clinician,
    _copies,
    _data,
    _job_page,
    _nights,
    _settings,
    _start,
    _static,
    _today,
    _trial,
    _trial_design,
    _trial_end,
    _trial_kit,
    _trial_log,
    _trial_start,
    _trial_verdict,
    _welcome,
    _what_if,
)

ROUTERS: tuple[APIRouter, ...] = (
    _static.router,
    _start.router,
    _today.router,
    _welcome.router,
    _nights.router,
    _data.router,
    _copies.router,
    _settings.router,
    _trial.router,
    _trial_design.router,
    _trial_start.router,
    _trial_kit.router,
    _trial_log.router,
    _trial_end.router,
    _trial_verdict.router,
    _what_if.router,
    _clinician.router,
    _job_page.router,
    _api.router,
)
