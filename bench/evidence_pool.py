"""How long pooling takes: all strains once, the three fits of the command, a strain's page, leave-one-out."""

import time
from collections.abc import Callable
from dataclasses import replace

from noctiflora.evidence import PoolSettings, beside, left_out_rows, load, pool, strain_page

REPEATS = 9


def measure(name: str, call: Callable[[int], object], repeats: int = REPEATS) -> None:
    times = []
    for i in range(repeats):
        start = time.perf_counter()
        call(i)
        times.append(time.perf_counter() - start)
    times.sort()
    print(f"{name:34} median {times[len(times) // 2]:.3f} s, worst {times[-1]:.3f} s")


def main() -> None:
    evidence = load()
    pool(evidence)
    fresh = [PoolSettings(omega_person_scale=0.2 + 1e-6 * i) for i in range(1, 100)]
    measure("all strains (target 0.5 s)", lambda i: pool(evidence, fresh[i]))
    measure("anchored, free, sceptical", lambda i: beside(evidence, fresh[20 + i]))
    measure("a strain's page", lambda i: strain_page(evidence, "1714", settings=fresh[40 + i]))
    measure("leave one trial out, all trials", lambda _: left_out_rows(evidence, replace(fresh[60])), repeats=1)


if __name__ == "__main__":
    main()
