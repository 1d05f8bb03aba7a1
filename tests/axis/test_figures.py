"""Figures in their units, and the phase marker of each night."""

import numpy as np
import pytest

from noctiflora.axis import _night_columns as c
from noctiflora.axis._figures import FIGURES, nightly_figures


def one_night(**hours: float) -> np.ndarray:
    raw = np.zeros((1, 2, c.CLOSING + 30))
    raw[..., c.TST], raw[..., c.TIB], raw[..., c.SOL] = 7.0, 8.0, 0.25
    raw[..., c.CORTISOL_PEAK] = 2.0
    raw[..., c.OFFSET] = hours.get("offset", 31.0)
    return raw


def test_units() -> None:
    found = nightly_figures(
        one_night(), np.full((1, 3), np.nan), np.zeros((1, 9), int), cortisol_nmol_l=np.array([200.0]), first_night=3
    )
    assert set(found) == set(FIGURES)
    assert found["tst_min"][0, 0] == 420
    assert found["waso_min"][0, 0] == pytest.approx(45)
    assert found["se_pct"][0, 0] == 87.5
    assert found["cortisol_peak_nmol_l"][0, 0] == 400
    assert np.all(np.isnan(found["dlmo_h"]))


def test_marker_is_the_first_after_noon_or_after_a_day_sleep() -> None:
    marker = np.array([[3 * 24 + 5.0, 3 * 24 + 21.0, 4 * 24 + 21.5, 5 * 24 + 1.0]])
    scale = np.array([190.0])
    night = nightly_figures(one_night(), marker, np.zeros((1, 9), int), cortisol_nmol_l=scale, first_night=3)
    assert night["dlmo_h"][0] == pytest.approx([21.0, 21.5])
    by_day = nightly_figures(one_night(offset=46.0), marker, np.ones((1, 9), int), cortisol_nmol_l=scale, first_night=3)
    assert by_day["dlmo_h"][0, 0] == pytest.approx(49.0)


def test_no_time_in_bed_gives_unknown_efficiency() -> None:
    raw = one_night()
    raw[..., c.TIB] = 0
    found = nightly_figures(
        raw, np.full((1, 3), np.nan), np.zeros((1, 9), int), cortisol_nmol_l=np.array([190.0]), first_night=3
    )
    assert np.all(np.isnan(found["se_pct"]))
