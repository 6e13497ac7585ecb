"""The pipeline has one direction: a module imports only from rows above its own.

Modules of one row know nothing of each other. A new module gets a place here when it is written;
one that finds no place shows that two stages have grown together.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = "generator"

ROWS = """
ending errors hidden

source.rules source.node source.text source.files
source.syntax
source.compose
source.recover
source

model model.dates
model.fields
model.codes
model.marks model.amounts model.history model.vocabulary model.ledger model.removed
model.links model.release
model.records
model.kinds
model.schema

site typed patterns prose escape reads
foreign file_schemas
entries
store
answers
declared history spelling
released

derive
dataset
routes words
queries
changes lens
noted

date_phrases
locale
phrases
text_rules

checks.bodies checks.codes checks.completeness checks.dates checks.figures
checks.history checks.ids checks.ledger checks.prose checks.references checks.removed
checks.releases checks.sources checks.texts checks.tiles checks.words
checks.corpus
checks.comparison checks.letters checks.terms
checks.punctuation
checks.spelling
checks
translation translation.wordsfile
translation.units

views.bipartite views.charts views.texts views.tile_grid views.timeline views.titles
views.quoted
views.citing
views.context
views.facets views.foot views.page views.partners views.series views.status views.tiles
views.headline views.linked views.measures views.plans
views.profile
views.compared
views.chronology views.comparison views.coverage
views.about views.bodies views.documents views.downloads views.forums views.home
views.partnerships views.references views.releases
views.territories views.topics views.translating
views.pages
render

exports.feed_pages exports.plain exports.titles
exports.calendar exports.citations exports.facts exports.identifiers exports.records exports.search
exports.versions
exports.references exports.tables
exports.pages
exports.feeds exports.kinds
exports.relations
exports.database exports.package
exports

output parallel project timing
engine_child engine_config engine_record engine_resident_child
engine exchange
engine_resident
finish_assets finish_html finish_links finish_sitemaps manifest
finish_headers finish_languages finish_staging
finish
editions.archive editions.assets
editions.chapters editions.chromium editions.edition editions.finished
editions.relinking
editions.offline
editions.document editions.fonts editions.tagged
editions.card editions.press
editions.pdf
editions.carding editions.printing
editions
hosting standalone
translation.hints translation.stamps translation.sync translation.where
translation.status
translation.language translation.po
translation.po_import

links publishing
links_asked publishing_rsync publishing_storage
preview
extras loading rendered site_plan
configuring memory
assembling pipeline

dating doctor editions.command inspect rules server translation.command
serve releasing
completing editing
cli_shared
cli_records cli_site cli_words
cli
__main__
"""

# What the order alone would allow, and why it is wrong all the same.
# fmt: off
NEVER = (
    ("model", "errors source", "records know nothing of files; store gives faults their places"),
    ("checks", "source", "checks see places through the store"),
    ("derive dataset", "errors source", "a dataset is made of what has passed the checks"),
    ("views render exports", "store source checks", "pages see content as dataset and words only"),
    ("views.context views.titles", "dataset.Dataset", "the lens notes what is read"),
    ("engine engine_child engine_config engine_record engine_resident finish finish_assets"
     " finish_headers finish_html finish_links finish_sitemaps finish_staging manifest output"
     " exchange", "dataset store model words",
     "the engine and what follows see files, not content"),
    ("prose escape patterns", "model store", "texts are data without a schema"),
)
# fmt: on

# Stages between reading and writing: no disk, no clock, no chance, no environment.
PURE = """
hidden model site file_schemas typed entries patterns prose escape foreign declared history released
spelling derive dataset routes words queries noted lens changes reads date_phrases locale phrases
text_rules checks views exports finish_assets finish_headers finish_html finish_languages
finish_sitemaps hosting
"""
IMPURE = {
    "io", "os", "pathlib", "random", "secrets", "shutil", "socket", "subprocess", "sys", "tempfile",
    "time", "uuid",
}  # fmt: skip
# Formats that write into memory.
IN_MEMORY = {"exports.facts": {"io"}, "exports.tables": {"io"}}


def modules() -> dict[str, ast.Module]:
    found = {}
    for path in sorted((ROOT / PACKAGE).rglob("*.py")):
        parts = path.relative_to(ROOT / PACKAGE).with_suffix("").parts
        name = ".".join(part for part in parts if part != "__init__")
        if name:
            found[name] = ast.parse(path.read_text("utf-8"))
    return found


MODULES = modules()
ORDER = {name: number for number, row in enumerate(ROWS.split("\n")) for name in row.split()}


def imports(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """What a module imports as ``module, name``, inside functions too, but not only for types."""
    for_types = {
        id(node)
        for block in ast.walk(tree)
        if isinstance(block, ast.If) and ast.unparse(block.test) == "TYPE_CHECKING"
        for node in ast.walk(block)
    }
    for node in ast.walk(tree):
        if id(node) in for_types:
            continue
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "imports are absolute"
            yield from ((node.module or "", alias.name) for alias in node.names)


def own_imports(name: str) -> Iterator[tuple[str, str]]:
    """What a module imports of this package, as ``module, name`` below the package."""
    for module, imported in imports(MODULES[name]):
        if module == PACKAGE and imported not in MODULES:
            continue  # the version
        if module.partition(".")[0] == PACKAGE:
            below = ".".join(part for part in (*module.split(".")[1:], imported) if part)
            yield (below, "") if below in MODULES else (module.partition(".")[2], imported)


def is_in(name: str, group: str) -> bool:
    return any(name == one or name.startswith(f"{one}.") for one in group.split())


def test_every_module_has_its_place() -> None:
    assert set(MODULES) == set(ORDER)


@pytest.mark.parametrize("name", MODULES)
def test_a_module_imports_only_from_above(name: str) -> None:
    below = {other for other, _ in own_imports(name) if ORDER[other] >= ORDER[name]}
    assert below == set(), f"{name} stands above"


@pytest.mark.parametrize(("group", "others", "why"), NEVER)
def test_stages_do_not_reach_past_each_other(group: str, others: str, why: str) -> None:
    for name in MODULES:
        if is_in(name, group):
            for module, imported in own_imports(name):
                assert not is_in(module, others), f"{name} imports {module}: {why}"
                assert f"{module}.{imported}" not in others.split(), f"{name}: {why}"


def test_only_the_ends_touch_the_disk_and_nothing_asks_the_clock() -> None:
    for name in MODULES:
        if is_in(name, PURE):
            used = {module.partition(".")[0] for module, _ in imports(MODULES[name])}
            assert used & IMPURE <= IN_MEMORY.get(name, set()), name


# What waits for another process, a host or a disk, or says how long it took: never what time it is.
WAITING = (*("exchange", "timing"),)


def test_nothing_draws_lots_or_looks_at_the_clock() -> None:
    for name, tree in MODULES.items():
        used = {module.partition(".")[0] for module, _ in imports(tree)}
        assert not used & {"random", "secrets", "time", "uuid"} or name in WAITING, name
        calls = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
        clocks = {call for call in calls if call.endswith((".now", ".today", ".utcnow"))}
        # The command that dates the history asks for the day, unless it is told one.
        assert not clocks or name == "dating", name


@pytest.mark.parametrize("name", MODULES)
def test_only_the_command_line_exits_and_nothing_asserts(name: str) -> None:
    for node in ast.walk(MODULES[name]):
        assert not isinstance(node, ast.Assert | ast.Global), f"{name}:{node.lineno}"
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("sys.exit", "exit", "quit"):
            assert name in ("cli", "engine_child", "__main__"), f"{name}:{node.lineno}"
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "print":
            assert name == "engine_child", f"{name}:{node.lineno}"


def test_every_module_says_what_it_is() -> None:
    lacking = [name for name, tree in MODULES.items() if not ast.get_docstring(tree)]
    assert [name for name in lacking if name != "__main__"] == []
