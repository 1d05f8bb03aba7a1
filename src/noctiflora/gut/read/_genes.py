"""Tables of genes: HUMAnN gene families, KO tables and the like."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import compress, repeat

import numpy as np

from noctiflora.core import FormatError
from noctiflora.gut._reading import Feature, Floats, features_of
from noctiflora.gut._vocabulary import Content, Rank, Unit
from noctiflora.gut.read._cells import delimiter_of
from noctiflora.gut.read._document import Document, first_lines
from noctiflora.gut.read._format import Draft, Format
from noctiflora.gut.read._number_rows import blocks

GENE = re.compile(
    r"^(ko:)?K\d{5}$|^UniRef(50|90|100)_|^(ar|bact|pro|firm|\w{0,8})?(COG|NOG|KOG)\w*\d+$|^TIGR\d{5}$|^PF\d{5}"
    r"|^EC:?\d+(\.[\d-]+){1,3}$|^\d+\.\d+\.[\d-]+\.\w+$|^GO:\d{7}$|^[A-Z0-9-]*PWY[A-Z0-9-]*$",
    re.IGNORECASE,
)
UNMAPPED = ("UNMAPPED", "UNGROUPED", "UNINTEGRATED", "UNKNOWN", "UNCLASSIFIED")
HUMANN = ("# Gene Family", "# Pathway")
TEXT_COLUMNS = ("description", "name", "definition", "ko_description", "annotation")
UNITS = {"cpm": Unit.PER_MILLION, "relab": Unit.FRACTION, "rpk": Unit.RPK, "rpks": Unit.RPK, "relative": Unit.FRACTION}
SUFFIX = re.compile(r"[_-]Abundance(-[A-Za-z]+)?$")


def gene_id(cell: str) -> str:
    """Return the identifier of a row, without species or description.

    Examples
    --------
    >>> gene_id("ko:K01580"), gene_id("UniRef50_A6L0N6: Conserved protein|g__B.s__B_fragilis")
    ('K01580', 'UniRef50_A6L0N6')
    """
    if ":" not in cell and "|" not in cell:
        return cell
    text = cell.split("|", 1)[0]
    text = text.split(": ", 1)[0].strip()
    return text[3:] if text.lower().startswith("ko:") else text


def sniff(head: bytes) -> bool:
    """Return whether the rows are genes: a table of genes is never read as taxa."""
    found = first_lines(head, 40)
    if not found:
        return False
    if found[0].startswith(HUMANN):
        return True
    whole = found[1:-1] if len(found) > 2 and len(head) >= 65_536 else found[1:]
    names = [gene_id(x.split(delimiter_of(x))[0].strip('"')) for x in whole]
    names = [n for n in names if n not in UNMAPPED]
    parted = any(d in found[-1] for d in ("\t", ","))
    return bool(names) and parted and 2 * sum(bool(GENE.match(n)) for n in names) >= len(names)


def read(document: Document) -> Draft:
    """Read a table whole."""
    return read_genes(document, wanted=None)


def read_genes(document: Document, *, wanted: Callable[[str], bool] | None) -> Draft:
    """Read a table, keeping only rows whose identifier is wanted.

    Totals are of all rows, so that shares stay right. Rows of an identifier met again are added up.

    Parameters
    ----------
    document : Document
        Text in columns, one header.
    wanted : callable, optional
        Takes an identifier; None keeps all.
    """
    header = _header(document)
    titles = header.cells[1 + header.n_text :]
    samples = [SUFFIX.sub("", h) for h in titles]
    names: list[str] = []
    parts: list[Floats] = []
    total, unnamed = np.zeros(len(samples)), np.zeros(len(samples))
    stratified = 0
    for block in blocks(
        document,
        skip=1 + header.n_text,
        columns=len(samples),
        first_line=header.n_above,
        delimiter=header.delimiter,
    ):
        if not np.isfinite(block.values).all() or block.values.min() < 0:
            raise FormatError("an amount is negative or no number", where=document.name, do="give counts or shares")
        whole = [i for i, n in enumerate(block.names) if "|" not in n]
        stratified += len(block.names) - len(whole)
        total += (block.values[whole] if len(whole) < len(block.names) else block.values).sum(axis=0)
        found = [gene_id(block.names[i]) for i in whole]
        apart = [n.upper() in UNMAPPED for n in found]
        unnamed += block.values[list(compress(whole, apart))].sum(axis=0)
        kept = [not a and (wanted is None or wanted(n)) for n, a in zip(found, apart, strict=True)]
        names.extend(compress(found, kept))
        parts.append(block.values[list(compress(whole, kept))])
    notes = [f"{stratified} rows per species were left out: their sums stand above them"] if stratified else []
    if header.n_text:
        notes.append("a column of descriptions was left out")
    unit = _unit(titles, total)
    if unit is Unit.UNKNOWN:
        notes.append("the file does not say in which unit its amounts are")
    values = np.concatenate(parts) if parts else np.zeros((0, len(samples)))
    names, values = _added_up(names, values)
    return Draft(
        features=_features(names),
        sample_ids=samples,
        values=values,
        unit=unit,
        content=Content.GENES,
        rank=Rank.OTHER,
        unassigned=unnamed,
        totals=total,
        depths=(None,) * len(samples),
        region="shotgun" if header.cells[0].startswith(HUMANN) else None,
        notes=notes,
    )


def _added_up(names: list[str], values: Floats) -> tuple[list[str], Floats]:
    """Return each identifier once, its rows added up."""
    places = dict(zip(dict.fromkeys(names), range(len(names)), strict=False))
    if len(places) == len(names):
        return names, values
    out = np.zeros((len(places), values.shape[1]))
    np.add.at(out, [places[n] for n in names], values)
    return list(places), out


def _features(names: list[str]) -> list[Feature]:
    return features_of(names, repeat(Rank.OTHER), lineages=repeat(()), ncbi_ids=repeat(None), keys=names)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Header:
    """The head of a table.

    Parameters
    ----------
    cells : list of str
        Names of the columns, the first for the genes.
    n_text : int
        Columns of text that follow the first.
    n_above : int
        Lines above the first row.
    delimiter : str
        What parts the cells.
    """

    cells: list[str]
    n_text: int
    n_above: int
    delimiter: str


def _header(document: Document) -> _Header:
    text = document.head.decode("utf-8-sig", "replace").splitlines()
    at = next((i for i, x in enumerate(text) if x.strip() and (not x.startswith("#") or "\t" in x)), 0)
    below = next((x for x in text[at + 1 :] if x.strip()), "")
    delimiter = delimiter_of(text[at], below)
    cells = [c.strip().strip('"') for c in text[at].split(delimiter)]
    if len(below.split(delimiter)) == len(cells) + 1:
        cells = ["", *cells]
    count = 0
    while len(cells) > 2 + count and cells[1 + count].lower() in TEXT_COLUMNS:
        count += 1
    if len(cells) < 2:
        raise FormatError("the table has no samples", where=document.name, do="export it again")
    return _Header(cells=cells, n_text=count, n_above=at + 1, delimiter=delimiter)


def _unit(header: list[str], total: Floats) -> Unit:
    words = {h.rsplit("-", 1)[-1].rsplit("_", 1)[-1].lower() for h in header}
    named = {UNITS[w] for w in words if w in UNITS}
    if len(named) == 1:
        return named.pop()
    sums = total[total > 0]
    if sums.size and bool((np.abs(sums / 1e6 - 1) < 0.001).all()):
        return Unit.PER_MILLION
    return Unit.FRACTION if sums.size and bool((np.abs(sums - 1) < 0.001).all()) else Unit.UNKNOWN


GENES = Format(label="gene table (HUMAnN or KO)", sniff=sniff, read=read)
