"""Runs the command line with ``python -m noctiflora``."""

from noctiflora.cli import main

main()
