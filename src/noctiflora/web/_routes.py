"""The list of all route files; the app takes in what stands here."""

from fastapi import APIRouter

from noctiflora.web import _job_page, _start, _static, _today

ROUTERS: tuple[APIRouter, ...] = (
    _static.router,
    _start.router,
    _today.router,
    _job_page.router,
)
