"""The command ``serve``: the web app on this machine."""

import importlib
from typing import Annotated, Protocol, cast

import typer

from noctiflora.cli._session import config, now, today
from noctiflora.cli._show import DatabaseOption

INTERRUPTED = 130


class _Face(Protocol):
    """What this command asks of the other face."""

    def serve(self, database: str, **settings: object) -> None:
        """Serve until interrupted."""


def serve(
    port: Annotated[
        int | None, typer.Option(metavar="N", min=0, max=65535, help="Port; default 8620 or a free one; 0: a free one.")
    ] = None,
    db: DatabaseOption = None,
) -> None:
    """Open the web app on this machine: prints the address for your browser."""
    settings = config(db)
    # The two faces know nothing of each other, so the one is called by its name.
    face = cast(_Face, importlib.import_module("noctiflora.web"))
    face.serve(
        settings.database,
        port=port,
        now=now,
        today=today,
        tell=lambda line: typer.echo(line),
        zone=settings.zone,
        own_folder=settings.database == str(settings.home / "noctiflora.sqlite"),
    )
