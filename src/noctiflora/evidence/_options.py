"""The table of things worth trying as checked records."""

import json
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Annotated

from pydantic import AfterValidator, Field

from noctiflora.core import FormatError, Source, SourceMissing, parse_sources
from noctiflora.evidence._safety_terms import OptionTag, SafetyScope
from noctiflora.evidence._table import Row, parse_table, read_table


class HomeBlinding(StrEnum):
    """Whether something of a form can be blinded at home."""

    YES = "can be blinded at home"
    HARD = "hard to blind at home"
    NO = "cannot be blinded at home"
    NOT_KNOWN = "not known"


class Reported(StrEnum):
    """What controlled trials of an option reported on sleep, in one word."""

    DIFFERENCE = "some difference"
    MIXED = "mixed"
    NULL = "no difference"
    NONE = "no comparison"


@dataclass(frozen=True, slots=True, kw_only=True)
class BlindingRule:
    """How things of one form can be blinded at home, and how much trouble they are.

    Parameters
    ----------
    form : str
        What it looks like.
    blinding : HomeBlinding
        The rule.
    burden : int
        0 (none) to 3 (much), assumed.
    reason : str
        Why.
    sources : tuple of Source
        What the rule rests on.
    """

    form: str
    blinding: HomeBlinding
    burden: int
    reason: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionEntry:
    """One thing worth trying, or not, as known from the literature.

    Parameters
    ----------
    key, name : str
        Stable identity and name as shown.
    kind : SafetyScope
        What the safety gates call it.
    tags : tuple of OptionTag
        Properties that gates act on.
    blinding : BlindingRule
        How its form can be blinded at home.
    evidence_key : str
        Key of its pooled effect: the strains of its trials; empty where none is pooled.
    trial_ids : tuple of str
        Rows of the trial table that the text rests on.
    n_people : int or None
        People in these trials; None where a trial does not say.
    certainty : int
        0 (not graded) or 1 (very low) to 4 (high), for sleep.
    reported : Reported
        What controlled trials reported on sleep.
    guideline : bool
        Whether a guideline recommends it for insomnia.
    dose, known, not_known : str
        As used in trials; what trials have shown; what they have not.
    sources : tuple of Source
        What the texts rest on; never empty.
    """

    key: str
    name: str
    kind: SafetyScope
    tags: tuple[OptionTag, ...]
    blinding: BlindingRule
    evidence_key: str
    trial_ids: tuple[str, ...]
    n_people: int | None
    certainty: int
    reported: Reported
    guideline: bool
    dose: str
    known: str
    not_known: str
    sources: tuple[Source, ...]


def _readable(text: str) -> str:
    try:
        parse_sources(text)
    except SourceMissing as error:
        raise ValueError(str(error)) from None
    return text


_Sources = Annotated[
    str,
    AfterValidator(_readable),
    Field(description="DOI, PMID, address or `assumed`, parted by `; `; a part may carry a note in brackets"),
]


class _BlindingRow(Row):
    """One line of ``blinding.csv``."""

    form: str = Field(description="what the product looks like")
    blinding: HomeBlinding = Field(description="whether it can be blinded at home")
    burden: int = Field(ge=0, le=3, description="how much trouble it is, 0 to 3 (assumed)")
    reason: str = Field(description="why")
    sources: _Sources


class _OptionRow(Row):
    """One line of ``options.csv``."""

    key: Annotated[str, Field(pattern=r"^[a-z0-9-]+$", description="stable key")]
    name: str = Field(description="as shown")
    kind: SafetyScope = Field(description="what the safety gates call it")
    tags: str | None = Field(description="properties that gates act on, `; ` parted")
    form: str = Field(description="a form of the blinding table")
    evidence_key: str | None = Field(description="key of the pooled effect: the `strains` cell of the trials")
    trial_ids: str | None = Field(description="rows of the trial table, `; ` parted")
    n_trials: int = Field(ge=0, description="how many trial ids")
    n_people: int | None = Field(ge=1, description="people in these trials; empty where a trial does not say")
    certainty: int = Field(ge=0, le=4, description="0 not graded, 1 very low to 4 high, for sleep")
    reported: Reported = Field(description="what controlled trials reported on sleep")
    guideline: bool = Field(description="whether a guideline recommends it for insomnia")
    dose: str = Field(description="dose and duration as used in trials")
    known: str = Field(description="what trials have shown, nulls included")
    not_known: str = Field(description="what they have not")
    sources: _Sources


def _parts(cell: str | None) -> list[str]:
    return [part.strip() for part in (cell or "").split(";") if part.strip()]


def _blinding(row: _BlindingRow) -> BlindingRule:
    return BlindingRule(
        form=row.form,
        blinding=row.blinding,
        burden=row.burden,
        reason=row.reason,
        sources=parse_sources(row.sources),
    )


def _entry(row: _OptionRow, forms: dict[str, BlindingRule], *, where: str) -> OptionEntry:
    place = f"{where}, option {row.key}"
    if row.form not in forms:
        raise FormatError(
            "this form is not in the blinding table", where=place, found=row.form, do="add a blinding rule for it"
        )
    unknown = [tag for tag in _parts(row.tags) if tag not in set(OptionTag)]
    if unknown:
        raise FormatError("gates know no such tag", where=place, found=unknown[0], do="use a tag of the safety table")
    ids = tuple(_parts(row.trial_ids))
    if len(ids) != row.n_trials:
        raise FormatError(
            f"n_trials must equal the number of trial ids, {len(ids)}", where=place, found=str(row.n_trials), do="count"
        )
    return OptionEntry(
        key=row.key,
        name=row.name,
        kind=row.kind,
        tags=tuple(OptionTag(tag) for tag in _parts(row.tags)),
        blinding=forms[row.form],
        evidence_key=row.evidence_key or "",
        trial_ids=ids,
        n_people=row.n_people,
        certainty=row.certainty,
        reported=row.reported,
        guideline=row.guideline,
        dose=row.dose,
        known=row.known,
        not_known=row.not_known,
        sources=parse_sources(row.sources),
    )


def _entries(rows: tuple[_OptionRow, ...], *, where: str) -> tuple[OptionEntry, ...]:
    forms = {row.form: _blinding(row) for row in read_table("blinding", _BlindingRow)}
    seen: set[str] = set()
    for row in rows:
        if row.key in seen:
            raise FormatError("this option stands twice in the table", where=where, found=row.key, do="keep one")
        seen.add(row.key)
    return tuple(_entry(row, forms, where=where) for row in rows)


@lru_cache(maxsize=1)
def load_options() -> tuple[OptionEntry, ...]:
    """Return the options of the packaged table, in table order.

    Raises
    ------
    FormatError
        If a row does not fit.

    Examples
    --------
    >>> load_options()[0].key
    'cbt-i'
    """
    return _entries(read_table("options", _OptionRow), where="options.csv")


def parse_options(text: str, *, where: str = "options.csv") -> tuple[OptionEntry, ...]:
    """Return the options of the CSV `text`; see `load_options`.

    Raises
    ------
    FormatError
        If a row does not fit, an option stands twice, or a form or tag is unknown.
    """
    return _entries(parse_table(text, _OptionRow, where=where), where=where)


def option_schemas() -> dict[str, str]:
    """Return the JSON schemas of the two tables by name, as the texts of their ``schema.json``."""
    models: dict[str, type[Row]] = {"options": _OptionRow, "blinding": _BlindingRow}
    return {
        name: json.dumps(model.model_json_schema(), indent=2, ensure_ascii=False) + "\n"
        for name, model in models.items()
    }
