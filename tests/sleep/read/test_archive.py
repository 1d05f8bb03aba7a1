import io
import struct
import zipfile
import zlib

import pytest

from noctiflora.core import FormatError
from noctiflora.sleep.read import _archive
from noctiflora.sleep.read._archive import Member, damaged, is_zip, walk
from tests.sleep.exports import zipped


def text(head: bytes) -> bool:
    return head.startswith(b"yes")


def names(data: bytes) -> list[tuple[str, bytes]]:
    return [(name, content.read()) for name, content in walk(io.BytesIO(data), "a.zip", wanted=text)]


def test_members_are_chosen_by_content() -> None:
    data = zipped(
        {"x/no.xml": b"no", "x/one.bin": b"yes 1", "__MACOSX/x/._one.bin": b"yes", "x/._y": b"yes", "d/": b""}
    )
    assert names(data) == [("a.zip: x/one.bin", b"yes 1")]


def test_a_document_that_is_no_archive_is_itself() -> None:
    assert names(b"anything at all" * 10_000) == [("a.zip", b"anything at all" * 10_000)]


def test_bytes_come_whole_in_any_portions() -> None:
    payload = b"yes" + bytes(range(256)) * 2000
    ((_, content),) = [(n, c) for n, c in _one(zipped({"a": payload}))]
    assert content == payload


def _one(data: bytes) -> list[tuple[str, bytes]]:
    out = []
    for name, content in walk(io.BytesIO(data), "a.zip", wanted=text):
        parts = []
        while part := content.read(777):
            parts.append(part)
        out.append((name, b"".join(parts)))
    return out


def test_nothing_wanted_is_refused_and_says_what_there_was() -> None:
    with pytest.raises(FormatError, match="nothing to import"):
        names(zipped({"a.txt": b"no"}))
    with pytest.raises(FormatError, match="nothing to import") as caught:
        names(zipped({"inner.zip": zipped({"deeper.zip": zipped({"a": b"yes"})})}))
    assert caught.value.found == "1 further archives"
    with pytest.raises(FormatError, match="nothing to import"):
        names(zipped({}))


def test_an_archive_within_is_opened_one_level_deep() -> None:
    inner = zipped({"night.fit": b"yes 1", "deeper.zip": zipped({"a": b"yes"}), "no": b"no"})
    passed: list[str] = []
    outer = io.BytesIO(zipped({"DI/UploadedFiles_1.zip": inner, "b": b"yes 2", "bad.zip": inner[:-30]}))
    found = [(n, c.read()) for n, c in walk(outer, "a.zip", wanted=text, passed=passed.append)]
    assert found == [("a.zip: DI/UploadedFiles_1.zip: night.fit", b"yes 1"), ("a.zip: b", b"yes 2")]
    assert passed == [
        "DI/UploadedFiles_1.zip: deeper.zip (an archive in the archive: unpack it)",
        "DI/UploadedFiles_1.zip: no",
        "bad.zip (the archive is damaged or only half there)",
    ]


def test_an_archive_within_that_is_refused_alone_says_why() -> None:
    with pytest.raises(FormatError, match="not imported") as caught:
        names(zipped({"x.zip": zipped({"../up": b"yes"})}))
    assert caught.value.where == "a.zip: x.zip: ../up"


def test_archives_within_share_the_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_archive, "MOST_MEMBERS", 5)
    with pytest.raises(FormatError, match="more members"):
        names(zipped({f"{n}.zip": zipped({"a": b"yes", "b": b"yes"}) for n in range(3)}))
    monkeypatch.setattr(_archive, "LARGEST_INNER_BYTES", 50)
    with pytest.raises(FormatError, match="nothing to import"):
        names(zipped({"x.zip": zipped({"a": b"yes"})}))


def test_an_archive_within_does_not_swell_further_than_one_alone() -> None:
    inner = zipped({"a": b"yes" + b" " * (17 << 20)})
    with pytest.raises(FormatError, match="swells"):
        names(zipped({"x.zip": inner}))
    plain = zipped({f"{n}": bytes(range(256)) * 64 for n in range(3)} | {"a": b"yes" + b"ab " * 5000})
    assert len(names(zipped({"x.zip": plain}))) == 1


def test_half_an_archive() -> None:
    whole = zipped({"a": b"yes" + bytes(range(256)) * 100})
    for cut in (len(whole) // 2, len(whole) - 10, 10):
        with pytest.raises(FormatError, match="half there"):
            names(whole[:cut])


@pytest.mark.parametrize("name", ["../up", "a/../../up", "/etc/x", "C:/x", "..\\up", "a\\..\\b"])
def test_paths_that_leave_the_archive(name: str) -> None:
    with pytest.raises(FormatError, match="not imported"):
        names(zipped({"ok": b"yes", name: b"yes"}))


def test_a_name_with_two_dots_within_is_a_name() -> None:
    assert len(names(zipped({"a..b": b"yes"}))) == 1


def test_links_and_encrypted_members() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo("link")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "yes")
    with pytest.raises(FormatError, match="not imported"):
        names(out.getvalue())
    locked = bytearray(zipped({"a": b"yes"}))
    central = locked.rfind(b"PK\x01\x02")
    locked[6] |= 1
    locked[central + 8] |= 1
    with pytest.raises(FormatError, match="unlock"):
        names(bytes(locked))


def test_a_bomb_is_stopped_early() -> None:
    bomb = zipped({"a": b"yes" + b"\0" * (64 << 20)})
    taken = 0

    def drain() -> None:
        nonlocal taken
        for _, content in walk(io.BytesIO(bomb), "a.zip", wanted=text):
            while part := content.read(1 << 20):
                taken += len(part)

    with pytest.raises(FormatError, match="swells"):
        drain()
    assert taken <= _archive.RATIO_FREE_BYTES + (1 << 20)


def test_members_that_swell_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_archive, "MOST_INFLATED_BYTES", 1000)
    with pytest.raises(FormatError, match="impossible"):
        names(zipped({str(n): b"yes" + bytes(range(200)) for n in range(10)}))


def test_too_many_members(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_archive, "MOST_MEMBERS", 5)
    with pytest.raises(FormatError, match="more members"):
        names(zipped({str(n): b"yes" for n in range(6)}))


def lying(field: int, value: int) -> bytes:
    """Return an archive whose list of members states another size (4 bytes at `field`)."""
    data = bytearray(zipped({"a": b"yes" + b"x" * 5000}))
    central = data.rfind(b"PK\x01\x02")
    struct.pack_into("<L", data, central + field, value)
    return bytes(data)


@pytest.mark.parametrize(("field", "value"), [(24, 10), (24, 1 << 31), (20, 5), (20, 1 << 31), (42, 1 << 30)])
def test_lying_sizes(field: int, value: int) -> None:
    """24 is the inflated size, 20 the stored size, 42 the place of the member."""
    with pytest.raises(FormatError):
        names(lying(field, value))


def test_overlapping_members() -> None:
    data = bytearray(zipped({"a": b"yes" + b"x" * 50_000, "b": b"yes" + b"x" * 50_000}))
    second = data.rfind(b"PK\x01\x02")
    struct.pack_into("<L", data, second + 42, 0)
    with pytest.raises(FormatError):
        names(bytes(data))


def test_a_wrong_checksum() -> None:
    data = bytearray(zipped({"a": b"yes" + b"x" * 100}))
    central = data.rfind(b"PK\x01\x02")
    struct.pack_into("<L", data, central + 16, 0)
    with pytest.raises(FormatError, match="half there"):
        names(bytes(data))


def test_exotic_methods_are_not_opened() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a", b"yes")
    with pytest.raises(FormatError, match="nothing to import"):
        names(out.getvalue())


def test_signatures() -> None:
    assert is_zip(zipped({"a": b"x"}))
    assert is_zip(zipped({}))
    assert not is_zip(b"<?xml")
    assert "half there" in str(damaged("x", zlib.error("y")))


def test_reading_on_past_the_end_is_empty() -> None:
    member = Member(b"ab", io.BytesIO(b"cd"), "x", stored=10, budget=[100])
    assert member.readable()
    assert member.read() == b"abcd"
    assert member.read() == b""


def test_the_form_for_large_archives_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", 10)
    data = zipped({"a": b"yes" * 20, "b": b"no"})
    assert b"PK\x06\x07" in data
    assert names(data) == [("a.zip: a", b"yes" * 20)]


def test_bytes_before_and_a_comment_behind_do_no_harm() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a", b"yes")
        archive.comment = b"exported by hand"
    assert names(out.getvalue()) == [("a.zip: a", b"yes")]


def test_members_that_are_no_files_and_locks_of_every_kind() -> None:
    for mode, flags, method in ((0o010644, 0, 0), (0o020644, 0, 0), (0, 0x41, 0), (0, 0x2000, 0), (0, 1, 99)):
        data = bytearray(zipped({"a": b"yes"}))
        at = data.rfind(b"PK\x01\x02")
        struct.pack_into("<H", data, at + 8, flags)
        struct.pack_into("<H", data, at + 10, method)
        struct.pack_into("<L", data, at + 38, mode << 16)
        with pytest.raises(FormatError, match="not imported"):
            names(bytes(data))


def test_members_that_swell_only_together() -> None:
    data = zipped({str(n): b"no" + b"\0" * (9 << 20) for n in range(2)})
    with pytest.raises(FormatError, match="swells"):
        names(data)


def test_members_passed_over_are_told() -> None:
    told: list[str] = []
    data = zipped({"a": b"yes", "x/b": b"no", "c.zip": zipped({"d.zip": zipped({"e": b"yes"})})})
    assert len(list(walk(io.BytesIO(data), "a.zip", wanted=text, passed=told.append))) == 1
    assert told == ["x/b", "c.zip: d.zip (an archive in the archive: unpack it)"]
