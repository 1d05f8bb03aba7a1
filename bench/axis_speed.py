"""Speed of the axis engine beside other ways to solve the same equations; one thread.

Person-weeks per second of CPU time. Every solver runs the same model text and the same
schedule; LSODA and RK45 call a compiled right-hand side and restart at each edge of an input,
at tolerances that give nightly sleep within the production step's 0.25 min. libRoadRunner,
diffrax and `circadian` are timed only where they are installed; `circadian` solves its own
pacemakers, two to five of the thirty states. Each rate is the median of three rounds. The gain of
a second thread is wall time, so it is worth something on two free cores only: the load of the
machine is told beside it.
"""

import contextlib
import importlib.metadata
import importlib.util
import math
import os
import statistics
import sys
import time
import types
from collections.abc import Callable, Iterator
from itertools import pairwise

import numpy as np
from numba import njit
from scipy.integrate import solve_ivp

from noctiflora.axis import _elementary, _kernel, cohort, input_edges, load_model, to_sbml
from noctiflora.axis._cases import Case
from noctiflora.axis._person import parameter_matrix
from noctiflora.axis._run import advance_group, new_group

MODEL = load_model()
STATES = len(MODEL.states)
START = np.array([s.initial for s in MODEL.states])
EDGES = [*input_edges(days=7), (168.0, {})]


def cpu(work: Callable[[], object], person_weeks: float, *, rounds: int = 3) -> float:
    """Return the median rate of a few rounds, person-weeks per CPU-second."""
    rates = []
    for _ in range(rounds):
        begin = time.process_time()
        work()
        rates.append(person_weeks / (time.process_time() - begin))
    return statistics.median(rates)


def engine(step: int) -> float:
    """Return the rate of the compiled engine, nightly figures included."""
    course, values, weeks = Case().course(100), parameter_matrix([{}] * 16), 20

    def work() -> None:
        group = new_group(nights=7 * weeks, days=7 * weeks, sub=step)
        advance_group(group, values, [course] * 16, halves=(0, 14 * weeks), sub=step, first_night=0)

    work()
    return cpu(work, 16 * weeks)


def whole_cohort(people: int = 160) -> float:
    """Return the rate of a cohort: draws, schedules, burn-in, figures and weekly means."""
    cohort(16, weeks=1)
    return cpu(lambda: cohort(people, weeks=12, figures=("psqi",)), people * (70 + 84 + 1) / 7)


def rebuilt(names: dict[str, object]) -> tuple[types.FunctionType, types.FunctionType]:
    """Return the kernel's two functions with other meanings of their names."""
    made = [types.FunctionType(f.py_func.__code__, dict(names)) for f in (_kernel.terms, _kernel.rates)]
    return made[0], made[1]


def numpy_rows(people: int = 64) -> float:
    """Return the rate of the same kernel as array code over persons."""
    terms, rates = rebuilt(
        {
            "L": 1,
            "exp": np.exp,
            "cos": np.cos,
            "sin": np.sin,
            "sig": lambda x: 1 / (1 + np.exp(-np.clip(x, -700, 700))),
            "pos": lambda x: np.maximum(x, 0),
        }
    )
    w = np.zeros((_kernel.ROWS, people))
    w[_kernel.PARAMETERS_AT : _kernel.PARAMETERS_AT + _kernel.PARAMETERS] = parameter_matrix([{}] * people)

    def slope(y: np.ndarray) -> np.ndarray:
        w[:STATES] = y
        terms(0, w)
        rates(0, w)
        return w[_kernel.RATES_AT : _kernel.RATES_AT + STATES].copy()

    def work() -> None:
        y, h = np.repeat(START[:, None], people, axis=1), 0.1
        for (first, inputs), (last, _) in pairwise(EDGES[:11]):
            w[_kernel.INPUTS_AT : _kernel.INPUTS_AT + 8] = np.array(list(inputs.values()))[:, None]
            for _ in range(round(10 * (last - first))):
                k1 = slope(y)
                k2 = slope(y + h / 2 * k1)
                k3 = slope(y + h / 2 * k2)
                y = y + h / 6 * (k1 + 2 * k2 + 2 * k3 + slope(y + h * k3))

    return cpu(work, people * EDGES[10][0] / 168)


def right_hand_side() -> Callable[[np.ndarray, np.ndarray], np.ndarray]:
    """Return the compiled right-hand side of one person."""
    scalar = {n: getattr(math, n) for n in ("exp", "cos", "sin", "sqrt")}
    names = {"L": 1, **scalar, "sig": _elementary.sig, "pos": _elementary.pos}
    terms, rates = (njit(f) for f in rebuilt(names))

    @njit
    def slope(y: np.ndarray, w: np.ndarray) -> np.ndarray:
        w[:STATES] = y
        terms(0, w)
        rates(0, w)
        return w[_kernel.RATES_AT : _kernel.RATES_AT + STATES].copy()

    return slope


def scipy_solver(method: str, rtol: float) -> float:
    """Return the rate of a SciPy solver."""
    slope, w = right_hand_side(), np.zeros(_kernel.ROWS)
    w[_kernel.PARAMETERS_AT : _kernel.PARAMETERS_AT + _kernel.PARAMETERS] = parameter_matrix([{}])[:, 0]

    def work() -> None:
        y = START.copy()
        for (first, inputs), (last, _) in pairwise(EDGES):
            w[_kernel.INPUTS_AT : _kernel.INPUTS_AT + 8] = list(inputs.values())
            y = solve_ivp(lambda _, at: slope(at, w), (first, last), y, method=method, rtol=rtol, atol=1e-3 * rtol).y[
                :, -1
            ]

    work()
    return cpu(work, 1.0)


def road_runner() -> float:
    """Return the rate of libRoadRunner on the exported file."""
    import roadrunner

    model = roadrunner.RoadRunner(to_sbml())
    model.integrator.stiff = False
    model.integrator.relative_tolerance = 1e-5
    model.timeCourseSelections = ["time", "pS"]

    def work() -> None:
        model.reset()
        for (first, inputs), (last, _) in pairwise(EDGES):
            for name, value in inputs.items():
                model[name] = value
            model.integrator.restart(first)
            model.simulate(first, last, 2)

    with silent():
        work()
        return cpu(work, 1.0)


@contextlib.contextmanager
def silent() -> Iterator[None]:
    """Keep the solver's remarks on its tiny first steps after each restart off the table."""
    sys.stdout.flush()
    kept = [os.dup(1), os.dup(2)]
    with open(os.devnull, "w") as nowhere:
        for to in (1, 2):
            os.dup2(nowhere.fileno(), to)
        try:
            yield
        finally:
            for to, old in zip((1, 2), kept, strict=True):
                os.dup2(old, to)
                os.close(old)


def diffrax_solver() -> float:
    """Return the rate of diffrax (Tsit5, vmap over persons, 64-bit)."""
    import diffrax
    import jax
    import jax.numpy as jnp

    jax.config.update("jax_enable_x64", True)
    people = 64
    functions = {"exp": jnp.exp, "cos": jnp.cos, "sin": jnp.sin, "sqrt": jnp.sqrt}
    functions |= {"sig": jax.nn.sigmoid, "pos": lambda x: jnp.maximum(x, 0)}
    terms, rates = rebuilt({"L": 1, **functions})
    fixed = parameter_matrix([{}])[:, 0]
    hours = jnp.array([h for h, _ in EDGES])
    inputs = jnp.array([list(i.values()) for _, i in EDGES[:-1]])

    def slope(t: float, y: object, _: object) -> object:
        w: dict[int, object] = {i: y[i] for i in range(STATES)}
        now = inputs[jnp.clip(jnp.searchsorted(hours, t, side="right") - 1, 0, len(inputs) - 1)]
        w |= {_kernel.INPUTS_AT + i: now[i] for i in range(8)}
        w |= {_kernel.PARAMETERS_AT + i: fixed[i] for i in range(len(fixed))}
        terms(0, w)
        rates(0, w)
        return jnp.stack([w[_kernel.RATES_AT + i] for i in range(STATES)])

    def one(y: object) -> object:
        jumps = diffrax.ClipStepSizeController(diffrax.PIDController(rtol=1e-5, atol=1e-8), jump_ts=hours)
        made = diffrax.diffeqsolve(
            diffrax.ODETerm(slope), diffrax.Tsit5(), 0.0, 168.0, 0.01, y, stepsize_controller=jumps, max_steps=100_000
        )
        return made.ys[-1]

    many = jax.jit(jax.vmap(one))
    start = jnp.repeat(jnp.array(START)[None, :], people, axis=0)
    many(start).block_until_ready()
    return cpu(lambda: many(start).block_until_ready(), people)


def circadian_package(name: str) -> float:
    """Return the rate of a pacemaker of the package `circadian`, its own solver at the same step."""
    from circadian import models

    t = np.arange(0, 168, 0.1)
    clock = t % 24
    light = np.where((clock < 7) | (clock >= 23), 0.0, 300.0)
    if name == "Hilaire07":
        light = np.column_stack([light, np.where(light > 0, 1.0, 0.0)])  # its second input is being awake
    model = getattr(models, name)()
    model.integrate(t, input=light)
    return cpu(lambda: model.integrate(t, input=light), 1.0)


def second_thread(people: int = 640, rounds: int = 5) -> tuple[float, float]:
    """Return how many times faster two threads are by the clock on the wall, and the load meanwhile."""
    gains = []
    for _ in range(rounds):
        walls = []
        for threads in (1, 2):
            begin = time.perf_counter()
            cohort(people, weeks=12, figures=("psqi",), threads=threads)
            walls.append(time.perf_counter() - begin)
        gains.append(walls[0] / walls[1])
    return statistics.median(gains), os.getloadavg()[0]


def versions() -> str:
    """Return what was measured with."""
    names = ("numpy", "numba", "scipy", "libroadrunner", "diffrax", "jax", "circadian")
    found = []
    for name in names:
        with contextlib.suppress(importlib.metadata.PackageNotFoundError):
            found.append(f"{name} {importlib.metadata.version(name)}")
    return ", ".join(found)


def main() -> None:
    """Print the table."""
    rows: list[tuple[str, Callable[[], float], str | None]] = [
        ("engine, 0.1 h (production)", lambda: engine(1), None),
        ("engine, 0.02 h", lambda: engine(5), None),
        ("cohort, all included, 0.1 h", whole_cohort, None),
        ("same kernel in NumPy, 64 persons", numpy_rows, None),
        ("SciPy LSODA, compiled rhs, rtol 1e-5", lambda: scipy_solver("LSODA", 1e-5), None),
        ("SciPy RK45, compiled rhs, rtol 1e-5", lambda: scipy_solver("RK45", 1e-5), None),
        ("libRoadRunner (Adams), rtol 1e-5", road_runner, "roadrunner"),
        ("diffrax Tsit5, vmap 64, rtol 1e-5", diffrax_solver, "diffrax"),
        ("circadian Hannay19 (3 states)", lambda: circadian_package("Hannay19"), "circadian"),
        ("circadian Hannay19TP (5 states)", lambda: circadian_package("Hannay19TP"), "circadian"),
        ("circadian Forger99 (3 states)", lambda: circadian_package("Forger99"), "circadian"),
        ("circadian Jewett99 (3 states)", lambda: circadian_package("Jewett99"), "circadian"),
        ("circadian Hilaire07 (3 states)", lambda: circadian_package("Hilaire07"), "circadian"),
    ]
    print(f"{versions()}; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    first = 0.0
    print(f"{'person-weeks per CPU-second':42} {'rate':>9} {'engine is':>10}")
    for name, measure, needs in rows:
        if needs and importlib.util.find_spec(needs) is None:
            print(f"{name:42} {'not installed':>9}")
            continue
        rate = measure()
        first = first or rate
        print(f"{name:42} {rate:9.1f} {first / rate:9.1f}x")
    gain, load = second_thread()
    print(f"two threads against one, wall: {gain:.2f}x at a load of {load:.1f} (ours is 1 to 2 of it)")


if __name__ == "__main__":
    main()
