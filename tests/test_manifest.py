"""The manifest says of every file of the site what is in it, and a site is held against it."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.errors import BuildError
from generator.manifest import (
    MANIFEST,
    compare,
    extend_manifest,
    manifest_text,
    read_manifest,
)
from generator.project import Project
from tests.small_site import tree


@pytest.fixture
def site(tmp_path: Path, other_site: Project) -> Path:
    """A published site that a test may change."""
    return Path(shutil.copytree(other_site.site, tmp_path / "site"))


def verify(*arguments: object, project: Path) -> Result:
    return CliRunner().invoke(main, ["--project", str(project), "verify", *map(str, arguments)])


def test_every_published_file_but_itself_is_in_the_manifest(other_site: Project) -> None:
    files = tree(other_site.site)
    manifest = files.pop(MANIFEST)
    assert manifest == manifest_text(
        {path: hashlib.sha256(content).hexdigest() for path, content in files.items()}
    )
    assert manifest.decode().splitlines() == sorted(
        manifest.decode().splitlines(), key=lambda line: line[66:]
    )


def test_the_standard_tool_agrees(site: Path) -> None:
    command = ["sha256sum", "--check", "--strict", "--quiet", MANIFEST]
    assert subprocess.run(command, cwd=site, check=False).returncode == 0
    (site / "index.html").write_bytes(b"?")
    done = subprocess.run(command, cwd=site, check=False, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (1, "index.html: FAILED\n")


def test_the_published_site_is_as_its_manifest_says(other_site: Project) -> None:
    count = len(tree(other_site.site)) - 1
    done = verify(project=other_site.root)
    assert (done.exit_code, done.output) == (0, f"{count} files as the manifest says\n")
    assert verify(other_site.site, project=Path("/")).exit_code == 0  # needs no project


def test_every_difference_has_its_line(site: Path, other_site: Project) -> None:
    (site / "index.html").write_bytes(b"?")
    (site / "robots.txt").unlink()
    (site / "fr" / "new.html").write_bytes(b"")
    (site / "link").symlink_to("/etc/passwd")
    done = verify(site, project=other_site.root)
    assert done.exit_code == 1
    assert done.stdout.splitlines() == [
        "missing: robots.txt",
        "changed: index.html",
        "extra: fr/new.html",
        "extra: link",
    ]
    assert done.stderr == "4 of the files differ\n"


def test_a_fresh_site_against_a_published_manifest(site: Path, other_site: Project) -> None:
    published = site.parent / "published"
    shutil.move(site / MANIFEST, published)
    assert verify("--against", published, project=other_site.root).exit_code == 0
    assert verify(site, "--against", published, project=other_site.root).exit_code == 0
    text = published.read_text(encoding="utf-8")
    published.write_text(text.replace(text[:64], "0" * 64, 1), encoding="utf-8")
    done = verify(site, "--against", published, project=other_site.root)
    assert done.stdout == f"changed: {text.splitlines()[0][66:]}\n"


def test_what_is_put_into_a_stage_last_is_named_too(site: Path) -> None:
    published = site.parent / "published"
    published.hardlink_to(site / MANIFEST)
    before = published.read_bytes()
    for content in (b"one", b"two"):
        (site / "editions").mkdir(exist_ok=True)
        (site / "editions" / "a.zip").write_bytes(content)
        extend_manifest(site, "editions")
        assert list(compare(site).lines()) == []
    (site / "editions" / "a.zip").unlink()
    extend_manifest(site, "editions")
    assert (site / MANIFEST).read_bytes() == before == published.read_bytes()
    assert published.stat().st_nlink == 1


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "names no file"),
        ("hello\n", ":1: not a line of a manifest: 'hello'"),
        ("0" * 64 + "  ../../etc/passwd\n", ":1: not a line of a manifest"),
        ("0" * 64 + "  /etc/passwd\n", ":1: not a line of a manifest"),
        ("0" * 63 + "  index.html\n", ":1: not a line of a manifest"),
        (("0" * 64 + "  a\n") * 2, ":2: named twice: 'a'"),
        ("\udcff", "not text in UTF-8"),
    ],
)
def test_what_is_no_manifest_is_refused(tmp_path: Path, text: str, why: str) -> None:
    path = tmp_path / MANIFEST
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(BuildError) as caught:
        read_manifest(path)
    assert why in str(caught.value)
    done = verify(tmp_path, project=tmp_path)
    assert (done.exit_code, done.stderr) == (1, f"error: {caught.value}\n")


def test_a_folder_without_a_manifest_and_none_at_all_are_named(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match=r"cannot read .*SHA256SUMS"):
        compare(tmp_path)
    with pytest.raises(BuildError, match="no such folder"):
        compare(tmp_path / "nowhere")


def test_no_path_can_make_a_second_line() -> None:
    with pytest.raises(ValueError, match="one line"):
        manifest_text({"a\nb": "0" * 64})
