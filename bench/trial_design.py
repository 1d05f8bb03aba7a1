"""Time of the search over 30 designs x 400 trials of 168 nights, final look only, on all processors.

Run from the repository root: ``python bench/trial_design.py``. Every simulated trial has a twin
without effect, by which the threshold of its design is set, so that twice as many series are analysed.
Three ways: every trial of every design; with hopeless designs left early; and one thread. Beside
it, in the same run, the engine on the same series one by one (a sample, scaled up).
"""

import os
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")

from dataclasses import replace  # noqa: E402  (threads are set before)

import numpy as np  # noqa: E402

from noctiflora.core import Normal  # noqa: E402
from noctiflora.trial import Noise, Plan, Prior, Priors, learn_noise  # noqa: E402
from noctiflora.trial._defaults import HYPER_PRIORS  # noqa: E402
from noctiflora.trial._design_noise import known_noise  # noqa: E402
from noctiflora.trial._design_people import draw_people  # noqa: E402
from noctiflora.trial._design_race import race  # noqa: E402
from noctiflora.trial._design_trials import Setting, _order, _outcomes, by_engine  # noqa: E402

NIGHTS, DESIGNS, TRIALS = 168, 30, 400
SAMPLE = 40
PRIORS = Priors(
    coefficients={"mu": Prior(mean=85.0, sd=15.0), "trend": Prior(mean=0.0, sd=2.0)},
    theta=(Normal(weight=0.7, mean=1.6, sd=1.5), Normal(weight=0.3, mean=2.0, sd=3.5)),
    weight=0.8,
    vague_sd=4.3,
    hyper={**HYPER_PRIORS, "log_sigma": Prior(mean=float(np.log(4.3)), sd=0.5)},
    useful=2.0,
)


def plans() -> list[Plan]:
    """Return 30 designs of 168 nights: period pairs of any two lengths that fill it whole."""
    found = [
        Plan(on=on, off=pair - on, pairs=NIGHTS // pair)
        for pair in (14, 28, 42, 56, 84)
        for on in range(7, pair, 7)
        if max(on, pair - on) <= 3 * min(on, pair - on)
    ]
    extra = [Plan(on=on, off=84 - on, pairs=2) for on in range(22, 63, 2)]
    return list(dict.fromkeys([*found, *extra]))[:DESIGNS]


def timed(setting: Setting, designs: list[Plan], *, early: bool, workers: int) -> tuple[float, float, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    tried = race(setting, designs, least=1 / 3, early=early, workers=workers)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    return wall, cpu, sum(t.score.n for t in tried)


def main() -> None:
    designs, workers = plans(), os.cpu_count() or 1
    assert len(designs) == DESIGNS
    assert all(plan.n_nights == NIGHTS for plan in designs)
    one = Plan(on=42, off=42, pairs=2)
    print(f"{DESIGNS} designs x {TRIALS} trials (and as many twins without effect) of {NIGHTS} nights, final look only")
    print(f"{workers} processors, load {os.getloadavg()[0]:.1f}")
    for what, noise in (
        ("noise known from a run-in", known_noise(Noise(sigma=4.3, missing=0.07))),
        ("noise as wide as the priors", learn_noise(None, PRIORS)),
    ):
        setting = Setting(priors=PRIORS, people=draw_people(1, PRIORS, noise, n=TRIALS, n_nights=NIGHTS))
        few = Setting(priors=PRIORS, people=draw_people(1, PRIORS, noise, n=25, n_nights=NIGHTS))
        race(few, [one], early=False)
        print(what)
        for label, early, threads in (
            ("every trial", False, workers),
            ("hopeless designs left early", True, workers),
            ("every trial, one thread", False, 1),
        ):
            wall, cpu, n = timed(setting, designs, early=early, workers=threads)
            print(f"  {label}: {wall:.1f} s, {cpu:.1f} s CPU, {n:.0f} trials, {1000 * cpu / (2 * n):.2f} ms a series")
        dose, seen = _order(setting.people, one, 0)
        y = _outcomes(replace(setting), 0, dose)[:, :SAMPLE]
        cpu = time.process_time()
        for lane in range(y.shape[1]):
            by_engine(setting, dose, seen, y[:, lane])
        each = (time.process_time() - cpu) / y.shape[1]
        whole = each * 2 * DESIGNS * TRIALS
        print(f"  the engine one by one: {1000 * each:.2f} ms a series, {whole:.0f} s CPU for as many")


if __name__ == "__main__":
    main()
