"""Reads a file of additions to the evidence: what fits is taken, the rest is refused with field and reason."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from pydantic import TypeAdapter, ValidationError

from noctiflora.core import FormatError, RangeError
from noctiflora.evidence._evidence import Evidence
from noctiflora.evidence._find import find_product
from noctiflora.evidence._selection import select
from noctiflora.evidence._strain_key import StrainKey, key_of_cell, single
from noctiflora.evidence.rows import Addition, NewPersonal, NewPooled, NewTrial

VERSION = "noctiflora evidence 1.0"
MOST_ENTRIES = 500
_KINDS = ("trial", "personal trial", "pooled personal trials")


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """One entry that was not taken.

    Parameters
    ----------
    where : str
        Its place in the file, with its id where it has one.
    field : str
        The field that is wrong.
    reason : str
        Why.
    """

    where: str
    field: str
    reason: str

    @property
    def text(self) -> str:
        """The refusal in one sentence."""
        return f"{self.where}, field {self.field}: {self.reason}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadAdditions:
    """What a file of additions holds."""

    accepted: tuple[NewTrial | NewPersonal | NewPooled, ...]
    refused: tuple[Refused, ...]


def read_additions(text: str, evidence: Evidence, *, where: str) -> ReadAdditions:
    """Read a file of new trials and shared personal trials.

    Parameters
    ----------
    text : str
        JSON: ``{"schema": "noctiflora evidence 1.0", "entries": [...]}``; see the README of the additions.
    evidence : Evidence
        The packaged evidence: a trial that it holds already is refused.
    where : str
        Name of the file, for messages.

    Raises
    ------
    FormatError
        If the file is not such a document at all.

    Examples
    --------
    >>> from noctiflora.evidence import load
    >>> text = '{"schema": "noctiflora evidence 1.0", "entries": [{"kind": "trial", "id": "mine"}]}'
    >>> read_additions(text, load(), where="x.json").refused[0].field
    'doi'
    """
    accepted: list[NewTrial | NewPersonal | NewPooled] = []
    refused: list[Refused] = []
    for i, entry in enumerate(addition_entries(text, where), start=1):
        name = entry.get("id") if isinstance(entry, Mapping) else None
        place = f"{where}, entry {i}" + (f" ({name})" if isinstance(name, str) and name else "")
        found = _one(entry, place)
        if not isinstance(found, Refused):
            found = _known(found, place, evidence, accepted) or found
        if isinstance(found, Refused):
            refused.append(found)
        else:
            accepted.append(found)
    return ReadAdditions(accepted=tuple(accepted), refused=tuple(refused))


def parse_addition(entry: Mapping[str, object], *, where: str) -> NewTrial | NewPersonal | NewPooled:
    """Return one stored addition as a record.

    Raises
    ------
    FormatError
        If it does not fit the schema.
    """
    found = _one(entry, where)
    if isinstance(found, Refused):
        raise FormatError(found.reason, where=f"{where}, field {found.field}", do="add it again from its file")
    return found


def addition_key(addition: NewTrial | NewPersonal | NewPooled) -> StrainKey:
    """Return the product that an addition is about."""
    cell = addition.strains if isinstance(addition, NewTrial) else addition.strain
    key = key_of_cell(cell, addition.id)
    assert key is not None
    return key


def addition_entries(text: str, where: str) -> list[object]:
    """Return the unchecked entries of a file of additions.

    Raises
    ------
    FormatError
        If the text is not such a document at all.
    """
    try:
        document = json.loads(text, object_pairs_hook=_each_once, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        reason = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise FormatError(f"this is not a JSON document: {reason}", where=where, do="correct the file") from None
    if not isinstance(document, dict) or document.get("schema") != VERSION:
        found = document.get("schema") if isinstance(document, dict) else type(document).__name__
        raise FormatError(
            "this is not a file of additions to the evidence",
            where=f"{where}, field schema",
            found=str(found),
            do=f'write "schema": "{VERSION}" and the list "entries"',
        )
    entries = document.get("entries")
    if not isinstance(entries, list) or not 1 <= len(entries) <= MOST_ENTRIES:
        raise FormatError(
            f"entries must be a list of 1 to {MOST_ENTRIES} trials", where=f"{where}, field entries", do="fill the list"
        )
    return entries


def _each_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    out = dict(pairs)
    if len(out) != len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"a field stands twice: {next(n for n in names if names.count(n) > 1)}")
    return out


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is no number")


@cache
def _adapter() -> TypeAdapter[NewTrial | NewPersonal | NewPooled]:
    """Return the one checker of entries; to build it takes longer than to use it."""
    return TypeAdapter(Addition)


def _one(entry: object, place: str) -> NewTrial | NewPersonal | NewPooled | Refused:
    if not isinstance(entry, Mapping):
        return Refused(where=place, field="entry", reason="an entry is an object with named fields")
    if entry.get("kind") not in _KINDS:
        return Refused(where=place, field="kind", reason=f"must be one of: {', '.join(_KINDS)}")
    try:
        # JSON mode: lists become tuples, and nothing is turned from text into a number.
        found = _adapter().validate_json(json.dumps(dict(entry)), strict=True)
    except ValidationError as error:
        return _refused(error, place)
    cell, field = (found.strains, "strains") if isinstance(found, NewTrial) else (found.strain, "strain")
    unread = _unread(cell)
    if unread is not None:
        reason = f"{unread!r} is no strain; write Genus species id, several joined by ;, or none (substance)"
        return Refused(where=place, field=field, reason=reason)
    return found


def _refused(error: ValidationError, place: str) -> Refused:
    first = error.errors()[0]
    path = _path(first["loc"])
    reason = first["msg"].removeprefix("Value error, ")
    if first["type"] == "value_error" and ": " in reason:
        # Our own checks over several fields name the field first.
        field, reason = reason.split(": ", 1)
        return Refused(where=place, field=".".join([*path, field]), reason=reason)
    if first["type"] == "missing":
        reason = "this field is required"
    elif first["type"] == "extra_forbidden":
        reason = "there is no such field"
    elif isinstance(first.get("input"), str | int | float | bool):
        reason = f"{reason[:1].lower()}{reason[1:]}; found {first['input']!r:.80}"
    return Refused(where=place, field=".".join(path) or "entry", reason=reason)


def _path(loc: tuple[int | str, ...]) -> list[str]:
    """Return the fields of a place, without the tags by which one of several forms was chosen."""
    parts = [str(part) for part in loc]
    if parts[:1] and parts[0] in _KINDS:
        parts = parts[1:]
    return [part for i, part in enumerate(parts) if i == 0 or parts[i - 1] != "reported"]


def _unread(cell: str) -> str | None:
    """Return the first part of a cell that is no strain; None where all are."""
    if cell.startswith("none ("):
        return None if cell.endswith(")") and cell[len("none (") : -1].strip() else cell
    return next((part.strip() or cell for part in cell.split(";") if single(part) is None), None)


def _known(
    addition: NewTrial | NewPersonal | NewPooled,
    place: str,
    evidence: Evidence,
    before: list[NewTrial | NewPersonal | NewPooled],
) -> Refused | None:
    """Return a refusal where the same trial is known already: nobody's result may count twice."""
    if any(other.id == addition.id for other in before):
        return Refused(where=place, field="id", reason="this id stands twice in the file")
    if addition.id in {row.trial_id for row in evidence.trials} - evidence.added:
        return Refused(where=place, field="id", reason="a packaged trial has this id; choose another")
    renamed = _renamed(addition, place, evidence)
    if renamed is not None:
        return renamed
    if not isinstance(addition, NewTrial):
        return _same_data(addition, place, before)
    doi = addition.doi.casefold().rstrip(".,;")
    packaged = [r for r in evidence.trials if r.trial_id not in evidence.added and (r.doi or "").casefold() == doi]
    if packaged:
        reason = f"this paper is among the packaged trials already, as {packaged[0].trial_id}"
        return Refused(where=place, field="doi", reason=reason)
    same = [o for o in before if isinstance(o, NewTrial) and o.doi.casefold() == doi and o.strains == addition.strains]
    if same:
        return Refused(where=place, field="doi", reason=f"the same paper and product stand in the file as {same[0].id}")
    return None


def _same_data(
    addition: NewPersonal | NewPooled, place: str, before: list[NewTrial | NewPersonal | NewPooled]
) -> Refused | None:
    if not isinstance(addition, NewPooled):
        return None
    key = (addition.data_sha256, addition.strain)
    same = [o for o in before if isinstance(o, NewPooled) and (o.data_sha256, o.strain) == key]
    if not same:
        return None
    return Refused(where=place, field="data_sha256", reason=f"the same data set stands in the file as {same[0].id}")


def _renamed(addition: NewTrial | NewPersonal | NewPooled, place: str, evidence: Evidence) -> Refused | None:
    """Return a refusal where the strain has a known name that is spelled otherwise: one strain, one key."""
    key = addition_key(addition)
    try:
        known = find_product(evidence, key.name)
    except RangeError:
        return None
    if known.name == key.name or key.name in {k.name for k in select(evidence).keys}:
        return None
    field = "strains" if isinstance(addition, NewTrial) else "strain"
    return Refused(where=place, field=field, reason=f"this product is known as {known.name}; write that name")
