import pytest

from noctiflora.gut.read._foreign import complaint


@pytest.mark.parametrize(
    ("head", "what"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (b"PK\x03\x04....Index/Document.iwa", "Numbers"),
        (b"PK\x03\x04....[Content_Types].xml", "Excel"),
        (b"PK\x03\x04....other", "zip archive"),
        (b"@r1\nACGT\n+\nIIII\n", "raw reads"),
        (b">seq\nACGT\n", "sequences"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"hello", "not a stool table"),
    ],
)
def test_each_stranger_is_called_by_its_name(head: bytes, what: str) -> None:
    problem = complaint(head, "my.csv")
    assert what in problem.what
    assert problem.do
