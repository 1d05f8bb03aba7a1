"""The word before the model is compiled, which happens once after an installation."""

import typer


def tell_compile() -> None:
    """Say on stderr that the model is compiled now, if it is not yet; the answer itself stays on stdout."""
    from noctiflora.axis import is_warm

    if not is_warm():
        typer.echo("Compiling the model once, up to 20 seconds ...", err=True)
