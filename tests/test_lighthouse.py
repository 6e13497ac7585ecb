"""Lighthouse on three pages, as on a phone; its figures are printed. Not for every push."""

from __future__ import annotations

import gzip
import json
import mimetypes
import os
import subprocess
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from generator.project import Project
from tests.built import ROOT, languages_of
from tests.conftest import CHROMIUM_FLAGS, StaticHost, find_chromium

PAGES = ("", "agreements/", "regions/pskov/")
LEAST = {"performance": 0.95, "accessibility": 1.0, "best-practices": 1.0, "seo": 1.0}
LIGHTHOUSE = ROOT / "node_modules/lighthouse/cli/index.js"


class CompressingHost(StaticHost):
    """A static host that compresses texts, as they all do."""

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            super().do_GET()
            return
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        body = gzip.compress(path.read_bytes(), mtime=0)
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Cache-Control", "max-age=31536000")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.mark.nightly
@pytest.mark.parametrize("lang", languages_of(Project(ROOT)))
@pytest.mark.parametrize("url", PAGES)
def test_lighthouse_is_content(real_site: Project, tmp_path: Path, lang: str, url: str) -> None:
    handler = partial(CompressingHost, prefix="/", directory=str(real_site.site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        report = audit(f"http://127.0.0.1:{server.server_port}/{lang}/{url}", tmp_path)
        server.shutdown()
    scores = {name: report["categories"][name]["score"] for name in LEAST}
    print(f"\n/{lang}/{url}: {scores}")
    wrong = {name: score for name, score in scores.items() if (score or 0) < LEAST[name]}
    assert wrong == {}, failed(report)


def audit(address: str, folder: Path) -> dict[str, Any]:
    """The report of Lighthouse on a page, in its mobile setting."""
    path = folder / "report.json"
    flags = " ".join(("--headless=new", *CHROMIUM_FLAGS))
    command = ["node", str(LIGHTHOUSE), address, "--output=json", f"--output-path={path}"]
    command += ["--quiet", f"--chrome-flags={flags}", f"--only-categories={','.join(LEAST)}"]
    environment = {**os.environ, "CHROME_PATH": find_chromium() or ""}
    subprocess.run(command, check=True, capture_output=True, env=environment)
    report: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return report


def failed(report: dict[str, Any]) -> list[str]:
    """The audits that did not pass."""
    audits = report["audits"].values()
    return [
        f"{audit['id']}: {audit.get('displayValue', audit['title'])}"
        for audit in audits
        if audit["score"] is not None and audit["score"] < 0.9
    ]
