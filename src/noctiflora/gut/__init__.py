"""Gut: stool tables read, named and scored."""

from noctiflora.gut._appraise import Appraisal, Standing, appraise
from noctiflora.gut._compare import Change, Comparison, compare
from noctiflora.gut._cosinor import Cosinor, GroupedCosinor, cosinor, cosinor_groups, expect_one_person
from noctiflora.gut._dlmo import Onset, dlmo, three_k
from noctiflora.gut._join_names import join_names
from noctiflora.gut._modules import Module, namespace, read_modules
from noctiflora.gut._names import NameStatus, Resolved, resolve, resolve_all, resolve_id
from noctiflora.gut._potential import Carrier, Potential, potential
from noctiflora.gut._reading import Feature, GutReading, Sample
from noctiflora.gut._score import COVERAGE_CUTOFF, Estimator, ModuleScores, Status, score
from noctiflora.gut._sleep_modules import ModuleStep, module_steps, sleep_modules
from noctiflora.gut._traits import Trait, traits
from noctiflora.gut._vocabulary import Content, Rank, Unit
from noctiflora.gut.read import labels, read, read_gene_table, recognise

__all__ = [
    "COVERAGE_CUTOFF",
    "Appraisal",
    "Carrier",
    "Change",
    "Comparison",
    "Content",
    "Cosinor",
    "Estimator",
    "Feature",
    "GroupedCosinor",
    "GutReading",
    "Module",
    "ModuleScores",
    "ModuleStep",
    "NameStatus",
    "Onset",
    "Potential",
    "Rank",
    "Resolved",
    "Sample",
    "Standing",
    "Status",
    "Trait",
    "Unit",
    "appraise",
    "compare",
    "cosinor",
    "cosinor_groups",
    "dlmo",
    "expect_one_person",
    "join_names",
    "labels",
    "module_steps",
    "namespace",
    "potential",
    "read",
    "read_gene_table",
    "read_modules",
    "recognise",
    "resolve",
    "resolve_all",
    "resolve_id",
    "score",
    "sleep_modules",
    "three_k",
    "traits",
]
