"""What a study costs a person: time, CPU, memory and bytes at growing numbers of people of 84 nights.

``python bench/study_scale.py [PEOPLE ...]`` makes a data set of each size, runs it on two workers of this
machine, and prints a Markdown table with the load of the machine beside it. CPU is that
of this process and its workers; the fixed start is the CPU of a study of one partition of 25 people.
"""

import os
import resource
import sys
import tempfile
import time
from pathlib import Path

WORKERS = 2
SMALLEST = 25


def cpu() -> float:
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def bytes_in(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def measure(people: int, folder: Path) -> dict[str, float]:
    from noctiflora.actions import run_study, sample_study

    data = sample_study(folder / f"data-{people}", people=people, seed=9)
    stages: dict[str, float] = {}
    start, before = time.perf_counter(), cpu()

    def tell(what: str, _done: int, _of: int) -> None:
        stages[what] = time.perf_counter() - start

    found = run_study(data, folder / f"out-{people}", workers=WORKERS, tell=tell)
    return {
        "people": people,
        "wall": time.perf_counter() - start,
        "cpu": cpu() - before,
        "worker_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
        "own_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "in_mb": bytes_in(data / "people") / 1e6,
        "out_mb": bytes_in(folder / f"out-{people}") / 1e6,
        "first": stages["trials"],
        "mean": found.population.pooled.mean,
        "sd": found.population.pooled.sd,
        "omega": found.population.omega_person.mean,
        "omega_sd": found.population.omega_person.sd,
        "load": os.getloadavg()[0],
    }


def main() -> None:
    sizes = [int(text) for text in sys.argv[1:]] or [100, 1000, 10_000]
    with tempfile.TemporaryDirectory() as folder:
        fixed = measure(SMALLEST, Path(folder))["cpu"]
        print(f"fixed start: {fixed:.1f} s CPU", flush=True)
        print(
            "| people | wall, s | first stage, s | CPU, s | CPU a person after the start, ms | largest worker, MB | "
            "client, MB | data, MB | results, MB | mean (truth 1.5) | spread (truth 1.5) | load |"
        )
        print("|---|---|---|---|---|---|---|---|---|---|---|---|", flush=True)
        for people in sizes:
            m = measure(people, Path(folder))
            each = 1000 * (m["cpu"] - fixed) / (people - SMALLEST)
            print(
                f"| {people} | {m['wall']:.0f} | {m['first']:.0f} | {m['cpu']:.1f} | {each:.1f} | "
                f"{m['worker_mb']:.0f} | {m['own_mb']:.0f} | {m['in_mb']:.1f} | {m['out_mb']:.1f} | "
                f"{m['mean']:.3f} ({m['sd']:.3f}) | {m['omega']:.3f} ({m['omega_sd']:.3f}) | {m['load']:.1f} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
