"""Functional modules: the steps of a pathway, each with alternatives, in the format of GBM and GMM files.

A file holds modules parted by ``///``. The first line of a module is its id and name, parted by a tab; each
further line is a step. Tabs part alternatives (one is enough), commas part the members of a complex (all belong
to it). The format is that of omixer-rpm (https://github.com/raeslab/omixer-rpm); module files are the user's own.
"""

import re
from dataclasses import dataclass

from noctiflora.core import FormatError

END = "///"
MOST_MODULES = 10_000
MOST_MEMBERS = 100_000
_LETTERS = re.compile(r"^[A-Za-z]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Module:
    """One module.

    Parameters
    ----------
    id, name : str
        As the file gives them.
    steps : tuple of tuple of tuple of str
        Steps, their alternatives, and the members of each.
    """

    id: str
    name: str
    steps: tuple[tuple[tuple[str, ...], ...], ...]

    @property
    def identifiers(self) -> frozenset[str]:
        """Return all identifiers of the module."""
        return frozenset(m for step in self.steps for alternative in step for m in alternative)


def namespace(identifier: str) -> str:
    """Return the leading letters of an identifier: which catalogue it is of.

    Examples
    --------
    >>> namespace("K01580"), namespace("bactNOG01234"), namespace("1.1.1.1")
    ('K', 'bactNOG', '')
    """
    found = _LETTERS.match(identifier)
    return found[0] if found else ""


def read_modules(text: str, *, where: str) -> tuple[Module, ...]:
    r"""Read a module file.

    Parameters
    ----------
    text : str
        The file.
    where : str
        Its name, for messages.

    Raises
    ------
    FormatError
        If a module has no steps, an id stands twice, or the file holds no modules.

    Examples
    --------
    >>> read_modules("M1\tGABA made\nK01580\tK00001,K00002\n///\n", where="f")[0].steps
    ((('K01580',), ('K00001', 'K00002')),)
    """
    modules: list[Module] = []
    block: list[tuple[int, str]] = []
    for number, line in enumerate((*text.removeprefix("\ufeff").splitlines(), END), start=1):
        if line.strip() != END:
            if line.strip():
                block.append((number, line.strip()))
            continue
        if block:
            modules.append(_module(block, where))
            block = []
        if len(modules) > MOST_MODULES:
            raise FormatError("there are too many modules", where=where, found=f"over {MOST_MODULES:,}")
    if not modules:
        raise FormatError("the file holds no modules", where=where, do="give a file in the format of GBM or GMM")
    seen: set[str] = set()
    for module in modules:
        if module.id in seen:
            raise FormatError("a module stands twice", where=where, found=module.id, do="keep one of them")
        seen.add(module.id)
    return tuple(modules)


def _module(block: list[tuple[int, str]], where: str) -> Module:
    number, head = block[0]
    identifier, _, name = head.partition("\t")
    steps = tuple(s for s in (_step(line) for _, line in block[1:]) if s)
    if not steps or "\x00" in head:
        raise FormatError(
            "a module has no steps",
            where=f"{where}, line {number}",
            found=identifier,
            do="give a file in the format of GBM or GMM: id and name, then one step per line, then ///",
        )
    if sum(len(a) for s in steps for a in s) > MOST_MEMBERS:
        raise FormatError("a module has too many members", where=f"{where}, line {number}", found=identifier)
    return Module(id=identifier.strip(), name=name.strip(), steps=steps)


def _step(line: str) -> tuple[tuple[str, ...], ...]:
    alternatives = (tuple(m.strip() for m in cell.split(",") if m.strip()) for cell in line.split("\t"))
    return tuple(a for a in alternatives if a)
