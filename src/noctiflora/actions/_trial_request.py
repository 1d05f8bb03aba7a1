"""What the person decided before a season starts."""

import datetime as dt
from dataclasses import dataclass

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
    n_looks : int
        Looks before the last night, spread evenly over the ends of pairs.
    first_night : date
        Date of night 1.
    secondaries : tuple of Outcome
        Further outcomes, by the same instrument; a rating is always the diary's.
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
    n_looks: int
    first_night: dt.date
    secondaries: tuple[Outcome, ...] = ()
