from noctiflora.cli._gut_place import placement_dict, placement_rows, tell_placement
from noctiflora.gut import Level, Place, Placement, cohorts


def made(level: Level, low: float, high: float) -> Placement:
    one = Place(taxon="Blautia", reads=9.0, log_ratio=0.5, percentile=50.0, low=low, high=high, level=level)
    return Placement(references=cohorts()[:1], places=(one,), batch_sd=1.2, day_sd=1.0)


def test_rows_carry_the_band_and_never_the_point() -> None:
    (row,) = placement_rows(made(Level.HIGH, 60, 99))
    assert row == {
        "taxon": "Blautia", "where": "high", "band_from": 60, "band_to": 99, "reads": 9.0, "log_ratio": 0.5,
    }  # fmt: skip
    assert placement_dict(made(Level.HIGH, 60, 99))["lab_sd"] == 1.2


def test_what_cannot_be_placed_is_counted_not_listed(capsys: object) -> None:
    tell_placement(made(Level.NOT_ASSESSABLE, 2, 99))
    said = capsys.readouterr().out  # type: ignore[attr-defined]
    assert "No genus can be placed" in said
    assert "1 of 1 genera cannot be placed" in said
    tell_placement(Placement(references=(), places=(), reason="no region"))
    assert "Not held against a reference: no region." in capsys.readouterr().out  # type: ignore[attr-defined]


def test_those_in_the_middle_are_named_and_not_listed_with_their_bands(capsys: object) -> None:
    tell_placement(made(Level.MIDDLE, 20, 70))
    said = capsys.readouterr().out  # type: ignore[attr-defined]
    assert "No genus stands out" in said
    assert "not to be told from usual: Blautia" in said
    tell_placement(made(Level.HIGH, 60, 99))
    assert "high" in capsys.readouterr().out  # type: ignore[attr-defined]
