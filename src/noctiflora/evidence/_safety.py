"""The table of safety questions as checked records."""

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from noctiflora.core import FormatError, Source, SourceMissing, parse_sources
from noctiflora.evidence._safety_terms import (
    OptionTag,
    QuestionPage,
    SafetyAction,
    SafetyCertainty,
    SafetyPhase,
    SafetyScope,
)
from noctiflora.evidence._table import Row, parse_table, read_table

REVIEWED_BY_CLINICIAN = False
"""No clinician has reviewed the table yet; every report says so until one has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyEffect:
    """One action on the things it applies to."""

    action: SafetyAction
    scopes: tuple[SafetyScope, ...]
    tags: tuple[OptionTag, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreRange:
    """A number that can be entered in place of an answer.

    Parameters
    ----------
    name : str
        Name under which the score is handed in, for example ``"phq9"``.
    low, high : float
        Smallest and largest possible score.
    fires_from, fires_to : float
        The gate fires from the one to the other, both included.
    """

    name: str
    low: float
    high: float
    fires_from: float
    fires_to: float

    def fires(self, value: float) -> bool:
        """Return whether `value` fires the gate."""
        return self.fires_from <= value <= self.fires_to


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyRule:
    """One safety question with all it can do.

    Parameters
    ----------
    gate_id, title : str
        Stable identity and short name.
    page : QuestionPage
        The page it is asked on.
    phase : SafetyPhase
        When it is asked.
    question, help : str
        As asked, to be answered by yes, no or not sure; help may be empty.
    effects : tuple of SafetyEffect
        What happens where the answer is yes or not sure.
    score : ScoreRange or None
        A number accepted in place of an answer.
    valid_days : int or None
        Days after which an answer is asked anew (assumed); None where it does not grow stale.
    threshold, reason, note, message : str
        Threshold in words, why the gate exists, what we decided ourselves, what the person is told.
    certainty : SafetyCertainty
        How sure the reason is.
    sources : tuple of Source
        What the reason rests on; never empty.
    """

    gate_id: str
    title: str
    page: QuestionPage
    phase: SafetyPhase
    question: str
    help: str
    effects: tuple[SafetyEffect, ...]
    score: ScoreRange | None
    valid_days: int | None
    threshold: str
    reason: str
    certainty: SafetyCertainty
    sources: tuple[Source, ...]
    note: str
    message: str


def _readable(text: str) -> str:
    try:
        parse_sources(text)
    except SourceMissing as error:
        raise ValueError(str(error)) from None
    return text


def _question(text: str) -> str:
    if not text.endswith("?"):
        raise ValueError("a question must end with a question mark")
    return text


class _SafetyRow(Row):
    """One line of ``safety.csv``."""

    gate_id: Annotated[str, Field(pattern=r"^S\d{2,3}$", description="stable key")]
    title: str = Field(description="the condition, short")
    group: QuestionPage = Field(description="the page the question stands on")
    phase: SafetyPhase = Field(description="when it is asked")
    question: Annotated[str, AfterValidator(_question)] = Field(description="as asked: yes, no or not sure")
    help: str | None = Field(description="plain words beside the question")
    scopes: str | None = Field(description="kinds of things to try that the action applies to, `; ` parted")
    tags: str | None = Field(description="properties of options that the action applies to, `; ` parted")
    action_code: SafetyAction = Field(description="what happens when the gate fires")
    also_scopes: str | None = Field(description="kinds that a second action applies to")
    also_tags: str | None = Field(description="properties that a second action applies to")
    also_action_code: SafetyAction | None = Field(description="the second action")
    score_name: str | None = Field(description="a number accepted in place of an answer")
    score_low: float | None = Field(description="smallest possible score")
    score_high: float | None = Field(description="largest possible score")
    fires_from: float | None = Field(description="the gate fires from this score")
    fires_to: float | None = Field(description="up to this score, included")
    valid_days: Annotated[int, Field(gt=0)] | None = Field(
        description="days after which the answer is asked anew (assumed, range half to double); empty during a trial"
    )
    threshold: str = Field(description="threshold in words")
    reason: str = Field(description="why the gate exists")
    certainty: SafetyCertainty = Field(description="how sure the reason is")
    sources: Annotated[str, AfterValidator(_readable)] = Field(
        description="DOI, PMID, address or `assumed`, parted by `; `; a part may carry a note in brackets"
    )
    note: str | None = Field(description="what we decided ourselves")
    message: str = Field(description="what the person is told when the gate fires")

    @model_validator(mode="after")
    def _whole(self) -> Self:
        _effect(self.action_code, self.scopes, self.tags)
        has_target = self.also_scopes is not None or self.also_tags is not None
        if has_target != (self.also_action_code is not None):
            raise ValueError("a second action needs both its code and what it applies to")
        if self.also_action_code is not None:
            _effect(self.also_action_code, self.also_scopes, self.also_tags)
        if (self.valid_days is None) != (self.phase is SafetyPhase.DURING):
            raise ValueError("valid_days must be given, and left empty only for questions during a trial")
        score = (self.score_name, self.score_low, self.score_high, self.fires_from, self.fires_to)
        if any(part is None for part in score) and any(part is not None for part in score):
            raise ValueError("a score needs its name, its range and where it fires")
        ends = [part for part in (self.score_low, self.fires_from, self.fires_to, self.score_high) if part is not None]
        if ends != sorted(ends):
            raise ValueError("a score must fire within its range")
        return self


def _effect(action: SafetyAction, scopes: str | None, tags: str | None) -> SafetyEffect:
    if not scopes and not tags:
        raise ValueError("an action must apply to a scope or a tag")
    return SafetyEffect(
        action=action,
        scopes=tuple(SafetyScope(part) for part in _parts(scopes)),
        tags=tuple(OptionTag(part) for part in _parts(tags)),
    )


def _parts(cell: str | None) -> list[str]:
    return [part.strip() for part in (cell or "").split(";") if part.strip()]


def _score(row: _SafetyRow) -> ScoreRange | None:
    if (
        row.score_name is None
        or row.score_low is None
        or row.score_high is None
        or row.fires_from is None
        or row.fires_to is None
    ):
        return None
    return ScoreRange(
        name=row.score_name, low=row.score_low, high=row.score_high, fires_from=row.fires_from, fires_to=row.fires_to
    )


def _rule(row: _SafetyRow) -> SafetyRule:
    effects = [_effect(row.action_code, row.scopes, row.tags)]
    if row.also_action_code is not None:
        effects.append(_effect(row.also_action_code, row.also_scopes, row.also_tags))
    return SafetyRule(
        gate_id=row.gate_id,
        title=row.title,
        page=row.group,
        phase=row.phase,
        question=row.question,
        help=row.help or "",
        effects=tuple(effects),
        score=_score(row),
        valid_days=row.valid_days,
        threshold=row.threshold,
        reason=row.reason,
        certainty=row.certainty,
        sources=parse_sources(row.sources),
        note=row.note or "",
        message=row.message,
    )


def _rules(rows: tuple[_SafetyRow, ...], *, where: str) -> tuple[SafetyRule, ...]:
    seen: set[str] = set()
    for row in rows:
        if row.gate_id in seen:
            raise FormatError("this gate stands twice in the table", where=where, found=row.gate_id, do="keep one")
        seen.add(row.gate_id)
    return tuple(_rule(row) for row in rows)


@lru_cache(maxsize=1)
def load_safety() -> tuple[SafetyRule, ...]:
    """Return the safety questions of the packaged table, in table order.

    Raises
    ------
    FormatError
        If a row does not fit.

    Examples
    --------
    >>> load_safety()[0].title
    'Central line, port or PICC'
    """
    return _rules(read_table("safety", _SafetyRow), where="safety.csv")


def parse_safety(text: str, *, where: str = "safety.csv") -> tuple[SafetyRule, ...]:
    """Return the safety questions of the CSV `text`; see `load_safety`.

    Raises
    ------
    FormatError
        If a row does not fit or a gate stands twice.
    """
    return _rules(parse_table(text, _SafetyRow, where=where), where=where)


def safety_schema() -> str:
    """Return the JSON schema of one row of ``safety.csv``, as the text of its ``schema.json``."""
    return json.dumps(_SafetyRow.model_json_schema(), indent=2, ensure_ascii=False) + "\n"
