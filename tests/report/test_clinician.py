"""The clinician's page as a record and as PDF."""

import datetime as dt
import re
import zlib
from dataclasses import replace

from noctiflora.report import Block, ClinicianPage, clinician_page_pdf
from noctiflora.report._clinician import svg_alone
from noctiflora.report.chart import Table, raster, raster_figure
from tests.report.made_up import many_nights

HOSTILE = '#panic("x") $ *bold* <label> @ref \\ "quote" // é 夜'
TABLE = Table(
    caption="c", columns=("Measure", "Median", "Middle half"), rows=(("Sleep onset latency", "33 min", "21–42"),) * 5
)
_rows = raster(many_nights(42))
assert _rows is not None
PAGE = ClinicianPage(
    name="A.",
    made_up=False,
    printed_on=dt.date(2027, 1, 18),
    reason="waking at 3 " * 30,
    question="is there anything that should stop me? " * 9,
    left=(
        Block(heading="Sleep before the trial", table=TABLE),
        Block(heading="Safety answers", points=("a question with a long text that was answered with yes",) * 8),
        Block(heading="Questionnaires", points=("PSQI: 9 (2027-01-02)",) * 6, paragraphs=("Not measured: PSG.",)),
    ),
    raster=raster_figure(_rows),
    raster_heading="Nights before the trial",
    below=(
        Block(heading="Personal trial: x", paragraphs=("Randomised, sealed. " * 12,), table=TABLE),
        Block(heading="Verdict", paragraphs=("Cannot tell. " * 20,)),
        Block(heading="Unwanted effects", points=("bloating (mild), 3 times",) * 6),
    ),
    foot="Education, not a medical device. " * 6,
)


def pages(pdf: bytes) -> int:
    """Return the number of pages that a PDF says it has."""
    text = pdf
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.S):
        try:
            text += zlib.decompress(stream)
        except zlib.error:
            continue
    found = re.search(rb"/Type\s*/Pages[^>]*?/Count\s+(\d+)|/Count\s+(\d+)[^>]*?/Type\s*/Pages", text)
    assert found is not None
    return int(found.group(1) or found.group(2))


def test_the_fullest_page_fits_one_a4_and_is_always_the_same() -> None:
    made = clinician_page_pdf(PAGE)
    assert made.startswith(b"%PDF")
    assert pages(made) == 1
    assert made == clinician_page_pdf(PAGE)


def test_the_count_of_pages_can_tell() -> None:
    long = replace(PAGE, below=PAGE.below * 6)
    assert pages(clinician_page_pdf(long)) > 1


def test_hostile_text_is_no_markup() -> None:
    hostile = replace(
        PAGE, name=HOSTILE, reason=HOSTILE, question=HOSTILE, left=(Block(heading=HOSTILE, points=(HOSTILE,)),)
    )
    assert clinician_page_pdf(hostile).startswith(b"%PDF")


def test_without_a_drawing_there_is_still_a_page() -> None:
    bare = replace(PAGE, raster=None, left=(), below=(), reason="", question="", name="")
    assert clinician_page_pdf(bare).startswith(b"%PDF")
    assert bare.title == "Sleep: summary"
    assert bare.byline == "Printed 18 January 2027"


def test_title_and_byline() -> None:
    assert PAGE.title == "Sleep and a personal trial: summary"
    assert PAGE.byline == "A. · printed 18 January 2027"
    assert replace(PAGE, made_up=True).byline.startswith("Sample, made up")


def test_the_drawing_stands_alone_without_a_page_style() -> None:
    assert PAGE.raster is not None
    svg = svg_alone(PAGE.raster)
    assert svg.startswith("<svg xmlns=")
    assert "var(" not in svg
    used = set(re.findall(r'class="([\w -]+)"', str(PAGE.raster.narrow.body)))
    styled = set(re.findall(r"\.([\w-]+)\{", svg))
    assert {name for names in used for name in names.split()} <= styled | {"b"}
