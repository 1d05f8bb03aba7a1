from hypothesis import given
from hypothesis import strategies as st

from noctiflora.report.chart._pen import Pen, polyline, short


@given(st.text(max_size=40))
def test_words_are_always_escaped(words: str) -> None:
    pen = Pen()
    pen.text((1, 2), f"<b>{words}</b>", kind='"x')
    body = str(pen.drawing(10, 10).body)
    assert body.count("<") == 2
    assert 'class="&#34;x"' in body


@given(st.floats(-1e4, 1e4))
def test_coordinates_are_short_and_near(value: float) -> None:
    assert abs(float(short(value)) - value) <= 0.0501
    assert short(value) != "-0"


def test_marks_come_in_order() -> None:
    pen = Pen()
    pen.line("ax", (0, 1), (2, 3))
    pen.rect("soft", (0, 0), 5, 5)
    pen.disc("night", (1, 1), 2)
    pen.path("bars", "M0 0H5", thickness=4)
    drawn = pen.drawing(10, 20)
    assert (drawn.width, drawn.height) == (10, 20)
    assert str(drawn.body).splitlines() == [
        '<line class="ax" x1="0" y1="1" x2="2" y2="3"/>',
        '<rect class="soft" x="0" y="0" width="5" height="5"/>',
        '<circle class="night" cx="1" cy="1" r="2"/>',
        '<path class="bars" stroke-width="4" d="M0 0H5"/>',
    ]


def test_a_line_through_points() -> None:
    assert polyline([(0, 1), (2.5, 3)]) == "M0 1L2.5 3"
