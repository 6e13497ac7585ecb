"""Bringing words files into step with the source language, by an explicit command only."""

from __future__ import annotations

from collections import defaultdict

from generator.errors import BuildError, ContentError, GeneratorError, UsageError
from generator.model.ledger import text_hash
from generator.project import Project
from generator.store import Store
from generator.translation.units import State, Unit, units
from generator.translation.wordsfile import WordsFile


def sync(project: Project, store: Store, lang: str, comments: bool) -> dict[str, str]:
    """Return the words files of a language with every missing string as an empty one.

    An empty string counts as missing, so nothing changes for readers. With ``comments`` the source
    text stands above each string, without them such comments go. Strings that the source no longer
    has stay: they are orphans, and a person decides. The result maps paths to texts, only of files
    that change. A file that cannot be read is an error: what it holds would seem to be missing.
    """
    by_file: dict[str, list[Unit]] = defaultdict(list)
    for unit in units(store, lang):
        by_file[unit.file].append(unit)
    found: dict[str, str] = {}
    for name, group in sorted(by_file.items()):
        path = f"content/words/{lang}/{name}.yaml"
        words = open_words(project, store, path)
        before = words.text()
        present = words.keys()
        own = [u for u in group if u.translation is None or u.translation.place.file == path]
        for unit in own:
            if unit.key not in present and unit.translation is None:
                words.put(unit.key, "")
        sources = {u.key: u.source.text for u in own if u.source is not None}
        words.comment(source_prefix(store), sources if comments else {})
        after = words.text()
        if after != before:
            found[path] = after
    return found


def source_prefix(store: Store) -> str:
    """How the comments begin that hold the source text of a string."""
    if store.site is None:
        raise UsageError("content/site.yaml has problems; see: check")
    return f"# {store.site.source_language}: "


def previous_sources(project: Project, store: Store, lang: str) -> dict[str, str]:
    """The source texts that stale translations were made from, by key, where they are known.

    Only a hash of them is kept; but comments of an earlier sync, in any language, may still hold
    the text to that hash.
    """
    prefix = source_prefix(store)
    stale = [unit for unit in units(store, lang) if unit.state is State.STALE]
    codes = store.site.codes if store.site else ()
    comments: dict[str, dict[str, str]] = {}
    found = {}
    for unit in stale:
        for code in (lang, *codes):
            path = f"content/words/{code}/{unit.file}.yaml"
            if path not in comments:
                comments[path] = _comments(project, store, path, prefix)
            text = comments[path].get(unit.key)
            if text is not None and text_hash(text) == store.stamps[lang][unit.key].text:
                found[unit.key] = text
                break
    return found


def _comments(project: Project, store: Store, path: str, prefix: str) -> dict[str, str]:
    try:
        return open_words(project, store, path).comments(prefix)
    except GeneratorError:  # a file that cannot be read has nothing to give
        return {}


def open_words(project: Project, store: Store, path: str) -> WordsFile:
    """A words file for editing, empty if there is none yet; ``path`` is within the project.

    ContentError with the problems of the file if it cannot be read, BuildError if the disk refuses
    or its form leaves no line to edit.
    """
    file = project.root / path
    if not file.is_file():
        return WordsFile()
    try:
        return WordsFile.parse(file.read_bytes().decode())
    except ValueError as error:
        problems = [problem for problem in store.problems if problem.place.file == path]
        if problems:
            raise ContentError(problems) from error
        raise BuildError(f"{path} cannot be edited: {error}; write one string a line") from error
    except OSError as error:
        raise BuildError(f"cannot read {path}: {error.strerror}") from error
