"""Columns of the nightly figures that the compiled engine writes, in their order."""

TST, TIB, SOL, AWAKENINGS, ONSET, OFFSET = 0, 1, 2, 3, 4, 5
MELATONIN_PEAK, MELATONIN_PEAK_H, MELATONIN_LONG = 6, 7, 8
CORTISOL_PEAK, CORTISOL_PEAK_H, CORTISOL_NADIR, CORTISOL_NADIR_H = 9, 10, 11, 12
CORTISOL_MEAN, CORTISOL_EVENING, CAR = 13, 14, 15
CLOSING = 16
"""First column of the states at the end of the night's window; the states follow in model order."""
POINTS = 120
"""Schedule cells in half a day; a cell is 0.1 h."""
HALF_DAY_H = 12.0
CELL_H = 0.1
KEPT = 6
"""Values kept at each step for the nightly figures: pS, U, Hm, x3, kw, Psi."""
MELATONIN_HIGH_PMOL_L = 43.0
"""10 pg/mL, the level above which the melatonin night is counted."""
EVENING_FROM_H, EVENING_TO_H = 18.0, 22.0
CAR_AFTER_H = 0.5
"""The cortisol awakening response is read 30 minutes after rising."""
