"""Evidence: what randomised trials have shown, as validated data, and how it is pooled."""

from noctiflora.evidence._evidence import Evidence, load
from noctiflora.evidence._expected import predictive, useful_is_unlikely
from noctiflora.evidence._find import find_product
from noctiflora.evidence._grade import Grade, grade
from noctiflora.evidence._leave_one_out import LeftOut, leave_one_out
from noctiflora.evidence._options import HomeBlinding, OptionEntry, Reported, load_options, parse_options
from noctiflora.evidence._pool import pool
from noctiflora.evidence._pooled import Pooled, PooledStrain
from noctiflora.evidence._pooled_dict import PoolOutcome, PoolUnit, pooled_dict
from noctiflora.evidence._population import Population, alternatives, population
from noctiflora.evidence._safety import (
    REVIEWED_BY_CLINICIAN,
    SafetyEffect,
    SafetyRule,
    ScoreRange,
    load_safety,
    parse_safety,
)
from noctiflora.evidence._safety_terms import OptionTag, QuestionPage, SafetyAction, SafetyPhase, SafetyScope
from noctiflora.evidence._selection import select
from noctiflora.evidence._sensitivity import SENSITIVITIES
from noctiflora.evidence._settings import Discount, PoolSettings, Reading, ReviewChoice, Selective
from noctiflora.evidence._strain_key import StrainKey
from noctiflora.evidence._term import NoTerm, Selection, Term
from noctiflora.evidence._transfer import FULL, Link, Transfer, on_link

__all__ = [
    "FULL",
    "REVIEWED_BY_CLINICIAN",
    "SENSITIVITIES",
    "Discount",
    "Evidence",
    "Grade",
    "HomeBlinding",
    "LeftOut",
    "Link",
    "NoTerm",
    "OptionEntry",
    "OptionTag",
    "PoolOutcome",
    "PoolSettings",
    "PoolUnit",
    "Pooled",
    "PooledStrain",
    "Population",
    "QuestionPage",
    "Reading",
    "Reported",
    "ReviewChoice",
    "SafetyAction",
    "SafetyEffect",
    "SafetyPhase",
    "SafetyRule",
    "SafetyScope",
    "ScoreRange",
    "Selection",
    "Selective",
    "StrainKey",
    "Term",
    "Transfer",
    "alternatives",
    "find_product",
    "grade",
    "leave_one_out",
    "load",
    "load_options",
    "load_safety",
    "on_link",
    "parse_options",
    "parse_safety",
    "pool",
    "pooled_dict",
    "population",
    "predictive",
    "select",
    "useful_is_unlikely",
]
