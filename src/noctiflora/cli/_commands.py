"""The list of all commands, in the order in which a person meets them."""

import typer

from noctiflora.cli import (
    _axis,
    _evidence,
    _gates,
    _gut,
    _import,
    _keep,
    _nights,
    _plan,
    _questionnaire,
    _serve,
    _study,
    _trial,
)


def register(app: typer.Typer) -> None:
    """Add every command to `app`."""
    app.command("demo")(_plan.demo)
    app.command("import")(_import.import_)
    app.command("nights")(_nights.nights)
    app.add_typer(_gut.app, name="gut")
    app.command("checkin")(_nights.checkin)
    app.add_typer(_questionnaire.app, name="questionnaire")
    app.command("findings")(_plan.findings)
    app.command("gates")(_gates.gates)
    app.command("options")(_plan.options)
    app.command("assess")(_plan.assess)
    app.add_typer(_evidence.app, name="evidence")
    app.add_typer(_trial.app, name="trial")
    app.add_typer(_axis.app, name="axis")
    app.add_typer(_study.app, name="study")
    app.command("serve")(_serve.serve)
    app.command("export")(_nights.export)
    app.command("backup")(_keep.backup)
    app.command("restore")(_keep.restore)
    app.command("erase")(_keep.erase)
    app.command("move")(_keep.move)
    app.command("doctor")(_keep.doctor)
