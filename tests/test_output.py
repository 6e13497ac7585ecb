"""Writing a tree: only what differs, all of it, and nothing outside."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import BuildError
from generator.output import remove_tree, safe_path, write_tree
from tests.small_site import tree

NAMES = st.sampled_from(["a", "b", "c.md", "å", "-x", ".hidden"])
PATHS = st.lists(NAMES, min_size=1, max_size=3).map("/".join)


def consistent(files: dict[str, bytes]) -> bool:
    return not any(other.startswith(path + "/") for path in files for other in files)


TREES = st.dictionaries(PATHS, st.binary(max_size=8), max_size=8).filter(consistent)


def folders(root: Path) -> list[str]:
    return [path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_dir()]


@given(before=TREES, after=TREES)
def test_the_folder_holds_the_mapping_and_only_that(
    before: dict[str, bytes], after: dict[str, bytes]
) -> None:
    with TemporaryDirectory() as name:
        root = Path(name)
        write_tree(root, before)
        written = write_tree(root, after)
        assert tree(root) == after
        assert all(any((root / folder).iterdir()) for folder in folders(root))
        assert written.changed == {p for p, content in after.items() if before.get(p) != content}
        assert written.removed == before.keys() - after.keys()
        again = write_tree(root, after)
        assert (again.changed, again.removed) == (frozenset(), frozenset())


def test_what_is_equal_keeps_its_time_and_its_inode(tmp_path: Path) -> None:
    write_tree(tmp_path, {"a/same.md": b"1", "a/other.md": b"1"})
    for name in ("same", "other"):
        os.utime(tmp_path / f"a/{name}.md", ns=(10**18, 10**18))
    before = (tmp_path / "a/same.md").stat()
    write_tree(tmp_path, {"a/same.md": b"1", "a/other.md": b"2"})
    after = (tmp_path / "a/same.md").stat()
    assert (before.st_mtime_ns, before.st_ino) == (after.st_mtime_ns, after.st_ino)
    assert (tmp_path / "a/other.md").stat().st_mtime_ns > 10**18


@pytest.mark.parametrize(
    "path",
    ["", "/", "/etc/x", "../x", "a/../../x", "a/./x", "a//x", "a/", "..", "a\\b", "a\0b", "\ud800"],
)
def test_a_path_that_is_not_plain_is_a_mistake_of_the_program(tmp_path: Path, path: str) -> None:
    root = tmp_path / "root"
    with pytest.raises(ValueError, match="path"):
        write_tree(root, {"fine.md": b"", path: b""})
    assert not root.exists()


@given(st.text(max_size=12))
def test_a_safe_path_stays_below_its_root(path: str) -> None:
    if safe_path(path):
        assert os.path.normpath(f"/base/{path}") == f"/base/{path}"


def test_a_file_cannot_be_a_folder_too(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="both"):
        write_tree(tmp_path, {"a": b"", "a/b": b""})


def test_links_are_removed_and_never_followed(tmp_path: Path) -> None:
    outside, root = tmp_path / "outside", tmp_path / "root"
    write_tree(outside, {"kept.md": b"1", "other.md": b"1"})
    root.mkdir()
    (root / "folder").symlink_to(outside)
    (root / "file.md").symlink_to(outside / "kept.md")
    (root / "loop").symlink_to(root)
    written = write_tree(root, {"folder/kept.md": b"2", "file.md": b"2"})
    assert tree(outside) == {"kept.md": b"1", "other.md": b"1"}
    assert not (root / "folder").is_symlink()
    assert not (root / "file.md").is_symlink()
    assert tree(root) == {"folder/kept.md": b"2", "file.md": b"2"}
    assert written.removed == {"folder", "loop"}


def test_a_temporary_file_of_a_killed_run_is_cleared_away(tmp_path: Path) -> None:
    (tmp_path / ".writing\\").write_bytes(b"half")
    written = write_tree(tmp_path, {"a": b"1"})
    assert tree(tmp_path) == {"a": b"1"}
    assert written.removed == frozenset()


def test_the_disk_refusing_is_told_with_the_name(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(BuildError, match="file"):
        write_tree(tmp_path / "file" / "below", {"a": b""})


def test_removing_a_link_leaves_what_it_leads_to(tmp_path: Path) -> None:
    write_tree(tmp_path / "kept", {"a": b"1"})
    (tmp_path / "link").symlink_to(tmp_path / "kept")
    remove_tree(tmp_path / "link")
    remove_tree(tmp_path / "none")
    assert tree(tmp_path) == {"kept/a": b"1"}
