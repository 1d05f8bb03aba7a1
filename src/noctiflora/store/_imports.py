"""The imports: staged in pieces, made visible by one commit."""

import datetime as dt
import json
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any, final

import sqlalchemy as sa

from noctiflora.core import StoreBusy, StoreError
from noctiflora.sleep import Episode
from noctiflora.store._link import Link, from_us, to_us
from noctiflora.store._pack import Packed, pack, unpack
from noctiflora.store._records import Batch, ImportOutcome, ImportRow, SkippedRow
from noctiflora.store._tables import EPISODES, IMPORTS, SIGHTINGS, STAGED, STAGES, plain

CHUNK = 500
"""Episodes staged per transaction: other writers get their turn in between."""

LEASE_US = 10 * 60 * 1_000_000
"""A stage not touched for this long was left by a process that died (assumed; 1 to 60 min)."""


@final
class Imports:
    """What was imported, and the episodes that came with it.

    Parameters
    ----------
    link : Link
        The open database.
    """

    def __init__(self, link: Link) -> None:
        self._link = link

    def save(self, batch: Batch) -> ImportOutcome:
        """Store everything of one file, or nothing of it.

        The same content read in the same way is a no-op. An episode known by its source and key
        takes the place of the one stored before. On return the import survives a power cut.

        Parameters
        ----------
        batch : Batch
            What was read.

        Returns
        -------
        ImportOutcome
            What was new, replaced, known already.

        Raises
        ------
        StoreError
            A leaf; then nothing of the batch is visible.
        RangeError
            If an episode cannot be stored exactly.
        """
        rows = {row.identity: row for row in map(pack, batch.episodes)}
        n_repeated = len(batch.episodes) - len(rows)
        stage = secrets.token_hex(8)
        with self._link.write() as connection:
            if earlier := self._same(connection, batch):
                return ImportOutcome(row=earlier, already=True)
            now_us = self._link.now_us()
            connection.execute(STAGES.delete().where(STAGES.c.touched_us < now_us - LEASE_US))
            connection.execute(STAGES.insert().values(id=stage, touched_us=now_us))
        try:
            self._stage(stage, list(rows.values()))
            with self._link.write() as connection:
                self._touch(connection, stage)
                if earlier := self._same(connection, batch):
                    connection.execute(STAGES.delete().where(STAGES.c.id == stage))
                    return ImportOutcome(row=earlier, already=True)
                return self._publish(connection, stage, batch, n_repeated)
        except BaseException:
            self._drop(stage)
            raise

    def list(self) -> tuple[ImportRow, ...]:
        """Return all imports, oldest first."""
        with self._link.read() as connection:
            return tuple(_row(r) for r in connection.execute(IMPORTS.select().order_by(IMPORTS.c.id)))

    def latest(self) -> int:
        """Return the number of the newest import, 0 without any.

        Episodes only change with an import, so this tells whether a cache of them is stale.
        """
        with self._link.read() as connection:
            return connection.execute(sa.select(sa.func.max(IMPORTS.c.id))).scalar_one() or 0

    def episodes(self, *, since: dt.datetime | None = None) -> tuple[Episode, ...]:
        """Return all visible episodes in order of their start.

        Parameters
        ----------
        since : datetime, optional
            Leave out those that end before this instant.
        """
        query = sa.select(EPISODES.c.start_us, EPISODES.c.end_us, EPISODES.c.body)
        if since is not None:
            query = query.where(EPISODES.c.end_us >= to_us(since))
        with self._link.read() as connection:
            found = connection.execute(query.order_by(EPISODES.c.start_us, EPISODES.c.identity)).all()
        return unpack((row[0], row[1], row[2]) for row in found)

    def _same(self, connection: sa.Connection, batch: Batch) -> ImportRow | None:
        query = IMPORTS.select().where(IMPORTS.c.sha256 == batch.sha256, IMPORTS.c.reading == batch.reading)
        found = connection.execute(query).first()
        return _row(found) if found else None

    def _stage(self, stage: str, rows: Sequence[Packed]) -> None:
        for at in range(0, len(rows), CHUNK):
            with self._link.write() as connection:
                self._touch(connection, stage)
                connection.execute(
                    STAGED.insert(), [{"stage_id": stage} | asdict(row) for row in rows[at : at + CHUNK]]
                )

    def _touch(self, connection: sa.Connection, stage: str) -> None:
        mine = STAGES.update().where(STAGES.c.id == stage).values(touched_us=self._link.now_us())
        if connection.execute(mine).rowcount == 0:
            raise StoreBusy(
                "this import stood still so long that another one cleared it away; nothing of it was saved",
                where=self._link.place.shown,
                do="import the file again",
            )

    def _drop(self, stage: str) -> None:
        try:
            with self._link.write() as connection:
                connection.execute(STAGES.delete().where(STAGES.c.id == stage))
        except StoreError:
            # The first error is the one to report; what stays staged is invisible and is cleared later.
            return

    def _publish(self, connection: sa.Connection, stage: str, batch: Batch, n_repeated: int) -> ImportOutcome:
        staged = sa.select(STAGED.c.identity, STAGED.c.digest).where(STAGED.c.stage_id == stage).subquery()
        both = sa.select(sa.func.count()).select_from(staged.join(EPISODES, EPISODES.c.identity == staged.c.identity))
        n_read = connection.execute(sa.select(sa.func.count()).select_from(staged)).scalar_one()
        n_known = connection.execute(both.where(EPISODES.c.digest == staged.c.digest)).scalar_one()
        n_replaced = connection.execute(both.where(EPISODES.c.digest != staged.c.digest)).scalar_one()
        earlier = connection.execute(sa.select(IMPORTS.c.id).where(IMPORTS.c.sha256 == batch.sha256)).scalar()
        if earlier is not None:
            connection.execute(SIGHTINGS.delete().where(SIGHTINGS.c.import_id == earlier))
            connection.execute(IMPORTS.delete().where(IMPORTS.c.id == earlier))
        values = _values(batch, at_us=self._link.now_us(), counts=(n_read, n_replaced, n_known))
        made = connection.execute(IMPORTS.insert().values(**values)).inserted_primary_key
        assert made is not None
        _copy(connection, stage, import_id=made[0])
        n_withdrawn = _withdraw(connection) if earlier is not None else 0
        connection.execute(STAGES.delete().where(STAGES.c.id == stage))
        row = connection.execute(IMPORTS.select().where(IMPORTS.c.id == made[0])).one()
        return ImportOutcome(row=_row(row), already=False, n_repeated=n_repeated, n_withdrawn=n_withdrawn)


def _copy(connection: sa.Connection, stage: str, *, import_id: int) -> None:
    """Put the staged episodes in place of those of the same identity, and note who brought them."""
    mine = STAGED.c.stage_id == stage
    twin = sa.select(STAGED.c.digest).where(mine, STAGED.c.identity == EPISODES.c.identity)
    changed = {
        name: sa.select(STAGED.c[name]).where(mine, STAGED.c.identity == EPISODES.c.identity).scalar_subquery()
        for name in ("digest", "start_us", "end_us", "body")
    }
    # Updated in place, for other imports' sightings point at these rows.
    connection.execute(
        EPISODES.update().where(twin.where(STAGED.c.digest != EPISODES.c.digest).exists()).values(**changed)
    )
    names = ["identity", "digest", "start_us", "end_us", "body"]
    stored = sa.select(EPISODES.c.identity).where(EPISODES.c.identity == STAGED.c.identity)
    fresh = sa.select(*(STAGED.c[name] for name in names)).where(mine, ~stored.exists())
    connection.execute(EPISODES.insert().from_select(names, fresh))
    seen = sa.select(sa.literal(import_id, sa.Integer), STAGED.c.identity).where(mine)
    connection.execute(SIGHTINGS.insert().from_select(["import_id", "identity"], seen))


def _withdraw(connection: sa.Connection) -> int:
    seen = sa.select(SIGHTINGS.c.identity).where(SIGHTINGS.c.identity == EPISODES.c.identity)
    return connection.execute(EPISODES.delete().where(~seen.exists())).rowcount


def _values(batch: Batch, *, at_us: int, counts: tuple[int, int, int]) -> dict[str, object]:
    n_read, n_replaced, n_known = counts
    return {
        "name": batch.name,
        "sha256": batch.sha256,
        "format": batch.format,
        "person": batch.person,
        "reading": batch.reading,
        "at_us": at_us,
        "n_read": n_read,
        "n_new": n_read - n_replaced - n_known,
        "n_replaced": n_replaced,
        "n_known": n_known,
        "skipped": json.dumps([[plain(s.where), plain(s.reason), s.count] for s in batch.skipped]),
        "notes": json.dumps([plain(n) for n in batch.notes]),
    }


def _row(found: sa.Row[Any]) -> ImportRow:
    skipped: Iterable[tuple[str, str, int]] = json.loads(found.skipped)
    return ImportRow(
        import_id=found.id,
        name=found.name,
        sha256=found.sha256,
        format=found.format,
        person=found.person,
        reading=found.reading,
        at=from_us(found.at_us),
        n_read=found.n_read,
        n_new=found.n_new,
        n_replaced=found.n_replaced,
        n_known=found.n_known,
        skipped=tuple(SkippedRow(where=w, reason=r, count=c) for w, r, c in skipped),
        notes=tuple(json.loads(found.notes)),
    )
