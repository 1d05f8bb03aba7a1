"""The catalogue of words."""

import subprocess
import sys
from pathlib import Path

from noctiflora.web._words import LOCALES, say, say_n

ROOT = Path(__file__).parents[2]


def test_values_are_filled_in_and_plurals_chosen() -> None:
    assert say("%(n)s of %(of)s", n=1, of=2) == "1 of 2"
    assert say("100 %") == "100 %"
    assert say_n("%(n)s night", "%(n)s nights", 1) == "1 night"
    assert say_n("%(n)s night of %(of)s", "%(n)s nights of %(of)s", 3, of=7) == "3 nights of 7"


def test_the_template_of_the_catalogues_holds_every_string() -> None:
    code = "import sys; sys.path.insert(0, 'scripts'); import catalogue; sys.stdout.buffer.write(catalogue.catalogue())"
    made = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True).stdout
    kept = (LOCALES / "noctiflora.pot").read_bytes()
    assert made == kept, "strings have changed: run scripts/catalogue.py"
