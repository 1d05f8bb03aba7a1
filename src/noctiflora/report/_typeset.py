"""Documents on paper: pages set by the packaged templates, as PDF."""

import json
from dataclasses import asdict, dataclass, field
from importlib.resources import files


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a sheet: a heading with paragraphs, points and a table, each possibly empty."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = field(default=())
    page_break: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """One bottle label."""

    code: str
    lines: tuple[str, ...]


def labels_pdf(title: str, labels: tuple[Label, ...]) -> bytes:
    """Return a page of labels to cut out; the same input gives the same bytes."""
    return _set("labels", {"title": title, "bottles": [asdict(label) for label in labels]})


def sheet_pdf(title: str, parts: tuple[Part, ...]) -> bytes:
    """Return a sheet of parts; the same input gives the same bytes."""
    return _set("sheet", {"title": title, "parts": [asdict(part) for part in parts]})


def clinician_pdf(data: dict[str, object]) -> bytes:
    """Return the clinician's page; the same input gives the same bytes."""
    return _set("clinician", data)


def _set(template: str, data: dict[str, object]) -> bytes:
    # The typesetter weighs 80 MB: only who prints waits for it.
    import typst

    source = (files("noctiflora.report") / "typeset" / f"{template}.typ").read_bytes()
    # Texts go in as data and are never read as markup; the fonts are those inside the wheel.
    made = typst.compile(
        source, format="pdf", sys_inputs={"data": json.dumps(data)}, ignore_system_fonts=True, timestamp=0
    )
    assert isinstance(made, bytes)
    return made
