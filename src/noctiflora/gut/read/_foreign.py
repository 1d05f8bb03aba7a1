"""Files that are no table: what they are, in one sentence."""

from noctiflora.core import FormatError

KINDS: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "this is a PDF", "ask the company for the raw data as CSV or JSON; a PDF cannot be read safely"),
    (b"\x1f\x8b", "this file is packed with gzip", "unpack it and give what it holds"),
    (b"\xd0\xcf\x11\xe0", "this is an old Excel file", "save it as CSV"),
    (b"@HD\t", "these are raw reads, not a table of taxa", "give the table that a profiler made of them"),
    (b"\xff\xfe", "this is UTF-16 text", "save it as CSV in UTF-8"),
    (b"\xfe\xff", "this is UTF-16 text", "save it as CSV in UTF-8"),
    (b"\x89PNG", "this is a picture", "ask for the raw data as CSV or JSON"),
    (b"\xff\xd8\xff", "this is a picture", "ask for the raw data as CSV or JSON"),
    (b"<!DOCTYPE", "this is a web page", "download the raw data itself"),
    (b"<html", "this is a web page", "download the raw data itself"),
    (b"SQLite format 3", "this is a database", "export the table as CSV"),
    (b">", "these are sequences, not a table of taxa", "give the table that a profiler made of them"),
)
ZIPS: tuple[tuple[bytes, str, str], ...] = (
    (b"Index/", "this is a Numbers file", "choose File, Export to, CSV in Numbers and give that"),
    (b"preview.jpg", "this is a Numbers, Pages or Keynote file", "export it as CSV and give that"),
    (b"[Content_Types].xml", "this is an Excel file", "save it as CSV"),
    (b"xl/", "this is an Excel file", "save it as CSV"),
)


def foreign(head: bytes, name: str) -> FormatError | None:
    """Return the error that says what a file is, where that is plain from its first bytes; else None.

    Examples
    --------
    >>> str(foreign(b"%PDF-1.7", "mine.csv"))[:13]
    'this is a PDF'
    """
    start = head.lstrip()[:64]
    for mark, what, do in KINDS:
        if start.startswith(mark):
            return FormatError(what, where=name, do=do)
    if start.startswith(b"PK"):
        for mark, what, do in ZIPS:
            if mark in head:
                return FormatError(what, where=name, do=do)
    return None


def complaint(head: bytes, name: str) -> FormatError:
    """Return the error for a file that none of the readers knows."""
    start = head.lstrip()[:64]
    known = foreign(head, name)
    if known is not None:
        return known
    if start.startswith(b"PK"):
        return FormatError("this zip archive is no QIIME 2 artefact", where=name, do="unpack it and give what it holds")
    if start.startswith(b"@") and b"\n+" in head:
        return FormatError("these are raw reads", where=name, do="give the table that a profiler made of them")
    return FormatError(
        "this is not a stool table we know",
        where=name,
        found=head[:40].decode("utf-8", "replace"),
        do="give a CSV with the columns taxon and percent, or a file of: MetaPhlAn, Kraken2, Bracken, HUMAnN, mOTUs, "
        "Emu, BIOM, QIIME 2, uBiome, Biomesight, Ombre",
    )
