"""The forest in tiers: each line drawn as surely as it is known, and no surer."""

import re

from noctiflora.report.chart import ForestMark, Told, forest_figure

MARKS = (
    ForestMark(name="New", told=Told.NEW_PERSON, centre=0.4, low=-1.1, high=1.9),
    ForestMark(name="Review", told=Told.REVIEW, centre=0.6, low=0.3, high=0.8),
    ForestMark(name="Word", told=Told.NOT_SIGNIFICANT, centre=None, low=-0.9, high=0.9, note="not significant only"),
    ForestMark(name="Yes", told=Told.SIGNIFICANT, centre=None, low=0.2, high=None, note="significant only"),
    ForestMark(name="<b>Silent", told=Told.NOTHING, centre=None, low=None, high=None, note="no number"),
    ForestMark(name="Number", told=Told.INTERVAL, centre=0.5, low=0.1, high=0.9),
    ForestMark(name="Pooled", told=Told.POOLED, centre=0.4, low=-0.3, high=1.0),
)


def test_the_tiers_stand_in_order_and_within_one_the_order_is_kept() -> None:
    figure = forest_figure(MARKS, unit="Points", useful=2.5)
    assert figure.table is not None
    assert [row[0] for row in figure.table.rows] == [
        "Word", "Yes", "<b>Silent", "Number", "Review", "Pooled", "New"
    ]  # fmt: skip
    assert figure.table.rows[0][1:] == ("none", "−0.9 to 0.9", "not significant only")
    assert figure.table.rows[1][2] == "0.2 or more"
    assert figure.table.rows[2][1:3] == ("none", "none")


def test_only_what_has_a_number_has_a_centre() -> None:
    assert figure_parts(MARKS).count("circle") == 2
    assert figure_parts(MARKS).count("<path") == 1
    assert len(re.findall('<rect class="pri-d"', figure_parts(MARKS))) == 1
    assert figure_parts(MARKS).count('class="miss"') == 1
    assert figure_parts([m for m in MARKS if m.told is Told.NOTHING]).count("pri-") == 0


def test_the_words_hold_the_result_and_names_are_text() -> None:
    figure = forest_figure(MARKS, unit="Points", useful=None)
    assert "Word: only “not significant”." in figure.description
    assert "Pooled: 0.4 (−0.3 to 1.0)." in figure.description
    assert "<b>" not in str(figure.narrow.body)


def figure_parts(marks: object) -> str:
    """Return the broad drawing of some lines."""
    figure = forest_figure(list(marks), unit="Points", useful=None)  # type: ignore[call-overload]
    assert figure.broad is not None
    return str(figure.broad.body)
