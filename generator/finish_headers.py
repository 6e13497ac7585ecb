"""``_headers``: what hosts that read it (Netlify, Cloudflare Pages) send with the site's files.

Formats: https://docs.netlify.com/manage/routing/headers/ and
https://developers.cloudflare.com/pages/configuration/headers/. Both join the values of one header
from several rules, so no two rules here set the same one. Cloudflare takes 100 rules and lines of
2,000 characters. Both hosts let pages be checked for news at every visit if nothing else is said.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from urllib.parse import urlsplit

from generator.finish_assets import ENGINE_FOLDERS, OWN_FOLDERS
from generator.finish_html import site_policy

HEADERS = "_headers"
MOST_RULES = 100
LONGEST_LINE = 2_000

#: For files whose name says their content.
FOR_EVER = "public, max-age=31536000, immutable"

# Nothing of the site asks for these; whatever is put into it should not either.
_NOT_ALLOWED = (
    *("camera", "display-capture", "geolocation", "microphone", "midi", "payment", "usb"),
    *("browsing-topics", "hid", "serial", "xr-spatial-tracking"),
)


def headers(site_url: str, languages: Iterable[str], policies: Collection[str]) -> bytes:
    """Return the file for a site at an address, whose pages have these policies (``policy``).

    Everything is sent a policy that allows what any page allows, and no frames around it: pages
    narrow it down themselves, other documents cannot. With too many different inline scripts for a
    line, it says nothing of scripts and styles.
    """
    base = urlsplit(site_url).path
    policy = site_policy(policies)
    if len(policy) > LONGEST_LINE - 100:
        policy = site_policy(None)
    found: dict[str, dict[str, str]] = {
        f"{base}*": {
            "Content-Security-Policy": policy,
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
            "Referrer-Policy": "strict-origin-when-cross-origin",
            "Permissions-Policy": ", ".join(f"{name}=()" for name in sorted(_NOT_ALLOWED)),
            "Cross-Origin-Opener-Policy": "same-origin",
        },
        # Open data may be read by scripts of other sites.
        f"{base}data/*": {"Access-Control-Allow-Origin": "*"},
        f"{base}{OWN_FOLDERS[0]}*": {"Cache-Control": FOR_EVER},
    }
    for language in languages:
        for folder in (*OWN_FOLDERS, *ENGINE_FOLDERS):
            if len(found) < MOST_RULES:
                found[f"{base}{language}/{folder}*"] = {"Cache-Control": FOR_EVER}
    return _written(found).encode()


def _written(rules: Mapping[str, Mapping[str, str]]) -> str:
    return "".join(
        f"{path}\n" + "".join(f"  {name}: {value}\n" for name, value in values.items())
        for path, values in rules.items()
    )
