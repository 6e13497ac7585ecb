"""Renders the pages of one language: Jinja2 templates to Markdown with front matter.

The environment is sandboxed, undefined names are errors, and every expression is escaped for
Markdown and HTML at once, so that a template cannot forget it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from generator.dataset import Dataset
from generator.errors import BuildError
from generator.escape import ended, escape, unescape
from generator.lens import Lens
from generator.locale import Locale
from generator.model.kinds import KINDS
from generator.patterns import capitalized
from generator.reads import Memory
from generator.routes import HOME, Routes, file_of
from generator.views.context import PageContext
from generator.views.downloads import Download
from generator.views.foot import Foot, foot
from generator.views.linked import linked_data
from generator.views.page import Page
from generator.words import Words

SHORT_ADDRESS = 60
_THEME_TEXT = re.compile(r"""\btexts\[["']([a-z.-]+)["']\]""")
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page in one language: its address, its Markdown file, and what it read."""

    url: str
    file: str
    title: str
    text: str
    reads: frozenset[str]


class _Environment(ImmutableSandboxedEnvironment):
    """A sandbox that decides once for each type and attribute.

    What it refuses (private names, methods that change a list or mapping) follows from the type
    and the name alone, and asking again for each of a million accesses took a third of the time.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._decided: dict[tuple[type, str], bool] = {}

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        key = (type(obj), attr)
        decided = self._decided.get(key)
        if decided is None:
            decided = self._decided[key] = super().is_safe_attribute(obj, attr, value)
        return decided


_TAG = re.compile(r"<[^>]*>")


def environment(templates: Path) -> jinja2.Environment:
    """Return the Jinja environment over the folders of page templates."""
    env = _Environment(
        loader=jinja2.FileSystemLoader(
            [templates / "pages", templates / "standalone", templates], encoding="utf-8"
        ),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        finalize=escape,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    env.filters["capitalize_first"] = _capitalize_first
    env.filters["ended"] = ended
    env.filters["short_address"] = _short_address
    env.filters["without_tags"] = _without_tags
    return env


def _capitalize_first(text: str) -> Markup:
    return Markup(capitalized(escape(text)))


def _without_tags(text: str) -> Markup:
    """The text of a piece of HTML with its spaces, which Jinja's ``striptags`` joins."""
    return Markup(_TAG.sub("", escape(text)))


def _short_address(url: str) -> str:
    """An address as it is read aloud: without scheme, the middle left out if it is long."""
    text = url.partition("://")[2].removeprefix("www.").rstrip("/")
    return text if len(text) <= SHORT_ADDRESS else text[: SHORT_ADDRESS - 1] + "…"


@lru_cache(maxsize=1)
def needed_texts(env: jinja2.Environment) -> frozenset[str]:
    """Return the keys of interface texts that templates and theme ask for by a constant.

    Raises BuildError for a template that is no text or no Jinja.
    """
    found: set[str] = set()
    for name in env.list_templates(extensions=["html", "j2"]):
        try:
            source, _, _ = env.loader.get_source(env, name) if env.loader else ("", None, None)
        except UnicodeDecodeError as error:
            raise BuildError(f"templates: {name} is not text in UTF-8") from error
        if name.endswith(".html"):
            # The theme is Jinja for MkDocs, which hands it the texts in a mapping.
            found.update(f"theme.{key}" for key in _THEME_TEXT.findall(source))
            continue
        try:
            found |= _asked_in(source)
        except jinja2.TemplateSyntaxError as error:
            raise BuildError(f"templates: {name}, line {error.lineno}: {error}") from error
    return frozenset(found)


@lru_cache(maxsize=256)
def _asked_in(source: str) -> frozenset[str]:
    """The keys that a template asks for; few of all templates change between two looks."""
    found: set[str] = set()
    for call in jinja2.Environment().parse(source).find_all(nodes.Call):
        target = call.node
        if isinstance(target, nodes.Getattr) and target.attr in ("t", "n", "text_prose"):
            first = call.args[0] if call.args else None
            if isinstance(first, nodes.Const) and isinstance(first.value, str):
                found.add(first.value)
    return frozenset(found)


def templates_fingerprint(templates: Path, *endings: str) -> str:
    """Return a hash of all page templates. Raises BuildError if one cannot be read.

    Or of the files with other endings, the theme's ``html`` among them.
    """
    digest = hashlib.sha256()
    names = endings or ("j2",)
    for path in sorted(p for p in templates.rglob("*") if p.suffix.removeprefix(".") in names):
        try:
            content = path.read_bytes()
        except OSError as error:
            raise BuildError(f"cannot read {path}: {error.strerror}") from error
        digest.update(f"{path.relative_to(templates).as_posix()} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


class Renderer:
    """Renders pages of one language.

    ``memory`` and ``texts`` have what was made once for all pages, with what was read for it.
    """

    def __init__(
        self,
        dataset: Dataset,
        words: Words,
        locale: Locale,
        env: jinja2.Environment,
        downloads: Sequence[Download] = (),
        *,
        editions: tuple[str, ...] = (),
    ) -> None:
        self.memory: Memory = {}
        self.texts: Memory = {}
        self._dataset = dataset
        self._words = words
        self._routes = Routes(dataset)
        self.locale = locale
        self._env = env
        self._downloads = downloads
        self._editions = editions
        self.lang = locale.code

    def context(self, url: str, subject: str | None = None) -> PageContext:
        """A context for the page at ``url``."""
        self.locale.reads.begin()
        lens = Lens(
            self._dataset,
            self._words,
            self.lang,
            self.memory,
            self.locale.reads,
            editions=self._editions,
        )
        return PageContext(
            lens,
            self.locale,
            self._routes,
            url,
            subject=subject,
            downloads=self._downloads,
            memory=self.texts,
        )

    def render(self, page: Page) -> Rendered:
        """Render one page. BuildError names the template if it asks for what is not there."""
        p = self.context(page.url, page.subject)
        heading = self._heading(p, page)
        try:
            values = page.view(p, page)
            body = self._env.get_template(f"{page.template}.md.j2").render(
                p=p,
                site=self._dataset.site,
                heading=heading,
                foot=self._foot(p, page, heading),
                anchor=page.subject or page.url.strip("/").replace("/", "-") or "home",
                **values,
            )
        except jinja2.TemplateError as error:
            raise BuildError(f"templates/pages/{page.template}.md.j2: {error}") from error
        front = self._front_matter(p, page, heading)
        return Rendered(
            page.url,
            file_of(page.url),
            _plain(heading),
            front + _tidy(body),
            frozenset(p.lens.reads),
        )

    def title(self, page: Page) -> str:
        """The title of a page, which is not rendered for it."""
        return _plain(self._heading(self.context(page.url, page.subject), page))

    def standalone(self, template: str, values: Mapping[str, object]) -> bytes:
        """Render a page outside MkDocs, such as the chooser at the root."""
        try:
            text = self._env.get_template(template).render(site=self._dataset.site, **values)
        except jinja2.TemplateError as error:
            raise BuildError(f"templates/standalone/{template}: {error}") from error
        return text.encode()

    def _heading(self, p: PageContext, page: Page) -> Markup:
        if page.subject is not None:
            return p.name(page.subject)
        if page.heading_record:
            return p.t(page.heading, value=p.name(page.heading_record))
        if page.heading_text:
            return p.t(page.heading, value=p.t(page.heading_text))
        if page.heading_value:
            return p.t(page.heading, value=page.heading_value)
        return p.t(page.heading)

    def _foot(self, p: PageContext, page: Page, heading: Markup) -> Foot:
        if page.subject is None:
            return foot(p, heading, words=self._words.file(self.lang, "interface"))
        item = p.lens.item(page.subject)
        return foot(p, heading, item.file, self._words.file(self.lang, KINDS[item.kind].plural))

    def _front_matter(self, p: PageContext, page: Page, heading: Markup) -> str:
        """Front matter as JSON values, which are YAML. Texts are plain: the theme escapes them.

        Addresses of ``crumbs`` are relative to the root of the language.
        """
        crumbs = [{"title": p.locale.text("nav.home"), "url": "."}]
        if page.section != HOME:
            name = page.section.rstrip("/")
            crumbs.append({"title": p.locale.text(f"nav.{name}"), "url": page.section})
            crumbs += [{"title": p.locale.text(key), "url": url} for url, key in page.path]
        meta: dict[str, object] = {
            "title": _plain(heading),
            "languages": p.lens.languages(),
            "lang": self.lang,
            "crumbs": crumbs if page.url != HOME else [],
        }
        if card := p.card:
            meta["card"] = card
        said = linked_data(p, page, _plain(heading), crumbs if page.url != HOME else ())
        if page.section != HOME:
            meta["up"] = crumbs[1]["title"]
        lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in meta.items()]
        # It has no apostrophe; as a text in double quotes, each of its own would be escaped again.
        lines.append(f"linked_data: '{said}'")
        return "---\n" + "\n".join(lines) + "\n---\n\n"


def _plain(heading: Markup) -> str:
    """A heading as a reader sees it; only a name in another language is more than text."""
    return unescape(_TAG.sub("", heading))


def _tidy(text: str) -> str:
    """Markdown without runs of blank lines and without spaces at line ends."""
    lines: list[str] = []
    for line in (line.rstrip() for line in text.split("\n")):
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines).strip("\n") + "\n"


def files_of(pages: Iterable[Rendered]) -> dict[str, bytes]:
    """The Markdown tree of rendered pages: path to bytes."""
    return {page.file: page.text.encode() for page in pages}
