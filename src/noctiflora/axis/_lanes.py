"""Array types of the compiled engine: persons side by side in lanes."""

import numpy as np
import numpy.typing as npt

Lanes = npt.NDArray[np.float64]
"""Float array with one column for each person."""
Integers = npt.NDArray[np.int64]
"""Whole numbers: indices of schedule blocks, lanes, days."""
Flags = npt.NDArray[np.bool_]
"""Yes or no for each person."""
LANES = 16
"""Persons that run side by side in one pass of the compiled engine: two registers of 512 bits."""
