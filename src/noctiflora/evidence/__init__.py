"""Evidence: what randomised trials have shown, as validated data, and how it is pooled."""

from noctiflora.evidence._beside import Beside, beside, beside_dict, left_out_rows, sensitivity_rows
from noctiflora.evidence._build_strain_page import strain_page
from noctiflora.evidence._evidence import Evidence, load
from noctiflora.evidence._expected import predictive, useful_is_unlikely
from noctiflora.evidence._find import find_product
from noctiflora.evidence._grade import Grade, grade
from noctiflora.evidence._leave_one_out import LeftOut, leave_one_out
from noctiflora.evidence._options import HomeBlinding, OptionEntry, Reported, load_options, parse_options
from noctiflora.evidence._pool import pool
from noctiflora.evidence._pooled import Pooled, PooledStrain
from noctiflora.evidence._pooled_dict import PoolOutcome, PoolUnit, points_factor, pooled_dict
from noctiflora.evidence._population import Population, alternatives, population
from noctiflora.evidence._read_additions import ReadAdditions, Refused, addition_key, parse_addition, read_additions
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
from noctiflora.evidence._strain_page import ForestLine, StrainPage, Tier, TrialCard
from noctiflora.evidence._strain_page_dict import strain_page_dict
from noctiflora.evidence._term import NoTerm, Selection, Term
from noctiflora.evidence._transfer import FULL, Link, Transfer, on_link
from noctiflora.evidence._with_additions import with_additions
from noctiflora.evidence.rows import ClaimRow, NewPersonal, NewTrial, QuestionRow

__all__ = [
    "FULL",
    "REVIEWED_BY_CLINICIAN",
    "SENSITIVITIES",
    "Beside",
    "ClaimRow",
    "Discount",
    "Evidence",
    "ForestLine",
    "Grade",
    "HomeBlinding",
    "LeftOut",
    "Link",
    "NewPersonal",
    "NewTrial",
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
    "QuestionRow",
    "ReadAdditions",
    "Reading",
    "Refused",
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
    "StrainPage",
    "Term",
    "Tier",
    "Transfer",
    "TrialCard",
    "addition_key",
    "alternatives",
    "beside",
    "beside_dict",
    "find_product",
    "grade",
    "leave_one_out",
    "left_out_rows",
    "load",
    "load_options",
    "load_safety",
    "on_link",
    "parse_addition",
    "parse_options",
    "parse_safety",
    "points_factor",
    "pool",
    "pooled_dict",
    "population",
    "predictive",
    "read_additions",
    "select",
    "sensitivity_rows",
    "strain_page",
    "strain_page_dict",
    "useful_is_unlikely",
    "with_additions",
]
