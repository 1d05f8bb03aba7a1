"""Spread of one genus between the days of one person."""

BETWEEN_SD = 1.9
"""Spread of one genus among people on the clr scale: median over the genera that half of them carry, 1.7 to 2.0 in
American Gut 2013 (bloom removed), its filtered table and TwinsUK (quartile distance over 1.349)."""

ICC = 0.74
"""Share of the spread that lies between people, not between the days of one: median of 81 genera of 34 healthy people
with daily samples (0.56 to 0.90), measured by this project on the tables of github.com/knights-lab/dietstudy."""

DAY_SD = BETWEEN_SD * (1 - ICC) ** 0.5
