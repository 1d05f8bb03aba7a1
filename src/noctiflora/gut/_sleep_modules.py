"""The package's own modules: pathways that bear on sleep, each step with its reaction and source."""

import csv
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from noctiflora.core import Source, parse_sources
from noctiflora.gut._modules import Module


@dataclass(frozen=True, slots=True, kw_only=True)
class ModuleStep:
    """One step of one module.

    Parameters
    ----------
    module, name : str
        Id and name of the module.
    alternatives : tuple of tuple of str
        KO numbers; one alternative is enough, and all members of it are needed.
    reaction : str
        What the enzyme does.
    sources : tuple of Source
        Where it was read.
    """

    module: str
    name: str
    alternatives: tuple[tuple[str, ...], ...]
    reaction: str
    sources: tuple[Source, ...]


@lru_cache(maxsize=1)
def module_steps() -> tuple[ModuleStep, ...]:
    """Return all steps in order, with their sources.

    Examples
    --------
    >>> module_steps()[0].alternatives
    (('K01580',),)
    """
    text = files("noctiflora.gut").joinpath("data", "modules", "modules.csv").read_text(encoding="utf-8")
    return tuple(
        ModuleStep(
            module=row["module"],
            name=row["name"],
            alternatives=tuple(tuple(a.split(",")) for a in row["identifiers"].split("|")),
            reaction=row["reaction"],
            sources=parse_sources(row["source"]),
        )
        for row in csv.DictReader(text.splitlines())
    )


def sleep_modules() -> tuple[Module, ...]:
    """Return the modules, ready for `score`.

    Examples
    --------
    >>> sleep_modules()[0].name
    'GABA made from glutamate'
    """
    steps: dict[tuple[str, str], list[tuple[tuple[str, ...], ...]]] = {}
    for step in module_steps():
        steps.setdefault((step.module, step.name), []).append(step.alternatives)
    return tuple(Module(id=m, name=n, steps=tuple(s)) for (m, n), s in steps.items())
