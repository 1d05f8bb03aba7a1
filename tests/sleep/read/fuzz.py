"""Documents changed by their own grammar: cells of tables, nodes of JSON, tags of XML, rows, fields of records.

``python -m tests.sleep.read.fuzz [COUNT [FAMILY...]]`` runs a campaign and prints what became of its documents.
"""

import contextlib
import io
import json
import random
import re
import signal
import sqlite3
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from noctiflora.core import InputError
from noctiflora.sleep import read_all, resolve, summarise
from tests.sleep.exports import zipped
from tests.sleep.read.test_registry import SAMPLES, mutate
from tests.sleep.read.test_vendor_fuzz import ODD, ZONES
from tests.sleep.vendors import fit_crc

NAME = "thing.bin"
SECONDS = 10
MOST_KB = 512 << 10
Mutator = Callable[[bytes, random.Random], bytes]

NUMBERS = (0, -1, 1, 2**31, 2**63, -(2**63), 10**40, 1e308, float("nan"), float("inf"), 0.1, 1704067200000)
TEXTS = (
    *(odd.decode("utf-8", "replace") for odd in ODD),
    *("=1+1", "\x00", "\u202e", "é" * 300, "2024-02-30", "23:59:60", "24:00:00", "-00:00:01", "12/31/2024"),
    *("31.12.2024 7:00", "7:00 PM", "1.234,5", "—"),
)
DEEP = (3, 200, 5_000, 100_000)


def nodes(tree: object) -> list[tuple[Any, Any]]:
    """Return every place in a tree: container, and key or index."""
    found: list[tuple[Any, Any]] = []
    todo = [tree]
    while todo:
        at = todo.pop()
        keys = list(at) if isinstance(at, dict) else range(len(at)) if isinstance(at, list) else ()
        for key in keys:
            found.append((at, key))
            todo.append(at[key])  # type: ignore[index]
    return found


def json_case(data: bytes, rng: random.Random) -> bytes:
    tree = json.loads(data)
    for _ in range(rng.randint(1, 4)):
        places = nodes(tree)
        if not places:
            break
        box, key = rng.choice(places)
        match rng.randrange(7):
            case 0:
                del box[key]
            case 1:
                box[key] = rng.choice((None, True, [], {}, "", [[]], *NUMBERS, *TEXTS))
            case 2:
                other, name = rng.choice(places)
                with contextlib.suppress(KeyError, IndexError):
                    box[key] = deepcopy(other[name])
            case 3 if isinstance(box, list):
                box.extend(deepcopy(box[key]) for _ in range(rng.choice((1, 2, 50))))
            case 4 if isinstance(box, dict):
                box[rng.choice((key.upper(), key + "_", "", "date"))] = box.pop(key)
            case 5 if isinstance(box[key], int | float):
                box[key] = box[key] * rng.choice((-1, 1000, 0.001)) + rng.choice((0, 1, 3_600_000))
            case _:
                box[key] = [box[key]] if rng.random() < 0.5 else {"value": box[key]}
    text = json.dumps(tree)
    if rng.random() < 0.05:
        depth = rng.choice(DEEP)
        text = text.replace(rng.choice(("1", "0", '""', "null")), "[" * depth + "]" * depth, 1)
    return text.encode("utf-8", "surrogatepass")


def table_case(data: bytes, rng: random.Random) -> bytes:
    text = data.decode("utf-8", "replace")
    mark = max(",;\t", key=text.count)
    rows = [line.split(mark) for line in re.split(r"\r\n|\r|\n", text)]
    for _ in range(rng.randint(1, 5)):
        row = rng.choice(rows)
        at = rng.randrange(len(row)) if row else 0
        match rng.randrange(9):
            case 0 if row:
                del row[at]
            case 1:
                row.insert(at, rng.choice(TEXTS))
            case 2 if row:
                row[at] = str(rng.choice((*NUMBERS, *TEXTS)))
            case 3 if row:
                other = rng.choice(rows)
                row[at] = rng.choice(other) if other else ""
            case 4:
                rows.insert(rng.randrange(len(rows)), list(row))
            case 5:
                rows.extend([list(row) for _ in range(rng.choice((1, 30, 300)))])
            case 6 if row:
                row[at] = rng.choice(('"', "'", '""', '"\n')) + row[at]
            case 7:
                order = list(range(max(map(len, rows))))
                rng.shuffle(order)
                rows = [[row[n] for n in order if n < len(row)] for row in rows]
            case _:
                rows = [one for one in rows if one is not row] or [[""]]
    if rng.random() < 0.1:
        mark = rng.choice(",;\t|")
    out = rng.choice(("\n", "\n", "\r\n", "\r", "\r\r\n")).join(mark.join(row) for row in rows)
    return out.encode(rng.choice(("utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16", "latin-1")), "replace")


TAGS = re.compile(r"<[^>]*>|[^<]+")
VALUES = re.compile(r'"[^"]*"')


def xml_case(data: bytes, rng: random.Random) -> bytes:
    tags = TAGS.findall(data.decode("utf-8", "replace")) or [""]
    for _ in range(rng.randint(1, 5)):
        at = rng.randrange(len(tags))
        values = list(VALUES.finditer(tags[at]))
        match rng.randrange(8):
            case 0:
                del tags[at : at + rng.randint(1, 3)]
            case 1:
                tags[at:at] = tags[at : at + rng.randint(1, 6)] * rng.choice((1, 1, 40))
            case 2 | 3 if values:
                one = rng.choice(values)
                told = rng.choice((*TEXTS, "HKCategoryTypeIdentifierSleepAnalysis", "&lol;", "&#0;", "<", ">", "&amp;"))
                tags[at] = f'{tags[at][: one.start()]}"{told}"{tags[at][one.end() :]}'
            case 4:
                tags[at] = tags[at].replace('"', "'" if rng.random() < 0.7 else "", rng.choice((1, 2, -1)))
            case 5:
                tags[at] = re.sub(r"\s+", rng.choice(("\n", "\t\t", "")), tags[at])
            case 6:
                depth = rng.choice(DEEP)
                tags[at:at] = ["<Record a='b'>" * depth]
            case _:
                tags[at:at] = [
                    rng.choice(("\x0b", "\x00", "<!--", "<![CDATA[", "]]>", "<!DOCTYPE x [", "</Record>", "<Record"))
                ]
        tags = tags or [""]
    return "".join(tags).encode("utf-8", "replace")


def database_case(data: bytes, rng: random.Random) -> bytes:
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as base:
        base.deserialize(data)
        names = [row[0] for row in base.execute("select name from sqlite_master where type = 'table'")]
        for _ in range(rng.randint(1, 4)):
            table = rng.choice(names)
            columns = [row[1] for row in base.execute(f'pragma table_info("{table}")')] or ["x"]
            one, other = rng.choice(columns), rng.choice(columns)
            value = rng.choice((None, b"\xff\x00", *TEXTS, *(n for n in NUMBERS if abs(n) < 2**63)))
            statements: tuple[tuple[str, tuple[object, ...]], ...] = (
                (f'update "{table}" set "{one}" = ?', (value,)),
                (f'update "{table}" set "{one}" = ? where rowid % 2 = ?', (value, rng.randrange(2))),
                (f'update "{table}" set "{one}" = "{other}"', ()),
                (f'update "{table}" set "{one}" = "{one}" * ?', (rng.choice((-1, 1000, 0.001, 10**6)),)),
                (f'delete from "{table}" where rowid % 2 = ?', (rng.randrange(2),)),
                (f'alter table "{table}" drop column "{one}"', ()),
                (f'alter table "{table}" rename column "{one}" to "{one}_"', ()),
                (f'alter table "{table}" rename to "{table}_"', ()),
                (f'insert into "{table}" select * from "{table}"', ()),
                (f'create view if not exists "v_{table}" as select * from "{table}"', ()),
            )
            with contextlib.suppress(sqlite3.Error, OverflowError):
                base.execute(*rng.choice(statements))
        out = base.serialize()
    return mutate(out, rng) if rng.random() < 0.2 else out


def sheet_case(data: bytes, rng: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    name = rng.choice([n for n in parts if n.startswith("xl/worksheets")] * 4 + list(parts))
    parts[name] = xml_case(parts[name], rng) if rng.random() < 0.8 else mutate(parts[name], rng)
    if rng.random() < 0.1:
        del parts[rng.choice(list(parts))]
    return zipped(parts) if parts else data


def record_case(data: bytes, rng: random.Random) -> bytes:
    """Change fields of a FIT file, with a right sum at its end, or of an EDF file's header of fixed widths."""
    out = bytearray(data)
    if data[8:12] == b".FIT":
        for _ in range(rng.randint(1, 6)):
            at = rng.randrange(len(out) - 2)
            out[at] = rng.choice((0, 1, 0x7F, 0x80, 0xFF, rng.randrange(256)))
        return bytes(out[:-2]) + fit_crc(bytes(out[:-2])).to_bytes(2, "little") if rng.random() < 0.9 else bytes(out)
    for _ in range(rng.randint(1, 3)):
        at, width = rng.choice(
            ((0, 8), (8, 80), (88, 80), (168, 8), (176, 8), (184, 8), (192, 44), (236, 8), (244, 8), (252, 4))
        )
        if rng.random() < 0.5:
            at, width = rng.randrange(256, max(257, len(out))), rng.choice((4, 8, 16))
        told = str(rng.choice((*NUMBERS, *TEXTS))).encode("latin-1", "replace")[:width]
        out[at : at + width] = told.ljust(width)
    return bytes(out)


def archive_case(data: bytes, rng: random.Random) -> bytes:
    members = {}
    for n in range(rng.randint(1, 3)):
        label = rng.choice(list(SAMPLES))
        inner = SAMPLES[label] if rng.random() < 0.3 else FAMILIES[family_of(SAMPLES[label])](SAMPLES[label], rng)
        name = rng.choice(
            (
                f"Takeout/{n}.json",
                f"x/export-{n}.xml",
                f"{n}",
                f"ü{n}.csv",
                f"../{n}",
                f"/{n}",
                f"UploadedFiles_{n}.zip",
            )
        )
        members[name] = zipped({"inner.json": inner}) if name.endswith(".zip") else inner
    out = zipped(members)
    return mutate(out, rng) if rng.random() < 0.3 else out


FAMILIES: dict[str, Mutator] = {
    "json": json_case,
    "table": table_case,
    "xml": xml_case,
    "database": database_case,
    "sheet": sheet_case,
    "record": record_case,
    "archive": archive_case,
}


def family_of(data: bytes) -> str:
    if data.startswith(b"SQLite"):
        return "database"
    if data.startswith(b"PK"):
        return "sheet"
    if data.startswith(b"<"):
        return "xml"
    if data[8:12] == b".FIT" or data.startswith(b"0   "):
        return "record"
    return "json" if data.lstrip()[:1] in (b"[", b"{") else "table"


@dataclass(slots=True)
class Ended:
    """How a campaign ended."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    slowest_s: float = 0.0
    grown_kb: int = 0


def peak_kb() -> int:
    line = next(x for x in Path("/proc/self/status").read_text().splitlines() if x.startswith("VmHWM"))
    return int(line.split()[1])


def late(*_: object) -> None:
    raise TimeoutError


def cases(family: str, count: int, seed: int = 20) -> Iterator[bytes]:
    """Yield changed documents of one family, always the same for the same seed."""
    rng = random.Random(f"{family} {seed}")
    seeds = [data for data in SAMPLES.values() if family in (family_of(data), "archive")]
    for _ in range(count):
        yield FAMILIES[family](rng.choice(seeds), rng)


def campaign(family: str, count: int, *, seed: int = 20, refused: Callable[[bytes], None] | None = None) -> Ended:
    """Read changed documents; every one must be read, or refused by a message that names file and cause."""
    ended, before = Ended(), peak_kb()
    rng = random.Random(seed)
    earlier = signal.signal(signal.SIGVTALRM, late)
    for n, data in enumerate(cases(family, count, seed)):
        start = time.process_time()
        signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
        try:
            readings = read_all(io.BytesIO(data), NAME, zone=rng.choice(ZONES))
            found = resolve([e for r in readings for e in r.episodes])
            summarise(found.nights, naps=found.naps)
            ended.counts["read"] += 1
        except InputError as problem:
            ended.counts["refused"] += 1
            if not (problem.what and str(problem.where).startswith(NAME) and (problem.found or problem.do)):
                ended.wrong.append(f"{n}: {problem!s:.200}")
            elif refused is not None:
                refused(data)
        except Exception as problem:
            ended.wrong.append(f"{n}: {type(problem).__name__} {problem!s:.200}")
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        ended.slowest_s = max(ended.slowest_s, time.process_time() - start)
    signal.signal(signal.SIGVTALRM, earlier)
    ended.grown_kb = peak_kb() - before
    return ended


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    bad = 0
    for family in sys.argv[2:] or FAMILIES:
        ended = campaign(family, count)
        sys.stdout.write(
            f"{family}: {count} documents, {ended.counts['read']} read, {ended.counts['refused']} refused, "
            f"{len(ended.wrong)} wrong, slowest {ended.slowest_s:.2f} s, grown {ended.grown_kb >> 10} MB\n"
        )
        sys.stdout.writelines(f"  {line}\n" for line in ended.wrong[:20])
        sys.stdout.flush()
        bad += len(ended.wrong) + (ended.grown_kb > MOST_KB)
    return bool(bad)


if __name__ == "__main__":
    sys.exit(main())
