"""Pure functions from one page of HTML to the same page as it is published.

String replacement on the little that the theme writes, not a parser: parsers write HTML back in
their own spelling (``viewBox`` in lower case breaks inline SVG) and cost more than all the rest.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Collection

_LANGUAGE = re.compile(r'<html lang="[^"]*"')
# Checkboxes that only switch the theme's panels; the standard allows no `autocomplete` on them.
_SWITCH = re.compile(r'(<input class="md-toggle"[^>]*?) autocomplete="off"')
_EMPTY_TABINDEX = re.compile(r'(<label [^>]*?) tabindex=""')
_ELEMENT = re.compile(r"<(script|style)\b([^>]*)>(.*?)</\1\s*>", re.DOTALL | re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([^\s"'>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
_PROGRAMS = frozenset({"", "module", "text/javascript", "application/javascript"})
_PLACES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (r"<meta charset=[^>]*>", r"<head\b[^>]*>", r"<!doctype[^>]*>")
)
# Where a page may not send forms to, nor take its addresses from.
_PLACES_OF_DATA = ("base-uri 'none'", "form-action 'none'")
_POLICY_META = re.compile(r'<meta http-equiv="content-security-policy" [^>]*>', re.IGNORECASE)
_POLICY_NAME = 'http-equiv="content-security-policy"'
_POLICY = re.compile(rf'{_POLICY_NAME} content="([^"]*)"', re.IGNORECASE)


def repaired(html: str, language: str) -> str:
    """Return a page of the theme with its language named and its invalid attributes dropped."""
    html = _LANGUAGE.sub(f'<html lang="{language}"', html, count=1)
    html = _SWITCH.sub(r"\1", html)
    return _EMPTY_TABINDEX.sub(r"\1", html)


def policy(html: str) -> str:
    """Return the content security policy of a page: itself, and its inline scripts by their hash.

    Blocks of data (JSON, JSON-LD) are not run and need no hash. The language is that of
    https://www.w3.org/TR/CSP3/. ``frame-ancestors`` would need a header of the host.
    """
    scripts: dict[str, None] = {}
    styles: dict[str, None] = {}
    for element in _ELEMENT.finditer(html):
        name, attributes, content = element[1].lower(), _attributes(element[2]), element[3]
        if name == "style":
            styles[_hash(content)] = None
        elif "src" not in attributes and attributes.get("type", "").lower() in _PROGRAMS:
            scripts[_hash(content)] = None
    return "; ".join(_directives(scripts, styles))


def _directives(scripts: Collection[str], styles: Collection[str]) -> tuple[str, ...]:
    return (
        "default-src 'none'",
        " ".join(("script-src 'self'", *scripts)),
        " ".join(("style-src 'self'", *styles)),
        "img-src 'self' data:",  # the theme's icons are data addresses in its style sheet
        "font-src 'self'",
        "connect-src 'self'",
        *_PLACES_OF_DATA,
    )


def policy_of(html: str) -> str:
    """Return the policy that a page states, or nothing."""
    found = _POLICY.search(html)
    return found[1] if found else ""


def site_policy(policies: Collection[str] | None) -> str:
    """Return the policy of a whole site, for a header: what any of its pages allows itself.

    A header adds to what pages say, it takes nothing back; and it alone can keep the site out of
    the frames of others. Without ``policies`` it says nothing of scripts, styles and the like.
    """
    last = "frame-ancestors 'none'"
    if policies is None:
        return "; ".join((*_PLACES_OF_DATA, last))
    allowed: dict[str, set[str]] = {"script-src": set(), "style-src": set()}
    for one in policies:
        for directive in one.split("; "):
            name, *sources = directive.split()
            if name in allowed:
                allowed[name].update(source for source in sources if source != "'self'")
    scripts, styles = (sorted(found) for found in allowed.values())
    return "; ".join((*_directives(scripts, styles), last))


def for_disk(html: str) -> str:
    """Return a finished page whose policy lets it load its files from disk, and ask for nothing.

    What ``'self'`` means there is not settled (https://github.com/w3c/webappsec-csp/issues/459):
    browsers let it be any file today, which ``file:`` says for certain. The hashes stay right.
    """
    return _POLICY_META.sub(
        lambda found: (
            found[0]
            .replace("connect-src 'self'", "connect-src 'none'")
            .replace("'self'", "'self' file:")
        ),
        html,
        count=1,
    )


def protected(html: str) -> str:
    """Return a page with its policy as a ``meta`` element, before anything that it governs.

    A page that states a policy already is left alone. Call this last: any later change to an
    inline script invalidates its hash.
    """
    if _POLICY_NAME in html.lower():
        return html
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy(html)}">'
    for place in _PLACES:
        found = place.search(html)
        if found:
            return html[: found.end()] + meta + html[found.end() :]
    return meta + html


def _attributes(text: str) -> dict[str, str]:
    return {m[1].lower(): m[2] or m[3] or m[4] or "" for m in _ATTRIBUTE.finditer(text)}


def _hash(content: str) -> str:
    digest = hashlib.sha256(content.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
