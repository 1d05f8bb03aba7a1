"""Reads shared summaries one by one: what can be counted, and what is refused with its reason."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import numpy as np

from noctiflora.core import FormatError, NoctifloraError, RangeError
from noctiflora.evidence import (
    NewPersonal,
    StrainKey,
    addition_entries,
    addition_key,
    find_product,
    load,
    parse_addition,
)
from noctiflora.study._dataset import Refused
from noctiflora.study._grid_curves import grid_curves, grid_moments
from noctiflora.trial import WITHIN_SD, Contribution

SUFFIXES = (".json", ".jsonl")
MOST_BYTES = 32 << 20
"""Largest file that is read whole: 500 summaries of the largest grid."""
MOST_LINE = 4 << 20
"""Longest line of a file that holds one document a line."""
LARGEST = 5.0
"""Largest effect that is believed, in usual night-to-night SDs (assumed; 3 to 10)."""
SHARPEST = 0.1
"""Smallest night-to-night SD that is believed, as a share of the usual (assumed; 0.05 to 0.3)."""
DEPOSIT = "10.0000/none"
"""Stands for the DOI of a summary that lies in a registry and has none of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One summary that counts.

    Parameters
    ----------
    where : str
        File and entry.
    shared : NewPersonal
        The summary.
    product : StrainKey
        Under the one name of its product.
    said : Contribution
        Its likelihood as curves.
    digest : bytes
        Of its content: the same for the same likelihood under another id.
    """

    where: str
    shared: NewPersonal
    product: StrainKey
    said: Contribution
    digest: bytes


@dataclass(slots=True)
class _Seen:
    """What must not come twice, in some 100 bytes a summary."""

    digests: set[bytes] = field(default_factory=set)
    ids: set[bytes] = field(default_factory=set)
    names: dict[str, StrainKey] = field(default_factory=dict)


def read_summaries(paths: Sequence[Path]) -> Iterator[Told | Refused]:
    """Yield every summary of files and folders, in the order of their names.

    Parameters
    ----------
    paths : sequence of Path
        Files, or folders that hold them at any depth: ``.json`` (one document of ``trial share``, or of
        several entries) and ``.jsonl`` (one such document a line).

    Raises
    ------
    FormatError
        If a path does not exist, or there is no such file.
    """
    seen = _Seen()
    files = _files(paths)
    for path, name in files:
        try:
            with path.open("rb") as file:
                documents = _lines(file, name) if path.suffix == ".jsonl" else _whole(file, name)
                for document in documents:
                    yield from _document(document, seen)
        except OSError as error:
            yield Refused(where=name, reason=f"this file cannot be read ({error.strerror})")


def _files(paths: Sequence[Path]) -> list[tuple[Path, str]]:
    out = []
    for path in paths:
        if path.is_dir():
            found = sorted(p for p in path.rglob("*") if p.suffix in SUFFIXES and p.is_file())
            out += [(p, str(p.relative_to(path))) for p in found]
        elif path.is_file():
            out.append((path, path.name))
        else:
            raise FormatError("there is nothing here", where=str(path), do="name a folder of summaries, or files")
    if not out:
        where = ", ".join(map(str, paths))
        raise FormatError("there are no summaries here", where=where, do="put .json or .jsonl files there")
    return out


def _whole(file: BinaryIO, name: str) -> Iterator[tuple[str, bytes] | Refused]:
    data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        yield Refused(where=name, reason=f"larger than {MOST_BYTES >> 20} MB; share one document a line as .jsonl")
    else:
        yield name, data


def _lines(file: BinaryIO, name: str) -> Iterator[tuple[str, bytes] | Refused]:
    number = 0
    while line := file.readline(MOST_LINE + 1):
        number += 1
        where = f"{name}, line {number}"
        if len(line) > MOST_LINE:
            while line and not line.endswith(b"\n"):
                line = file.readline(MOST_LINE)
            yield Refused(where=where, reason=f"longer than {MOST_LINE >> 20} MB; put one document on a line")
        elif line.strip():
            yield where, line


def _document(document: tuple[str, bytes] | Refused, seen: _Seen) -> Iterator[Told | Refused]:
    if isinstance(document, Refused):
        yield document
        return
    where, data = document
    try:
        entries = addition_entries(data.decode("utf-8", errors="replace"), where)
    except FormatError as error:
        yield _refused(error, where)
        return
    for number, entry in enumerate(entries, start=1):
        place = where if len(entries) == 1 else f"{where}, entry {number}"
        try:
            yield _one(entry, place, seen)
        except NoctifloraError as error:
            yield _refused(error, place)


def _refused(error: NoctifloraError, where: str) -> Refused:
    reason = NoctifloraError(error.what, found=error.found, do=error.do)
    return Refused(where=error.where or where, reason=str(reason))


def _one(entry: object, where: str, seen: _Seen) -> Told:
    if not isinstance(entry, dict):
        raise FormatError("an entry is an object with named fields", where=where, do="share it again")
    if entry.get("kind") != "personal trial":
        raise FormatError(
            "only personal trials are pooled here",
            where=f"{where}, field kind",
            found=str(entry.get("kind"))[:40],
            do="add the others with 'noctiflora evidence add'",
        )
    shared = parse_addition({"doi": DEPOSIT, **entry}, where=where)
    assert isinstance(shared, NewPersonal)
    unit = WITHIN_SD[shared.outcome].value
    theta, log = np.array(shared.theta), np.array(shared.log_likelihood)
    _believable(shared, theta, log, unit, where)
    product = _product(shared, seen)
    digest = _digest(shared, product, theta, log)
    name = hashlib.blake2b(shared.id.encode(), digest_size=12).digest()
    if digest in seen.digests:
        raise FormatError("the same summary was met before", where=where, found=shared.id, do="keep one of them")
    if name in seen.ids:
        raise FormatError(
            "another summary has this id", where=where, found=shared.id, do="keep one summary of each season"
        )
    said = grid_curves(theta, log, unit=unit, where=where)
    seen.digests.add(digest)
    seen.ids.add(name)
    return Told(where=where, shared=shared, product=product, said=said, digest=digest)


def _believable(shared: NewPersonal, theta: np.ndarray, log: np.ndarray, unit: float, where: str) -> None:
    """Refuse what no night-to-night noise could give.

    Raises
    ------
    RangeError
        If the effect is larger, or sharper, than that of any trial of so many nights.
    """
    mean, sd = grid_moments(theta, log)
    if abs(mean) - 2.0 * sd > LARGEST * unit:
        raise RangeError(
            "this effect is larger than any that is believed",
            where=where,
            found=f"{mean:.3g} {shared.unit}",
            do=f"check the unit; {LARGEST * unit:.3g} is the most",
        )
    # two halves of the nights with white noise, at full exposure at once
    least = 2.0 * SHARPEST * unit / float(np.sqrt(shared.design.n_nights))
    if sd < least:
        raise RangeError(
            "this effect is known more precisely than so many nights can tell",
            where=where,
            found=f"SD {sd:.3g} {shared.unit} from {shared.design.n_nights} nights",
            do=f"check the unit; {least:.3g} is the least",
        )


def _product(shared: NewPersonal, seen: _Seen) -> StrainKey:
    """Return the product under the one name that it is known by."""
    key = addition_key(shared)
    if key.name not in seen.names:
        try:
            known = find_product(load(), key.name)
        except RangeError:
            known = key
        if len(seen.names) > 10_000:
            seen.names.clear()
        seen.names[key.name] = known
    return seen.names[key.name]


def _digest(shared: NewPersonal, product: StrainKey, theta: np.ndarray, log: np.ndarray) -> bytes:
    digest = hashlib.blake2b(digest_size=16)
    digest.update(f"{product.name} {shared.outcome.value} {shared.instrument.value}".encode())
    # the constant that a likelihood is known up to tells nothing
    digest.update(np.round(np.concatenate([theta, log - log.max()]), 5).tobytes())
    return digest.digest()
