"""``python -m benchmarks``: how long the generator takes, on the real content and on a large one.

Each figure is the median of several runs in processes of their own; CPU seconds are printed beside
the wall clock, which other work on the machine disturbs.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.synthetic import write_synthetic

ROOT = Path(__file__).resolve().parent.parent
_STAGES = """
import json, sys, time
from pathlib import Path
from generator.project import Project
start = time.perf_counter()
from generator.loading import read, renderer_of
from generator.parallel import cores
from generator.render import environment
from generator.rendered import render
from generator.dataset import build_dataset
from generator.checks import check_store
from generator.words import Words
from generator.routes import Routes
from generator.views.pages import plan
marks = [("start-up", time.perf_counter() - start)]
def mark(name, since):
    marks.append((name, time.perf_counter() - since)); return time.perf_counter()
project = Project(Path(sys.argv[1]))
at = time.perf_counter()
env = environment(project.templates)
store = read(project, env); at = mark("read", at)
problems = check_store(store); at = mark("check", at)
if problems: sys.exit("".join(f"{p}\\n" for p in problems[:5]))
dataset = build_dataset(store); at = mark("dataset", at)
words = Words(dataset.site.source_language, store.words, store.texts)
codes = dataset.site.codes
renderers = {code: renderer_of(dataset, words, env, code) for code in codes}
pages = plan(dataset, Routes(dataset))
rendered = render(renderers, dict.fromkeys(codes, pages), cores()); at = mark("render", at)
print(json.dumps({"stages": marks, "pages": sum(len(pages) for pages in rendered.values())}))
"""


def timed(command: list[str], cwd: Path) -> tuple[float, float, str]:
    """Run a command; return wall seconds, CPU seconds of it and its children, and its output."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, cpu, done.stdout


def clone(folder: Path) -> Path:
    """Copy what a build reads to ``folder``."""
    for name in ("content", "templates", "generator"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", folder / "mkdocs.yml")
    return folder


def bench_book(runs: int) -> list[tuple[str, float, float]]:
    """The real content: check, a cold build, a build with nothing changed."""
    rows: list[tuple[str, float, float]] = []
    with tempfile.TemporaryDirectory() as name:
        folder = clone(Path(name))
        generator = [sys.executable, "-m", "generator"]
        for label, command, cold in (
            ("start-up alone (--version)", [*generator, "--version"], False),
            ("check", [*generator, "check"], False),
            ("build, cold", [*generator, "build"], True),
            ("build, nothing changed", [*generator, "build"], False),
        ):
            samples = []
            for _ in range(runs):
                if cold:
                    shutil.rmtree(folder / "build", ignore_errors=True)
                    shutil.rmtree(folder / "site", ignore_errors=True)
                samples.append(timed(command, folder)[:2])
            rows.append((label, *(statistics.median(s) for s in zip(*samples, strict=True))))
    return rows


def bench_synthetic(regions: int, runs: int) -> tuple[list[tuple[str, float]], float, float, int]:
    """A synthetic dataset: seconds of each stage, CPU and wall in all, and pages."""
    with tempfile.TemporaryDirectory() as name:
        folder = clone(Path(name))
        write_synthetic(ROOT / "content", folder / "content", regions)
        samples = []
        for _ in range(runs):
            wall, cpu, output = timed([sys.executable, "-c", _STAGES, str(folder)], folder)
            samples.append((json.loads(output), wall, cpu))
    names = [stage for stage, _ in samples[0][0]["stages"]]
    stages = [
        (stage, statistics.median(dict(sample["stages"])[stage] for sample, _, _ in samples))
        for stage in names
    ]
    wall = statistics.median(sample[1] for sample in samples)
    cpu = statistics.median(sample[2] for sample in samples)
    return stages, wall, cpu, samples[0][0]["pages"]


def main() -> None:
    """Print the timings."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--runs", type=int, default=3, help="runs of which the median is printed")
    parser.add_argument("--regions", type=int, default=1000, help="size of the synthetic dataset")
    options = parser.parse_args()
    print(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}, median of {options.runs}")
    print(f"\n{'real content':32} {'wall s':>8} {'CPU s':>8}")
    for label, wall, cpu in bench_book(options.runs):
        print(f"{label:32} {wall:8.2f} {cpu:8.2f}")
    stages, wall, cpu, pages = bench_synthetic(options.regions, options.runs)
    print(f"\n{options.regions} regions, {pages} pages in four languages (before MkDocs)")
    for stage, seconds in stages:
        print(f"{stage:32} {seconds:8.2f}")
    print(f"{'all stages, wall and CPU':32} {wall:8.2f} {cpu:8.2f}")


if __name__ == "__main__":
    main()
