"""The commands that end a season: ``trial lock``, ``verdict``, ``share``, ``open`` and ``stop``."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from noctiflora.cli._session import opened
from noctiflora.cli._show import DatabaseOption, Format, FormatOption, show, show_json
from noctiflora.cli._trial_port import PassphraseFile, passphrase, present, secret
from noctiflora.core import FormatError

if TYPE_CHECKING:
    from noctiflora.actions import KeptTrial


def lock(passphrase_file: PassphraseFile = None, db: DatabaseOption = None) -> None:
    """After the last night: freeze the nights, open the order and check it against its fingerprint."""
    from noctiflora.actions import lock_trial

    instant, day = present()
    with opened(db) as store:
        kept = lock_trial(store, secret(store, passphrase_file), now=instant, today=day)
    if kept.record.sealed is not None:
        typer.echo("The order is the one that was sealed at the start; its fingerprint fits.")
    typer.echo("Nights and doses are frozen. Bottles:")
    _tell_order(kept)
    typer.echo("Next: noctiflora trial verdict")


def verdict(
    cent: Annotated[
        Path | None, typer.Option("--cent", metavar="FILE.md", help="Write the CENT 2015 report.", show_default=False)
    ] = None,
    format: FormatOption = Format.TABLE,
    db: DatabaseOption = None,
) -> None:
    """Say what the locked trial says: one word, one sentence, and what it rests on."""
    from noctiflora.actions import cent_report, verdict_document, verdict_lines, verdict_of_last

    with opened(db) as store:
        kept, found = verdict_of_last(store)
        text = cent_report(kept.record, found) if cent else ""
    if cent:
        _write(cent, text)
    document = verdict_document(kept.record, found)
    if format is Format.JSON:
        show_json(document)
    elif format is Format.CSV:
        rows = [{"what": line.what, "value": line.value} for line in verdict_lines(kept.record, found)]
        show(rows, ("what", "value"), format=format)
    else:
        for line in verdict_lines(kept.record, found):
            typer.echo(f"{line.what}: {line.value}")
    if cent:
        typer.echo(f"Written: {cent}", err=True)


def share(
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE.json", help="Write it; without, it is only shown.")
    ] = None,
    strain: Annotated[
        str | None, typer.Option(metavar="NAME", help="Strain, where the option names none.", show_default=False)
    ] = None,
    doi: Annotated[
        str | None, typer.Option(metavar="DOI", help="Of the deposit that will hold it.", show_default=False)
    ] = None,
    agreed_before: Annotated[
        bool, typer.Option("--agreed-before", help="You agreed to share before you knew the result.")
    ] = False,
    db: DatabaseOption = None,
) -> None:
    """Show exactly what would be shared of the locked trial, and write it if asked: no dates, no nights."""
    from noctiflora.actions import share_trial

    with opened(db) as store:
        document = share_trial(store, strain=strain, doi=doi, agreed_before=agreed_before)
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1) + "\n"
    typer.echo("This is all that is in it, nothing was sent anywhere:", err=True)
    typer.echo(text, nl=False)
    if doi is None:
        typer.echo(
            "It names no deposit: nobody can take it in with evidence add until its DOI is in it (--doi).", err=True
        )
    if out is not None:
        _write(out, text)
        typer.echo(f"Written: {out}", err=True)


def open_(
    reason: Annotated[str, typer.Option(help="Why the order must be known now; it is kept.")],
    envelope: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Letters and number of the paper envelope.", show_default=False)
    ] = None,
    passphrase_file: PassphraseFile = None,
    db: DatabaseOption = None,
) -> None:
    """In an emergency: open the order before the end. The trial ends with it."""
    from noctiflora.actions import open_trial

    instant, day = present()
    with opened(db) as store:
        words = None if envelope else passphrase(passphrase_file)
        kept = open_trial(store, reason=reason, passphrase=words, envelope=envelope, now=instant, today=day)
    typer.echo("The order is open and the trial has ended. Bottles:")
    _tell_order(kept)


def stop(
    reason: Annotated[str, typer.Option(help="Why.")] = "",
    key_lost: Annotated[
        bool, typer.Option("--key-lost", help="The passphrase is lost: the order stays unknown.")
    ] = False,
    db: DatabaseOption = None,
) -> None:
    """End the trial early; what was recorded is kept."""
    from noctiflora.actions import lose_key, stop_trial

    instant, day = present()
    with opened(db) as store:
        if key_lost:
            lose_key(store, now=instant, today=day)
        else:
            stop_trial(store, reason=reason, now=instant, today=day)
    if key_lost:
        typer.echo("The trial ended: unblinded by key loss. Its order stays unknown; nights, doses and notes are kept.")
    else:
        typer.echo("The trial ended early. With the helper: noctiflora trial lock, then noctiflora trial verdict")


def _tell_order(kept: "KeptTrial") -> None:
    plan, order = kept.record.plan, kept.record.order
    assert order is not None
    for code, arm in zip(plan.codes, order.arms, strict=True):
        typer.echo(f"  {code}: {arm.value}")


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as problem:
        raise FormatError(
            f"the file cannot be written: {problem.strerror}", where=str(path), do="choose another place"
        ) from None
