"""Evidence: what randomised trials have shown, as validated data, and how it is pooled."""

from noctiflora.evidence._evidence import Evidence, load
from noctiflora.evidence._options import HomeBlinding, OptionEntry, load_options, parse_options
from noctiflora.evidence._safety import (
    REVIEWED_BY_CLINICIAN,
    SafetyEffect,
    SafetyRule,
    ScoreRange,
    load_safety,
    parse_safety,
)
from noctiflora.evidence._safety_terms import OptionTag, QuestionPage, SafetyAction, SafetyPhase, SafetyScope

__all__ = [
    "REVIEWED_BY_CLINICIAN",
    "Evidence",
    "HomeBlinding",
    "OptionEntry",
    "OptionTag",
    "QuestionPage",
    "SafetyAction",
    "SafetyEffect",
    "SafetyPhase",
    "SafetyRule",
    "SafetyScope",
    "ScoreRange",
    "load",
    "load_options",
    "load_safety",
    "parse_options",
    "parse_safety",
]
