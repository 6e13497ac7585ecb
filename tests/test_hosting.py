"""What hosts read beside the site: headers, redirects, and names that say the content."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.dataset import build_dataset
from generator.finish_assets import named, renamed
from generator.finish_headers import FOR_EVER, LONGEST_LINE, MOST_RULES, headers
from generator.finish_html import policy_of, site_policy
from generator.hosting import MOST_BYTES, redirects
from generator.hosting import MOST_RULES as MOST_REDIRECTS
from generator.project import Project
from generator.routes import Routes
from tests.helpers import Change, toy_store
from tests.small_site import tree

HASHED = re.compile(r"\.[0-9a-f]{8}\.(?:min\.)?(?:css|js)$")
SITE_URL = "https://example.org/sub/"
POLICY = "default-src 'none'; script-src 'self' 'sha256-{}'; style-src 'self'"


def rules_in(text: bytes) -> dict[str, dict[str, str]]:
    """The rules of a file of headers, read as its hosts say that they read it."""
    found: dict[str, dict[str, str]] = {}
    path = ""
    for line in text.decode().splitlines():
        assert len(line) <= LONGEST_LINE
        if line.startswith("  "):
            name, _, value = line.strip().partition(": ")
            assert name not in found[path]
            found[path][name] = value
        else:
            path = line
            assert path.count("*") <= 1
            found[path] = {}
    return found


def matching(rules: dict[str, dict[str, str]], path: str) -> Iterator[dict[str, str]]:
    for pattern, values in rules.items():
        if re.fullmatch(re.escape(pattern).replace(r"\*", ".*"), path):
            yield values


# Names of assets


def test_a_name_says_the_content_and_scripts_name_each_other() -> None:
    one = named({"assets/js/a.js": b"load('assets/js/b.js')", "assets/js/b.js": b"1"})
    two = named({"assets/js/a.js": b"load('assets/js/b.js')", "assets/js/b.js": b"2"})
    name, content = one["assets/js/b.js"]
    assert name == f"assets/js/b.{hashlib.sha256(b'1').hexdigest()[:8]}.js"
    assert (content, one["assets/js/a.js"][1]) == (b"1", f"load('{name}')".encode())
    assert one["assets/js/a.js"][0] != two["assets/js/a.js"][0]


def test_files_that_name_each_other_in_a_circle_are_a_mistake_of_the_program() -> None:
    with pytest.raises(ValueError, match="name each other"):
        named({"assets/js/a.js": b"assets/js/b.js", "assets/js/b.js": b"assets/js/a.js"})


def test_only_references_get_new_names() -> None:
    names = {"assets/js/a.js": "assets/js/a.0.js"}
    html = '<script src="../{0}"></script><p>{0} "{0}"</p><link href="{0}"><a href="x/{1}">'
    assert renamed(html.format("assets/js/a.js", "assets/js/b.js"), names) == (
        '<script src="../assets/js/a.0.js"></script><p>assets/js/a.js "assets/js/a.js"</p>'
        '<link href="assets/js/a.0.js"><a href="x/assets/js/b.js">'
    )


def test_whatever_a_script_or_page_asks_for_is_there_by_its_name(other_site: Project) -> None:
    site = other_site.site
    files = tree(site)
    asked = 0
    for path, content in files.items():
        if path.endswith((".js", ".html")) and "/stylesheets/" not in path:
            for found in re.finditer(
                rb'assets/(?:css|js)/[a-z0-9.-]+\.(?:css|js)(?=["\'])', content
            ):
                asked += 1
                assert HASHED.search(found[0].decode()), (path, found[0])
                root = path.partition("/")[0] if path.endswith(".js") else ""
                ends = (f"{root}/{found[0].decode()}",) if root else (found[0].decode(),)
                assert any(name.endswith(ends) for name in files), (path, found[0])
    assert asked > len(list(site.rglob("*.html")))


# Headers


def test_no_file_gets_a_header_twice_and_only_named_files_are_kept_for_ever(
    other_site: Project,
) -> None:
    rules = rules_in((other_site.site / "_headers").read_bytes())
    base = other_base(other_site)
    kept = 0
    for path in tree(other_site.site):
        sent: dict[str, str] = {}
        for values in matching(rules, base + path):
            assert not sent.keys() & values.keys(), path
            sent |= values
        for_ever = sent.get("Cache-Control") == FOR_EVER
        assert for_ever == bool(HASHED.search(path)), path
        kept += for_ever
        assert sent["X-Content-Type-Options"] == "nosniff"
        assert "frame-ancestors 'none'" in sent["Content-Security-Policy"]
        assert ("Access-Control-Allow-Origin" in sent) == path.startswith("data/")
    assert kept >= 8


def test_what_a_page_allows_itself_the_header_allows(other_site: Project) -> None:
    rules = rules_in((other_site.site / "_headers").read_bytes())
    (sent,) = (values["Content-Security-Policy"] for values in rules.values() if len(values) > 3)
    allowed = {one.split()[0]: set(one.split()[1:]) for one in sent.split("; ")}
    pages = 0
    for path, content in tree(other_site.site).items():
        if path.endswith(".html"):
            pages += 1
            for directive in policy_of(content.decode()).split("; "):
                name, *sources = directive.split()
                assert set(sources) <= allowed[name], path
    assert pages > 50


def test_a_site_policy_takes_the_scripts_of_all_pages_in_one_order() -> None:
    both = site_policy([POLICY.format("b"), POLICY.format("a")])
    assert "script-src 'self' 'sha256-a' 'sha256-b'; style-src 'self'; " in both
    assert both == site_policy([POLICY.format("a"), POLICY.format("b")])
    assert both.endswith("; frame-ancestors 'none'")


def test_headers_stay_within_what_hosts_take() -> None:
    languages = [f"x{number}" for number in range(200)]
    many = [POLICY.format(f"{number:044}") for number in range(50)]
    rules = rules_in(headers(SITE_URL, languages, many))
    assert len(rules) == MOST_RULES
    assert rules["/sub/*"]["Content-Security-Policy"] == site_policy(None)
    assert "script-src" not in site_policy(None)


# Redirects


def other_base(project: Project) -> str:
    text = (project.content / "site.yaml").read_text(encoding="utf-8")
    address = re.search(r"^address: (\S+)", text, re.MULTILINE)
    assert address
    return "/" + address[1].split("/", 3)[3]


def test_every_rule_leads_from_what_is_not_there_to_what_is(other_site: Project) -> None:
    lines = (other_site.site / "_redirects").read_text(encoding="utf-8").splitlines()
    base, starts = other_base(other_site), set()
    for line in lines:
        source, target, code = line.split(" ")
        assert code == "301"
        starts.add(source)
        path = target.removeprefix(base)
        file = Path(other_site.site, path, "index.html") if path.endswith("/") else None
        assert (file or other_site.site / path).is_file(), line
        old = source.removeprefix(base)
        if not old.endswith("/"):
            assert not (other_site.site / old).exists(), line
    assert len(starts) == len(lines) > 10
    assert f"{base}fr/regions/old-pomerania/" in starts
    assert f"{base}data/fr/regions/old-pomerania.atom" in starts
    assert f"{base}data/regions/old-pomerania.csv" in starts


def test_the_former_ids_of_removed_records_lead_to_what_became_of_them(tmp_path: Path) -> None:
    line = "gone: {kind: region, removed: 2022, reason: unfounded, formerly: [long-gone]}\n"
    dataset = build_dataset(toy_store(tmp_path, Change("removed.yaml", "", line)))
    found = redirects(dataset, Routes(dataset)).decode()
    assert [line for line in found.splitlines() if "long-gone" in line] == [
        f"/toy/{code}/regions/long-gone/ /toy/{code}/regions/gone/ 301"
        for code in dataset.site.codes
    ]


def test_never_more_rules_than_hosts_take(tmp_path: Path) -> None:
    many = ", ".join(f"old-{number}" for number in range(800))
    change = Change("facts/regions/kestria.yaml", "[old-birch]", f"[{many}]")
    dataset = build_dataset(toy_store(tmp_path, change))
    lines = redirects(dataset, Routes(dataset)).decode().splitlines(keepends=True)
    assert len(lines) == MOST_REDIRECTS
    assert sum(map(len, lines)) <= MOST_BYTES
    assert all("/data/" not in line for line in lines)  # pages come first


def test_github_is_told_to_leave_files_alone(other_site: Project) -> None:
    assert (other_site.site / ".nojekyll").read_bytes() == b""
