"""A site goes to a server or to storage whole, or the one that was there before stays."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.finish_headers import FOR_EVER
from generator.manifest import MANIFEST, compare, manifest_text
from generator.publishing_rsync import Server, server_of
from generator.publishing_storage import ASK_FIRST, Batch, batch_of
from tests.small_site import tree

ASSET = "xa/assets/css/theme.{}.css"


def make_site(root: Path, version: str, **more: str) -> Path:
    """A project with a finished site of a few files, of which most differ by version."""
    (root / "content").mkdir(parents=True, exist_ok=True)
    (root / "mkdocs.yml").touch()
    asset = ASSET.format(hashlib.sha256(version.encode()).hexdigest()[:8])
    files = {
        "index.html": "the same",
        "xa/index.html": f'{version} <link href="{asset}">',
        "data/facts.csv": f"{version},ö\n",
        ".nojekyll": "",
        asset: version,
    }
    files |= {name.replace("__", "/").replace("_", "."): text for name, text in more.items()}
    site = root / "site"
    for path in sorted(site.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    for name, text in files.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text, encoding="utf-8")
    sums = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in files.items()}
    (site / MANIFEST).write_bytes(manifest_text(sums))
    return site


def publish(root: Path, *arguments: object) -> Result:
    return CliRunner().invoke(main, ["--project", str(root), "publish", *map(str, arguments)])


def wrap(folder: Path, program: str, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a script before a program; ``$REAL`` is the program itself."""
    real = (
        next(
            path
            for place in os.environ["PATH"].split(":")
            if (path := Path(place) / program).is_file() and path.parent != folder
        )
        if program != "ssh"
        else Path("/bin/sh")
    )
    folder.mkdir(exist_ok=True)
    path = folder / program
    path.write_text(f"#!/bin/sh\nREAL={real}\n{script}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    if str(folder) not in os.environ["PATH"]:
        monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")


# Servers


@pytest.fixture
def web(tmp_path: Path) -> Path:
    return tmp_path / "srv" / "a web"


def test_the_first_publication_and_the_next(tmp_path: Path, web: Path) -> None:
    site = make_site(tmp_path, "one")
    assert publish(tmp_path, "rsync", web).exit_code == 0
    assert (web / "current").is_symlink()
    assert tree(web / "current") == tree(site)
    same = (web / "current" / "index.html").stat().st_ino
    site = make_site(tmp_path, "two")
    os.utime(site / "index.html", (0, 0))  # a fresh build has new times
    done = publish(tmp_path, "rsync", web)
    assert done.exit_code == 0, done.output
    assert tree(web / "current") == tree(site)
    assert (web / "current" / "index.html").stat().st_ino == same  # a hard link
    assert compare(web / "current").compared == 5
    assert len(list((web / "releases").iterdir())) == 2


def test_what_is_published_already_is_only_checked(tmp_path: Path, web: Path) -> None:
    make_site(tmp_path, "one")
    first = publish(tmp_path, "rsync", web)
    second = publish(tmp_path, "rsync", web)
    assert first.stdout.splitlines()[-1] == second.stdout.splitlines()[-1]
    assert "sending" in first.stdout and "sending" not in second.stdout
    assert len(list((web / "releases").iterdir())) == 1
    (web / "current" / "index.html").write_text("touched", encoding="utf-8")
    done = publish(tmp_path, "rsync", web)
    assert (done.exit_code, "not every file" in done.stderr) == (1, True)


def test_only_so_many_older_releases_stay_and_one_can_come_back(tmp_path: Path, web: Path) -> None:
    names = []
    for version in ("one", "two", "three", "four"):
        make_site(tmp_path, version)
        names.append(publish(tmp_path, "rsync", web, "--keep", 2).stdout.split()[-1])
        os.utime(web / "releases" / names[-1], (len(names), len(names)))
    assert {path.name for path in (web / "releases").iterdir()} == set(names[1:])
    site = make_site(tmp_path, "two")
    assert publish(tmp_path, "rsync", web, "--keep", 2).exit_code == 0
    assert (web / "current").readlink().name == names[1]
    assert tree(web / "current") == tree(site)
    assert {path.name for path in (web / "releases").iterdir()} == set(names[1:])


@pytest.mark.parametrize(
    "script",
    [
        "exit 23",
        'rm -rf "$5" ; "$REAL" "$@" ; kill -9 $$',
        # Half of it arrives, and one file is not what it was.
        '"$REAL" "$@"; for f in "$(eval echo \\"\\${$#}\\")"/xa/*.html; do echo x >"$f"; done',
    ],
    ids=["fails", "is killed", "tells no truth"],
)
def test_a_failure_on_the_way_leaves_the_old_site_whole(
    tmp_path: Path, web: Path, script: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_site(tmp_path, "one")
    assert publish(tmp_path, "rsync", web).exit_code == 0
    before, link = tree(web / "current"), (web / "current").readlink()
    site = make_site(tmp_path, "two")
    with monkeypatch.context() as patch:
        wrap(tmp_path / "bin", "rsync", script, patch)
        done = publish(tmp_path, "rsync", web)
    assert done.exit_code == 1, done.output
    assert "what was published before is still there" in done.stderr
    assert (tree(web / "current"), (web / "current").readlink()) == (before, link)
    assert publish(tmp_path, "rsync", web).exit_code == 0
    assert tree(web / "current") == tree(site)
    assert not list(web.rglob("*.part"))


def test_over_ssh(tmp_path: Path, web: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a stand-in for ssh that runs here what a shell there would be given."""
    site = make_site(tmp_path, "one")
    # rsync names the user by -l.
    script = 'while [ "$1" = -l ]; do shift 2; done; echo "$1" >>hosts; shift; exec sh -c "$*"'
    monkeypatch.chdir(tmp_path)
    wrap(tmp_path / "bin", "ssh", script, monkeypatch)
    for version in ("one", "two"):
        site = make_site(tmp_path, version)
        done = publish(tmp_path, "rsync", f"me@example.org:{web}")
        assert done.exit_code == 0, done.output
        assert tree(web / "current") == tree(site)
    hosts = (tmp_path / "hosts").read_text(encoding="utf-8").split()
    assert set(hosts) <= {"me@example.org", "example.org"}
    assert len(hosts) == 6


def test_a_folder_that_is_served_itself_is_left_alone(tmp_path: Path, web: Path) -> None:
    make_site(tmp_path, "one")
    (web / "current").mkdir(parents=True)
    done = publish(tmp_path, "rsync", web)
    assert (done.exit_code, "is not a link; move it away" in done.stderr) == (1, True)


def test_where_a_server_is() -> None:
    assert server_of("/srv/web/") == Server("", "/srv/web")
    assert server_of("me@[::1]:/srv") == Server("me@[::1]", "/srv")
    assert server_of("h:/a b").shell("x y") == ["ssh", "h", "sh -s -- 'x y'"]


@pytest.mark.parametrize("destination", ["web", "host:web", ":/srv", "-oProxyCommand=x:/srv", "/"])
def test_what_is_no_server_is_refused(tmp_path: Path, destination: str) -> None:
    make_site(tmp_path, "one")
    done = CliRunner().invoke(
        main, ["--project", str(tmp_path), "publish", "rsync", "--", destination]
    )
    assert (done.exit_code, "is not HOST:/FOLDER" in done.stderr) == (2, True)


@pytest.mark.parametrize("how", ["rsync", "storage"])
def test_a_dry_run_does_nothing_and_a_half_built_site_goes_nowhere(
    tmp_path: Path, web: Path, how: str
) -> None:
    site = make_site(tmp_path, "one")
    done = publish(tmp_path, how, web, "--dry-run")
    assert done.exit_code == 0, done.output
    assert {"rsync": "rsync --recursive", "storage": "rclone copy"}[how] in done.stdout
    assert not web.exists()
    (site / "index.html").unlink()
    done = publish(tmp_path, how, web)
    assert (done.exit_code, "build it again" in done.stderr) == (1, True)
    assert not web.exists()


# Storage


def test_storage_holds_the_site_and_what_open_pages_may_still_ask_for(
    tmp_path: Path, web: Path
) -> None:
    versions = [make_site(tmp_path, "one", old_html="gone soon")]
    assert publish(tmp_path, "storage", web).exit_code == 0
    first = tree(versions[0])
    assert tree(web) == first
    second = tree(make_site(tmp_path, "two"))
    assert publish(tmp_path, "storage", web).exit_code == 0
    (asset,) = first.keys() - second.keys() - {"old.html"}
    assert tree(web) == second | {asset: first[asset]}
    third = tree(make_site(tmp_path, "three"))
    assert publish(tmp_path, "storage", web).exit_code == 0
    assert asset not in tree(web)
    assert tree(web).items() >= third.items()


@pytest.mark.parametrize("steps", [2, 4, 5, 6, 8])
def test_storage_has_whole_pages_wherever_a_publication_breaks_off(
    tmp_path: Path, web: Path, steps: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_site(tmp_path, "one", old_html="gone soon")
    assert publish(tmp_path, "storage", web).exit_code == 0
    site = make_site(tmp_path, "two")
    count = tmp_path / "count"
    script = (
        f'echo x >>"{count}"; [ "$(wc -l <"{count}")" -lt {steps} ] || exit 7; exec "$REAL" "$@"'
    )
    with monkeypatch.context() as patch:
        wrap(tmp_path / "bin", "rclone", script, patch)
        assert publish(tmp_path, "storage", web).exit_code == 1
    for page in web.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert text in ("the same", "gone soon") or text[:3] in ("one", "two")
        for asset in re.findall(r'href="([^"]+)"', text):
            assert (web / asset).is_file(), page
    assert publish(tmp_path, "storage", web).exit_code == 0
    assert tree(web).items() >= tree(site).items()


@pytest.mark.parametrize(
    ("path", "order", "cache", "media_type"),
    [
        ("xa/assets/css/theme.0a1b2c3d.css", 0, FOR_EVER, "text/css; charset=utf-8"),
        ("assets/css/chooser.0a1b2c3d.css", 0, FOR_EVER, "text/css; charset=utf-8"),
        ("xa/assets/javascripts/b.0a1b2c3d.min.js", 0, FOR_EVER, "text/javascript; charset=utf-8"),
        ("xa/assets/search/index.js", 1, ASK_FIRST, "text/javascript; charset=utf-8"),
        ("data/facts.csv", 1, ASK_FIRST, "text/csv; charset=utf-8"),
        ("data/regions/pskov.csl.json", 1, ASK_FIRST, "application/json"),
        ("data/en/forums.ics", 1, ASK_FIRST, "text/calendar; charset=utf-8"),
        ("_headers", 1, ASK_FIRST, "text/plain; charset=utf-8"),
        (".nojekyll", 1, ASK_FIRST, "text/plain; charset=utf-8"),
        ("what.ever", 1, ASK_FIRST, "application/octet-stream"),
        ("xa/index.html", 2, ASK_FIRST, "text/html; charset=utf-8"),
        ("SHA256SUMS", 3, ASK_FIRST, "text/plain; charset=utf-8"),
    ],
)
def test_when_and_how_a_file_is_sent(path: str, order: int, cache: str, media_type: str) -> None:
    assert batch_of(path) == Batch(order, cache, media_type)
