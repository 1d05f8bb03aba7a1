"""The model's records: indices follow the text."""

from noctiflora.axis._model import Status
from noctiflora.axis._model_file import load_model


def test_indices_follow_the_order_of_the_text() -> None:
    model = load_model()
    assert list(model.state_index) == [s.name for s in model.states]
    assert list(model.input_index) == [i.name for i in model.inputs]
    assert list(model.parameter_index)[: len(model.parameters)] == [p.name for p in model.parameters]
    assert model.parameter_by_name["DAO"].status is Status.PUBLISHED


def test_hypotheses_are_named() -> None:
    names = load_model().hypotheses
    assert {"wA", "aV", "eSer"} <= set(names)
    assert "tau" not in names
