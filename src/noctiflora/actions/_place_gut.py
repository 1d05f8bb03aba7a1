"""Places a stool sample in the packaged references."""

import numpy as np

from noctiflora.gut import GutReading, Placement, place

SEED = 2024_6
"""Of the draws; the same sample gives the same bands."""


def place_gut(reading: GutReading, which: int | str = 0, *, age_years: float | None = None) -> Placement:
    """Return where the common genera of a sample fall; see `noctiflora.gut.place`.

    Parameters
    ----------
    reading : GutReading
        A table of reads.
    which : int or str
        Place or id of the sample.
    age_years : float, optional
        Of the person.
    """
    return place(reading, which, rng=np.random.default_rng(SEED), age_years=age_years)
