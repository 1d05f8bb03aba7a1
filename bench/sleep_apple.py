"""CPU and memory of reading an Apple Health export, beside reading the file and the usual readers.

Usage: ``python bench/sleep_apple.py [MEGABYTES [LARGE_MEGABYTES]]``. The export is generated (seeded), with six per
cent sleep records as in the 200 MB measurement the bar was set by. CPU seconds count, the machine may be shared;
medians of three for readers that take under ten seconds, else one run. Where the kernel runs outside the process
(sandboxes), reading costs next to no CPU: then compare with inflation. A second size is read once, for memory alone.
The other readers are looked for in this Python, or in the one that ``NOCTIFLORA_PEERS`` names.
"""

import datetime as dt
import os
import random
import statistics
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

BAR_RATIO = 6.0
BAR_MB = 64
BAR_PEERS = {"lxml iterparse": 10, "healthkit-to-sqlite": 40}
"""How many times the CPU of ours they are meant to take."""

ROUNDS = 3
SLOW_S = 10
READERS = Path(__file__).with_name("apple_readers.py")
OURS = "ours, export.zip"
SLEEP = "HKCategoryTypeIdentifierSleepAnalysis"
HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE HealthData [
<!ELEMENT HealthData (ExportDate,Me,(Record)*)>
]>
<HealthData locale="de_DE">
 <ExportDate value="2024-07-01 08:00:00 +0200"/>
 <Me HKCharacteristicTypeIdentifierDateOfBirth="1980-01-01" HKCharacteristicTypeIdentifierBiologicalSex="x"/>
"""
DEVICE = (
    "&lt;&lt;HKDevice: 0x2830f4230&gt;, name:Apple Watch, manufacturer:Apple Inc., "
    "model:Watch, hardware:Watch4,2, software:10.2&gt;"
)
OTHER = (
    ' <Record type="HKQuantityTypeIdentifier{kind}" sourceName="Watch" sourceVersion="10.2" device="' + DEVICE + '" '
    'unit="count/min" creationDate="{t} +0200" startDate="{t} +0200" endDate="{t} +0200" value="{v}"/>\n'
)
NIGHT = (
    f' <Record type="{SLEEP}" sourceName="Watch" sourceVersion="10.2" device="{DEVICE}" '
    'creationDate="{b} +0200" startDate="{a} +0200" endDate="{b} +0200" value="HKCategoryValueSleepAnalysis{v}">\n'
    '  <MetadataEntry key="HKTimeZone" value="Europe/Berlin"/>\n </Record>\n'
)
KINDS = ("HeartRate", "StepCount", "ActiveEnergyBurned", "DistanceWalkingRunning", "RespiratoryRate")
STAGES = ("AsleepCore", "AsleepDeep", "AsleepREM", "Awake")


def write(path: Path, megabytes: float) -> int:
    """Write an export of about that size; return its sleep records."""
    rng = random.Random(20240701)
    day = dt.datetime(2016, 1, 1, 23, tzinfo=dt.UTC).replace(tzinfo=None)
    records = size = 0
    with path.open("w", encoding="utf-8") as out:
        size += out.write(HEAD)
        while size < megabytes * 1e6:
            at = day
            for _ in range(30):
                end = at + dt.timedelta(minutes=rng.randint(5, 25))
                size += out.write(NIGHT.format(a=at, b=end, v=rng.choice(STAGES)))
                at = end
                records += 1
            for n in range(470):
                stamp = day + dt.timedelta(minutes=2 * n, seconds=rng.randint(0, 59))
                size += out.write(OTHER.format(kind=rng.choice(KINDS), t=stamp, v=rng.randint(40, 180)))
            day += dt.timedelta(days=1)
        out.write("</HealthData>\n")
    return records


def run(name: str, path: Path) -> list[float] | None:
    """Return what one reader found, its CPU seconds, peak and start megabytes, wall seconds; None if it is not here."""
    python = (
        sys.executable
        if name.startswith(("ours", "read", "inflate"))
        else os.environ.get("NOCTIFLORA_PEERS", sys.executable)
    )
    done = subprocess.run([python, str(READERS), name, str(path)], capture_output=True, text=True, check=False)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no word"])[-1]
        print(f"{name:26s} failed: {last[:120]}")
        return None
    if done.stdout.startswith("not installed"):
        print(f"{name:26s} not installed")
        return None
    return [float(x) for x in done.stdout.split()]


def measured(name: str, path: Path, base: float) -> tuple[int, float, float] | None:
    """Print the line of one reader; return what it found, CPU seconds, peak megabytes."""
    runs = []
    for _ in range(ROUNDS):
        one = run(name, path)
        if one is None:
            return None
        runs.append(one)
        if one[1] > SLOW_S:
            break
    cpu, wall = statistics.median(r[1] for r in runs), statistics.median(r[4] for r in runs)
    found, peak = int(runs[0][0]), max(r[2] for r in runs)
    line = f"{name:26s} {wall:7.2f} s wall {cpu:7.3f} s CPU {cpu / (base or cpu):7.1f} x read"
    print(f"{line}  peak {peak:5.0f} MB (start {runs[0][3]:.0f})  {found}", flush=True)
    return found, cpu, peak


def large(folder: Path, megabytes: float) -> None:
    """Read a large export once and print its peak of memory."""
    path = folder / "large.xml"
    records = write(path, megabytes)
    one = run("ours, export.xml", path)
    path.unlink()
    if one is not None:
        print(f"{megabytes:.0f} MB: {one[1]:.2f} s CPU, peak {one[2]:.0f} MB (start {one[3]:.0f})", end="")
        print(f", {int(one[0])} of {records} records")


def main() -> int:
    megabytes = float(sys.argv[1]) if len(sys.argv) > 1 else 200
    with tempfile.TemporaryDirectory() as folder:
        xml, packed = Path(folder) / "export.xml", Path(folder) / "export.zip"
        records = write(xml, megabytes)
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(xml, "apple_health_export/export.xml")
            archive.writestr("apple_health_export/export_cda.xml", "<ClinicalDocument/>")
        print(f"{xml.stat().st_size / 1e6:.0f} MB, zip {packed.stat().st_size / 1e6:.0f} MB, {records} sleep records")
        base = inflate = 0.0
        found: dict[str, tuple[int, float, float]] = {}
        for name in (
            *("read export.xml once", "inflate export.zip", "ours, export.xml", OURS, "ours, export.zip, nights"),
            *("lxml iterparse", "ElementTree iterparse", "apple-health-parser, zip", "healthkit-to-sqlite"),
        ):
            one = measured(name, packed if "zip" in name else xml, base)
            if one is not None:
                found[name] = one
                base = base or one[1]
                inflate = one[1] if name.startswith("inflate") else inflate
        told(found, records, base, inflate)
        if len(sys.argv) > 2:
            large(Path(folder), float(sys.argv[2]))
    return 0


def told(found: dict[str, tuple[int, float, float]], records: int, base: float, inflate: float) -> None:
    """Print the bars, met or missed."""
    count, cpu, peak = found[OURS]
    bars = {
        "all sleep records": (count == records, f"{count} of {records}"),
        f"export.zip at most {BAR_RATIO:.0f} x the read": (cpu <= BAR_RATIO * base, f"{cpu / base:.1f} x"),
        f"peak at most {BAR_MB} MB": (peak <= BAR_MB, f"{peak:.0f} MB"),
    }
    for name, times in BAR_PEERS.items():
        if name in found:
            factor = found[name][1] / cpu
            bars[f"{times} x less CPU than {name}"] = (factor >= times, f"{factor:.0f} x")
    for bar, (met, what) in bars.items():
        print(f"{bar}: {'met' if met else 'missed'} ({what})")
    print(f"inflating alone takes {inflate / base:.1f} x the read; ours takes {cpu / inflate:.1f} x inflating")


if __name__ == "__main__":
    sys.exit(main())
