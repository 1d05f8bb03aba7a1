"""Pools the table of BCG trials by PyMARE and prints what `tests/evidence/meta/test_pymare.py` holds.

Run: pip install 'noctiflora[meta]', then python -m tests.oracles.evidence_pymare
"""

from noctiflora.evidence.meta import Measure, Method
from noctiflora.evidence.meta._pymare import _by_pymare
from tests.evidence.meta.tables import table

if __name__ == "__main__":
    for method in (Method.DL, Method.REML):
        print(method.value, _by_pymare(table("bcg", Measure.RR), method))
