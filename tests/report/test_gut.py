import datetime as dt
import json
import re
from dataclasses import replace

from noctiflora.core import Source
from noctiflora.report import (
    GutCapacity,
    GutGene,
    GutGenes,
    GutPage,
    GutRow,
    GutShare,
    gut_dict,
    render_report,
    report_dict,
)
from tests.report.made_up import assessed

SOURCE = Source(ref="10.1101/2024.06.05.596628")
PAGE = GutPage(
    name="<b>mine</b>.csv",
    kept_on=dt.date(2026, 7, 1),
    recognised="uBiome JSON, rank genus, unit reads, region 16S.",
    sample="mine",
    reads=59_017.0,
    unassigned_pct=18.9,
    standing="usable",
    reasons=(),
    notes=("a note",),
    shares=(GutShare(taxon="Bacteroides", share_pct=16.84),),
    n_taxa=76,
    rows=(GutRow(taxon="Bilophila", where="high", band_from=55.2, band_to=99.0),),
    n_unplaced=12,
    references=("American Gut 2013 (245 people)",),
    not_placed="",
    lab_sd=1.2,
    day_sd=0.97,
    capacities=(GutCapacity(sentence="makes GABA: carried by taxa present (Bacteroides).", sources=(SOURCE,)),),
    cannot_tell=("Why you sleep badly.",),
    sources=(SOURCE,),
)


def section(page: str) -> str:
    found = re.search(r'<section id="gut".*?</section>', page, re.DOTALL)
    assert found is not None
    return found[0]


def test_the_section_says_what_was_read_how_sure_and_what_it_cannot_tell() -> None:
    said = section(render_report(replace(assessed(), gut=PAGE)))
    for part in ("59,017 reads", "55 to 99", "1.20", "0.97", "12 more cannot", "Why you sleep badly.", "#source-"):
        assert part in said
    assert "&lt;b&gt;mine" in said


def test_without_a_test_it_is_said_that_none_is_needed() -> None:
    assert "No stool test is kept" in section(render_report(assessed()))


def test_what_cannot_be_placed_says_why() -> None:
    said = section(render_report(replace(assessed(), gut=replace(PAGE, not_placed="no region", rows=()))))
    assert "Not held against a reference: no region." in said


def test_the_form_is_plain_and_holds_the_noise() -> None:
    found = report_dict(replace(assessed(), gut=PAGE))["gut"]
    assert found == gut_dict(PAGE) == json.loads(json.dumps(found))
    assert (found["lab_sd"], found["day_sd"]) == (1.2, 0.97)  # type: ignore[index]
    assert report_dict(assessed())["gut"] is None


def test_genes_stand_as_genes_never_activity_with_what_is_not_measurable() -> None:
    genes = GutGenes(
        name="<i>ko</i>.tsv",
        sample="mine",
        kept_on=dt.date(2026, 7, 1),
        recognised="gene table, unit per million",
        modules=(
            GutGene(name="histamine made", found="0: none of its genes was seen"),
            GutGene(name="GABA used up", found="not measurable from this table"),
        ),
        sources=(SOURCE,),
    )
    html = section(render_report(replace(assessed(), gut=replace(PAGE, genes=genes))))
    assert "Genes present, never activity" in html
    assert "not measurable from this table" in html
    assert "0: none of its genes was seen" in html
    assert "<i>ko" not in html


def test_what_lies_in_the_middle_is_named_in_a_line_and_the_test_is_called_no_diagnosis() -> None:
    rows = (*PAGE.rows, GutRow(taxon="Dialister", where="middle", band_from=34.1, band_to=86.3))
    said = section(render_report(replace(assessed(), gut=replace(PAGE, rows=rows))))
    assert "not to be told from usual: Dialister." in said
    assert "34 to 86" not in said
    assert "not a diagnosis" in said
    alone = section(render_report(replace(assessed(), gut=replace(PAGE, rows=rows[1:], not_placed=""))))
    assert "No genus stands out" in alone


def test_the_fact_of_seven_companies_stands_with_its_source_even_where_nothing_was_placed() -> None:
    said = section(
        render_report(replace(assessed(), gut=replace(PAGE, not_placed="no region", rows=(), capacities=())))
    )
    assert "#source-" in said
