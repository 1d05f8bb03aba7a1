"""The list of all route files; the app takes in what stands here."""

from fastapi import APIRouter

from noctiflora.web import _copies, _data, _job_page, _nights, _settings, _start, _static, _today, _welcome

ROUTERS: tuple[APIRouter, ...] = (
    _static.router,
    _start.router,
    _today.router,
    _welcome.router,
    _nights.router,
    _data.router,
    _copies.router,
    _settings.router,
    _job_page.router,
)
