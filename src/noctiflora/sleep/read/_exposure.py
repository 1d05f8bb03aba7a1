"""What an export says a person did or took on a day, beside their sleep."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """One answer of a journal.

    Parameters
    ----------
    source : str
        Who kept the journal, for example ``"whoop"``.
    date : date
        Local date on which the night, that the answer stands beside, ended.
    question : str
        As the journal words it, in the language of the account.
    answer : bool or None
        Yes or no; None where it was left open.
    note : str
        What the person wrote beside it.
    """

    source: str
    date: dt.date
    question: str
    answer: bool | None
    note: str = ""
