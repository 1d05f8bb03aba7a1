"""The machines that a study runs on: Dask's scheduler, this machine's cores or a cluster by its address."""

import importlib.metadata
import logging
import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from noctiflora import __version__
from noctiflora.core import MissingExtra, ModelError, NoctifloraError

Progress = Callable[[int, int], None]
"""Told how many of how many are done."""
TRIES = 3
"""How often a partition whose worker died is tried again (a partition that kills workers is poison)."""
_ADDRESS = re.compile(r"(tcp|tls)://(\[[0-9a-fA-F:]+\]|[\w.-]+):\d{1,5}")
WAIT_S = 15
"""Seconds to wait for a scheduler to answer."""


class Engine:
    """Runs one function on many things at once, in a fixed order of results.

    Parameters
    ----------
    client : distributed.Client
        Connected.
    """

    def __init__(self, client: Any) -> None:
        self._client = client

    def map(
        self, work: Callable[..., Any], items: Sequence[Any], *same: Any, tell: Progress | None = None
    ) -> list[Any]:
        """Return the results in the order of the items; an exception stands in its place, not raised.

        Raises
        ------
        ModelError
            If the scheduler is lost; what the work wrote stays.
        """
        from distributed import as_completed
        from distributed.comm.core import CommClosedError

        finishing: Callable[..., Any] = as_completed

        futures = [self._client.submit(work, item, *same, pure=False, retries=0) for item in items]
        place = {future.key: j for j, future in enumerate(futures)}
        results: list[Any] = [None] * len(items)
        done, again, waiting = 0, 0, finishing(futures)
        try:
            for future in waiting:
                j = place[future.key]
                answer = _answer(future)
                if answer is _GONE:
                    # what a worker had finished went with it before it was handed over
                    again += 1
                    if self._client.status != "running" or again > TRIES * (1 + len(items)):
                        raise lost()
                    fresh = self._client.submit(work, items[j], *same, pure=False, retries=0)
                    futures.append(fresh)
                    place[fresh.key] = j
                    waiting.add(fresh)
                    continue
                results[j] = answer
                done += 1
                if tell is not None:
                    tell(done, len(items))
        except (CommClosedError, OSError, TimeoutError) as error:
            raise lost() from error
        finally:
            for future in futures:
                future.release()
        return results


_GONE = object()


def _answer(future: Any) -> Any:
    """Return a finished future's result or its exception; `_GONE` where it has neither any more."""
    from distributed.client import FutureCancelledError

    if future.status == "error":
        return future.exception()
    if future.status in ("cancelled", "lost"):
        return _GONE
    try:
        return future.result()
    except FutureCancelledError:
        return _GONE
    except Exception as error:
        if future.status == "error":
            return error
        raise


def lost() -> ModelError:
    """Return the error for a scheduler that went away."""
    return ModelError(
        "the scheduler was lost",
        where="study",
        do="run the same command again: partitions that were finished are not repeated",
    )


@contextmanager
def engine(scheduler: str | None = None, *, workers: int | None = None) -> Iterator[Engine]:
    """Open the machines: those behind an address, or a cluster of this machine's own cores.

    Parameters
    ----------
    scheduler : str, optional
        Address of a Dask scheduler, such as ``tcp://10.0.0.1:8786``.
    workers : int, optional
        Processes on this machine; all cores when left out.

    Raises
    ------
    MissingExtra
        If Dask is not installed.
    ModelError
        If the scheduler does not answer, or runs another version.
    """
    try:
        import dask
        import distributed
    except ModuleNotFoundError as error:
        raise MissingExtra("study", needed_for="studies of many people") from error
    # untyped where they are made
    make_client: Callable[..., Any] = distributed.Client
    make_cluster: Callable[..., Any] = distributed.LocalCluster
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    quiet = {
        "distributed.scheduler.allowed-failures": TRIES,
        "distributed.comm.timeouts.connect": f"{WAIT_S}s",
        "distributed.admin.log-format": "%(message)s",
    }
    with dask.config.set(quiet):
        if scheduler is None:
            cluster = make_cluster(
                n_workers=workers or os.cpu_count() or 1,
                threads_per_worker=1,
                host="127.0.0.1",
                # its port is of no use to anybody here; a free one never clashes
                dashboard_address="127.0.0.1:0",
                silence_logs=logging.CRITICAL,
            )
            with cluster, make_client(cluster) as client:
                yield Engine(client)
            return
        if not _ADDRESS.fullmatch(scheduler):
            do = "give it as tcp://HOST:PORT or tls://HOST:PORT"
            raise ModelError("this is no address of a scheduler", where="--scheduler", found=scheduler, do=do)
        try:
            client = make_client(scheduler, timeout=WAIT_S)
        except (OSError, ValueError, TypeError, ImportError) as error:
            said = str(error).splitlines()[0][:80] if str(error) else type(error).__name__
            raise ModelError(
                "this scheduler does not answer", where=scheduler, found=said, do="check its address and that it runs"
            ) from None
        with client:
            _same_version(client, scheduler)
            yield Engine(client)


def _same_version(client: Any, scheduler: str) -> None:
    try:
        found = client.run(_version)
    except NoctifloraError:
        raise
    except Exception as error:
        raise ModelError(
            "its workers cannot run this work", where=scheduler, found=type(error).__name__, do=_INSTALL
        ) from None
    if not found:
        raise ModelError("this scheduler has no workers", where=scheduler, do="start some: dask worker ADDRESS")
    for worker, version in sorted(found.items()):
        if version != _version():
            raise ModelError("a worker runs another version", where=worker, found=version, do=_INSTALL)


_INSTALL = f"install noctiflora {__version__} with the extra study, and the same Python, on every machine"


def _version() -> str:
    python = ".".join(map(str, sys.version_info[:2]))
    return f"noctiflora {__version__}, dask {importlib.metadata.version('distributed')}, Python {python}"
