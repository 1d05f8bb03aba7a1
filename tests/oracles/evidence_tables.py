"""Refresh the schema and the column list beside each packaged table: python tests/oracles/evidence_tables.py."""

from pathlib import Path

from noctiflora.evidence._schema import TABLES, addition_fields, additions_schema, column_table, table_schema

DATA = Path(__file__).parents[2] / "src" / "noctiflora" / "evidence" / "data"


def main() -> None:
    for name in TABLES:
        (DATA / name / "schema.json").write_text(table_schema(name), encoding="utf-8")
        readme = DATA / name / "README.md"
        head, _, _ = readme.read_text(encoding="utf-8").partition("## Columns\n")
        readme.write_text(f"{head}## Columns\n\n{column_table(name)}", encoding="utf-8")
    (DATA / "additions" / "schema.json").write_text(additions_schema(), encoding="utf-8")
    readme = DATA / "additions" / "README.md"
    head, _, rest = readme.read_text(encoding="utf-8").partition("## Fields\n")
    _, _, tail = rest.partition("## Forms of")
    readme.write_text(f"{head}## Fields\n\n{addition_fields()}\n## Forms of{tail}", encoding="utf-8")


if __name__ == "__main__":
    main()
