"""The one place where commands are gathered and errors become messages."""

import sys
import traceback
from collections.abc import Sequence

import typer
from typer.exceptions import TyperException

from noctiflora import __version__
from noctiflora.cli._commands import register
from noctiflora.core import NoctifloraError

BUG, USAGE, INTERRUPTED = 1, 2, 130
STOPPED = "noctiflora: stopped; what was saved before is safe"

app = typer.Typer(
    name="noctiflora",
    help="How your gut bears on your sleep, and which probiotic helps you sleep better. Nothing leaves this machine.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@app.callback(invoke_without_command=True)
def _root(
    version: bool = typer.Option(False, "--version", help="Show the version and end."),
    debug: bool = typer.Option(False, "--debug", help="Show where an error arose."),  # read by main
) -> None:
    if version:
        typer.echo(f"noctiflora {__version__}")
        raise typer.Exit


register(app)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and end the process with its exit code.

    0 done; 1 our fault; 2 usage; 3 input refused or partly refused; 4 safety gate closed;
    5 store trouble.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    sys.exit(_run(given, debug="--debug" in given))


def _run(arguments: list[str], *, debug: bool) -> int:
    try:
        code = app(arguments, prog_name="noctiflora", standalone_mode=False)
        sys.stdout.flush()
        if code == INTERRUPTED:  # the library turns Ctrl-C into this code and says nothing
            typer.echo(STOPPED, err=True)
        return int(code or 0)
    except TyperException as error:
        typer.echo(f"noctiflora: {error.format_message()} Try --help.", err=True)
        return USAGE
    except NoctifloraError as error:
        if debug:
            traceback.print_exc()
        typer.echo(f"noctiflora: {error}", err=True)
        return error.exit_code
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except (KeyboardInterrupt, typer.Abort):
        typer.echo(STOPPED, err=True)
        return INTERRUPTED
    except Exception as error:
        if debug:
            traceback.print_exc()
        typer.echo(
            f"noctiflora: this is a fault of ours ({type(error).__name__}); run the command again with "
            "'noctiflora --debug ...' and report what it prints (it may name your files)",
            err=True,
        )
        return BUG
