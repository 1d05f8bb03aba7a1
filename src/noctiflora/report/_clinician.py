"""The clinician's one page: what it holds, and the same content as PDF."""

import datetime as dt
from dataclasses import asdict, dataclass

from noctiflora.report._typeset import clinician_pdf
from noctiflora.report._words import day
from noctiflora.report.chart import Figure, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One block of the page: a heading with paragraphs, points and a table, each possibly empty."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    table: Table | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClinicianPage:
    """One page for a clinician, in field terms.

    Parameters
    ----------
    name : str
        How the person is called on it: hostile text; may be empty.
    made_up : bool
        Whether the person is generated.
    printed_on : date
        Day of printing.
    reason, question : str
        Why it is shown and what is asked of the reader, as typed: hostile text; may be empty.
    left : tuple of Block
        Beside the drawing.
    raster : Figure or None
        The nights; None where they are left out or there are none.
    raster_heading : str
        Which nights.
    below : tuple of Block
        Over the full width.
    foot : str
        What the numbers rest on, and that this is no medical device.
    """

    name: str
    made_up: bool
    printed_on: dt.date
    reason: str
    question: str
    left: tuple[Block, ...]
    raster: Figure | None
    raster_heading: str
    below: tuple[Block, ...]
    foot: str

    @property
    def raster_key(self) -> str:
        """What the marks of the drawing are."""
        return "Bars: asleep. Thin line: in bed awake. Dotted: not recorded."

    @property
    def title(self) -> str:
        """What the page is."""
        trial = any(block.heading.startswith("Personal trial") for block in self.below)
        return "Sleep and a personal trial: summary" if trial else "Sleep: summary"

    @property
    def byline(self) -> str:
        """Whose it is, and when it was printed."""
        whose = "Sample, made up" if self.made_up else self.name
        return f"{whose} · printed {day(self.printed_on)}" if whose else f"Printed {day(self.printed_on)}"


def clinician_page_pdf(page: ClinicianPage) -> bytes:
    """Return the page as PDF on one A4; the same page gives the same bytes."""
    raster = page.raster
    return clinician_pdf(
        {
            "title": page.title,
            "byline": page.byline,
            "reason": page.reason,
            "question": page.question,
            "left": [_block(block) for block in page.left],
            "below": [_block(block) for block in page.below],
            "raster_heading": page.raster_heading,
            "raster": "" if raster is None else svg_alone(raster),
            # as wide as its column, unless it would then be too tall for one page
            "raster_tall": raster is not None and raster.narrow.height > _TALLEST * raster.narrow.width,
            "raster_caption": "" if raster is None else f"{raster.caption} {page.raster_key}",
            "raster_words": "" if raster is None else raster.description,
            "foot": page.foot,
        }
    )


def svg_alone(figure: Figure) -> str:
    """Return the narrow drawing of a figure as an SVG file with its colours inside, on white."""
    part = figure.narrow
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {part.width:g} {part.height:g}" '
        f'width="{part.width:g}" height="{part.height:g}"><style>{_PAPER}</style>{part.body}</svg>'
    )


_TALLEST = 1.06
"""Height over width of a drawing that fits its column on one page: 92 mm to 86.5 mm."""
_PAPER = (
    "text{font-family:'Libertinus Serif';font-size:13px;fill:#1b1c22}.m{fill:#4d4f59}.xsm{font-size:12px}"
    ".grid{stroke:#cfcabd;stroke-width:1;fill:none}.ax{stroke:#77715f;stroke-width:1;fill:none}"
    ".night{fill:#3d4470}.night-l{stroke:#3d4470;fill:none;stroke-width:1.5}"
    ".inbed{stroke:#77715f;stroke-width:1.25;fill:none}.bars{stroke:#3d4470;fill:none}"
    ".bars-o{stroke:#3d4470;stroke-opacity:.55;fill:none}.zero{stroke:#1b1c22;stroke-width:1.25}"
    ".miss{fill:none;stroke:#77715f;stroke-width:1.25;stroke-dasharray:1.5 3}.soft{fill:#f0eee8;stroke:none}"
)
"""The signs of the raster as on paper (the tokens of the printed sheet)."""


def _block(block: Block) -> dict[str, object]:
    return {**asdict(block), "table": None if block.table is None else asdict(block.table)}
