"""The key measures of many nights, each with its definition, its source, and "not measured"."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from noctiflora.core import Source
from noctiflora.report._words import clock, hours, number
from noctiflora.sleep import Night, Spread, Summary, summarise

_YASA = Source(ref="10.7554/eLife.70092", note="AASM terms as computed by YASA")
_DIARY = Source(ref="10.5665/sleep.1642", note="Carney 2012, the consensus sleep diary")
_JETLAG = Source(ref="10.1016/j.cub.2012.03.038", note="Roenneberg 2012, social jetlag")
_SRI = Source(ref="10.1038/s41598-017-03171-4", note="Phillips 2017, Sleep Regularity Index")


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyMeasure:
    """One measure as it is shown.

    Parameters
    ----------
    key : str
        Name in report.json.
    name, definition : str
        In plain words.
    value : str
        Middle value with unit, or "not measured".
    detail : str
        Middle half and denominator, or why it is not measured.
    sources : tuple of Source
        Of the definition.
    """

    key: str
    name: str
    definition: str
    value: str
    detail: str
    sources: tuple[Source, ...]


NOT_MEASURED = "not measured"


def key_measures(nights: Sequence[Night], naps: Sequence[Night] = ()) -> tuple[KeyMeasure, ...]:
    """Return the key measures of nights; those that cannot be told say "not measured".

    Examples
    --------
    >>> {m.value for m in key_measures([])}
    {'not measured'}
    """
    summary = summarise(nights, naps=naps)
    return (
        *(_spread(spec, spec.pick(summary), summary.n_nights) for spec in _SPREADS),
        _midsleep(summary),
        _jetlag(summary),
        _regularity(summary),
    )


def measure_sources() -> Iterator[Source]:
    """Return the sources of all definitions, in the order shown."""
    for spec in _SPREADS:
        yield from spec.sources
    yield from (_JETLAG, _SRI)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spec:
    field: str
    pick: Callable[[Summary], Spread | None]
    name: str
    definition: str
    say: Callable[[float], str]
    why_not: str
    sources: tuple[Source, ...]


def _minutes(value: float) -> str:
    return f"{number(value, 0)} min"


def _per_cent(value: float) -> str:
    return f"{number(value, 0)} %"


_SPREADS = (
    _Spec(
        field="tst_min",
        pick=lambda s: s.tst_min,
        name="Time asleep",
        definition="Total sleep time: minutes asleep from first to last sleep.",
        say=hours,
        why_not="no record says when you slept",
        sources=(_YASA,),
    ),
    _Spec(
        field="se_pct",
        pick=lambda s: s.se_pct,
        name="Sleep efficiency",
        definition="Time asleep out of time in bed.",
        say=_per_cent,
        why_not="your records do not say when you were in bed",
        sources=(_YASA, _DIARY),
    ),
    _Spec(
        field="sol_min",
        pick=lambda s: s.sol_min,
        name="Falling asleep",
        definition="Sleep onset latency: from trying to sleep to first sleep.",
        say=_minutes,
        why_not="your records begin at sleep",
        sources=(_YASA,),
    ),
    _Spec(
        field="waso_min",
        pick=lambda s: s.waso_min,
        name="Awake in the night",
        definition="Wake after sleep onset: minutes awake between first and last sleep.",
        say=_minutes,
        why_not="your records do not tell waking from sleep",
        sources=(_YASA,),
    ),
)


def _spread(spec: _Spec, found: Spread | None, n_nights: int) -> KeyMeasure:
    if found is None:
        value, detail = NOT_MEASURED, spec.why_not if n_nights else "no nights yet"
    else:
        value = spec.say(found.median)
        middle = "" if found.n < 2 else f"middle half {spec.say(found.q25)} to {spec.say(found.q75)}; "
        detail = f"{middle}{found.n} of {n_nights} nights"
    return KeyMeasure(
        key=spec.field,
        name=spec.name,
        definition=spec.definition,
        value=value,
        detail=detail,
        sources=spec.sources,
    )


def _midsleep(summary: Summary) -> KeyMeasure:
    found = summary.midsleep
    return KeyMeasure(
        key="midsleep_h",
        name="Middle of the night",
        definition="Half way from first to last sleep, on your clock.",
        value=NOT_MEASURED if found is None else clock(found.mean_h),
        detail="times of sleep are not known"
        if found is None
        else f"give or take {hours(found.sd_h * 60)}; {found.n} of {summary.n_nights} nights",
        sources=(_JETLAG,),
    )


def _jetlag(summary: Summary) -> KeyMeasure:
    found = summary.social_jetlag_h
    return KeyMeasure(
        key="social_jetlag_h",
        name="Weekend shift",
        definition="Social jetlag: middle of the night on free days against working days.",
        value=NOT_MEASURED if found is None else _shift(found * 60),
        detail="needs 2 free and 2 working nights with times"
        if found is None
        else f"{summary.free_nights} free and {summary.work_nights} working nights; Saturday and Sunday taken as free",
        sources=(_JETLAG,),
    )


def _shift(minutes: float) -> str:
    if round(minutes) == 0:
        return "no shift"
    return f"{hours(abs(minutes))} {'later' if minutes > 0 else 'earlier'}"


def _regularity(summary: Summary) -> KeyMeasure:
    found = summary.regularity
    return KeyMeasure(
        key="sri",
        name="Regularity",
        definition="Sleep Regularity Index: 100 is the same hours every day, 0 is chance. It differs between devices.",
        value=NOT_MEASURED if found is None else f"{number(found.sri, 0)} of 100",
        detail="needs more days in a row" if found is None else f"{number(found.compared_h / 24, 0)} days compared",
        sources=(_SRI,),
    )
