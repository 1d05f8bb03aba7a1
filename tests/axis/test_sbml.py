"""The SBML file: well formed, repeatable, and solved alike by libRoadRunner.

The golden numbers were made by ``scripts/axis_oracle.py``, which also lets libSBML validate
the file. They cover the equations, the constants and the inputs at their edges; they do not
cover nightly figures. The tolerance is 2e-3 of each state's largest value.
"""

import hashlib
import json
from xml.etree import ElementTree

import numpy as np
import pytest

from noctiflora.axis._course import Phase, compile_course
from noctiflora.axis._model_file import load_model, model_text
from noctiflora.axis._person import Person, parameter_matrix
from noctiflora.axis._run import advance_group, new_group
from noctiflora.axis._sbml import input_edges, to_sbml
from noctiflora.axis._schedule import regular
from tests.axis.oracle_cases import CASES, OracleCase
from tests.axis.strategies import ROOT

GOLDEN = json.loads((ROOT / "tests" / "axis" / "golden" / "roadrunner.json").read_text(encoding="utf-8"))
CORE = "{http://www.sbml.org/sbml/level3/version2/core}"


def states_at(case: OracleCase, sub: int) -> np.ndarray:
    """Return the kernel's states at the hours to read."""
    phases = (Phase(start_day=0.0, schedule=case.schedule),)
    course = compile_course(phases, case.interventions, first_day=0.0, days=case.days + 2)
    group = new_group(nights=1, days=case.days + 1, sub=sub)
    values = parameter_matrix([case.parameters()])
    advance_group(group, values, [course], halves=(0, 2 * case.days), sub=sub, first_night=0, trace=True)
    assert group.trace is not None
    whole = group.trace[:, :-1, :, 0].reshape(-1, group.trace.shape[2])
    whole = np.vstack([whole, group.states[:, 0]])
    return whole[[round(10 * h) for h in case.read_h()]]


@pytest.mark.parametrize("name", list(CASES))
def test_kernel_and_roadrunner_agree(name: str) -> None:
    golden, case = GOLDEN["cases"][name], CASES[name]
    assert GOLDEN["digest"] == hashlib.sha256(model_text().encode()).hexdigest(), "run scripts/axis_oracle.py again"
    assert golden["read_h"] == case.read_h()
    assert golden["states"] == [s.name for s in load_model().states]
    highest = np.array([golden["highest"][s] or 1.0 for s in golden["states"]])
    error = np.abs(states_at(case, 5) - np.array(golden["values"])) / highest
    worst = int(np.argmax(error.max(axis=0)))
    assert error.max() < 2e-3, f"{golden['states'][worst]}: {error.max():.2g}"


def test_the_error_of_the_production_step_is_stated() -> None:
    """docs/reference/axis-accuracy.md states half a per cent of the maximum at worst, in the states about rising."""
    for name, case in CASES.items():
        golden = GOLDEN["cases"][name]
        highest = np.array([golden["highest"][s] or 1.0 for s in golden["states"]])
        error = np.abs(states_at(case, 1) - np.array(golden["values"])) / highest
        assert error.max() < 0.006
        slow = [i for i, s in enumerate(golden["states"]) if s not in {"pS", "U", "q", "x2"}]
        assert error[:, slow].max() < 5e-4


def test_the_file_is_complete() -> None:
    model, tree = load_model(), ElementTree.fromstring(to_sbml().encode())
    assert (tree.get("level"), tree.get("version")) == ("3", "2")
    ids = [p.get("id") for p in tree.iter(f"{CORE}parameter")]
    assert len(ids) == len(set(ids)) == len(model.parameter_index) + 8 + 30 + len(model.algebra)
    assert [r.get("variable") for r in tree.iter(f"{CORE}rateRule")] == [s.name for s in model.states]
    assert len(list(tree.iter(f"{CORE}assignmentRule"))) == len(model.algebra)
    about = list(tree.iter("{urn:noctiflora:axis}about"))
    assert all(a.get("source") for a in about if a.get("status"))
    assert len(list(tree.iter("{urn:noctiflora:axis}edge"))) == 10


def test_it_is_the_same_every_time_and_carries_the_person() -> None:
    assert to_sbml() == to_sbml()
    own = to_sbml(Person(values={"DAO": 0.5}), regular(bed_h=22.0))
    assert 'id="DAO"' in own
    assert 'value="0.5" constant="true"' in own
    assert 'hour="22.0"' in own


def test_edges_are_those_of_the_day() -> None:
    hours = [h for h, _ in input_edges(days=2)]
    assert hours[:10] == [0.0, 7.0, 8.0, 8.5, 13.0, 13.5, 18.0, 19.0, 19.5, 23.0]
    assert len(hours) == 1 + 2 * 9, "midnight is no edge but the first; the light of 06 h comes with rising"
