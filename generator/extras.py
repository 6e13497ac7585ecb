"""The files of a site that MkDocs does not write: data, search, citations, redirects, root pages.

Each is made by a unit that says, when it has run, what it read; a unit is run again only when some
of that has changed, or when the published site no longer has its files as they were made.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from generator.dataset import Dataset
from generator.exports import units
from generator.exports.references import citations_of
from generator.exports.search import search_js
from generator.locale import Locale
from generator.noted import Memories, Noted
from generator.reads import surviving
from generator.render import Rendered
from generator.routes import Routes
from generator.views.page import Page
from generator.words import Words

Files = Mapping[str, bytes]
Reads = frozenset[str]


@dataclass(frozen=True, slots=True)
class Made:
    """What a unit made: the paths of its files, and what it read for them."""

    paths: tuple[str, ...]
    reads: Reads


@dataclass(slots=True)
class Extras:
    """All units of the last build by name, and what of it is not worth telling other processes."""

    made: dict[str, Made] = field(default_factory=dict)
    memories: Memories = field(default_factory=dict)


class Maker:
    """Makes the files of a build; ``before`` is what the last one made, ``changed`` what differs.

    Without ``changed`` everything is made. ``made`` is what there is then.
    """

    def __init__(
        self, dataset: Dataset, words: Words, before: Extras, changed: Reads | None
    ) -> None:
        routes = Routes(dataset)
        self._before = before if changed is not None else Extras()
        self._changed = changed or frozenset()
        self._plain = (dataset, words, routes)
        self._noted: Noted | None = None
        self.made = Extras()
        self.files: dict[str, bytes] = {}
        self.kept: dict[str, Callable[[], bytes]] = {}

    def exports(self, wanted: Callable[[str], bool]) -> None:
        """All exports, or those of the paths that are wanted."""
        noted = self._noting()
        for name, make in units(*self._plain).items():
            self._unit(name, partial(make, noted.dataset, noted.words, noted.routes), wanted)

    def search(
        self,
        locales: Mapping[str, Locale],
        lang: str,
        plan: Sequence[Page],
        rendered: Mapping[str, Rendered],
    ) -> None:
        """The search data of a language, in which the pages of a plan were rendered."""
        noted = self._noting()
        found = [(page, rendered[page.url]) for page in plan]
        path = f"{lang}/assets/search/index.js"
        titles = Reads(f"page:{page.url}:{made.title}" for page, made in found)

        def make() -> Files:
            return {path: search_js(noted.dataset, noted.words, noted.routes, locales, lang, found)}

        self._unit(path, make, also=titles | {"texts:all"}, exactly=titles)

    def citations(
        self, locale: Locale, plan: Sequence[Page], rendered: Mapping[str, Rendered]
    ) -> None:
        """The files that cite the pages of a language."""
        dataset = self._plain[0]
        for page in plan:
            made = rendered[page.url]
            known = Reads((f"page:{page.url}:{made.title}", "texts:all"))
            make = partial(citations_of, dataset, locale, made)
            self._unit(f"{locale.code}/{page.url}cite", make, also=known, exactly=known)

    def close(self) -> Extras:
        """What there is now, for the next build."""
        if self._noted is not None:
            self.made.memories = self._noted.memories
        return self.made

    def _noting(self) -> Noted:
        if self._noted is None:
            # What a lens keeps does not say which texts it was made with; the rest does.
            is_worded = "texts:all" in self._changed
            memories = {
                purpose: surviving(memory, self._changed)
                for purpose, memory in self._before.memories.items()
                if not (purpose and is_worded)
            }
            self._noted = Noted(*self._plain, memories)
        return self._noted

    def _unit(
        self,
        name: str,
        make: Callable[[], Files],
        wanted: Callable[[str], bool] = lambda _: True,
        *,
        also: Reads = frozenset(),
        exactly: Reads = frozenset(),
    ) -> None:
        """Keep what a unit made, if that is still right, or let it make it again.

        ``also`` is read besides what is noted; what of ``exactly`` the unit did not read before is
        a change too.
        """
        before = self._before.made.get(name)
        if before is None or not self._changed.isdisjoint(before.reads) or exactly - before.reads:
            files, reads = self._noting().read_by(make)
            found = {path: data for path, data in files.items() if wanted(path)}
            self.files.update(found)
            if len(found) == len(files):  # else the published ones are of another time
                self.made.made[name] = Made(tuple(files), reads | also)
            return
        self.made.made[name] = before
        for path in filter(wanted, before.paths):
            self.kept[path] = partial(_one_of, make, path)


def _one_of(make: Callable[[], Files], path: str) -> bytes:
    return make()[path]
