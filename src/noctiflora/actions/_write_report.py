"""Writes a report to disk: one HTML file and its JSON twin."""

import json
from pathlib import Path

from noctiflora.core import FormatError
from noctiflora.report import ReportData, render_report, report_dict


def write_report(data: ReportData, folder: Path) -> tuple[Path, Path]:
    """Write ``report.html`` and ``report.json`` into `folder`, each whole or not at all.

    Raises
    ------
    FormatError
        If the folder cannot be written to.
    """
    page = render_report(data)
    twin = json.dumps(report_dict(data), ensure_ascii=False, allow_nan=False, indent=1) + "\n"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return _write(folder / "report.html", page), _write(folder / "report.json", twin)
    except OSError as problem:
        raise FormatError(
            f"the report cannot be written: {problem.strerror}",
            where=str(folder),
            do="choose another folder with --out",
        ) from None


def _write(path: Path, text: str) -> Path:
    part = path.with_name(f".{path.name}.part")
    part.write_text(text, encoding="utf-8")
    part.replace(path)
    return path
