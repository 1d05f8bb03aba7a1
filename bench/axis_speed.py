"""Speed of the axis engine beside other ways to solve the same equations; one thread.

Person-weeks per second of CPU time. Every solver runs the same model text and the same
schedule; LSODA and RK45 call a compiled right-hand side and restart at each edge of an input,
at tolerances that give nightly sleep within the production step's 0.25 min. libRoadRunner,
diffrax and `circadian` are timed only where they are installed; `circadian` solves three of
the thirty states.
"""

import importlib.util
import math
import time
import types
from collections.abc import Callable
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
    """Return the best rate of a few rounds, person-weeks per CPU-second."""
    best = 0.0
    for _ in range(rounds):
        begin = time.process_time()
        work()
        best = max(best, person_weeks / (time.process_time() - begin))
    return best


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

    return cpu(work, people * EDGES[10][0] / 168, rounds=2)


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

    work()
    return cpu(work, 1.0)


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


def circadian_package() -> float:
    """Return the rate of the package `circadian` on its own three-state model, same step."""
    from circadian.models import Hannay19

    t = np.arange(0, 168, 0.1)
    clock = t % 24
    light = np.where((clock < 7) | (clock >= 23), 0.0, 300.0)
    model = Hannay19()
    start = np.array([0.82, 1.71, 0.5])
    model.integrate(t, initial_condition=start, input=light)
    return cpu(lambda: model.integrate(t, initial_condition=start, input=light), 1.0)


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
        ("circadian Hannay19 (3 of 30 states)", circadian_package, "circadian"),
    ]
    first = 0.0
    print(f"{'person-weeks per CPU-second':42} {'rate':>9} {'engine is':>10}")
    for name, measure, needs in rows:
        if needs and importlib.util.find_spec(needs) is None:
            print(f"{name:42} {'not installed':>9}")
            continue
        rate = measure()
        first = first or rate
        print(f"{name:42} {rate:9.1f} {first / rate:9.1f}x")


if __name__ == "__main__":
    main()
