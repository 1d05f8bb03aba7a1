"""The byte scan that finds sleep records in an Apple Health export without parsing it.

Apple's exports are not always XML (the type list of version 12 is malformed, control characters
occur), and a full parse costs ten times what inflating the archive does. So the scan looks for the
name of the sleep type. A record written as Apple writes it is taken by one regular expression;
around any other the element is cut out and small pieces are handed to expat. Pieces have no
document type, so entities cannot be defined in them.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

SLEEP = "HKCategoryTypeIdentifierSleepAnalysis"
NEEDLE = SLEEP.encode()
TOLD = ("sourceName", "startDate", "endDate", "value")
OPEN = b"<Record"
CLOSE = b"</Record>"
TYPED = b'<Record type="'
MADE = b' creationDate="'
HEAD = re.compile(
    rb"""<Record type="HKCategoryTypeIdentifierSleepAnalysis"\s++sourceName="([^"&<\x00-\x1f]*+)\""""
    rb"""(?:\s++(?:sourceVersion|device|unit)="[^"<]*+")*+"""
)
"""A sleep record up to the date of its making, in the order of Apple's own type list."""

USUAL = re.compile(
    rb""" creationDate="[^"<]*+"\s++startDate="([^"&<\x00-\x1f]*+)"\s++endDate="([^"&<\x00-\x1f]*+)\""""
    rb"""\s++value="([^"&<\x00-\x1f]*+)"\s*+(?:/>|>\s*+(?:<MetadataEntry\s++key="(?:HKTimeZone"\s++"""
    rb"""value="([^"&<\x00-\x1f]*+)"|[^"<]*+"\s++value="[^"<]*+")\s*+/>\s*+)*+</Record>)"""
)
"""The rest of it."""

LONGEST_HEAD = 4_096
MOST_HEADS = 1_000
"""Beginnings of records that are remembered; they change only with the app's or the watch's version."""

TAG = re.compile(rb"""<Record\b(?:[^"'<>]++|"[^"<]*+"|'[^'<]*+')*+>""")
CONTROL = bytes(c for c in range(32) if c not in b"\t\n\r")

LONGEST_RECORD = 1 << 18
"""An element longer than this is not waited for; real ones take under 2,000 bytes."""

BATCH_BYTES = 1 << 16
BATCH_ROWS = 500


@dataclass(slots=True)
class Piece:
    """The bytes of one record, and where they stand."""

    place: int
    data: bytes


@dataclass(slots=True)
class Found:
    """What one sleep record says, as text; empty where it does not."""

    source: str
    start: str
    end: str
    value: str
    zone: str


@dataclass(slots=True)
class Batch:
    """Some sleep records, and the places of those that are not XML."""

    rows: list[Found] = field(default_factory=list)
    broken: list[int] = field(default_factory=list)


def records(chunks: Iterable[bytes]) -> Iterator[Batch]:
    """Yield the sleep records of a document, some at a time.

    Parameters
    ----------
    chunks : iterable of bytes
        The document in pieces of any length; records may lie across their borders.
    """
    batch = Batch()
    waiting: list[Piece] = []
    size = 0
    for item in _elements(chunks):
        if isinstance(item, Found):
            batch.rows.append(item)
            if len(batch.rows) >= BATCH_ROWS:
                yield batch
                batch = Batch()
            continue
        waiting.append(item)
        size += len(item.data)
        if size >= BATCH_BYTES:
            yield _parsed(waiting)
            waiting, size = [], 0
    if waiting:
        yield _parsed(waiting)
    yield batch


def _elements(chunks: Iterable[bytes]) -> Iterator[Found | Piece]:
    """Yield the element around each occurrence of the sleep type within a tag, in order.

    An occurrence in an attribute other than ``type`` is yielded as a piece as well; `_parsed`
    drops it.
    """
    tail = b""
    base = 0
    heads: dict[bytes, str | None] = {}
    for chunk in chunks:
        buffer = tail + chunk if tail else chunk
        at = 0
        waiting = False
        while (hit := buffer.find(NEEDLE, at)) >= 0:
            usual = _usual(buffer, hit, heads)
            if usual is not None:
                yield usual[0]
                at = usual[1]
                continue
            start = buffer.rfind(OPEN, at, hit)
            if start < 0 or _tag_ended(buffer, start, hit):
                at = hit + len(NEEDLE)
                continue
            cut = _cut(buffer, start, hit)
            if cut is None:
                at, waiting = start, True
                break
            yield Piece(base + start, cut.data)
            at = cut.place
        keep = _keep(buffer, at)
        if waiting and keep > at:  # given up: what is left of it cannot be parsed and is counted
            yield Piece(base + at, buffer[at : at + len(OPEN)])
        tail = buffer[keep:]
        base += keep
    if tail:
        yield from _last(tail, base)


def _usual(buffer: bytes, hit: int, heads: dict[bytes, str | None]) -> tuple[Found, int] | None:
    """Return a record as Apple writes it, and the place after it; None where it is written otherwise.

    What stands before the dates is the same in thousands of records, so it is looked at once.
    """
    start = hit - len(TYPED)
    if start < 0 or not buffer.startswith(TYPED, start):
        return None
    made = buffer.find(MADE, hit, hit + LONGEST_HEAD)
    match = USUAL.match(buffer, made) if made >= 0 else None
    if match is None:
        return None
    head = buffer[start:made]
    try:
        source = heads[head]
    except KeyError:
        source = _source(head)
        if len(heads) < MOST_HEADS:
            heads[head] = source
    if source is None:
        return None
    first, last, value, zone = match.groups()
    try:
        return Found(source, first.decode(), last.decode(), value.decode(), zone.decode() if zone else ""), match.end()
    except UnicodeDecodeError:
        return None


def _source(head: bytes) -> str | None:
    """Return the source that the beginning of a record names; None where it is not in the usual form."""
    match = HEAD.fullmatch(head)
    try:
        return match[1].decode() if match else None
    except UnicodeDecodeError:
        return None


def _tag_ended(buffer: bytes, start: int, hit: int) -> bool:
    """Return whether the tag begun at `start` is closed before `hit`."""
    end = buffer.find(b">", start, hit)
    if end < 0:
        return False
    if buffer.count(b'"', start, end) % 2 == 0 and buffer.count(b"'", start, end) % 2 == 0:
        return True
    tag = TAG.match(buffer, start)
    return tag is not None and tag.end() <= hit


def _cut(buffer: bytes, start: int, hit: int) -> Piece | None:
    """Return the element that begins at `start` and the place after it, or None where it is not all there."""
    end = buffer.find(b">", hit)
    if end < 0:
        return None
    if buffer.count(b'"', start, end) % 2 or buffer.find(b"='", start, end) >= 0:
        tag = TAG.match(buffer, start)
        if tag is None:
            return _unclosed(buffer, start, hit)
        end = tag.end() - 1
    if buffer[end - 1] == 0x2F:  # "/>"
        return Piece(end + 1, buffer[start : end + 1])
    following = buffer.find(OPEN, end)
    close = buffer.find(CLOSE, end, following if following >= 0 else len(buffer))
    if close < 0 and following >= 0:  # the closing tag is missing: keep the attributes, lose the children
        return Piece(following, buffer[start:end] + b"/>")
    if close < 0:
        return None
    return Piece(close + len(CLOSE), buffer[start : close + len(CLOSE)])


def _unclosed(buffer: bytes, start: int, hit: int) -> Piece | None:
    """Return a piece that cannot be parsed where a quote is never closed, or None where more may come."""
    following = buffer.find(OPEN, hit)
    if following < 0:
        return None
    return Piece(following, buffer[start:following])


def _keep(buffer: bytes, at: int) -> int:
    """Return from where the buffer must be kept: an unfinished record, or the length of a split name."""
    short = max(at, len(buffer) - len(NEEDLE) - len(OPEN))
    start = buffer.rfind(OPEN, at)
    if start < 0 or len(buffer) - start > LONGEST_RECORD:
        return short
    # An open tag may still name its type; a tag that has been seen whole is kept only if its record goes on.
    if buffer.find(b">", start) < 0 or start == at or buffer.find(NEEDLE, start) >= 0:
        return start
    tag = TAG.match(buffer, start)
    return short if tag is not None else start


def _last(tail: bytes, base: int) -> Iterator[Piece]:
    """Yield the record with which a cut-off document ends, as far as it goes."""
    hit = tail.find(NEEDLE)
    start = tail.rfind(OPEN, 0, hit) if hit >= 0 else -1
    if start < 0 or _tag_ended(tail, start, hit):
        return
    tag = TAG.match(tail, start)
    data = tail[start : tag.end() - 1].rstrip(b"/") + b"/>" if tag is not None else tail[start:]
    yield Piece(base + start, data)


def _parsed(waiting: list[Piece]) -> Batch:
    """Return the records of some pieces; one that is not XML does not spoil the others."""
    rows = _attributes(b"".join([p.data for p in waiting]))
    if rows is not None:
        return Batch(rows=rows)
    out = Batch()
    for piece in waiting:
        one = _attributes(piece.data)
        if one is None:
            text = piece.data.decode("utf-8", "replace")
            one = _attributes(text.encode())
        if one is None:
            out.broken.append(piece.place)
        else:
            out.rows.extend(one)
    return out


def _attributes(data: bytes) -> list[Found] | None:
    """Return the sleep records in `data`, or None where it is not XML."""
    rows: list[Found] = []
    current: Found | None = None

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal current
        if name == "Record":
            source, first, last, value = [attributes.get(key, "") for key in TOLD]
            current = Found(source, first, last, value, "") if attributes.get("type") == SLEEP else None
            if current is not None:
                rows.append(current)
        elif name == "MetadataEntry" and current is not None and attributes.get("key") == "HKTimeZone":
            current.zone = attributes.get("value", "")

    parser = expat.ParserCreate("UTF-8")
    parser.StartElementHandler = start
    try:
        parser.Parse(b"<r>" + data.translate(None, CONTROL) + b"</r>", True)
    except expat.ExpatError:
        return None
    return rows
