"""Scores that can be entered as numbers: their ranges, bands and how long they count.

A score is kept among the morning entries under the key ``score_`` and its name, with the date on
which the questions were answered, so that it is backed up, exported and erased like any other entry.
"""

import datetime as dt
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from noctiflora.core import RangeError, Source
from noctiflora.intake._checkin import CheckIn

PREFIX = "score_"
"""What the key of an entry that holds a score begins with."""
ALIASES: Mapping[str, str] = MappingProxyType(
    {"ess": "epworth", "stop_bang": "apnoea_check", "stopbang": "apnoea_check", "age": "age_years"}
)
"""Other names under which a score may be entered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A stretch of a score and what its authors call it; `first` and `last` are both included."""

    first: float
    last: float
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreRule:
    """One number that can be entered.

    Parameters
    ----------
    key, name, about : str
        Identity, name as shown, what it tells about.
    low, high : float
        Smallest and largest value.
    bands : tuple of Band
        Published bands from low to high, a description and no diagnosis; empty where there are none.
    valid_days : int
        Days for which it counts, then it is asked anew (assumed, half to double; as for the safety questions).
    q_id : str
        Row of the table of questionnaires, which says what its owner permits; empty for a plain fact.
    sources : tuple of Source
        Where range and bands were read.
    """

    key: str
    name: str
    about: str
    low: float
    high: float
    bands: tuple[Band, ...]
    valid_days: int
    q_id: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedScore:
    """A score and the day it belongs to."""

    key: str
    value: float
    date: dt.date


def _bands(*parts: tuple[float, float, str]) -> tuple[Band, ...]:
    return tuple(Band(first=first, last=last, words=words) for first, last, words in parts)


_OWN_RANGE = Source(ref="assumed", note="a guard against slips, 0 to 120 years")
_RULES = (
    ScoreRule(
        key="phq9",
        name="PHQ-9",
        about="low mood, past 2 weeks",
        low=0,
        high=27,
        bands=_bands(
            (0, 4, "below mild"),
            (5, 9, "mild"),
            (10, 14, "moderate"),
            (15, 19, "moderately severe"),
            (20, 27, "severe"),
        ),
        valid_days=28,
        q_id="Q06",
        sources=(
            Source(ref="https://build.fhir.org/ig/medizininformatik-initiative/kerndatensatzmodul-proms/en/phq-9.html"),
            Source(ref="PMC2906530", note="10 as the cut point, 2,642 patients"),
        ),
    ),
    ScoreRule(
        key="phq9_item9",
        name="PHQ-9, item 9",
        about="thoughts of death or self-harm, past 2 weeks",
        low=0,
        high=3,
        bands=(),
        valid_days=14,
        q_id="Q06",
        sources=(
            Source(ref="https://build.fhir.org/ig/medizininformatik-initiative/kerndatensatzmodul-proms/en/phq-9.html"),
        ),
    ),
    ScoreRule(
        key="gad7",
        name="GAD-7",
        about="anxiety, past 2 weeks",
        low=0,
        high=21,
        bands=_bands((0, 4, "below mild"), (5, 9, "mild"), (10, 14, "moderate"), (15, 21, "severe")),
        valid_days=28,
        q_id="Q07",
        sources=(
            Source(ref="10.1136/ebm.12.5.149", note="10 as the moderate band"),
            Source(ref="https://jamanetwork.com/journals/jamainternalmedicine/fullarticle/410326", note="965 patients"),
        ),
    ),
    ScoreRule(
        key="psqi",
        name="PSQI",
        about="sleep quality, past month; higher is worse",
        low=0,
        high=21,
        bands=_bands((0, 5, "counted as good sleep"), (6, 21, "counted as poor sleep")),
        valid_days=28,
        q_id="Q01",
        sources=(
            Source(ref="http://www.proqolid.org/instruments/pittsburgh_sleep_quality_index_psqi"),
            Source(ref="https://www.sleepgeni.us/psqi", note="above 5"),
        ),
    ),
    ScoreRule(
        key="isi",
        name="ISI",
        about="insomnia, past 2 weeks; higher is worse",
        low=0,
        high=28,
        bands=_bands((0, 7, "no insomnia"), (8, 14, "below the threshold"), (15, 21, "moderate"), (22, 28, "severe")),
        valid_days=28,
        q_id="Q02",
        sources=(
            Source(ref="https://www.thoracic.org/members/assemblies/assemblies/srn/questionaires/isi.php"),
            Source(ref="10.1185/03007990903167415", note="a fall of 6 points matters"),
        ),
    ),
    ScoreRule(
        key="epworth",
        name="Epworth scale (ESS)",
        about="sleepiness in the daytime; higher is worse",
        low=0,
        high=24,
        bands=_bands(
            (0, 5, "lower normal"),
            (6, 10, "higher normal"),
            (11, 12, "mild sleepiness"),
            (13, 15, "moderate sleepiness"),
            (16, 24, "severe sleepiness"),
        ),
        valid_days=90,
        q_id="Q03",
        sources=(
            Source(ref="http://epworthsleepinessscale.com/"),
            Source(ref="10.1136/thoraxjnl-2018-211959", note="2 points matter in sleep apnoea"),
        ),
    ),
    ScoreRule(
        key="apnoea_check",
        name="STOP-Bang (apnoea check)",
        about="risk of sleep apnoea, 8 points",
        low=0,
        high=8,
        bands=_bands((0, 2, "low risk"), (3, 4, "middle risk"), (5, 8, "high risk")),
        valid_days=180,
        q_id="Q05",
        sources=(
            Source(ref="10.1007/s11325-021-02450-9", note="pooled accuracy"),
            Source(ref="10.1007/s11325-021-02299-y", note="abstract"),
        ),
    ),
    ScoreRule(
        key="age_years",
        name="Age",
        about="in years, for guide values that differ with age",
        low=0,
        high=120,
        bands=(),
        valid_days=365,
        q_id="",
        sources=(_OWN_RANGE,),
    ),
)
SCORES: Mapping[str, ScoreRule] = MappingProxyType({rule.key: rule for rule in _RULES})
"""Rules by name, as the safety questions call them."""


def score_key(name: str) -> str:
    """Return the key of the score that `name` means, in any case and with its other names.

    Raises
    ------
    RangeError
        If no such score can be entered.

    Examples
    --------
    >>> score_key("STOP-Bang")
    'apnoea_check'
    """
    plain = name.strip().lower().replace("-", "_")
    plain = plain if plain in SCORES else ALIASES.get(plain, plain)
    dashless = plain.replace("_", "")
    for key in SCORES:
        if key == plain or key.replace("_", "") == dashless:
            return key
    raise RangeError("no such score can be entered", where="score", found=name, do="use one of: " + ", ".join(SCORES))


def check_score(key: str, value: float) -> float:
    """Return `value` if it can be the score `key`.

    Parameters
    ----------
    key : str
        A key of `SCORES`.
    value : float
        A whole number in the score's range.

    Raises
    ------
    RangeError
        If there is no such score, or the value lies outside its range or is not whole.

    Examples
    --------
    >>> check_score("psqi", 9)
    9.0
    """
    rule = SCORES[score_key(key)]
    if not isinstance(value, int | float) or not math.isfinite(value) or not rule.low <= value <= rule.high:
        raise RangeError(
            f"{rule.name} goes from {rule.low:g} to {rule.high:g}",
            where=key,
            found=str(value),
            do="enter the number on the form",
        )
    if float(value) != int(value):
        raise RangeError("a score is a whole number", where=key, found=str(value), do="enter the number on the form")
    return float(value)


def band(key: str, value: float) -> Band | None:
    """Return the published band in which a score lies; None where the score has no bands.

    Raises
    ------
    RangeError
        As `check_score`.

    Examples
    --------
    >>> band("isi", 15).words
    'moderate'
    """
    checked = check_score(key, value)
    return next((b for b in SCORES[score_key(key)].bands if b.first <= checked <= b.last), None)


def score_entry(key: str, value: float, date: dt.date) -> CheckIn:
    """Return the entry under which a score is kept, after `check_score`."""
    return CheckIn(date=date, item=PREFIX + score_key(key), value=check_score(key, value))


def is_score(item: str) -> bool:
    """Return whether the key of an entry is that of a score.

    Examples
    --------
    >>> is_score("score_psqi"), is_score("quality")
    (True, False)
    """
    return item.startswith(PREFIX) and item[len(PREFIX) :] in SCORES


def latest_scores(entries: Iterable[CheckIn], *, today: dt.date) -> dict[str, DatedScore]:
    """Return the latest score of each kind that has not grown stale.

    Parameters
    ----------
    entries : iterable of CheckIn
        All entries; others than scores are passed over.
    today : date
        Scores of later days are not believed, older ones than their ``valid_days`` no longer count.

    Returns
    -------
    dict of str to DatedScore
        By key, in the order of `SCORES`.
    """
    latest: dict[str, DatedScore] = {}
    for entry in entries:
        if not is_score(entry.item) or entry.date > today:
            continue
        key = entry.item[len(PREFIX) :]
        if key not in latest or entry.date >= latest[key].date:
            latest[key] = DatedScore(key=key, value=entry.value, date=entry.date)
    fresh = {k: s for k, s in latest.items() if (today - s.date).days <= SCORES[k].valid_days}
    return {key: fresh[key] for key in SCORES if key in fresh}
