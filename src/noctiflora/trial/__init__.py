"""Trial: the analysis of a personal trial and its verdict."""

from noctiflora.trial._blinding_index import BlindingIndex, blinding_index
from noctiflora.trial._check_series import check_series, nothing_varies
from noctiflora.trial._design import Before, Designs, Remedy, design
from noctiflora.trial._design_noise import NoiseBelief, learn_noise
from noctiflora.trial._design_plan import Plan
from noctiflora.trial._design_race import Tried
from noctiflora.trial._design_score import Score
from noctiflora.trial._design_threshold import design_threshold
from noctiflora.trial._dose import Dose
from noctiflora.trial._engines import by_assignment, posterior
from noctiflora.trial._exposure import exposure
from noctiflora.trial._joint import JointVerdict, Secondary, joint_verdict
from noctiflora.trial._judge import conclude, of_100, verdict
from noctiflora.trial._null import Noise
from noctiflora.trial._outcome_priors import IMPORTANT, USEFUL, WITHIN_SD, Figure, priors_for
from noctiflora.trial._posterior import LEVELS, Marginal, Posterior, ProductEffect, Status
from noctiflora.trial._posterior_json import posterior_dict
from noctiflora.trial._priors import Prior, Priors
from noctiflora.trial._read_priors import parse_priors
from noctiflora.trial._read_series import parse_series
from noctiflora.trial._rules import sceptical, vague
from noctiflora.trial._safety_rule import Alarm, safety_alarm, safety_limit
from noctiflora.trial._schedule import Arm, Period, Schedule, draw
from noctiflora.trial._seal import Cost, Order, Sealed, commitment, open_seal, seal_order, verify_order
from noctiflora.trial._seal_order import draw_arms, draw_codes, order_text, read_order
from noctiflora.trial._season_effect import EarlyEffect, effect_after
from noctiflora.trial._season_known import BELIEVED, Belief, belief_of, believing
from noctiflora.trial._season_log import (
    Entry,
    EntryKind,
    Guess,
    Severity,
    add_entry,
    check_clock,
    check_night,
    corrections,
    doses_taken,
    guesses_made,
    standing,
)
from noctiflora.trial._season_plan import SeasonPlan, check_periods, plan_document, schedule_of
from noctiflora.trial._series import Series
from noctiflora.trial._share_likelihood import Likelihood, likelihood
from noctiflora.trial._threshold import Rate, Threshold, threshold
from noctiflora.trial._verdict import Verdict, Word

__all__ = [
    "BELIEVED",
    "IMPORTANT",
    "LEVELS",
    "USEFUL",
    "WITHIN_SD",
    "Alarm",
    "Arm",
    "Before",
    "Belief",
    "BlindingIndex",
    "Cost",
    "Designs",
    "Dose",
    "EarlyEffect",
    "Entry",
    "EntryKind",
    "Figure",
    "Guess",
    "JointVerdict",
    "Likelihood",
    "Marginal",
    "Noise",
    "NoiseBelief",
    "Order",
    "Period",
    "Plan",
    "Posterior",
    "Prior",
    "Priors",
    "ProductEffect",
    "Rate",
    "Remedy",
    "Schedule",
    "Score",
    "Sealed",
    "SeasonPlan",
    "Secondary",
    "Series",
    "Severity",
    "Status",
    "Threshold",
    "Tried",
    "Verdict",
    "Word",
    "add_entry",
    "belief_of",
    "believing",
    "blinding_index",
    "by_assignment",
    "check_clock",
    "check_night",
    "check_periods",
    "check_series",
    "commitment",
    "conclude",
    "corrections",
    "design",
    "design_threshold",
    "doses_taken",
    "draw",
    "draw_arms",
    "draw_codes",
    "effect_after",
    "exposure",
    "guesses_made",
    "joint_verdict",
    "learn_noise",
    "likelihood",
    "nothing_varies",
    "of_100",
    "open_seal",
    "order_text",
    "parse_priors",
    "parse_series",
    "plan_document",
    "posterior",
    "posterior_dict",
    "priors_for",
    "read_order",
    "safety_alarm",
    "safety_limit",
    "sceptical",
    "schedule_of",
    "seal_order",
    "standing",
    "threshold",
    "vague",
    "verdict",
    "verify_order",
]
