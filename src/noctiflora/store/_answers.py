"""The answers to safety questions; all are kept, the latest counts."""

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, final

from noctiflora.core import StoreDamaged
from noctiflora.store._link import Link
from noctiflora.store._tables import ANSWERS

if TYPE_CHECKING:
    from noctiflora.plan import Answer


@final
class Answers:
    """Answers to the safety gates.

    Parameters
    ----------
    link : Link
        The open database.
    """

    def __init__(self, link: Link) -> None:
        self._link = link

    def save(self, answers: "Iterable[Answer]") -> int:
        """Add answers, all or none; earlier ones stay in the history.

        Returns
        -------
        int
            How many.
        """
        now_us = self._link.now_us()
        rows = [
            {
                "gate_id": a.gate_id,
                "reply": a.reply.value,
                "date": a.date.isoformat(),
                "clinician_agreed": a.clinician_agreed,
                "at_us": now_us,
            }
            for a in answers
        ]
        if rows:
            with self._link.write() as connection:
                connection.execute(ANSWERS.insert(), rows)
        return len(rows)

    def latest(self) -> "tuple[Answer, ...]":
        """Return the newest answer to each gate, in order of the gates.

        The date of the answer counts; of two on one date, the one saved last.
        """
        newest = {answer.gate_id: answer for answer in self.history()}
        return tuple(newest[gate] for gate in sorted(newest))

    def history(self) -> "tuple[Answer, ...]":
        """Return every answer ever given, oldest first."""
        # The room of plans is slow to import: only who asks for answers waits for that.
        from noctiflora.plan import Answer, Reply

        with self._link.read() as connection:
            found = connection.execute(ANSWERS.select().order_by(ANSWERS.c.date, ANSWERS.c.id)).all()
        try:
            return tuple(
                Answer(
                    gate_id=r.gate_id,
                    reply=Reply(r.reply),
                    date=dt.date.fromisoformat(r.date),
                    clinician_agreed=r.clinician_agreed,
                )
                for r in found
            )
        except ValueError as error:
            raise StoreDamaged(
                "a stored answer cannot be read", where="answers", found=str(error), do="restore a backup"
            ) from error
