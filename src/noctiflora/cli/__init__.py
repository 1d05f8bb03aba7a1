"""The command line: parse, call one action, show."""

from noctiflora.cli._app import main

__all__ = ["main"]
