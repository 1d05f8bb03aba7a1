"""People come back from the shelf as they went in, however many chunks there are."""

from pathlib import Path

import numpy as np
import pytest

from noctiflora.study import _shelf, stack
from noctiflora.study._grid_curves import grid_curves
from noctiflora.study._shelf import Shelf

GRID = np.linspace(-20.0, 20.0, 81)


@pytest.mark.parametrize("chunk", [1, 3, 100])
def test_chunks_change_nothing(chunk: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_shelf, "CHUNK", chunk)
    said = [grid_curves(GRID, -0.5 * ((GRID - m) / (2.0 + m / 9)) ** 2, unit=4.0, where="x") for m in range(7)]
    shelf = Shelf(tmp_path, "a")
    for number, one in enumerate(said):
        shelf.add(f"p{number}", one)
    assert shelf.n_people == 7
    assert len(list(tmp_path.iterdir())) == 7 // chunk
    piles = list(shelf.piles())
    assert [name for _, names in piles for name in names] == [f"p{n}" for n in range(7)]
    whole = stack(said, [0] * 7)
    assert np.array_equal(np.concatenate([pile.curves for pile, _ in piles]), whole.curves)
    sizes = np.concatenate([np.diff(pile.start) for pile, _ in piles])
    assert np.array_equal(sizes, np.diff(whole.start))
