"""Actions: what a user can do, one file and one function each."""

from noctiflora.actions._analyse import Analysis, analyse
from noctiflora.actions._answer_gates import answer_gates, open_questions, read_answer, review_gates
from noctiflora.actions._answer_questionnaire import answer_questionnaire
from noctiflora.actions._assess import assess
from noctiflora.actions._check_in import check_in
from noctiflora.actions._config import SETTINGS, Config, read_config
from noctiflora.actions._demonstrate import Demonstration, demonstrate
from noctiflora.actions._import_files import FileOutcome, ImportReport, import_files
from noctiflora.actions._keep_scores import current_scores, keep_scores
from noctiflora.actions._list_findings import list_findings
from noctiflora.actions._list_nights import list_nights
from noctiflora.actions._list_options import OptionList, list_options
from noctiflora.actions._list_pathways import list_pathways
from noctiflora.actions._set_costs import check_option, kept_costs, set_costs
from noctiflora.actions._write_report import write_report

__all__ = [
    "SETTINGS",
    "Analysis",
    "Config",
    "Demonstration",
    "FileOutcome",
    "ImportReport",
    "OptionList",
    "analyse",
    "answer_gates",
    "answer_questionnaire",
    "assess",
    "check_in",
    "check_option",
    "current_scores",
    "demonstrate",
    "import_files",
    "keep_scores",
    "kept_costs",
    "list_findings",
    "list_nights",
    "list_options",
    "list_pathways",
    "open_questions",
    "read_answer",
    "read_config",
    "review_gates",
    "set_costs",
    "write_report",
]
