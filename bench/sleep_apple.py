"""CPU and memory of reading an Apple Health export, beside reading the file and a full parse.

Usage: ``python bench/sleep_apple.py [MEGABYTES]``. The export is generated (seeded), with six per
cent sleep records as in the 200 MB measurement the bar was set by; ElementTree's `iterparse` stands for the usual
reader. CPU seconds count, the machine may be shared; medians of three. Where the
kernel runs outside the process (sandboxes), reading costs next to no CPU: then compare with inflation.
"""

import datetime as dt
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

from noctiflora.sleep import read_all, resolve

BAR_RATIO = 6.0
BAR_MB = 64
ROUNDS = 3
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


def plain(path: Path) -> int:
    with path.open("rb") as stream:
        while stream.read(1 << 20):
            pass
    return 0


def inflated(path: Path) -> int:
    with zipfile.ZipFile(path) as archive, archive.open("apple_health_export/export.xml") as stream:
        while stream.read(1 << 20):
            pass
    return 0


def ours(path: Path) -> int:
    with path.open("rb") as stream:
        return sum(len(e.segments) for r in read_all(stream, path.name, zone="Europe/Berlin") for e in r.episodes)


def nights(path: Path) -> int:
    with path.open("rb") as stream:
        return len(resolve([e for r in read_all(stream, path.name, zone="Europe/Berlin") for e in r.episodes]).nights)


def tree(path: Path) -> int:
    found = 0
    with path.open("rb") as stream:
        events = ElementTree.iterparse(stream, events=("start", "end"))
        _, root = next(iter(events))
        for event, element in events:
            if event == "end" and element.tag == "Record":
                found += element.get("type") == SLEEP
                root.clear()
    return found


METHODS: dict[str, Callable[[Path], int]] = {
    "read export.xml once": plain,
    "inflate export.zip": inflated,
    "ours, export.xml": ours,
    "ours, export.zip": ours,
    "ours, export.zip, nights": nights,
    "ElementTree iterparse": tree,
}


def one(name: str, path: Path) -> None:
    """Run one method in this process; print what it found, CPU seconds and peak megabytes above the start."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start, clock = time.process_time(), time.perf_counter()
    found = METHODS[name](path)
    cpu, wall = time.process_time() - start, time.perf_counter() - clock
    print(found, cpu, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, before / 1024, wall)


def main() -> int:
    megabytes = float(sys.argv[1]) if len(sys.argv) > 1 else 50
    with tempfile.TemporaryDirectory() as folder:
        xml, packed = Path(folder) / "export.xml", Path(folder) / "export.zip"
        records = write(xml, megabytes)
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(xml, "apple_health_export/export.xml")
            archive.writestr("apple_health_export/export_cda.xml", "<ClinicalDocument/>")
        print(f"{xml.stat().st_size / 1e6:.0f} MB, zip {packed.stat().st_size / 1e6:.0f} MB, {records} sleep records")
        base = inflate = 0.0
        failed = 0
        for name in METHODS:
            path = packed if "zip" in name else xml
            runs = []
            for _ in range(ROUNDS):
                command = [sys.executable, __file__, "--one", name, str(path)]
                done = subprocess.run(command, capture_output=True, text=True, check=True)
                runs.append([float(x) for x in done.stdout.split()])
            cpu = statistics.median(r[1] for r in runs)
            base = base or cpu
            inflate = cpu if name.startswith("inflate") else inflate
            found, peak, start = int(runs[0][0]), max(r[2] for r in runs), runs[0][3]
            wall = statistics.median(r[4] for r in runs)
            line = f"{name:26s} {wall:7.3f} s wall {cpu:7.3f} s CPU {cpu / base:6.1f} x"
            print(f"{line}  peak {peak:5.0f} MB (start {start:.0f})  {found}")
            if name == "ours, export.zip":
                failed += found != records or cpu / base > BAR_RATIO or peak > BAR_MB
        print(f"bar: export.zip at most {BAR_RATIO:.0f} x and {BAR_MB} MB: {'missed' if failed else 'met'}")
        print(f"inflating alone takes {inflate / base:.1f} x the read: no reader of the archive can be below that")
    return 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(sys.argv[2], Path(sys.argv[3]))
    else:
        sys.exit(main())
