"""Asking addresses over the network: many hosts at a time, one question at a time for each host.

Content is not trusted: only http and https are asked, also after redirects; addresses of private
networks are not, because the machine that asks may stand in one; of what comes back only the status
is read.
"""

from __future__ import annotations

import datetime
import http.client
import ipaddress
import socket
import ssl
import threading
import urllib.error
import urllib.request
from collections import defaultdict
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import quote, urlsplit, urlunsplit

from generator import __version__
from generator.errors import ContentError, Problem
from generator.links import Answer, addresses_of, link_problems
from generator.project import Project
from generator.store import read_store

SCHEMES = ("http", "https")
#: Some hosts turn away whoever does not seem to be a browser.
_AGENT = f"Mozilla/5.0 (compatible; generator/{__version__}; link check)"
# What may be otherwise a moment later.
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
# After so many addresses without any answer, a host is asked for no more of them.
_SILENT = 3
_KEPT = "~!*'();:@&=+$,/?#[]%"


@dataclass(frozen=True, slots=True)
class Asking:
    """How to ask: seconds to wait for an answer and before a second try, and hosts at a time."""

    timeout: float = 20.0
    pause: float = 5.0
    at_once: int = 16
    private: bool = False


class _RefusedError(Exception):
    """An address that is not asked, and why."""


def checked_links(
    project: Project,
    today: datetime.date,
    asking: Asking,
    progress: Callable[[str], None] = lambda _: None,
) -> tuple[int, tuple[Problem, ...]]:
    """Ask the addresses of all sources; return how many there are, and what is wrong with them.

    ContentError if content cannot be read.
    """
    store = read_store(project.content)
    if store.problems:
        raise ContentError(store.problems)
    addresses = addresses_of(store)
    answers = ask_all((one.url for one in addresses), asking, progress)
    return len(answers), link_problems(store, addresses, answers, today)


def ask_all(
    urls: Iterable[str], asking: Asking, progress: Callable[[str], None] = lambda _: None
) -> dict[str, Answer]:
    """Return how each address answered; what went wrong is told, never raised."""
    by_host: dict[str, list[str]] = defaultdict(list)
    for url in dict.fromkeys(urls):
        by_host[_host(url)].append(url)
    answers: dict[str, Answer] = {}

    def ask_host(host: str) -> None:
        silent = 0
        for url in by_host[host]:
            if silent < _SILENT:
                answer = ask(url, asking)
                silent = 0 if answer.is_good or answer.said[:3].isdigit() else silent + 1
            answers[url] = answer
            progress(f"asked {len(answers)} addresses, last {host}")

    with ThreadPoolExecutor(max_workers=asking.at_once) as pool:
        for done in [pool.submit(ask_host, host) for host in by_host]:
            done.result()
    return answers


def ask(url: str, asking: Asking) -> Answer:
    """Ask one address, and once more after a pause if what is wrong may pass."""
    answer, may_pass = _asked(url, asking)
    if may_pass:
        threading.Event().wait(asking.pause)
        answer, _ = _asked(url, asking)
    return answer


def _asked(url: str, asking: Asking) -> tuple[Answer, bool]:
    """The answer, and whether it may be otherwise a moment later."""
    try:
        request = urllib.request.Request(
            _ascii(url), headers={"User-Agent": _AGENT, "Accept": "*/*"}
        )
        _refuse(request.full_url, asking)
        opener = urllib.request.build_opener(_Redirects(asking))
        with opener.open(request, timeout=asking.timeout):
            return Answer(True), False
    except urllib.error.HTTPError as error:
        error.close()
        return Answer(False, f"{error.code} {error.reason}".strip()), error.code in _PASSING
    except _RefusedError as error:
        return Answer(False, str(error)), False
    except urllib.error.URLError as error:
        return _failed(error.reason if isinstance(error.reason, OSError) else error)
    except (OSError, http.client.HTTPException, ValueError) as error:
        return _failed(error)


def _failed(error: BaseException) -> tuple[Answer, bool]:
    """What an error of the network means, in a few words."""
    match error:
        case TimeoutError():
            said, may_pass = "no answer in time", True
        case ssl.SSLCertVerificationError():
            said, may_pass = f"its certificate is not valid: {error.verify_message}", False
        case ssl.SSLError():
            said, may_pass = "no secure connection", False
        case socket.gaierror():
            said, may_pass = "there is no such host", True
        case ConnectionRefusedError():
            said, may_pass = "the host refuses the connection", True
        case OSError() if error.strerror:
            said, may_pass = error.strerror.lower(), True
        case _:
            said, may_pass = "what it answers is no page of the web", False
    return Answer(False, said), may_pass


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows redirects as the library does, but looks first where they lead."""

    def __init__(self, asking: Asking) -> None:
        self._asking = asking

    def redirect_request(self, *args: object, **kwargs: object) -> urllib.request.Request | None:
        request: urllib.request.Request | None
        request = super().redirect_request(*args, **kwargs)  # type: ignore[arg-type]
        if request is not None:
            _refuse(request.full_url, self._asking)
        return request


def _refuse(url: str, asking: Asking) -> None:
    parts = urlsplit(url)
    if parts.scheme not in SCHEMES or not parts.hostname:
        raise _RefusedError("not an address of the web")
    if asking.private or urllib.request.getproxies().get(parts.scheme):
        return
    try:
        found = socket.getaddrinfo(parts.hostname, parts.port or 80, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return  # asking says so
    for *_, where in found:
        if not ipaddress.ip_address(str(where[0]).partition("%")[0]).is_global:
            raise _RefusedError("leads into a private network, which is not asked")


def _ascii(url: str) -> str:
    """An address as it is sent: other letters as hosts and paths write them (RFC 3987, 3.1)."""
    parts = urlsplit(url)
    host = (parts.hostname or "").encode("idna").decode("ascii")
    if ":" in host:
        host = f"[{host}]"
    place = host if parts.port is None else f"{host}:{parts.port}"
    rest = (quote(part, safe=_KEPT) for part in (parts.path or "/", parts.query))
    return urlunsplit((parts.scheme, place, *rest, ""))


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:
        return ""
