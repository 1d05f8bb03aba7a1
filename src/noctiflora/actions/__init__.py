"""Actions: what a user can do, one file and one function each."""

from noctiflora.actions._add_evidence import AddedEvidence, Move, State, add_evidence, list_added, remove_added
from noctiflora.actions._analyse import Analysis, analyse
from noctiflora.actions._answer_gates import answer_gates, open_questions, read_answer, review_gates
from noctiflora.actions._answer_questionnaire import answer_questionnaire
from noctiflora.actions._assess import assess
from noctiflora.actions._calibrate_strain import calibrate_strain
from noctiflora.actions._cent_trial import cent_report
from noctiflora.actions._check_in import check_in
from noctiflora.actions._config import SETTINGS, Config, read_config
from noctiflora.actions._demonstrate import Demonstration, demonstrate
from noctiflora.actions._design_trial import DesignRequest, TrialDesign, design_trial
from noctiflora.actions._end_trial import lock_trial, lose_key, open_trial, stop_trial
from noctiflora.actions._gather_evidence import gather_evidence
from noctiflora.actions._import_files import FileOutcome, ImportReport, import_files
from noctiflora.actions._keep_scores import current_scores, keep_scores
from noctiflora.actions._keep_trial import KeptTrial, kept_trials, needs_passphrase, own_share_ids, running_trial
from noctiflora.actions._list_findings import list_findings
from noctiflora.actions._list_nights import list_nights
from noctiflora.actions._list_options import OptionList, list_options
from noctiflora.actions._list_pathways import list_pathways
from noctiflora.actions._log_trial import LogLine, log_trial, parse_log
from noctiflora.actions._look_trial import LookWord, look_trial
from noctiflora.actions._pool_table import PooledTable, pool_table
from noctiflora.actions._read_gut import GutFile, read_gut
from noctiflora.actions._score_gut import GutScores, score_gut
from noctiflora.actions._set_costs import check_option, kept_costs, set_costs
from noctiflora.actions._share_trial import share_trial
from noctiflora.actions._start_trial import Chance, start_trial
from noctiflora.actions._trial_kit import write_envelope, write_kit
from noctiflora.actions._trial_record import TrialRecord, TrialState
from noctiflora.actions._trial_request import StartRequest
from noctiflora.actions._trial_result import SeasonResult
from noctiflora.actions._trial_status import ADVICE, TrialStatus, trial_status
from noctiflora.actions._trial_verdict import VerdictLine, verdict_document, verdict_lines, verdict_of_last
from noctiflora.actions._virtual_season import virtual_season
from noctiflora.actions._what_if import what_if
from noctiflora.actions._write_report import write_report

__all__ = [
    "ADVICE",
    "SETTINGS",
    "AddedEvidence",
    "Analysis",
    "Chance",
    "Config",
    "Demonstration",
    "DesignRequest",
    "FileOutcome",
    "GutFile",
    "GutScores",
    "ImportReport",
    "KeptTrial",
    "LogLine",
    "LookWord",
    "Move",
    "OptionList",
    "PooledTable",
    "SeasonResult",
    "StartRequest",
    "State",
    "TrialDesign",
    "TrialRecord",
    "TrialState",
    "TrialStatus",
    "VerdictLine",
    "add_evidence",
    "analyse",
    "answer_gates",
    "answer_questionnaire",
    "assess",
    "calibrate_strain",
    "cent_report",
    "check_in",
    "check_option",
    "current_scores",
    "demonstrate",
    "design_trial",
    "gather_evidence",
    "import_files",
    "keep_scores",
    "kept_costs",
    "kept_trials",
    "list_added",
    "list_findings",
    "list_nights",
    "list_options",
    "list_pathways",
    "lock_trial",
    "log_trial",
    "look_trial",
    "lose_key",
    "needs_passphrase",
    "open_questions",
    "open_trial",
    "own_share_ids",
    "parse_log",
    "pool_table",
    "read_answer",
    "read_config",
    "read_gut",
    "remove_added",
    "review_gates",
    "running_trial",
    "score_gut",
    "set_costs",
    "share_trial",
    "start_trial",
    "stop_trial",
    "trial_status",
    "verdict_document",
    "verdict_lines",
    "verdict_of_last",
    "virtual_season",
    "what_if",
    "write_envelope",
    "write_kit",
    "write_report",
]
