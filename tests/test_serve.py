"""The local server: what it sends, and that it rebuilds once for whatever was saved together."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from generator.errors import UsageError
from generator.project import Project
from generator.server import EVENTS, OWN, Changes, Served, is_own_name, listening
from tests.serving import BASE, PATIENCE, Server, ask, serving

# --- what is sent


@pytest.fixture(scope="module")
def changes() -> Changes:
    return Changes()


@pytest.fixture(scope="module")
def address(other_site: Project, changes: Changes) -> Iterator[str]:
    with listening(served(other_site, changes), "127.0.0.1", 0) as found:
        yield found


def served(project: Project, changes: Changes) -> Served:
    return Served(project.site, BASE, project.templates / "preview", changes)


def test_the_site_is_served_below_its_path(address: str) -> None:
    assert urlsplit(address).path == BASE
    page = ask(address, f"{BASE}pl/regions/brittany/")
    assert (page.status, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "Bretania" in page.body
    assert page.headers["cache-control"] == "no-store"


def test_the_policy_is_lifted_and_the_reloading_script_added_in_the_answer_only(
    address: str, other_site: Project
) -> None:
    body = ask(address, f"{BASE}fr/").body
    assert "Content-Security-Policy" not in body
    assert f'<script src="{OWN}reload.js"></script></body>' in body
    script = ask(address, f"{OWN}reload.js")
    assert (script.status, EVENTS in script.body) == (200, True)
    published = (other_site.site / "fr" / "index.html").read_text(encoding="utf-8")
    assert "Content-Security-Policy" in published
    assert OWN not in published


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("fr/assets/css/theme.*.css", "text/css"),
        ("fr/assets/js/theme.*.js", "text/javascript"),
        ("fr/assets/search/index.js", "text/javascript"),
        ("data/facts.json", "application/json"),
        ("data/facts.csv", "text/csv"),
        ("sitemap.xml", "text/xml"),
    ],
)
def test_files_are_sent_as_they_are(
    address: str, other_site: Project, path: str, media_type: str
) -> None:
    (found,) = other_site.site.glob(path)
    path = found.relative_to(other_site.site).as_posix()
    answer = ask(address, BASE + path)
    assert answer.status == 200
    assert (
        answer.headers["content-type"]
        .partition(";")[0]
        .replace("application/xml", "text/xml")
        .replace("application/javascript", "text/javascript")
        == media_type
    )
    assert answer.body == (other_site.site / path).read_bytes().decode()


@pytest.mark.parametrize(
    "path", ["fr/nowhere/", "nowhere", "fr/nowhere.html", "data/", "fr/assets/"]
)
def test_what_is_not_there_is_the_page_for_missing_addresses(address: str, path: str) -> None:
    answer = ask(address, BASE + path)
    assert answer.status == 404
    assert "Page introuvable" in answer.body
    assert "Nie ma takiej strony" in answer.body


OUTSIDE = (
    *("../build/fr/mkdocs.yml", "%2e%2e/content/site.yaml", "..%2fcontent/site.yaml"),
    *("%252e%252e/content/site.yaml", "..%5ccontent%5csite.yaml", "fr/../../content/site.yaml"),
    *("/etc/passwd", "//etc/passwd", "%2fetc%2fpasswd", "fr/%00", "fr/index.html%00.css"),
    *("%c0%ae%c0%ae/content/site.yaml", "%ff%fe", "x" * 5000, "a/" * 3000),
)


@pytest.mark.parametrize("path", OUTSIDE, ids=lambda path: path[:30])
def test_nothing_is_sent_from_outside_the_site(address: str, path: str) -> None:
    answer = ask(address, BASE + path)
    assert answer.status == 404
    assert "as_of" not in answer.body and "root:" not in answer.body


def test_nothing_is_sent_from_beside_the_site(address: str) -> None:
    assert ask(address, "/content/site.yaml").status == 404
    assert ask(address, f"{OWN}../pages/home.md.j2").status == 404
    assert ask(address, f"{OWN}%00").status == 404


@pytest.mark.parametrize("name", ["file.txt", "folder/", "circle", "index/"])
def test_links_are_not_followed_out_of_the_site(
    tmp_path: Path, changes: Changes, name: str
) -> None:
    site, secret = tmp_path / "site", tmp_path / "secret"
    for folder in (secret, site / "index"):
        folder.mkdir(parents=True)
    for file in (secret / "index.html", secret / "file.txt"):
        file.write_text("secret", "utf-8")
    (site / "file.txt").symlink_to(secret / "file.txt")
    (site / "folder").symlink_to(secret)
    (site / "circle").symlink_to("circle")
    (site / "index" / "index.html").symlink_to(secret / "index.html")
    with listening(Served(site, "/", tmp_path, changes), "127.0.0.1", 0) as own:
        answer = ask(own, f"/{name}")
    assert (answer.status, "secret" in answer.body) == (404, False)


@pytest.mark.parametrize(
    ("name", "status"),
    [
        *(("localhost", 200), ("LOCALHOST:8000", 200), ("127.0.0.1:1", 200), ("[::1]:80", 200)),
        *(("192.168.0.7", 200), ("atlas.localhost", 200)),
        *(("evil.example", 421), ("evil.example:8000", 421), ("127.0.0.1.evil.example", 421)),
        *(("localhost.evil.example", 421), ("[::1", 421), ("", 421), ("user@evil.example", 421)),
    ],
)
def test_the_server_answers_to_its_own_names_only(address: str, name: str, status: int) -> None:
    assert ask(address, f"{BASE}fr/", headers={"Host": name}).status == status


def test_a_host_that_was_asked_for_is_a_name_of_the_server() -> None:
    assert is_own_name("Desk.example:8000", "desk.example")
    assert not is_own_name("other.example", "desk.example")
    assert is_own_name(None, "127.0.0.1")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH"])
def test_only_reading_is_answered(address: str, method: str) -> None:
    assert ask(address, f"{BASE}fr/", method).status == 501


def test_other_sites_cannot_load_what_is_served(address: str) -> None:
    for path in ("fr/", "fr/assets/search/index.js", "nowhere"):
        headers = ask(address, BASE + path).headers
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert headers["x-content-type-options"] == "nosniff"
        assert "access-control-allow-origin" not in headers


@pytest.mark.parametrize(
    ("path", "target"),
    [("/", BASE), ("/atlas", BASE), ("/atlas/duo", BASE), (f"{BASE}pl", f"{BASE}pl/")],
)
def test_folders_are_found_without_their_slash(address: str, path: str, target: str) -> None:
    answer = ask(address, path)
    assert (answer.status, answer.headers["location"]) == (302, target)


def test_heads_are_answered_without_a_body(address: str) -> None:
    for path in ("fr/", "data/facts.json", "nowhere"):
        head, whole = (ask(address, BASE + path, method) for method in ("HEAD", "GET"))
        assert head.body == ""
        assert head.status == whole.status
        assert head.headers["content-length"] == whole.headers["content-length"]


def test_a_page_that_waits_is_told_of_the_next_build(address: str, changes: Changes) -> None:
    def state(body: str) -> str:
        return "{built}.{told}".format(**json.loads(body))

    seen = state(ask(address, f"{EVENTS}?seen=").body)
    answers: list[str] = []
    waiting = threading.Thread(
        target=lambda: answers.append(ask(address, f"{EVENTS}?seen={seen}").body)
    )
    waiting.start()
    while waiting.is_alive() and not answers:
        changes.publish()
        waiting.join(0.05)
    assert json.loads(answers[0])["built"] > int(seen.partition(".")[0])
    # It asks too late, and is answered at once.
    assert state(ask(address, f"{EVENTS}?seen={seen}").body) != seen


def test_a_page_is_told_of_problems_until_they_are_gone(address: str, changes: Changes) -> None:
    changes.refuse(["content/x.yaml:1:2: error: <this>"])
    told = json.loads(ask(address, f"{EVENTS}?seen=").body)
    assert told["problems"] == ["content/x.yaml:1:2: error: <this>"]
    changes.publish()
    after = json.loads(ask(address, f"{EVENTS}?seen=").body)
    assert (after["problems"], after["built"]) == ([], told["built"] + 1)


def test_a_port_that_is_taken_or_a_host_that_is_none_is_a_usage_error(
    address: str, other_site: Project
) -> None:
    port = urlsplit(address).port or 0
    for host, number in (("127.0.0.1", port), ("host.invalid", 0), ("a" * 100 + ".x", 0)):
        with pytest.raises(UsageError), listening(served(other_site, Changes()), host, number):
            pass


# --- rebuilding


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, other_site: Project) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("serve") / "project", other_site) as found:
        yield found


def test_saving_words_is_one_rebuild_and_changes_the_page(server: Server) -> None:
    assert "attend son tour" in server.page("fr/regions/normandy/")
    server.write("content/words/fr/regions.yaml", "attend son tour", "a eu son tour")
    said = server.wait_for("rewritten")
    assert len(said) == 1
    assert "a eu son tour" in server.page("fr/regions/normandy/")
    assert server.is_quiet()


def test_many_files_at_once_are_one_rebuild(server: Server) -> None:
    for lang, old in (("fr", "Rennes"), ("pl", "Rennes")):
        server.write(f"content/words/{lang}/places.yaml", old, "Roazhon")
    for name in ("about", "agreement", "country", "forum", "region", "source"):
        server.write(f"templates/pages/{name}.md.j2", "{% block body %}", "{% block body %} ")
    server.wait_for("rewritten")
    assert "Roazhon" in server.page("pl/regions/brittany/")
    assert server.is_quiet()


def test_a_mistake_is_named_and_the_last_page_stays(server: Server) -> None:
    server.write("content/words/fr/regions.yaml", "](pomerania)", "](pomerani)")
    said = "\n".join(server.wait_for("is kept"))
    assert "content/words/fr/regions.yaml:" in said
    assert "[unknown-link]" in said
    assert "did you mean 'pomerania'" in said
    assert "Normandie" in server.page("fr/regions/normandy/")
    server.write("content/words/fr/regions.yaml", "](pomerani)", "](pomerania)")
    server.wait_for("rewritten")


def test_a_broken_template_is_named_and_the_last_page_stays(server: Server) -> None:
    server.write("templates/pages/region.md.j2", "{% set", "{% sett")
    said = "\n".join(server.wait_for("is kept"))
    assert "region.md.j2" in said
    assert "Traceback" not in said
    assert "Normandie" in server.page("fr/regions/normandy/")
    server.write("templates/pages/region.md.j2", "{% sett", "{% set")
    server.wait_for("rewritten")


def test_the_configuration_is_watched_however_often_it_is_replaced(server: Server) -> None:
    for old, new in (("Preview", "Premier"), ("Premier", "Second")):
        server.write("mkdocs.yml", f"site_name: {old}", f"site_name: {new}")
        server.wait_for("rewritten")


def test_it_stops_cleanly_when_interrupted(server: Server) -> None:
    while not server.is_quiet():
        pass
    os.kill(server.process.pid, signal.SIGINT)
    assert server.process.wait(timeout=PATIENCE) == 0
    said = []
    while (line := server.lines.get(timeout=PATIENCE)) != "the end":
        said.append(line)
    assert said == []
    with pytest.raises(OSError):
        ask(server.address, BASE)
    children = subprocess.run(
        ["ps", "--ppid", str(server.process.pid), "--no-headers"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert children.stdout == ""


def test_what_changes_while_the_first_build_runs_is_not_lost(
    tmp_path: Path, other_site: Project
) -> None:
    from generator import serve

    root = tmp_path / "project"
    shutil.copytree(other_site.root, root)
    builds: list[int] = []

    def build() -> None:
        if not builds:
            (root / "content" / "site.yaml").touch()
        builds.append(1)

    rebuilding = serve.rebuilds(Project(root), build)
    assert [next(rebuilding), next(rebuilding)] == [None, None]
    assert len(builds) == 2
    rebuilding.close()


def test_a_language_at_fault_keeps_its_pages_while_others_are_built(
    tmp_path: Path, other_site: Project
) -> None:
    with serving(tmp_path / "project", other_site) as server:
        server.write("content/words/pl/regions.yaml", "](pomerania)", "](pomerani)")
        said = "\n".join(server.wait_for("rewritten"))
        assert "did you mean 'pomerania'" in said
        assert "kept" in said
        server.write("content/words/fr/regions.yaml", "attend son tour", "a eu son tour")
        server.wait_for("rewritten")
        assert "a eu son tour" in server.page("fr/regions/normandy/")
        assert "Pomorskie" in server.page("pl/regions/pomerania/")
