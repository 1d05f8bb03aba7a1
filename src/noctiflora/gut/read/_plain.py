"""Plain tables: a column of taxa, with one or more columns of amounts."""

import re
from dataclasses import dataclass

import numpy as np

from noctiflora.core import FormatError
from noctiflora.gut._reading import Feature, Floats
from noctiflora.gut._vocabulary import MAIN_RANKS, Rank, Unit, rank_of
from noctiflora.gut.read._cells import DELIMITERS, Line, delimiter_of, lines, number, place, whole
from noctiflora.gut.read._document import Document, first_lines
from noctiflora.gut.read._format import Draft, Format
from noctiflora.gut.read._genes import GENE, gene_id
from noctiflora.gut.read._lineage import UNKNOWN, clean, feature, split
from noctiflora.gut.read._units import TOLERANCE, guess, unit_of_word

TAXON = (
    "taxon",
    "taxa",
    "name",
    "tax_name",
    "taxonomy",
    "organism",
    "bacteria",
    "genus",
    "species",
    "lineage",
    "family",
)
AMOUNT = (
    "share", "percent", "percentage", "%", "abundance", "relative_abundance", "relative abundance", "rel_abundance",
    "fraction", "proportion", "count", "counts", "reads", "read_count", "value", "perc", "amount",
)  # fmt: skip
SHARES = {
    *("share", "percent", "percentage", "%", "fraction", "proportion", "perc"),
    *("relative_abundance", "relative abundance", "rel_abundance"),
}
KEYS = ("#otu id", "otu id", "otu", "otu_id", "asv", "asv_id", "feature id", "feature_id", "featureid", "#featureid")
ID = ("taxon_id", "tax_id", "taxid", "ncbi_tax_id", "ncbi", "ncbi_id", "taxonomy_id")
SAMPLES = ("sample", "sampleid", "sample_id", "sample-id", "#sampleid", "id")
ODD_NAMES = 0.5
MOST_OF_A_NAME = (Rank.GENUS, Rank.SPECIES)
"""Ranks that a name alone tells; a longer lineage was written out, and its rows may stop where they will."""

LEAST_OF_WHOLE = 0.8
"""Shares that add up to less cannot be told from shares of something else; assumed (0.6 to 0.9)."""

WORD = re.compile(r"[^\W\d_]{3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Columns:
    """Where things stand."""

    taxon: int
    amounts: tuple[int, ...]
    taxid: int | None = None
    rank: int | None = None
    key: int | None = None


def sniff(head: bytes) -> bool:
    """Return whether this is text in columns with a number in the second line."""
    found = _without_comments(first_lines(head, 12))
    if len(found) < 2:
        return False
    delimiter = delimiter_of(*found[:2])
    if not any(d in found[1] for d in ("\t", ",", ";")):
        return False
    return any(_is_number(c, delimiter) for c in found[1].split(delimiter)[1:])


def _is_number(cell: str, delimiter: str) -> bool:
    text = cell.strip().strip('"').rstrip("%").strip()
    try:
        float(text.replace(",", ".") if delimiter != "," else text)
    except ValueError:
        return False
    return True


def read(document: Document) -> Draft:
    """Read a table."""
    top = _without_comments(first_lines(document.head, 12))
    delimiter = delimiter_of(*top[:2])
    table = list(lines(document.text(), delimiter=delimiter, where=document.name))
    while len(table) > 1 and len(table[0].cells) == 1 and table[0].cells[0].startswith("#"):
        del table[0]
    header, rows = _header(table, delimiter)
    if header[0].lower() in SAMPLES and _is_turned(header):
        header, rows = _turned(header, rows, document.name)
    columns = _columns(header, rows, delimiter, document.name)
    _expect_taxa(header, rows, columns, document.name)
    comma = delimiter != ","
    features: list[Feature] = []
    amounts: list[list[float]] = []
    unnamed = np.zeros(len(columns.amounts))
    for line in rows:
        where = f"{document.name}, line {line.number}"
        cells = [*line.cells, *[""] * (len(header) - len(line.cells))]
        values = [number(cells[i] or "0", where=where, field=header[i], decimal_comma=comma) for i in columns.amounts]
        if UNKNOWN.match(cells[columns.taxon].strip()) or cells[columns.taxon].lower() == "total unassigned":
            unnamed += values
            continue
        features.append(_feature(cells, columns, header[columns.taxon]))
        amounts.append(values)
    values_array = np.array(amounts, dtype=float).reshape(len(features), len(columns.amounts))
    name = document.name.rsplit("/", 1)[-1]
    single = len(columns.amounts) == 1 and header[columns.amounts[0]].lower() in AMOUNT
    draft = Draft(
        nested=_is_nested(features, columns),
        features=features,
        sample_ids=[name] if single else [header[i] for i in columns.amounts],
        values=values_array,
        unit=Unit.UNKNOWN,
        unassigned=unnamed,
        notes=_notes(features, document.name, told=columns.rank is not None),
    )
    _weigh(draft, header[columns.amounts[0]])
    return draft


def _weigh(draft: Draft, word: str) -> None:
    """Put the totals and the unit into a draft, judged by the heading `word` and by the sums."""
    unnamed = np.zeros(len(draft.sample_ids)) if draft.unassigned is None else draft.unassigned
    whole = _nested_totals(draft.features, draft.values) if draft.nested else draft.values.sum(axis=0)
    draft.totals = whole + unnamed
    draft.unit = unit_of_word(word)
    if draft.unit is Unit.UNKNOWN:
        integers = bool((draft.values == np.floor(draft.values)).all())
        draft.unit = guess(draft.totals, integers=integers, shares=word.lower() in SHARES)
    full = draft.unit.whole
    if full is not None and not draft.nested:
        held = draft.totals[draft.totals > 0]
        if held.size and float(held.min()) < LEAST_OF_WHOLE * full:
            draft.unit = Unit.UNKNOWN
        elif held.size and float(held.min()) < full * (1 - TOLERANCE):
            draft.totals = np.where(draft.totals > 0, np.maximum(draft.totals, full), draft.totals)
            draft.notes.append(
                f"amounts add up to {float(held.min()):g} of {full:g}: the rest is counted as unassigned"
            )


def _without_comments(found: list[str]) -> list[str]:
    """Return lines from the header on: comments without columns stand above it."""
    while len(found) > 2 and found[0].startswith("#") and not any(d in found[0] for d in DELIMITERS):
        found = found[1:]
    return found


def _expect_taxa(header: list[str], rows: list[Line], columns: _Columns, name: str) -> None:
    """Refuse tables of genes, and tables whose first column names nothing.

    Raises
    ------
    FormatError
        If half of the names are genes, or less than half hold a word.
    """
    names = [r.cells[columns.taxon] for r in rows if len(r.cells) > columns.taxon]
    genes = sum(bool(GENE.match(gene_id(n))) for n in names)
    across = sum(bool(GENE.match(gene_id(h))) for h in header[1:])
    if 2 * genes >= len(names) or 2 * across >= len(header[1:]):
        raise FormatError(
            "this is a table of genes in a layout we do not read",
            where=name,
            found=", ".join((header if across else names)[:3]),
            do="give one row per gene and one column per sample, parted by tabs",
        )
    words = sum(bool(WORD.search(n)) or (columns.taxon == columns.taxid and n.isdigit()) for n in names)
    if 2 * words < len(names):
        raise FormatError(
            "the table names no taxa", where=name, found=", ".join(names[:3]), do="head the columns taxon and percent"
        )


def _is_nested(features: list[Feature], columns: _Columns) -> bool:
    """Return whether coarse rows contain fine ones: ranks are told apart, or most lineages have their parent's row."""
    ranks = {f.rank for f in features} & set(MAIN_RANKS)
    if len(ranks) < 2:
        return False
    if columns.rank is not None:
        return True
    known = {f.key for f in features}
    above = [f.key.rpartition("|" if "|" in f.key else ";")[0].rstrip() for f in features]
    long = [k for k in above if k]
    return 2 * sum(k in known for k in long) > len(long) > 0


def _nested_totals(features: list[Feature], values: Floats) -> Floats:
    """Return the largest sum among the ranks: each rank is the whole sample again."""
    sums = [values[[f.rank is r for f in features]].sum(axis=0) for r in MAIN_RANKS]
    largest: Floats = np.array(sums).max(axis=0)
    return largest


def _header(table: list[Line], delimiter: str) -> tuple[list[str], list[Line]]:
    """Return header and rows; a table without header gets one."""
    first = table[0].cells
    if any(_is_number(c, delimiter) for c in first[1:]):
        return ["taxon", *["amount"] * (len(first) - 1)] if len(first) == 2 else [*map(str, range(len(first)))], table
    if len(table) > 1 and len(table[1].cells) == len(first) + 1:
        first = ["taxon", *first]
    return first, table[1:]


def _is_turned(header: list[str]) -> bool:
    return sum("|" in h or "__" in h or ";" in h for h in header[1:]) > ODD_NAMES * (len(header) - 1)


def _turned(header: list[str], rows: list[Line], name: str) -> tuple[list[str], list[Line]]:
    """Return a table with samples in rows, turned."""
    short = next((r for r in rows if len(r.cells) != len(header)), None)
    if short is not None:
        raise FormatError(
            "the row is cut short or too long", where=f"{name}, line {short.number}", do="export it again"
        )
    turned = [Line(number=1, cells=[taxon, *(r.cells[i] for r in rows)]) for i, taxon in enumerate(header) if i]
    return ["taxon", *(r.cells[0] for r in rows)], turned


def _columns(header: list[str], rows: list[Line], delimiter: str, name: str) -> _Columns:
    taxid, rank = place(header, *ID), place(header, "rank", "tax_rank", "level")
    taxon = place(header, *TAXON)
    if taxon is None:
        taxon = taxid if taxid is not None else 0
    key = place(header, *KEYS)
    amount = place(header, *AMOUNT)
    if amount is not None and amount != taxon:
        return _Columns(taxon=taxon, amounts=(amount,), taxid=taxid, rank=rank, key=key)
    first = next((r.cells for r in rows if len(r.cells) == len(header)), [])
    others = [
        i for i in range(len(first)) if i not in (taxon, taxid, rank, key) and _is_number(first[i] or "0", delimiter)
    ]
    if not others:
        raise FormatError(
            "the table has no column of amounts",
            where=name,
            found=", ".join(header)[:60],
            do="head the columns taxon and percent",
        )
    return _Columns(taxon=taxon, amounts=tuple(others), taxid=taxid, rank=rank, key=key)


def _feature(cells: list[str], columns: _Columns, heading: str) -> Feature:
    raw = cells[columns.taxon]
    taxid = whole(cells[columns.taxid]) if columns.taxid is not None else None
    if raw.isdigit():
        taxid = whole(raw)
        return Feature(name=f"NCBI {raw}", rank=Rank.OTHER, ncbi_id=taxid, key=raw)
    parts = [p for p in split(raw) if p]
    if columns.key is not None and columns.key != columns.taxon:
        return feature(parts, key=cells[columns.key], ncbi_id=taxid)
    if len(parts) > 1 and "__" not in raw:
        return _from_plain_lineage(raw, parts, taxid)
    if len(parts) > 1 or "__" in raw:
        return feature(parts, key=raw, ncbi_id=taxid)
    name = clean(raw) or raw
    rank = rank_of(cells[columns.rank]) if columns.rank is not None else rank_of(heading)
    if rank is Rank.OTHER:
        rank = _rank_by_form(name)
    lineage = () if rank is Rank.OTHER else _lineage(name, rank)
    return Feature(name=name, rank=rank, lineage=lineage, ncbi_id=taxid, key=raw.lower())


def _from_plain_lineage(raw: str, parts: list[str], taxid: int | None) -> Feature:
    """Return the feature of ``phylum|family|genus`` and the like, told by the endings of names."""
    ranks = (Rank.PHYLUM, Rank.FAMILY, Rank.GENUS)
    cells = raw.split("|")
    if len(cells) == len(ranks):
        named = tuple((r, clean(c)) for r, c in zip(ranks, cells, strict=True) if clean(c) and c[1:2] != "_")
        rank, name = named[-1] if named else (Rank.OTHER, raw)
        return Feature(name=name, rank=rank, lineage=named, ncbi_id=taxid, key=raw)
    return feature(parts, key=raw, ncbi_id=taxid)


def _lineage(name: str, rank: Rank) -> tuple[tuple[Rank, str], ...]:
    if rank is Rank.SPECIES and " " in name and name[0].isupper():
        return ((Rank.GENUS, name.split(" ")[0]), (Rank.SPECIES, name))
    return ((rank, name),)


ENDINGS = (("aceae", Rank.FAMILY), ("ales", Rank.ORDER), ("ota", Rank.PHYLUM))
"""Endings that the prokaryotic code gives to families, orders and phyla (10.1099/ijsem.0.005056)."""


def _rank_by_form(name: str) -> Rank:
    words = name.split(" ")
    if len(words) >= 2 and words[0][:1].isupper() and words[1].islower() and words[1].isalpha():
        return Rank.SPECIES
    if len(words) > 1:
        return Rank.OTHER
    return next((r for e, r in ENDINGS if name.endswith(e)), Rank.GENUS if name[:1].isupper() else Rank.OTHER)


def _notes(features: list[Feature], name: str, *, told: bool) -> list[str]:
    """Return what to mind about the ranks; refuse rows of which nothing tells whether they hold one another."""
    if any(len(f.lineage) > len(MOST_OF_A_NAME) for f in features):
        return []
    ranks = sorted({f.rank for f in features if f.rank is not Rank.OTHER})
    if len(ranks) < 2:
        return []
    if not told and not set(ranks) <= set(MOST_OF_A_NAME):
        raise FormatError(
            "taxa of several ranks stand side by side, so reads may be counted twice",
            where=name,
            found=", ".join(ranks),
            do="keep the rows of one rank, or add a column rank",
        )
    return ["taxa of several ranks stand side by side: " + ", ".join(ranks)]


PLAIN = Format(label="plain table", sniff=sniff, read=read)
