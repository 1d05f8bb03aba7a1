"""Reads a schedule that a person wrote down: days that repeat, as JSON."""

import json

from noctiflora.axis._light import EVENING_LUX, Evening, Light
from noctiflora.axis._schedule import Day, Schedule, Span
from noctiflora.core import FormatError

LONGEST_TEXT = 200_000
_EVENINGS = {e.value.split()[0]: EVENING_LUX[e] for e in Evening}
_FIELDS = ("sleep", "work", "meals", "evening", "day_lux", "dawn_lux", "fibre_g", "stress", "histamine")
EXAMPLE = '{"days": [{"sleep": [[23, 31]], "work": [[9, 17]], "meals": [8, 13, 19], "evening": "dim"}]}'


def parse_schedule(text: str, *, where: str) -> Schedule:
    """Return the schedule that a text holds.

    Parameters
    ----------
    text : str
        JSON: ``days``, each with ``sleep`` and ``work`` (pairs of hours from midnight of that day,
        beyond 24 on the next), ``meals`` (hours), ``evening`` (dim, typical, bright, or effective
        lux), ``day_lux``, ``dawn_lux``, ``fibre_g``, ``stress`` (0 to 1), ``histamine``. What is
        left out is as in the reference day.
    where : str
        Name of the file, for messages.

    Returns
    -------
    Schedule

    Raises
    ------
    FormatError
        If it is no JSON of this form; the day and field are named.
    RangeError
        If a value is out of range, or sleep and work overlap.

    Examples
    --------
    >>> parse_schedule(EXAMPLE, where="example").days[0].shifts
    (Span(start_h=9.0, end_h=17.0),)
    """
    if len(text) > LONGEST_TEXT:
        raise FormatError("a schedule is a short file", where=where, found=f"{len(text)} characters")
    try:
        document = json.loads(text, parse_constant=lambda word: None)
    except (ValueError, RecursionError):
        raise FormatError("this is no JSON", where=where, do=f"write for example {EXAMPLE}") from None
    days = document.get("days") if isinstance(document, dict) else None
    if not isinstance(days, list) or set(document) != {"days"}:
        raise FormatError("a schedule holds 'days' and nothing else", where=where, do=f"write for example {EXAMPLE}")
    return Schedule(days=tuple(_day(day, f"{where}, day {k + 1}") for k, day in enumerate(days)))


def _day(given: object, where: str) -> Day:
    if not isinstance(given, dict):
        raise FormatError("a day is an object", where=where, do=f"write for example {EXAMPLE}")
    unknown = [key for key in given if key not in _FIELDS]
    if unknown:
        raise FormatError("unknown field", where=where, found=str(unknown[0])[:40], do=f"use {', '.join(_FIELDS)}")
    usual, light = Day(), Light()
    return Day(
        sleeps=_spans(given, "sleep", usual.sleeps, where),
        shifts=_spans(given, "work", (), where),
        meals_h=tuple(_number(v, "meals", where) for v in _list(given, "meals", list(usual.meals_h), where)),
        light=Light(
            day_lux=_number(given.get("day_lux", light.day_lux), "day_lux", where),
            dawn_lux=_number(given.get("dawn_lux", light.dawn_lux), "dawn_lux", where),
            evening_lux=_evening(given.get("evening", light.evening_lux), where),
        ),
        fibre_g_d=_number(given.get("fibre_g", usual.fibre_g_d), "fibre_g", where),
        stress=_number(given.get("stress", usual.stress), "stress", where),
        histamine=_number(given.get("histamine", usual.histamine), "histamine", where),
    )


def _spans(given: dict[str, object], field: str, usual: tuple[Span, ...], where: str) -> tuple[Span, ...]:
    if field not in given:
        return usual
    out = []
    for pair in _list(given, field, [], where):
        if not isinstance(pair, list) or len(pair) != 2:
            raise FormatError(
                "a span is a pair of hours", where=f"{where}, {field}", found=str(pair)[:40], do="write [23, 31]"
            )
        out.append(Span(start_h=_number(pair[0], field, where), end_h=_number(pair[1], field, where)))
    return tuple(out)


def _list(given: dict[str, object], field: str, usual: list[float], where: str) -> list[object]:
    value = given.get(field, usual)
    if not isinstance(value, list):
        raise FormatError("this must be a list", where=f"{where}, {field}", found=str(value)[:40])
    return list(value)


def _number(value: object, field: str, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise FormatError("this must be a number", where=f"{where}, {field}", found=str(value)[:40])
    return float(value)


def _evening(value: object, where: str) -> float:
    if isinstance(value, str):
        if value not in _EVENINGS:
            raise FormatError(
                "unknown evening",
                where=f"{where}, evening",
                found=value[:40],
                do=f"use {', '.join(_EVENINGS)} or effective lux",
            )
        return _EVENINGS[value]
    return _number(value, "evening", where)
