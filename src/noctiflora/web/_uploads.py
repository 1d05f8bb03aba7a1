"""Uploads: files on their way in, streamed to a private folder and bounded."""

import os
import secrets
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import Request

from noctiflora.core import FormatError, RangeError
from noctiflora.store import StoreFull

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

MOST_FILES = 50
MOST_FIELDS = 50
MOST_FIELD_BYTES = 64 * 1024
PREFIX = "noctiflora-upload-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """One request's files and fields.

    Parameters
    ----------
    folder : Path
        Private folder that holds the files; removed by `Uploads.drop`.
    files : tuple of Path
        In the order sent; names are made safe.
    fields : dict
        Text fields, the last value of each.
    """

    folder: Path
    files: tuple[Path, ...]
    fields: dict[str, str]


class Uploads:
    """The private folder of files on their way in; emptied with the process."""

    def __init__(self) -> None:
        self._root: Path | None = None

    def new_folder(self) -> Path:
        """Return a new private folder."""
        if self._root is None or not self._root.is_dir():
            clear_left_over()
            self._root = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))
        folder = self._root / secrets.token_hex(8)
        folder.mkdir(mode=0o700)
        return folder

    def drop(self, folder: Path) -> None:
        """Remove one folder with its files."""
        shutil.rmtree(folder, ignore_errors=True)

    def clear(self) -> None:
        """Remove everything."""
        if self._root is not None:
            shutil.rmtree(self._root, ignore_errors=True)
            self._root = None


def clear_left_over() -> None:
    """Remove what a process that was killed in the middle of an upload could not remove itself."""
    if os.name != "posix":
        return
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        number = folder.name[len(PREFIX) :].partition("-")[0]
        if number.isdecimal() and folder.is_dir() and not folder.is_symlink() and not _alive(int(number)):
            shutil.rmtree(folder, ignore_errors=True)


def _alive(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


async def receive(request: Request, uploads: Uploads) -> Received:
    """Stream a multipart body to files; on any trouble nothing of it stays.

    Raises
    ------
    FormatError
        If the body is not a form with files, or the connection ended early.
    RangeError
        If there are too many files or fields.
    StoreFull
        If the disk is full.
    """
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    boundary = options.get(b"boundary")
    if kind != b"multipart/form-data" or not boundary or len(boundary) > 70:
        raise FormatError("this is not a form with files", where="upload", do="choose the file again and send it")
    folder = uploads.new_folder()
    parts = _Parts(folder)
    try:
        parser = MultipartParser(boundary, parts.callbacks())
        async for chunk in request.stream():
            parser.write(chunk)
        parser.finalize()
    except BaseException as error:
        parts.close()
        uploads.drop(folder)
        raise _told(error) from error
    parts.close()
    if not parts.ended:
        uploads.drop(folder)
        raise FormatError("the upload ended early; nothing of it was kept", where="upload", do="send the file again")
    return Received(folder=folder, files=tuple(parts.files), fields=parts.fields)


def _told(error: BaseException) -> BaseException:
    """Return the leaf of our tree for what can go wrong while a body comes in."""
    from python_multipart.exceptions import FormParserError
    from starlette.requests import ClientDisconnect

    if isinstance(error, FormParserError | ClientDisconnect):
        return FormatError("the upload ended early; nothing of it was kept", where="upload", do="send the file again")
    if isinstance(error, OSError):
        return StoreFull("the file could not be kept while it came in", where="upload", do="free some space, try again")
    return error


def safe_name(name: str) -> str:
    r"""Return a file name that stays inside its folder and is one printable line.

    Examples
    --------
    >>> safe_name("../../etc/passwd"), safe_name("a\\b.csv"), safe_name("..")
    ('passwd', 'b.csv', 'file')
    """
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join(c if c.isprintable() else "_" for c in last).strip().lstrip(".")
    stem = plain.encode()[-120:].decode(errors="ignore")
    return stem or "file"


class _Parts:
    """Takes the parser's calls and writes files as they come."""

    def __init__(self, folder: Path) -> None:
        self.files: list[Path] = []
        self.fields: dict[str, str] = {}
        self.ended = False
        self._folder = folder
        self._field, self._text = bytearray(), bytearray()
        self._headers: dict[bytes, bytes] = {}
        self._name = ""
        self._value = bytearray()
        self._out: BinaryIO | None = None

    def callbacks(self) -> "MultipartCallbacks":
        """Return what the parser calls."""
        return {
            "on_part_begin": self._begin,
            "on_header_field": lambda data, start, end: self._field.extend(data[start:end]),
            "on_header_value": lambda data, start, end: self._text.extend(data[start:end]),
            "on_header_end": self._header,
            "on_headers_finished": self._open,
            "on_part_data": self._data,
            "on_part_end": self._end,
            "on_end": self._all,
        }

    def close(self) -> None:
        """Close the file that is open."""
        if self._out is not None:
            self._out.close()
            self._out = None

    def _begin(self) -> None:
        self._headers, self._name, self._value = {}, "", bytearray()

    def _header(self) -> None:
        self._headers[bytes(self._field).lower()] = bytes(self._text)
        self._field, self._text = bytearray(), bytearray()

    def _open(self) -> None:
        _, options = parse_options_header(self._headers.get(b"content-disposition", b""))
        self._name = options.get(b"name", b"").decode("utf-8", "replace")
        if b"filename" not in options:
            if len(self.fields) >= MOST_FIELDS:
                raise _too_many("fields", MOST_FIELDS)
            return
        given = options[b"filename"].decode("utf-8", "replace")
        if not given:
            # A file field in which nothing was chosen.
            self._name = ""
            return
        if len(self.files) >= MOST_FILES:
            raise _too_many("files", MOST_FILES)
        path = self._folder / f"{len(self.files):02d}" / safe_name(given)
        path.parent.mkdir(mode=0o700)
        self._out = path.open("xb")
        self.files.append(path)

    def _data(self, data: bytes, start: int, end: int) -> None:
        if self._out is not None:
            self._out.write(data[start:end])
        elif len(self._value) + end - start > MOST_FIELD_BYTES:
            raise _too_many("bytes in one field", MOST_FIELD_BYTES)
        else:
            self._value.extend(data[start:end])

    def _end(self) -> None:
        if self._out is None and self._name:
            self.fields[self._name] = self._value.decode("utf-8", "replace")
        self.close()

    def _all(self) -> None:
        self.ended = True


def _too_many(what: str, most: int) -> RangeError:
    return RangeError(f"at most {most} {what} can be sent at once", where="upload", do="send fewer at a time")
