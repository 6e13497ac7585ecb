"""What is known of the rendered Markdown of a language, and what of it has to be made again.

A page is made again if it is new, if another template or view draws it, or if something that it
read has changed. What is not made again is on disk already, byte for byte as it would be made.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from generator.changes import refuse_unknown
from generator.output import State, Written, listed, update_tree, write_tree
from generator.parallel import each
from generator.render import Rendered, Renderer, files_of
from generator.views.page import Page, nothing

#: Fewer pages than this are rendered here; for more, a process for each language is worth it.
FEW = 80
_Plan = Mapping[str, Page]
# Pages without what they read, the names of reads, and which of these each page read.
_Packed = tuple[list[Rendered], list[str], list[bytes]]


@dataclass(slots=True)
class Tree:
    """The Markdown tree of a language as the last build left it: page plan and pages by address.

    ``states`` are those of the files as another process left them, to see whether they still are:
    sizes and times, which a copy of the project keeps.
    """

    folder: Path
    plan: _Plan
    pages: dict[str, Rendered]
    states: Mapping[str, tuple[int, int]] | None = None

    def is_intact(self) -> bool:
        """Whether the files are all there, and no others."""
        there = listed(self.folder)
        if self.states is not None and self.states != _states(there.files):
            return False
        return not there.foreign and there.files.keys() == {p.file for p in self.pages.values()}


def packed(tree: Tree) -> Tree:
    """A tree for another process: with the states of its files, and without views."""
    plan = {url: replace(page, view=nothing) for url, page in tree.plan.items()}
    return Tree(tree.folder, plan, tree.pages, _states(listed(tree.folder).files))


def _states(files: Mapping[str, State]) -> dict[str, tuple[int, int]]:
    return {name: (size, changed) for name, (size, changed, _) in files.items()}


def stale(
    tree: Tree | None, pages: Sequence[Page], changed: frozenset[str] | None
) -> list[Page] | None:
    """The pages to make again; None for all, from nothing."""
    if tree is None or changed is None or not tree.is_intact():
        return None
    return [
        page
        for page in pages
        if page.url not in tree.pages
        or not _same(tree.plan[page.url], page)
        or not changed.isdisjoint(tree.pages[page.url].reads)
    ]


def _same(old: Page, new: Page) -> bool:
    # A view may be made for the page, so it cannot be compared; what makes it differ is here.
    return replace(old, view=new.view) == new


def render(
    renderers: Mapping[str, Renderer], wanted: Mapping[str, Sequence[Page]], jobs: int
) -> dict[str, list[Rendered]]:
    """Render pages of several languages, side by side if there are many."""

    def work(lang: str) -> _Packed:
        return _pack([renderers[lang].render(page) for page in wanted[lang]])

    many = sum(map(len, wanted.values())) > FEW
    return {
        lang: _unpack(packed)
        for lang, packed in each(list(wanted), work, jobs if many else 1).items()
    }


def _pack(pages: Iterable[Rendered]) -> _Packed:
    """Pages for another process: each read is named once, not once a page."""
    numbers: dict[str, int] = {}
    plain, reads = [], []
    for page in pages:
        found = array("I", sorted(numbers.setdefault(read, len(numbers)) for read in page.reads))
        plain.append(replace(page, reads=frozenset()))
        reads.append(found.tobytes())
    return plain, list(numbers), reads


def _unpack(packed: _Packed) -> list[Rendered]:
    plain, names, reads = packed
    return [
        replace(page, reads=frozenset(names[n] for n in array("I", found)))
        for page, found in zip(plain, reads, strict=True)
    ]


def write(
    folder: Path, tree: Tree | None, pages: Sequence[Page], rendered: Sequence[Rendered]
) -> tuple[Tree, Written]:
    """Write what was rendered; with a ``tree`` the rest of it stays. Returns what is there then."""
    plan = {page.url: page for page in pages}
    files = files_of(rendered)
    # The text is on disk; only what is needed to decide about the next time is kept.
    made = {page.url: replace(page, text="") for page in rendered}
    refuse_unknown(set().union(*(page.reads for page in rendered)))
    if tree is None:
        return Tree(folder, plan, made), write_tree(folder, files)
    gone = [page.file for url, page in tree.pages.items() if url not in plan]
    kept = {url: page for url, page in tree.pages.items() if url in plan}
    return Tree(folder, plan, {**kept, **made}), update_tree(folder, files, gone)
