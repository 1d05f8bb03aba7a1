"""The JSON schema of each packaged table, made from its row model."""

import json
from collections.abc import Mapping
from types import MappingProxyType

from pydantic import TypeAdapter

from noctiflora.evidence._read_additions import MOST_ENTRIES, VERSION
from noctiflora.evidence._table import Row
from noctiflora.evidence.rows import (
    Addition,
    ClaimRow,
    EffectRow,
    GradeRuleRow,
    ListRow,
    NewPersonal,
    NewPooled,
    NewTrial,
    NormRow,
    PathwayRow,
    QuestionnaireRow,
    QuestionRow,
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
        "questions": QuestionRow,
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


def additions_schema() -> str:
    """Return the JSON schema of a file of additions, as the text of its ``schema.json``."""
    adapter: TypeAdapter[NewTrial | NewPersonal | NewPooled] = TypeAdapter(Addition)
    entry = adapter.json_schema()
    definitions = entry.pop("$defs", {})
    document = {
        "title": "Additions to the evidence",
        "type": "object",
        "additionalProperties": False,
        "required": ["schema", "entries"],
        "properties": {
            "schema": {"const": VERSION},
            "entries": {"type": "array", "minItems": 1, "maxItems": MOST_ENTRIES, "items": entry},
        },
        "$defs": definitions,
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def addition_fields() -> str:
    """Return the Markdown tables of the fields of every kind of entry."""
    return "\n".join(f"### `{kind}`\n\n{_fields(row)}" for kind, row in _KINDS.items())


_KINDS: Mapping[str, type[Row]] = MappingProxyType(
    {"trial": NewTrial, "personal trial": NewPersonal, "pooled personal trials": NewPooled}
)


def _fields(row: type[Row]) -> str:
    lines = ["| field | needed | meaning |", "|---|---|---|"]
    for name, field in row.model_fields.items():
        lines.append(f"| `{name}` | {'yes' if field.is_required() else 'no'} | {field.description or 'see below'} |")
    return "\n".join(lines) + "\n"
