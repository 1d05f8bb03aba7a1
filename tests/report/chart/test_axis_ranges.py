from noctiflora.report.chart import Range, RangeRow, axis_ranges, axis_ranges_figure

ROWS = (
    RangeRow(name="Dim evenings", model=Range(middle=-2.1, low=-2.7, high=-0.5), trials=None),
    RangeRow(
        name="This strain",
        model=Range(middle=0.7, low=0.25, high=1.1),
        trials=Range(middle=0.59, low=0.35, high=0.83),
    ),
)


def test_both_axes_hold_every_range_and_zero() -> None:
    data = axis_ranges(ROWS)
    for scale in (data.narrow, data.broad):
        assert scale.low <= -2.7
        assert scale.high >= 1.1
    assert axis_ranges(ROWS[1:]).narrow.low <= 0.0


def test_the_model_and_the_trials_differ_in_form() -> None:
    figure = axis_ranges_figure(axis_ranges(ROWS), caption="x", unit="points")
    assert figure.broad is not None
    for drawn, name in ((figure.narrow, "hatch-ranges-n"), (figure.broad, "hatch-ranges-b")):
        body = str(drawn.body)
        assert body.count(f'class="hyp-b" fill="url(#{name})"') == 2
        assert body.count('class="hyp-d"') == 2
        assert body.count('class="pri-d"') == 1
        assert body.count('class="miss"') == 1
    assert figure.table is not None
    assert figure.table.rows[0] == ("Dim evenings", "−2.1 (−2.7 to −0.5)", "no trial effect known")
    assert figure.table.rows[1][2] == "+0.59 (0.35 to 0.83)"


def test_without_any_trial_the_key_names_none() -> None:
    figure = axis_ranges_figure(axis_ranges(ROWS[:1]), caption="x", unit="points")
    assert [s.sign for s in figure.signs] == ["hyp-range", "missing"]


def test_a_range_without_width_is_still_seen() -> None:
    point = RangeRow(name="x", model=Range(middle=0.0, low=0.0, high=0.0), trials=None)
    body = str(axis_ranges_figure(axis_ranges([point, *ROWS]), caption="x", unit="points").narrow.body)
    box = body.split('class="hyp-b"')[1].split('d="M')[1].split('"')[0]
    xs = {float(p.split()[0]) for p in box.rstrip("Z").split("L")}
    assert max(xs) - min(xs) >= 2
