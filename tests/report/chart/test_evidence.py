from dataclasses import replace

from noctiflora.report.chart import Mark, Row, evidence_chart, evidence_figure

ROWS = (
    Row(name="The review", mark=Mark.REVIEW, centre=0.59, low=0.35, high=0.83, level="95 of 100"),
    Row(name="Mean over people", mark=Mark.POPULATION, centre=0.59, low=0.35, high=0.83, level="95 of 100"),
    Row(name="One new person", mark=Mark.NEW_PERSON, centre=0.59, low=-0.61, high=1.8, level="90 of 100"),
)


def test_both_widths_cover_all_rows_and_the_useful_amount() -> None:
    data = evidence_chart(ROWS, useful=3.0)
    for scale in (data.narrow, data.broad):
        assert scale.low <= -0.61
        assert scale.high >= 3.0


def test_each_kind_has_its_own_form() -> None:
    figure = evidence_figure(evidence_chart(ROWS, useful=3.0), unit="Points")
    assert figure.broad is not None
    for drawn in (figure.narrow, figure.broad):
        body = str(drawn.body)
        assert body.count('<path class="pri-d"') == 1
        assert body.count('<circle class="pri-d"') == 1
        assert body.count('<circle class="pri-o"') == 1
        assert body.count('class="mid"') == 1
    assert figure.table is not None
    assert figure.table.rows[2] == ("One new person", "0.59", "−0.61 to 1.80", "90 of 100")


def test_levels_are_said_once_where_they_agree() -> None:
    mixed = evidence_figure(evidence_chart(ROWS, useful=None), unit="Points")
    assert "one new person, 90 of 100" in mixed.caption
    same = evidence_figure(evidence_chart([replace(r, level="95 of 100") for r in ROWS], useful=None), unit="Points")
    assert "Ranges hold 95 of 100." in same.caption
    assert all(s.sign != "useful" for s in same.signs)
