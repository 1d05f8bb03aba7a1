"""What the person decided before a season starts."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from noctiflora.core import Instrument, Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class StartRequest:
    """What the person decided.

    Parameters
    ----------
    option_key : str
        What is tried.
    dose_value, dose_unit : float, str
        Full daily dose.
    outcome, instrument : Outcome, Instrument
        Primary outcome, and by what it is measured.
    useful : float
        The amount that would make it worth it, > 0.
    pairs, on_nights, off_nights : int
        The design.
    looks : tuple of int
        Ends of pairs, by number of the pair from 1, at which to look.
    first_night : date
        Date of night 1.
    told_before : mapping
        What the designer said this design can tell.
    """

    option_key: str
    dose_value: float
    dose_unit: str
    outcome: Outcome
    instrument: Instrument
    useful: float
    pairs: int
    on_nights: int
    off_nights: int
    looks: tuple[int, ...]
    first_night: dt.date
    told_before: Mapping[str, float] = field(default_factory=dict)
