"""The commands of ``gut``: stool tests read, compared, with module scores."""

import typer
from typer.core import TyperGroup

from noctiflora.cli import _gut_compare, _gut_guilds, _gut_read, _gut_rhythm, _gut_score

READ = "read"


class FileFirst(TyperGroup):
    """A group in which a file, or nothing, may stand for a command: ``gut FILE`` is ``gut read FILE``."""

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        """Put the command in where it was left out."""
        if not args or (args[0] not in self.commands and args[0] != "--help"):
            args = [READ, *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=FileFirst,
    rich_markup_mode=None,
    help="Stool tests: what was read, how sure, what it cannot tell. 'gut' shows what is kept, 'gut FILE' a file.",
)
app.command(READ)(_gut_read.read)
app.command("compare")(_gut_compare.compare)
app.command("guilds")(_gut_guilds.guilds)
app.command("rhythm")(_gut_rhythm.rhythm)
app.command("dlmo")(_gut_rhythm.dlmo)
app.command("score")(_gut_score.score)
