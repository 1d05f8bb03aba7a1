import re

from noctiflora.gut import module_steps, read_gene_table, score, sleep_modules
from tests.gut.shared import ROOT, needs_samples

ASKED = ("GABA", "glutamate", "indole", "tryptamine", "serotonin", "melatonin", "kynurenine", "histamine made")
ASKED_TOO = ("histamine degraded", "butyrate", "propionate", "lipopolysaccharide", "D-lactate")


def test_every_pathway_asked_for_is_there_and_every_step_has_a_source() -> None:
    names = " ".join(m.name for m in sleep_modules())
    assert all(word in names for word in (*ASKED, *ASKED_TOO))
    for step in module_steps():
        assert step.sources
        assert not any(s.is_assumed for s in step.sources)
        assert all(re.fullmatch(r"K\d{5}", k) for a in step.alternatives for k in a)


def test_ids_are_our_own() -> None:
    assert all(re.fullmatch(r"NS\d\d", m.id) for m in sleep_modules())
    assert len({m.id for m in sleep_modules()}) == 16


@needs_samples
def test_all_can_be_measured_in_a_table_of_ko_numbers() -> None:
    with (ROOT / "oracle" / "ko_synthetic.tsv").open("rb") as stream:
        found = score(read_gene_table(stream, "ko"), sleep_modules())
    assert found.measurable.all()
    assert found.complete.all()
