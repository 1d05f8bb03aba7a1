"""Pages on paper: the same bytes for the same input, and text of any origin stays text."""

from noctiflora.report._typeset import Label, Part, labels_pdf, sheet_pdf

HOSTILE = '#panic("x") $ *bold* _a_ <label> @ref \\ "quote" // comment `code` é 夜'


def test_labels_and_sheets_are_pdf_and_always_the_same() -> None:
    labels = tuple(Label(code=f"AB{i}C", lines=("one", "two")) for i in range(30))
    parts = (
        Part(heading="H", paragraphs=("p",), points=("x", "y"), rows=(("a", "b"), ("c", "d")), page_break=True),
    ) * 3
    for made in (lambda: labels_pdf("T", labels), lambda: sheet_pdf("T", parts)):
        assert made().startswith(b"%PDF")
        assert made() == made()
    assert sheet_pdf("T", parts) != sheet_pdf("U", parts)


def test_hostile_text_is_no_markup() -> None:
    assert sheet_pdf(HOSTILE, (Part(heading=HOSTILE, paragraphs=(HOSTILE,), points=(HOSTILE,)),)).startswith(b"%PDF")
    assert labels_pdf(HOSTILE, (Label(code=HOSTILE, lines=(HOSTILE,)),)).startswith(b"%PDF")
