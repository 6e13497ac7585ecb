"""The nightly check of the addresses of sources, against hosts on this machine."""

from __future__ import annotations

import datetime
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.links import Address, Answer, addresses_of, link_problems
from generator.links_asked import Asking, ask, ask_all
from generator.store import Store
from tests.helpers import Change, store_of, told, toy_project

TODAY = datetime.date(2026, 11, 25)
FAST = Asking(timeout=0.4, pause=0.0, private=True)
SOURCES = "facts/sources/sources.yaml"


class Host(BaseHTTPRequestHandler):
    """Answers as the path says; ``/flaky`` well from the second time on."""

    seen: dict[str, int] = {}
    silence = threading.Event()
    at_once = 0
    most = 0

    def do_GET(self) -> None:
        Host.seen[self.path] = Host.seen.get(self.path, 0) + 1
        match self.path.partition("?")[0].split("/")[1:]:
            case ["code", code]:
                self.send_response(int(code))
            case ["to", where]:
                self.send_response(301)
                self.send_header("Location", f"/code/{where}")
            case ["file"]:
                self.send_response(302)
                self.send_header("Location", "file:///etc/passwd")
            case ["round"]:
                self.send_response(301)
                self.send_header("Location", "/round")
            case ["flaky"]:
                self.send_response(503 if Host.seen[self.path] == 1 else 200)
            case ["silent", *_]:
                Host.silence.wait(5)
                self.send_response(200)
            case _:
                self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def host() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Host) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield f"127.0.0.1:{server.server_port}"
        Host.silence.set()
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/", ""),
        ("/code/204", ""),
        ("/to/200", ""),
        ("/flaky", ""),
        ("/страница?q=ä#part", ""),
        ("/code/404", "404 Not Found"),
        ("/code/403", "403 Forbidden"),
        ("/code/500", "500 Internal Server Error"),
        ("/to/410", "410 Gone"),
        ("/silent", "no answer in time"),
    ],
)
def test_how_an_address_answers(host: str, path: str, said: str) -> None:
    assert ask(f"http://{host}{path}", FAST) == Answer(not said, said)


def test_what_leads_round_or_out_of_the_web_is_dead(host: str) -> None:
    assert not ask(f"http://{host}/round", FAST).is_good
    assert not ask(f"http://{host}/file", FAST).is_good
    assert ask("ftp://example.org/", FAST).said == "not an address of the web"
    assert not ask("http://[", FAST).is_good
    assert not ask("http://" + "a" * 70 + ".example/", FAST).is_good


def test_a_host_without_a_secure_connection_and_one_that_is_closed(host: str) -> None:
    assert ask(f"https://{host}/", FAST).said == "no secure connection"
    with ThreadingHTTPServer(("127.0.0.1", 0), Host) as closed:
        port = closed.server_port
    assert ask(f"http://127.0.0.1:{port}/", FAST).said == "the host refuses the connection"


def test_private_networks_are_not_asked(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    Host.seen.clear()
    for where in (host, "localhost", "[::1]", "169.254.169.254", "10.0.0.1"):
        assert "private network" in ask(f"http://{where}/", Asking(timeout=0.4)).said
    assert Host.seen == {}


def test_an_address_is_asked_once_and_an_answer_that_lasts_not_twice(host: str) -> None:
    Host.seen.clear()
    url = f"http://{host}/code/404"
    assert ask_all([url, url], FAST) == {url: Answer(False, "404 Not Found")}
    assert Host.seen == {"/code/404": 1}


def test_a_host_that_never_answers_is_asked_a_few_times_only(host: str) -> None:
    Host.seen.clear()
    urls = [f"http://{host}/silent/{number}" for number in range(5)]
    said = {answer.said for answer in ask_all(urls, Asking(0.1, 0.0, private=True)).values()}
    assert said == {"no answer in time"}
    assert set(Host.seen) == {f"/silent/{number}" for number in range(3)}


# What is told


def store_with(folder: Path, links: str = "") -> Store:
    changes = [Change("links.yaml", "", links)] if links else []
    return store_of(toy_project(folder, *changes))


def problems_of(store: Store, said: str = "404 Not Found") -> list[str]:
    addresses = addresses_of(store)
    answers = {one.url: Answer(not said, said) for one in addresses}
    return told(link_problems(store, addresses, answers, TODAY))


def test_a_dead_link_is_told_with_its_record_its_place_and_a_copy_to_look_for(
    tmp_path: Path,
) -> None:
    store = store_with(tmp_path)
    first: Address = addresses_of(store)[0]
    answers = {first.url: Answer(False, "404 Not Found")}
    (problem,) = link_problems(store, [first], answers, TODAY)
    year = first.year or 2026
    assert str(problem) == (
        f"{first.place}: error: the address of {first.identifier} does not answer: 404 Not Found"
        f" (found '{first.url}'); expected an answer, or a copy such as"
        f" https://web.archive.org/web/{year}/{first.url} under archive: [dead-source-link]"
    )
    line = (tmp_path / first.place.file).read_text("utf-8").splitlines()[first.place.line - 1]
    assert first.url in line[first.place.column - 1 :]
    assert link_problems(store, [first], {first.url: Answer(True)}, TODAY) == ()


def test_an_exception_has_a_reason_and_an_end_and_is_for_something(tmp_path: Path) -> None:
    url = addresses_of(store_with(tmp_path / "plain"))[0].url
    good = store_with(tmp_path / "good", f'"{url}": {{reason: "asleep", until: 2026-11-25}}\n')
    assert url not in " ".join(problems_of(good))
    late = store_with(tmp_path / "late", f'"{url}": {{reason: "asleep", until: 2026-11-24}}\n')
    assert next(one for one in problems_of(late) if url in one).startswith("content/facts/")
    assert any(one.endswith(f"expired-link-exception {url}") for one in problems_of(late))
    idle = store_with(
        tmp_path / "idle", '"http://other.example/": {reason: "asleep", until: 2027-01-01}\n'
    )
    assert problems_of(idle, "") == [
        "content/links.yaml:1:1 unused-link-exception http://other.example/"
    ]
    (again,) = link_problems(good, addresses_of(good), {url: Answer(True)}, TODAY)
    assert (again.rule, again.severity) == ("unused-link-exception", "warning")


def test_a_copy_that_answers_will_do_and_is_asked_too(tmp_path: Path) -> None:
    url, copy = "https://example.org/news/1", "https://archive.example/1"
    line = f"  url: {url}\n"
    store = store_of(toy_project(tmp_path, Change(SOURCES, line, f"{line}  archive: {copy}\n")))
    addresses = addresses_of(store)
    assert [one.url for one in addresses] == [url, copy]
    dead = Answer(False, "410 Gone")
    for answers, told_of in (
        ({url: dead, copy: Answer(True)}, []),
        ({url: Answer(True), copy: dead}, [copy]),
        ({url: dead, copy: dead}, [url, copy]),
    ):
        found = link_problems(store, addresses, answers, TODAY)
        assert [problem.value for problem in found] == told_of


@pytest.mark.parametrize(
    "text", ['"http://a.example/": {until: 2027-01-01}', '"http://a.example/": {reason: "x"}']
)
def test_an_exception_without_a_reason_or_an_end_is_a_problem_of_the_content(
    tmp_path: Path, text: str
) -> None:
    store = store_with(tmp_path, f"{text}\n")
    assert [(p.place.file, p.rule) for p in store.problems] == [
        ("content/links.yaml", "missing-field")
    ]


def test_the_command_names_dead_links_and_says_how_many_were_asked(
    tmp_path: Path, host: str
) -> None:
    store = store_with(tmp_path / "plain")
    first = addresses_of(store)[0]
    folder = tmp_path / "changed"
    project = toy_project(folder)
    for path in sorted((project.content / "facts" / "sources").glob("*.yaml")):
        text = path.read_text("utf-8")
        for number, one in enumerate(addresses_of(store)):
            code = 404 if one == first else 200
            text = text.replace(one.url, f"http://{host}/code/{code}?{number}")
        path.write_text(text, "utf-8")
    arguments = ["--project", str(folder), "links", "--private", "--timeout", "2"]
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 1, done.output
    (line,) = done.stdout.splitlines()
    assert line.startswith(f"{first.place.file}:") and "[dead-source-link]" in line
    assert done.stderr == "1 address asked, 1 problem\n"
