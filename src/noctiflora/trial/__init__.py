"""Trial: the analysis of a personal trial and its verdict."""

from noctiflora.trial._dose import Dose
from noctiflora.trial._posterior import LEVELS, Marginal, Posterior, Status
from noctiflora.trial._verdict import Verdict, Word

__all__ = ["LEVELS", "Dose", "Marginal", "Posterior", "Status", "Verdict", "Word"]
