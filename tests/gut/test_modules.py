import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noctiflora.core import FormatError, NoctifloraError
from noctiflora.gut import namespace, read_modules

TEXT = "M1\tfirst\nK00001\tK00002,K00003\nK00004\n///\nM2\tsecond\nCOG0001\n"


def test_steps_alternatives_and_members() -> None:
    one, two = read_modules(TEXT, where="f")
    assert one.steps == ((("K00001",), ("K00002", "K00003")), (("K00004",),))
    assert one.identifiers == {"K00001", "K00002", "K00003", "K00004"}
    assert (two.id, two.name) == ("M2", "second")


def test_blank_lines_returns_and_a_last_mark_do_not_matter() -> None:
    assert read_modules(TEXT.replace("\n", "\r\n\r\n") + "///\n", where="f") == read_modules(TEXT, where="f")


@pytest.mark.parametrize(
    ("text", "what"),
    [("", "no modules"), ("M1\tx\n///\n", "no steps"), ("M1\tx\nK1\n///\nM1\tx\nK1\n", "twice")],
)
def test_bad_files_are_refused(text: str, what: str) -> None:
    with pytest.raises(FormatError, match=what):
        read_modules(text, where="f")


@given(st.text(max_size=80))
@settings(max_examples=100, deadline=None)
def test_any_text_reads_or_is_refused(text: str) -> None:
    try:
        modules = read_modules(text, where="f")
    except NoctifloraError:
        return
    assert all(m.steps for m in modules)


def test_catalogues() -> None:
    assert [namespace(i) for i in ("K01580", "COG0001", "proNOG30191", "TIGR00001", "1.1.1.1")] == [
        *("K", "COG", "proNOG", "TIGR", ""),
    ]
