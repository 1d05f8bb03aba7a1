"""Names of sources come from the tables, and from nowhere else."""

from noctiflora.evidence import load, source_names


def test_papers_and_reviews_are_named_as_the_tables_have_them() -> None:
    names = source_names(load())
    assert names["PMID 38355674"] == "Patterson E 2024"
    assert names["10.3389/fnut.2026.1795450"].endswith("(Front Nutr), 2026")
    assert "assumed" not in names


def test_a_page_on_several_trials_has_no_one_author() -> None:
    evidence = load()
    authors: dict[str, set[str]] = {}
    for trial in evidence.trials:
        for source in trial.sources:
            authors.setdefault(source.ref, set()).add(f"{trial.first_author} {trial.year}")
    shared = {ref for ref, some in authors.items() if len(some) > 1}
    reviews = {r.doi for r in evidence.reviews} | {f"PMID {r.pmid}" for r in evidence.reviews}
    names = source_names(evidence)
    assert shared
    for ref in shared - reviews - {t.doi for t in evidence.trials} - {f"PMID {t.pmid}" for t in evidence.trials}:
        known = {a for a in authors[ref] if not a.startswith("None")}
        assert len(known) <= 1 or ref not in names
