"""Background jobs."""

import threading
import time
from collections.abc import Callable

import pytest

from noctiflora.core import NotFound, StoreBusy
from noctiflora.web._jobs import MOST_AT_ONCE, MOST_KEPT, Job, Jobs, JobState


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not true():
        assert time.monotonic() < end
        time.sleep(0.001)


def over(job: Job) -> bool:
    return job.state is not JobState.RUNNING


def test_work_counts_and_returns() -> None:
    jobs = Jobs()

    def work(job: Job) -> str:
        job.tell("half", 1, 2)
        return "done"

    job = jobs.start("Testing", work, result_path="/x/{key}")
    until(lambda: over(job))
    assert (job.state, job.result, job.words, job.done, job.total) == (JobState.DONE, "done", "half", 1, 2)
    assert job.where == f"/x/{job.key}"
    assert jobs.get(job.key) is job


def test_a_stop_ends_the_work_at_its_next_step() -> None:
    jobs, begun, go_on = Jobs(), threading.Event(), threading.Event()

    def work(job: Job) -> None:
        begun.set()
        go_on.wait(10)
        job.tell("never said")

    job = jobs.start("Testing", work, result_path="/")
    begun.wait(10)
    job.stop()
    assert job.stopping
    go_on.set()
    until(lambda: over(job))
    assert (job.state, job.words) == (JobState.STOPPED, "")


@pytest.mark.parametrize("error", [NotFound("gone"), ZeroDivisionError("x")])
def test_a_failure_is_kept_for_the_page(error: Exception) -> None:
    def work(_: Job) -> None:
        raise error

    job = Jobs().start("Testing", work, result_path="/")
    until(lambda: over(job))
    assert (job.state, job.error) == (JobState.FAILED, error)


def test_only_a_few_run_at_once_and_only_some_are_remembered() -> None:
    jobs, go_on = Jobs(), threading.Event()
    running = [jobs.start("Testing", lambda _: go_on.wait(10), result_path="/") for _ in range(MOST_AT_ONCE)]
    assert jobs.running() == tuple(running)
    with pytest.raises(StoreBusy):
        jobs.start("Testing", lambda _: None, result_path="/")
    go_on.set()
    until(lambda: all(map(over, running)))
    for _ in range(MOST_KEPT + 1):
        job = jobs.start("Testing", lambda _: None, result_path="/")
        until(lambda job=job: over(job))  # type: ignore[misc]
    with pytest.raises(NotFound):
        jobs.get(running[0].key)


def test_all_can_be_stopped_and_one_forgotten() -> None:
    jobs, go_on = Jobs(), threading.Event()
    job = jobs.start("Testing", lambda _: go_on.wait(10), result_path="/")
    jobs.stop_all()
    assert job.stopping
    jobs.forget(job.key)
    with pytest.raises(NotFound):
        jobs.get(job.key)
    go_on.set()
