"""All pathways from gut to sleep, each with its signs for and against and what was not measured."""

import datetime as dt
import re
from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

from noctiflora.core import RangeError, Source
from noctiflora.evidence import Evidence
from noctiflora.intake import CheckIn
from noctiflora.plan._answer_signs import answer_signs
from noctiflora.plan._day_signs import Sign, day_signs
from noctiflora.plan._find import WEEKEND
from noctiflora.plan._finding import Finding, Group
from noctiflora.plan._gate_record import GateReport
from noctiflora.plan._not_measured import not_measured
from noctiflora.plan._pathway import Direction, Moved, Observed, PathwayFinding, Signal, Unseen
from noctiflora.plan._window import window
from noctiflora.sleep import Night

_CERTAINTY: Mapping[str, int] = MappingProxyType({"very low": 1, "low": 2, "moderate": 3, "high": 4})
_GROUPS = (Group.MAY_BEAR, Group.OPEN, Group.NO_SIGN, Group.NOT_MEASURED)
_MOVES = re.compile(r"(?:^|\bDOPAC )(lower|higher|more)\b")
_UNKNOWN = re.compile(r"unclear|not visible|record it|none|no change|means")


def find_pathways(
    evidence: Evidence,
    nights: Sequence[Night],
    checkins: Sequence[CheckIn] = (),
    *,
    today: dt.date,
    gates: GateReport | None = None,
    scores: Mapping[str, float] | None = None,
    observed: Mapping[str, Observed] | None = None,
    free_weekdays: Collection[int] = WEEKEND,
) -> tuple[PathwayFinding, ...]:
    """Return one finding per pathway of the table; signs that disagree are both shown.

    No score is made of the signs. A row whose direction the table calls unclear never points
    either way, whatever was measured.

    Parameters
    ----------
    evidence : Evidence
        Its pathways are used.
    nights : sequence of Night
        Any order.
    checkins : sequence of CheckIn
        Morning entries.
    today : date
        Later nights are left out.
    gates : GateReport, optional
        Answers to the safety questions.
    scores : mapping of str to float, optional
        Scores that count today, by name.
    observed : mapping of str to Observed, optional
        Values of a stool sample or a laboratory, by the row's ``path_id``.
    free_weekdays : collection of int
        Weekdays of waking up on free days, Monday 0.

    Returns
    -------
    tuple of PathwayFinding
        Grouped: may bear, open, no sign, not measured; within a group as in the table.

    Raises
    ------
    RangeError
        If `observed` names a row that the table does not have.

    Examples
    --------
    >>> from noctiflora.evidence import load
    >>> found = find_pathways(load(), [], today=dt.date(2026, 3, 1))
    >>> len(found), found[0].group.value
    (13, 'not measured')
    """
    rows = {row.path_id: row for row in evidence.pathways}
    values = observed or {}
    unknown = sorted(set(values) - set(rows))
    if unknown:
        raise RangeError(
            "the table of pathways has no such row", where="observed", found=unknown[0], do="use a path_id"
        )
    view = window(nights, (), checkins, today=today, age_years=None, free_weekdays=frozenset(free_weekdays))
    signs = (
        *day_signs(view, scores or {}),
        *answer_signs(gates),
        *(_sign(key, value, evidence) for key, value in values.items()),
    )
    known = {finding.key: finding for finding in not_measured()}
    found = [
        _one(name, known[name], evidence, signs) for name in dict.fromkeys(row.pathway for row in evidence.pathways)
    ]
    return tuple(sorted(found, key=lambda finding: _GROUPS.index(finding.group)))


def _expected(direction: str) -> Moved | None:
    """Return which way a value moves where the pathway acts against sleep; None where the table does not say."""
    match = None if _UNKNOWN.search(direction) else _MOVES.search(direction)
    if match is None:
        return None
    return Moved.LOWER if match[1] == "lower" else Moved.HIGHER


def _sign(path_id: str, value: Observed, evidence: Evidence) -> Sign:
    """Return the sign that a measured value is; its direction comes from the table."""
    row = next(row for row in evidence.pathways if row.path_id == path_id)
    expected = _expected(row.direction_if_pathway_is_active_against_sleep)
    direction = Direction.TOWARD if value.moved is expected else Direction.AWAY
    if expected is None or value.moved is Moved.NOT_KNOWN:
        direction = Direction.OPEN
    return Sign(path_id=path_id, seen=value.text, direction=direction, sources=value.sources)


def _one(name: str, known: Finding, evidence: Evidence, signs: Sequence[Sign]) -> PathwayFinding:
    rows = [row for row in evidence.pathways if row.pathway == name]
    seen: dict[Direction, list[Signal]] = {direction: [] for direction in Direction}
    for row in rows:
        for sign in (s for s in signs if s.path_id == row.path_id):
            seen[sign.direction].append(
                Signal(
                    path_id=row.path_id,
                    seen=sign.seen,
                    direction=sign.direction,
                    certainty=_CERTAINTY[row.human_evidence_strength.value],
                    limits=row.interpretation_limits or "",
                    sources=tuple(dict.fromkeys((*sign.sources, *row.sources))),
                )
            )
    covered = {sign.path_id for sign in signs}
    toward, away, undirected = (tuple(seen[d]) for d in (Direction.TOWARD, Direction.AWAY, Direction.OPEN))
    sources: list[Source] = [*known.sources]
    for signal in (*toward, *away, *undirected):
        sources += signal.sources
    return PathwayFinding(
        pathway=name,
        heading=known.heading,
        group=_group(toward, away, undirected),
        toward=toward,
        away=away,
        undirected=undirected,
        not_measured=tuple(
            Unseen(path_id=row.path_id, observable=row.observable, kind=row.observable_type, where=row.where)
            for row in rows
            if row.path_id not in covered
        ),
        known=known.text,
        certainty=known.certainty,
        sources=tuple(dict.fromkeys(sources)),
    )


def _group(toward: Sequence[Signal], away: Sequence[Signal], undirected: Sequence[Signal]) -> Group:
    if toward and not away:
        return Group.MAY_BEAR
    if away and not toward:
        return Group.NO_SIGN
    return Group.OPEN if toward or undirected else Group.NOT_MEASURED
