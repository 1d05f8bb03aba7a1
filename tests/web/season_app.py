"""An app in the middle of a season."""

import dataclasses
from pathlib import Path

from fastapi import FastAPI

from noctiflora.store import open_store
from noctiflora.web import create_app
from tests.actions import seasons
from tests.web.conftest import PORT

NIGHT = 60


def season_app(path: Path, *, order: str = seasons.ORDER, night: int = NIGHT, known: bool = False) -> FastAPI:
    """Return an app whose store holds a season with its nights rated up to the night before `night`."""
    made = dataclasses.replace(seasons.record(order=order, known=known), share_id="n1-" + "0" * 32)
    with open_store(path, now=lambda: seasons.at(night)) as store:
        seasons.kept(store, made)
        seasons.nights(store, 0.0, order=order, n=night - 1)
    return create_app(
        str(path), port=PORT, now=lambda: seasons.at(night), today=lambda: seasons.day(night), zone="Europe/Berlin"
    )
