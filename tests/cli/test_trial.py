"""``trial analyse`` to its contract, on a made-up season, a real one, and on what cannot be analysed."""

import csv
import datetime as dt
import json
from pathlib import Path

import pytest

from noctiflora.sample import person, series
from tests.cli.conftest import Run

KEYS = {
    "theta",
    "params",
    "p_benefit",
    "p_useful",
    "p_harm",
    "engine",
    "ess",
    "pareto_k",
    "seconds",
    "n_nights",
    "n_missing",
}
LEVELS = {"0.025", "0.05", "0.25", "0.5", "0.75", "0.95", "0.975"}


@pytest.fixture
def season(tmp_path: Path) -> Path:
    path = tmp_path / "season.csv"
    path.write_text(series(person(5, start=dt.date(2024, 10, 7))))
    return path


def priors(folder: Path, **extra: object) -> Path:
    path = folder / "priors.json"
    path.write_text(json.dumps({"useful": 2.0, "higher_is_better": True, **extra}))
    return path


def test_json_is_to_the_contract_and_holds_a_verdict(run: Run, season: Path, tmp_path: Path) -> None:
    ended = run(
        "trial", "analyse", str(season), "--priors", str(priors(tmp_path)), "--threshold", "0.95", "--format", "json"
    )
    assert ended.code == 0
    found = json.loads(ended.out)
    assert set(found) >= KEYS
    assert set(found["theta"]) == {"mean", "sd", "q"}
    assert set(found["theta"]["q"]) == LEVELS
    assert found["verdict"]["word"] in {"stop", "does not help", "helps", "cannot tell"}
    assert found["n_nights"] == 196
    again = json.loads(
        run(
            "trial",
            "analyse",
            str(season),
            "--priors",
            str(priors(tmp_path)),
            "--threshold",
            "0.95",
            "--format",
            "json",
        ).out
    )
    assert {k: v for k, v in again.items() if k != "seconds"} == {k: v for k, v in found.items() if k != "seconds"}


def test_without_a_threshold_one_is_simulated_and_said_so(run: Run, season: Path, tmp_path: Path) -> None:
    ended = run("trial", "analyse", str(season), "--priors", str(priors(tmp_path)), "--unit", "points")
    assert "No threshold was fixed before the start" in ended.out
    assert "Verdict: " in ended.out


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "empty"),
        ("night,dose\n1,0\n", "y"),
        ("night,y,dose\n1,five,0\n", "line 2"),
        ("night,y,dose\n1,nan,0\n", "line 2"),
        ("night,y,dose\n1,5,2\n", "line 2"),
        ("night,y,dose\n2,5,0\n1,5,0\n", "line 3"),
    ],
)
def test_what_cannot_be_analysed_is_refused_with_its_place(run: Run, tmp_path: Path, text: str, part: str) -> None:
    path = tmp_path / "x.csv"
    path.write_text(text)
    ended = run("trial", "analyse", str(path))
    assert ended.code == 3
    assert part in ended.err
    assert len(ended.err.splitlines()) == 1


@pytest.mark.parametrize("text", ["{", "[]", '{"useful": "much"}', '{"errors": "cauchy"}', '{"nonsense": 1}'])
def test_a_broken_priors_file_is_refused(run: Run, season: Path, tmp_path: Path, text: str) -> None:
    path = tmp_path / "p.json"
    path.write_text(text)
    ended = run("trial", "analyse", str(season), "--priors", str(path))
    assert ended.code == 3


def test_the_real_mood_series_lies_near_its_published_estimate(run: Run, shared: Path, tmp_path: Path) -> None:
    """The published AR(1) fit gives +0.72 (standard error 0.98) points; a fast on/off is the same question."""
    with (shared / "samples/nof1/melatonin70_daily.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    lines = ["night,y,dose"]
    for number, row in enumerate(rows, start=1):
        dose = next(row[name] for name in row if name.lower().startswith(("melatonin", "treat", "dose")))
        mood = next(row[name] for name in row if "mood" in name.lower())
        lines.append(f"{number},{mood if mood not in ('NA', '') else ''},{float(dose)}")
    path = tmp_path / "mood.csv"
    path.write_text("\n".join(lines) + "\n")
    fast = {"log_tau_on": [-1.6, 0.1], "log_tau_off": [-1.6, 0.1]}
    prior = {"coefficients": {"theta": [0.0, 10.0]}, "hyper": fast, "theta_mixture": {"weight": 1.0, "vague_sd": 10.0}}
    ended = run("trial", "analyse", str(path), "--priors", str(priors(tmp_path, **prior)), "--format", "json")
    found = json.loads(ended.out)
    assert found["status"] == "converged"
    assert found["theta"]["mean"] == pytest.approx(0.720, abs=0.981)
    assert found["theta"]["sd"] == pytest.approx(0.981, rel=0.35)


def test_the_assigned_version_stands_beside_the_dose_as_taken(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "taken.csv"
    rows = [f"{n},{80 + 3 * (n // 14 % 2) + n % 3},{n // 14 % 2 * (n % 5 > 0):g},{n // 14 % 2:g}" for n in range(1, 71)]
    path.write_text("night,y,dose,assigned\n" + "\n".join(rows) + "\n")
    asked = ("trial", "analyse", str(path), "--priors", str(priors(tmp_path)), "--threshold", "0.95")
    found = json.loads(run(*asked, "--format", "json").out)
    assert set(found["assigned"]) >= KEYS
    assert found["assigned"]["theta"]["mean"] != found["theta"]["mean"]
    assert "assigned" not in found["assigned"]
    rows_told = list(csv.DictReader(run(*asked, "--format", "csv").out.splitlines()))
    told = {row["parameter"]: float(row["mean"]) for row in rows_told}
    assert told["assigned theta"] == pytest.approx(found["assigned"]["theta"]["mean"], rel=1e-3)
    assert "By the doses assigned" in run(*asked).out


def turns(doses: list[str], *, nights: list[int] | None = None) -> str:
    numbers = nights or list(range(1, len(doses) + 1))
    return "night,y,dose\n" + "".join(f"{n},{80 + n % 5},{d}\n" for n, d in zip(numbers, doses, strict=True))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (turns(["1"] * 20), "one arm only"),
        (turns(["0"] * 10 + ["1"] * 10), "at least two switches are needed"),
        (turns(["0"] * 5 + [""] + ["1"] * 5 + ["0"] * 5), "line 7, dose"),
        (turns(["0", "1", "0", "1"], nights=[1, 2, 2, 3]), "this night is there twice"),
        ("night,date,y,dose\n1,2025-01-01,80,0\n2,2025-01-03,81,1\n3,2025-01-04,80,0\n", "a day has slipped"),
    ],
)
@pytest.mark.parametrize("judged", [True, False])
def test_a_series_without_a_comparison_is_refused(
    run: Run, tmp_path: Path, text: str, words: str, judged: bool
) -> None:
    path = tmp_path / "x.csv"
    path.write_text(text)
    more = ("--priors", str(priors(tmp_path)), "--threshold", "0.95") if judged else ()
    ended = run("trial", "analyse", str(path), *more)
    assert ended.code == 3
    assert words in ended.err
    assert len(ended.err.splitlines()) == 1
    assert ended.out == ""


def test_two_products_have_a_line_each(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "two.csv"
    held = [arm for arm in "ABCBCAACB" for _ in range(8)]
    rows = [
        f"{n},{80 + (6 if arm == 'A' else 0) + (n * 7) % 5},{arm == 'A':d},{arm == 'B':d}"
        for n, arm in enumerate(held, start=1)
    ]
    path.write_text("night,y,dose_one,dose_two\n" + "\n".join(rows) + "\n")
    fast = {"log_tau_on": [0.0, 0.3], "log_tau_off": [0.0, 0.3]}
    asked = ("trial", "analyse", str(path), "--priors", str(priors(tmp_path, hyper=fast)), "--threshold", "0.95")
    found = json.loads(run(*asked, "--format", "json").out)
    one, two = found["products"]
    assert [one["product"], two["product"]] == ["one", "two"]
    assert one["theta"] == found["theta"]
    assert one["verdict"]["word"] == "helps"
    assert two["verdict"]["word"] in {"cannot tell", "does not help", "stop"}
    assert two["theta"]["mean"] == pytest.approx(found["params"]["theta_two"]["mean"], abs=0.3)
    said = run(*asked).out
    assert "Verdict, one: helps." in said
    assert "Verdict, two: " in said
