"""The commands that look after the database: ``backup``, ``restore``, ``erase``, ``move``, ``doctor``."""

from pathlib import Path
from typing import Annotated

import typer

from noctiflora.cli._session import config, now, opened
from noctiflora.cli._show import Cell, DatabaseOption, Format, FormatOption, show
from noctiflora.cli._trial_port import passphrase as passphrase_of

UNSOUND = 5
ERASE_WORD = "erase"
ASK = "Passphrase of the backup"

BackupPassphraseFile = Annotated[
    Path | None,
    typer.Option(
        "--passphrase-file",
        metavar="FILE",
        help="File with the passphrase on its first line, in place of asking; - reads it from standard input.",
        show_default=False,
    ),
]


def backup(
    path: Annotated[Path, typer.Argument(help="File to write.")],
    passphrase: Annotated[
        bool, typer.Option("--passphrase", help="Encrypt it; the passphrase is asked for, not shown.")
    ] = False,
    passphrase_file: BackupPassphraseFile = None,
    db: DatabaseOption = None,
) -> None:
    """Write a copy of the database, then open and check it; encrypted if you give a passphrase."""
    from noctiflora.store import backup as write

    with opened(db) as store:
        secret = None
        if passphrase or passphrase_file is not None:
            secret = passphrase_of(passphrase_file, new=True, words=ASK)
        written = write(store, path, passphrase=secret)
    typer.echo(f"Written and checked: {written}")
    if secret is not None:
        typer.echo("It is encrypted. Keep the passphrase: without it nobody can open the backup, us included.")


def restore(
    path: Annotated[Path, typer.Argument(help="A backup made by Noctiflora.")],
    passphrase_file: BackupPassphraseFile = None,
    db: DatabaseOption = None,
) -> None:
    """Put a backup in the place of the database; the present one is kept beside it.

    For an encrypted backup the passphrase is asked for.
    """
    from noctiflora.store import is_locked
    from noctiflora.store import restore as put_back

    secret = passphrase_of(passphrase_file, words=ASK) if is_locked(path.expanduser()) else None
    kept = put_back(path, config(db).database, passphrase=secret)
    typer.echo("Restored." + (f" What was there before is kept as {kept}." if kept else ""))


def erase(
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    copies: Annotated[bool, typer.Option("--copies", help="Also the backups it knows of.")] = False,
    db: DatabaseOption = None,
) -> None:
    """Remove everything, for good."""
    from noctiflora.store import erase as remove

    where = config(db).database
    if not yes:
        typed = typer.prompt(
            f"This removes {where} for good. Type {ERASE_WORD} to go on", default="", show_default=False
        )
        if typed.strip() != ERASE_WORD:
            typer.echo("Nothing was removed.")
            return
    gone = remove(where, copies=copies)
    for path in gone.removed:
        typer.echo(f"removed {path}")
    for path in gone.left:
        typer.echo(f"still there: {path}")
    if not gone.removed:
        typer.echo("There was nothing to remove.")


def move(
    to: Annotated[str, typer.Argument(help="An empty database: a file, or postgresql+psycopg://...")],
    format: FormatOption = Format.TABLE,
    db: DatabaseOption = None,
) -> None:
    """Copy everything to another database, verified by count and hash; this one stays."""
    from noctiflora.actions import move_store

    with opened(db) as store:
        carried = move_store(store, to, now=now)
    rows: list[dict[str, Cell]] = [{"table": s.table, "rows": s.n_rows, "hash": s.digest} for s in carried]
    show(rows, ("table", "rows", "hash"), format=format)
    if format is Format.TABLE:
        typer.echo("All of it arrived. What was here stays here; 'noctiflora erase' removes it.")


def doctor(format: FormatOption = Format.TABLE, db: DatabaseOption = None) -> None:
    """Check that the database is sound."""
    from noctiflora.store import doctor as examine

    checks = examine(config(db).database)
    rows: list[dict[str, Cell]] = [{"check": c.name, "ok": c.ok, "found": c.found, "do": c.do or None} for c in checks]
    show(rows, ("check", "ok", "found", "do"), format=format)
    if any(check.ok is False for check in checks):
        raise typer.Exit(UNSOUND)
