"""The JSON schema of each packaged table, made from its row model."""

import json
from collections.abc import Mapping
from types import MappingProxyType

from noctiflora.evidence._table import Row
from noctiflora.evidence.rows import (
    ClaimRow,
    EffectRow,
    GradeRuleRow,
    ListRow,
    NormRow,
    PathwayRow,
    QuestionnaireRow,
    ReviewRow,
    StrainRow,
    TrialRow,
)

TABLES: Mapping[str, type[Row]] = MappingProxyType(
    {
        "claims": ClaimRow,
        "derived_effects": EffectRow,
        "grade_rules": GradeRuleRow,
        "lists": ListRow,
        "norms": NormRow,
        "pathways": PathwayRow,
        "questionnaires": QuestionnaireRow,
        "reviews": ReviewRow,
        "strains": StrainRow,
        "trials": TrialRow,
    }
)


def table_schema(name: str) -> str:
    """Return the JSON schema of the rows of table `name`, as the text of its ``schema.json``."""
    return json.dumps(TABLES[name].model_json_schema(), indent=2, ensure_ascii=False) + "\n"


def column_table(name: str) -> str:
    """Return the Markdown table of the columns of table `name`, in the order of the file's fields."""
    lines = ["| column | meaning |", "|---|---|"]
    for column, field in TABLES[name].model_fields.items():
        meaning = field.description or ""
        lines.append(f"| `{column}` | {meaning} |")
    return "\n".join(lines) + "\n"
