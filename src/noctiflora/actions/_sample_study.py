"""Writes a made-up data set of a study with its truth."""

from pathlib import Path

from noctiflora.study import sample


def sample_study(out: Path, *, people: int, seed: int) -> Path:
    """Write a data set of made-up people; the same seed gives the same files.

    Parameters
    ----------
    out : Path
        Folder to make.
    people : int
        How many.
    seed : int
        0 or above.

    Raises
    ------
    RangeError
        If a number is out of range, or the folder is taken.
    """
    return sample(out.expanduser().resolve(), people=people, seed=seed)
