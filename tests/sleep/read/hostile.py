"""Archives that no export is: bombs, traversal, links, lying sizes, locks, damage, poisoned documents."""

import io
import json
import random
import struct
import zipfile
from collections.abc import Iterator

from tests.sleep.exports import BROKEN_DTD, SLEEP, apple_xml, night, pieces, utc, zipped
from tests.sleep.vendors import FIT_NIGHT, GOOGLE_STAGES_HEAD, SITE_HEAD, WHOOP_HEAD

FITBIT = b'[{"logId": 1, "dateOfSleep": "2024-01-16", "startTime": "2024-01-15T23:00:00.000", "duration": 28800000, '
GOOD = FITBIT + b'"minutesAsleep": 400, "timeInBed": 480}]'
EXPORT = b'<?xml version="1.0"?>\n<HealthData locale="de_DE">\n'
CENTRAL = b"PK\x01\x02"
END = b"PK\x05\x06"


def plain(name: str = "sleep.json", data: bytes = GOOD) -> bytearray:
    return bytearray(zipped({name: data}))


def central(field: int, form: str, value: int, *, data: bytes = GOOD + b" " * 5000) -> bytes:
    """Return an archive whose list of members states something else at an offset of its entry."""
    out = plain(data=data)
    struct.pack_into(form, out, out.rfind(CENTRAL) + field, value)
    return bytes(out)


def tail(field: int, form: str, value: int) -> bytes:
    """Return an archive whose end record states something else."""
    out = plain()
    struct.pack_into(form, out, out.rfind(END) + field, value)
    return bytes(out)


def info(name: str, *, mode: int = 0, flags: int = 0, method: int = zipfile.ZIP_STORED) -> bytes:
    """Return an archive of one member with a mode, flags or a method of storing."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        member = zipfile.ZipInfo(name)
        member.external_attr = mode << 16
        archive.writestr(member, GOOD)
    data = bytearray(out.getvalue())
    at = data.rfind(CENTRAL)
    for start, flag_at, method_at in ((0, 6, 8), (at, 8, 10)):
        struct.pack_into("<H", data, start + flag_at, flags)
        if method:
            struct.pack_into("<H", data, start + method_at, method)
    return bytes(data)


def bombs() -> Iterator[tuple[str, bytes]]:
    """Yield archives that swell."""
    yield "zeros", zipped({"export.xml": EXPORT + b"\0" * (40 << 20)})
    yield "spaces in JSON", zipped({"sleep.json": FITBIT[:-2] + b" " * (40 << 20)})
    yield "one long line", zipped({"sleeps.csv": WHOOP_HEAD.encode() + b"," * (40 << 20)})
    yield "many swelling members", zipped({f"{n}.json": FITBIT + b" " * (15 << 20) for n in range(4)})
    yield "many small bombs", zipped({f"{n}.json": FITBIT[:-2] + b"0" * 900_000 for n in range(60)})
    whole = zipped({"export.xml": EXPORT + b"\0" * (16 << 20)})
    for depth in range(4):
        whole = zipped({f"{depth}-{n}.zip": whole for n in range(4)})
    yield "archives within archives", whole
    yield "the same archive in itself", zipped({"a.zip": zipped({"a.zip": zipped({})})})
    yield "sixty thousand members", members(60_000)
    yield "a list of members without end", tail(12, "<L", 0x7FFFFFFF)


def members(count: int) -> bytes:
    """Return an archive with a list of that many empty members, all at one place."""
    one = zipped({"a": b""})
    at = one.rfind(CENTRAL)
    entry = one[at : one.rfind(END)]
    listed = entry * count
    low = count & 0xFFFF
    return one[:at] + listed + struct.pack("<4s4H2LH", END, 0, 0, low, low, len(listed), at, 0)


def paths() -> Iterator[tuple[str, bytes]]:
    """Yield archives with members that point elsewhere, or are no files."""
    for name in (
        "../up.json",
        "a/../../up.json",
        "/etc/cron.d/x",
        "//server/share/x",
        "C:/x.json",
        "c:x.json",
        "..\\up.json",
        "a\\..\\..\\up.json",
        "\\\\server\\x",
        "a/..",
        "..",
        "./../x",
    ):
        yield f"path {name}", zipped({name: GOOD})
    kinds = {"symlink": 0o120777, "pipe": 0o010644, "device": 0o020644, "block device": 0o060644, "socket": 0o140644}
    for kind, mode in kinds.items():
        yield kind, info("sleep.json", mode=mode)
    both = io.BytesIO()
    with zipfile.ZipFile(both, "w") as archive:
        archive.writestr("good.json", GOOD)
        link = zipfile.ZipInfo("link")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    yield "a link beside a good member", both.getvalue()


def locked() -> Iterator[tuple[str, bytes]]:
    """Yield encrypted archives and strange ways of storing."""
    yield "encrypted", info("sleep.json", flags=0x1)
    yield "strongly encrypted", info("sleep.json", flags=0x41)
    yield "encrypted list", info("sleep.json", flags=0x2000)
    yield "AES", info("sleep.json", method=99, flags=0x1)
    for method in (1, 6, 9, 10, 12, 14, 93, 95, 96, 97, 98):
        yield f"method {method}", info("sleep.json", method=method)


def lies() -> Iterator[tuple[str, bytes]]:
    """Yield archives whose sizes, places or sums are not true."""
    for value in (0, 10, 1 << 31, 0xFFFFFFFE):
        if value:
            yield f"whole size {value}", central(24, "<L", value)
        yield f"stored size {value}", central(20, "<L", value)
    for value in (1, 1 << 20, 1 << 31):
        yield f"place {value}", central(42, "<L", value)
    yield "check sum", central(16, "<L", 1)
    yield "length of the name", central(28, "<H", 60_000)
    yield "length of the extra field", central(30, "<H", 60_000)
    yield "number of members", tail(10, "<H", 0)
    yield "length of the list", tail(12, "<L", 10)
    yield "place of the list", tail(16, "<L", 1 << 30)
    two = bytearray(zipped({"a.json": GOOD + b" " * 5000, "b.json": GOOD + b" " * 5000}))
    struct.pack_into("<L", two, two.rfind(CENTRAL) + 42, 0)
    yield "overlapping members", bytes(two)
    end64 = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 1 << 40, 1 << 40, 1 << 40, 0)
    whole = bytes(plain())
    at = whole.rfind(END)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, at, 1)
    yield "zip64 with a million million members", whole[:at] + end64 + locator + whole[at:]


def damage() -> Iterator[tuple[str, bytes]]:
    """Yield archives that were cut or overwritten."""
    whole = zipped({"sleep.json": GOOD + random.Random(1).randbytes(20_000)})
    for share in (0.1, 0.3, 0.5, 0.7, 0.9, 0.99):
        yield f"cut at {share}", whole[: int(len(whole) * share)]
    yield "no end", whole[: whole.rfind(END)]
    yield "only an end", whole[whole.rfind(END) :]
    yield "zeros within", whole[:2000] + b"\0" * 4000 + whole[6000:]
    yield "a name that is no text", bytes(plain("sléep.json")).replace("é".encode(), b"\xff\xfe")
    yield "nothing", zipped({})


def poison() -> Iterator[tuple[str, bytes]]:
    """Yield sound archives with documents made to hurt their readers."""
    rng = random.Random(2)
    laughs = "".join(f'<!ENTITY l{n} "{"&l" * 0}{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(12))
    lol = f'<?xml version="1.0"?><!DOCTYPE HealthData [{laughs}]><HealthData><Record type="{SLEEP}" value="&l11;"/>'
    yield "entities", zipped({"export.xml": lol.encode()})
    yield (
        "files as entities",
        zipped({"export.xml": lol.replace('"lol"', 'SYSTEM "file:///etc/passwd"').encode() + b"</HealthData>"}),
    )
    yield "deep JSON", zipped({"a.json": b'{"dateOfSleep": ' + b"[" * 200_000})
    yield "deeper JSON", zipped({"a.json": b'{"dateOfSleep": ' + b'{"a":' * 300_000})
    yield "a number of a million digits", zipped({"a.json": FITBIT + b'"timeInBed": ' + b"9" * 1_000_000 + b"}]"})
    count = 6_000_000
    values = bytearray(b"," * (2 * count - 1))
    values[::2] = rng.randbytes(count).translate(bytes(48 + b % 10 for b in range(256)))
    yield "millions of values", zipped({"a.json": b'{"dateOfSleep": [' + bytes(values) + b"]}"})
    yield "columns without end", zipped({"a.csv": GOOGLE_STAGES_HEAD.strip().encode() + b",x" * 4000 + b"\n1,2\n"})
    yield "a cell without end", zipped({"a.csv": WHOOP_HEAD.encode() + b'"' + rng.randbytes(2_000_000).hex().encode()})
    yield "a table of bytes", zipped({"a.csv": SITE_HEAD.encode() + rng.randbytes(200_000)})
    yield "half a watch file", zipped({"a.fit": FIT_NIGHT[:500]})
    yield "a watch file of noise", zipped({"a.fit": FIT_NIGHT[:60] + rng.randbytes(100_000)})
    cut = apple_xml(pieces(night(utc(2024, 1, 15, 22), [])), dtd=BROKEN_DTD)
    yield (
        "a record without end",
        zipped({"export.xml": cut[:-14] + b'<Record type="' + SLEEP.encode() + b'" ' + b"a" * 5000}),
    )
    yield "a log without times", zipped({"a.json": json.dumps([{"dateOfSleep": "x", "startTime": None}]).encode()})


def hostile() -> Iterator[tuple[str, bytes]]:
    """Yield every archive with a name."""
    for group in (bombs, paths, locked, lies, damage, poison):
        for name, data in group():
            yield f"{group.__name__}: {name}", data
