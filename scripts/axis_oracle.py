"""Run the exported SBML file in libRoadRunner and keep the states as golden numbers.

Two steps, since the oracle lives in an environment of its own:

    python scripts/axis_oracle.py export FOLDER       with Noctiflora installed
    python scripts/axis_oracle.py run FOLDER          with python-libsbml and libroadrunner

The second writes ``tests/axis/golden/roadrunner.json``. The SBML file is validated first; an
error ends the run.
"""

import hashlib
import json
import sys
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).parents[1]
GOLDEN = ROOT / "tests" / "axis" / "golden" / "roadrunner.json"


def export(folder: Path) -> None:
    """Write SBML text and input edges of each golden case."""
    sys.path.insert(0, str(ROOT))
    from noctiflora.axis import input_edges, load_model, model_text, to_sbml
    from tests.axis.oracle_cases import CASES

    folder.mkdir(parents=True, exist_ok=True)
    plan = {"digest": hashlib.sha256(model_text().encode()).hexdigest(), "cases": {}}
    states = [s.name for s in load_model().states]
    for name, case in CASES.items():
        edges = input_edges(case.schedule, interventions=case.interventions, days=case.days)
        (folder / f"{name}.xml").write_text(to_sbml(case.person(), case.schedule), encoding="utf-8")
        plan["cases"][name] = {"hours": 24.0 * case.days, "edges": edges, "read_h": case.read_h(), "states": states}
    (folder / "plan.json").write_text(json.dumps(plan), encoding="utf-8")


def run(folder: Path) -> None:
    """Validate and solve each case; write the golden file."""
    import libsbml
    import roadrunner

    plan = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    golden = {
        "digest": plan["digest"],
        "tools": {"libroadrunner": roadrunner.__version__, "python-libsbml": libsbml.getLibSBMLDottedVersion()},
        "cases": {},
    }
    for name, case in plan["cases"].items():
        text = (folder / f"{name}.xml").read_text(encoding="utf-8")
        document = libsbml.readSBMLFromString(text)
        document.checkConsistency()
        bad = [document.getError(i) for i in range(document.getNumErrors())]
        bad = [e.getMessage() for e in bad if e.getSeverity() >= libsbml.LIBSBML_SEV_ERROR]
        if bad:
            sys.exit(f"{name}: {bad[0]}")
        golden["cases"][name] = solve(roadrunner, text, case)
        sys.stdout.write(f"{name} done\n")
    GOLDEN.parent.mkdir(parents=True, exist_ok=True)
    GOLDEN.write_text(json.dumps(golden, indent=None, separators=(",", ":")) + "\n", encoding="utf-8")


def solve(roadrunner: object, text: str, case: dict) -> dict:
    """Return the states at the hours to read, and each state's largest value there."""
    model = roadrunner.RoadRunner(text)
    model.integrator.stiff = False  # the stiff method stops at lights-out, where pS is next to 0
    model.integrator.relative_tolerance = 1e-9
    model.integrator.absolute_tolerance = 1e-11
    model.integrator.maximum_num_steps = 100_000
    states = case["states"]
    model.timeCourseSelections = ["time", *states]
    wanted, rows, highest = sorted(case["read_h"]), [], dict.fromkeys(states, 0.0)
    edges = [*case["edges"], [case["hours"], None]]
    for (start, inputs), (end, _) in pairwise(edges):
        for name, value in inputs.items():
            model[name] = value
        model.integrator.restart(start)
        stops = [h for h in wanted if start < h < end]
        for a, b in zip([start, *stops], [*stops, end], strict=True):
            made = model.simulate(a, b, 3)
            for i, state in enumerate(states):
                highest[state] = max(highest[state], float(abs(made[:, i + 1]).max()))
            if b in wanted:
                rows.append([float(f"{made[-1, i + 1]:.8g}") for i in range(len(states))])
    return {"states": states, "read_h": wanted, "values": rows, "highest": highest}


if __name__ == "__main__":
    {"export": export, "run": run}[sys.argv[1]](Path(sys.argv[2]))
