"""``python -m benchmarks.search``: what the search finds in a large dataset, and what it costs.

Writes the search data of a synthetic dataset, loads them in Chromium with the script of the site,
and asks for regions, bodies and agreements by their names: as they are, inflected, misspelt, in
another language and another script. Prints for each language how many are among the first three
hits, kB (gzip) of what a first search loads, and milliseconds for a query.
"""

from __future__ import annotations

import argparse
import gzip
import json
import shutil
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import sync_playwright

from benchmarks.invented import queries
from benchmarks.synthetic import write_synthetic
from generator.dataset import build_dataset
from generator.exports.search import search_js
from generator.loading import read, renderer_of, words_of
from generator.project import Project
from generator.render import environment
from generator.routes import Routes
from generator.views.pages import plan

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = ROOT / "templates" / "theme" / "assets" / "js"
FIRST = 3
_CHROMIUM = ("chromium", "chromium-browser", "google-chrome")  # as in .ci/tools
_ASK = """([queries, first]) => {
  const index = window.searchIndex(window.data);
  const start = performance.now();
  const found = queries.map(query => index.find(query).docs.slice(0, first).map(doc => doc.u));
  return [found, (performance.now() - start) / queries.length];
}"""


@dataclass(frozen=True, slots=True)
class Result:
    """Of one language: queries and those answered by sort, bytes packed, and ms for a query."""

    asked: Counter[str]
    found: Counter[str]
    packed: int
    milliseconds: float


@dataclass(frozen=True, slots=True)
class _Titled:
    """A page of which nothing but its title is made; the search needs no more."""

    title: str


def measured(content: Path, regions: int, each: int) -> dict[str, Result]:
    """Measure the search in each language of a synthetic dataset."""
    env = environment(ROOT / "templates")
    store = read(Project(content.parent), env)
    dataset = build_dataset(store)
    words, routes = words_of(store, dataset), Routes(dataset)
    renderers = {code: renderer_of(dataset, words, env, code) for code in dataset.site.codes}
    locales = {code: one.locale for code, one in renderers.items()}
    pages = plan(dataset, routes)
    scripts = [(SCRIPTS / name).read_bytes() for name in ("search-index.js", "search.js")]
    found = {}
    with sync_playwright() as playwright:
        executable = next(filter(None, map(shutil.which, _CHROMIUM)), None)
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        for code, renderer in renderers.items():
            made = [(page, _Titled(renderer.title(page))) for page in pages]
            data = search_js(dataset, words, routes, locales, code, made)
            page = browser.new_page()
            page.set_content("<!doctype html><title>-</title>")
            page.evaluate("() => { window.searchData = value => { window.data = value; }; }")
            for text in (scripts[0], data):
                page.add_script_tag(content=text.decode())
            asked = queries(code, regions, each)
            hits, milliseconds = page.evaluate(_ASK, [[query.text for query in asked], FIRST])
            right = [
                query.sort
                for query, urls in zip(asked, hits, strict=True)
                if routes[query.wanted] in urls
            ]
            packed = sum(len(gzip.compress(one)) for one in (data, *scripts))
            sorts = Counter(query.sort for query in asked)
            found[code] = Result(sorts, Counter(right), packed, milliseconds)
            page.close()
        browser.close()
    return found


def main() -> None:
    """Print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--regions", type=int, default=1000, help="size of the dataset")
    parser.add_argument("--each", type=int, default=10, help="regions asked for in each language")
    parser.add_argument("--json", action="store_true", help="for machines")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        content = Path(folder) / "content"
        write_synthetic(ROOT / "content", content, options.regions)
        found = measured(content, options.regions, options.each)
    if options.json:
        print(
            json.dumps(
                {
                    code: (sum(r.found.values()), sum(r.asked.values()), r.packed, r.milliseconds)
                    for code, r in found.items()
                }
            )
        )
        return
    for code, result in found.items():
        print(
            f"{code}: {sum(result.found.values())} of {sum(result.asked.values())} in the first"
            f" {FIRST}; {result.packed / 1000:.0f} kB gzip; {result.milliseconds:.0f} ms a query"
        )
        missed = result.asked - result.found
        if missed:
            print("   missed: " + ", ".join(f"{sort} {n}" for sort, n in missed.items()))


if __name__ == "__main__":
    main()
