"""Bringing words files into step with the source language, by an explicit command only."""

from __future__ import annotations

from collections import defaultdict

from generator.errors import UsageError
from generator.project import Project
from generator.store import Store
from generator.translation.units import Unit, units
from generator.translation.wordsfile import WordsFile


def sync(project: Project, store: Store, lang: str, comments: bool) -> dict[str, str]:
    """Return the words files of a language with every missing string as an empty one.

    An empty string counts as missing, so nothing changes for readers. With ``comments`` the source
    text stands above each string, without them such comments go. Strings that the source no longer
    has stay: they are orphans, and a person decides. The result maps paths to texts, only of files
    that change.
    """
    if store.site is None:
        raise UsageError("content/site.yaml has problems; see: check")
    by_file: dict[str, list[Unit]] = defaultdict(list)
    for unit in units(store, lang):
        by_file[unit.file].append(unit)
    found: dict[str, str] = {}
    for name, group in sorted(by_file.items()):
        path = f"content/words/{lang}/{name}.yaml"
        file = project.root / path
        before = file.read_bytes().decode() if file.is_file() else ""
        words = WordsFile.parse(before)
        own = [u for u in group if u.translation is None or u.translation.place.file == path]
        for unit in own:
            if unit.translation is None:
                words.put(unit.key, "")
        sources = {u.key: u.source.text for u in own if u.source is not None}
        words.comment(f"# {store.site.source_language}: ", sources if comments else {})
        after = words.text()
        if after != before:
            found[path] = after
    return found
