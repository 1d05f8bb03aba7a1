"""Makes the packaged table of what gut taxa can do from the evidence table of traits; usage: gut_traits.py IN OUT."""

import csv
import re
import sys
from pathlib import Path

TRAITS = {
    "GABA producer": "makes GABA",
    "GABA consumer": "uses GABA up",
    "butyrate producer": "makes butyrate",
    "butyrate producer; quality of life": "makes butyrate",
    "histamine producer": "makes histamine",
    "histamine producer (hdcA)": "makes histamine",
    "histamine degrader": "degrades histamine",
    "tyramine producer": "makes tyramine",
    "tyramine degrader": "degrades tyramine",
    "tryptamine producer": "makes tryptamine",
    "indole producer": "makes indole",
    "indole-3-lactic acid producer": "makes indole-lactic acid",
    "indole-3-propionic acid producer": "makes indole-propionic acid",
    "D-lactate producer": "makes D-lactate",
    "D-lactate producer (low)": "makes D-lactate",
    "LPS proinflammatory": "carries inflammatory LPS",
    "LPS weakly inflammatory": "carries inflammatory LPS",
    "mucin degrader": "degrades mucin",
    "serotonin uptake": "takes serotonin up",
}
AGAINST = ("(low)", "weakly", "(negative)")
SENSU_LATO = {"Lactobacillus (sensu lato)": "Lactobacillus sensu lato"}
SOURCE = re.compile(r"^(10\.\d{4,9}/\S+|PMID \d+|PMC\d+|https?://\S+)( \(.*\))?$")


def main(source: Path, out: Path) -> None:
    """Write the rows that tell of a capacity; associations with sleep are no capacity and stay out."""
    with out.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(("id", "taxon", "rank", "trait", "says", "detail", "evidence", "source"))
        for row in csv.DictReader(source.open(encoding="utf-8")):
            if row["trait"] not in TRAITS:
                continue
            says = "against" if any(m in row["trait"] + row["evidence_level"] for m in AGAINST) else "for"
            taxon = SENSU_LATO.get(row["taxon"], row["taxon"].partition(" (")[0])
            rank = "species" if row["rank"] in ("species/subspecies", "subspecies") else row["rank"].partition("/")[0]
            sources = "; ".join(p for p in map(str.strip, row["source"].split(";")) if SOURCE.match(p))
            cells = (
                taxon,
                rank,
                TRAITS[row["trait"]],
                says,
                row["direction_or_detail"],
                row["evidence_level"],
                sources,
            )
            writer.writerow((row["row_id"], *cells))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
