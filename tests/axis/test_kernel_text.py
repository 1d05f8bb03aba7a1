"""The writer of the kernel: rows do not collide, and the same model gives the same text."""

from noctiflora.axis._kernel_text import kernel_text, layout
from noctiflora.axis._model_file import load_model


def test_rows_are_all_different() -> None:
    rows = layout(load_model())
    assert sorted(rows.values()) == list(range(len(rows)))


def test_writing_is_repeatable_and_carries_the_digest() -> None:
    first = kernel_text(load_model(), 7)
    assert first == kernel_text(load_model(), 7)
    assert "DIGEST = 7\n" in first
    assert first != kernel_text(load_model(), 8)
