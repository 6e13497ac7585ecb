"""Publish a staged site in one step, and keep two builds from publishing at once.

On Linux the two folders change places in one system call (``renameat2`` with ``RENAME_EXCHANGE``,
see renameat2(2)): whoever reads ``site/`` sees the old tree or the new one, whenever the process
is killed. Where the system or the file system lacks that call, two renames do it; between them
``site/`` is missing for an instant, and ``repair`` puts the old one back if the process died there.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import fcntl
import os
import time
from collections.abc import Iterator
from pathlib import Path

from generator.errors import BuildError
from generator.output import remove_tree

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_TRIES, _PAUSE = 10, 0.05
_UNSUPPORTED = frozenset({errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP})


def exchange(stage: Path, site: Path) -> None:
    """Make the folder ``stage`` the published ``site``; the former site is then the stage.

    Both must be on one file system. The first publication is a plain rename. Raises BuildError
    with the published site untouched if the system refuses.
    """
    try:
        site.parent.mkdir(parents=True, exist_ok=True)
        if not os.path.lexists(site):
            stage.rename(site)
            return
        if site.is_symlink() or not site.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(site))
        if not _swapped(stage, site):
            _rename_twice(stage, site)
    except OSError as error:
        raise BuildError(
            f"cannot publish {site}: {error.strerror}; {site} and {stage} must be plain folders"
            " on one file system, and neither may be a mount point"
        ) from error


def repair(site: Path, stage: Path) -> None:
    """Undo what a killed build left: put an old site back that was moved aside.

    What it left in the stage is for the next build to compare with what belongs there.

    Call it under the lock, before anything else. Raises BuildError if the disk refuses.
    """
    aside = _aside(stage)
    if not os.path.lexists(site) and os.path.lexists(aside):
        try:
            aside.rename(site)
        except OSError as error:
            raise BuildError(
                f"cannot put {aside} back as {site}: {error.strerror}; move it by hand"
            ) from error
    remove_tree(aside)


@contextlib.contextmanager
def lock(build: Path) -> Iterator[None]:
    """Hold the build folder for this process.

    The folder itself is locked (flock(2)), so there is no file to be left over or rewritten; the
    system gives the lock up when the process ends, however it ends. Raises BuildError, at once,
    if another process holds the folder.
    """
    try:
        build.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(build, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError as error:
        raise BuildError(f"cannot lock {build}: {error.strerror}; check permissions") from error
    try:
        try:
            _take(descriptor)
        except BlockingIOError as error:
            holder = _holder(os.fstat(descriptor).st_ino)
            raise BuildError(f"{build} is in use by {holder}; wait for it or stop it") from error
        except OSError as error:
            raise BuildError(
                f"cannot lock {build}: {error.strerror}; put it on a local file system"
            ) from error
        yield
    finally:
        os.close(descriptor)


def in_one_step(folder: Path) -> bool:
    """Return whether folders in ``folder``, which is empty, can change places in one step."""
    one, other = folder / "one", folder / "other"
    one.mkdir()
    other.mkdir()
    try:
        return _swapped(one, other)
    except OSError:
        return False


def _take(descriptor: int) -> None:
    """Lock a folder; what a killed process held becomes free a moment after it. Raises OSError."""
    for _ in range(_TRIES - 1):
        with contextlib.suppress(BlockingIOError):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        time.sleep(_PAUSE)
    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _holder(inode: int) -> str:
    """Name the process that has locked a file, as far as the system tells (proc(5))."""
    try:
        for line in Path("/proc/locks").read_text("ascii").splitlines():
            fields = line.split()
            if fields[1] == "FLOCK" and fields[5].rpartition(":")[2] == str(inode):
                command = Path(f"/proc/{fields[4]}/cmdline").read_bytes().replace(b"\0", b" ")
                return f"process {fields[4]} ({command.decode('utf-8', 'replace').strip()})"
    except (OSError, IndexError):
        pass
    return "another process"


def _aside(stage: Path) -> Path:
    return stage.with_name(stage.name + ".old")


def _swapped(stage: Path, site: Path) -> bool:
    """Let two folders change places in one step; return False where that is not possible."""
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return False
    renameat2.argtypes = [
        ctypes.c_int,
        ctypes.c_char_p,
        ctypes.c_int,
        ctypes.c_char_p,
        ctypes.c_uint,
    ]
    renameat2.restype = ctypes.c_int
    paths = os.fsencode(stage), os.fsencode(site)
    if renameat2(_AT_FDCWD, paths[0], _AT_FDCWD, paths[1], _RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in _UNSUPPORTED:
        return False
    raise OSError(code, os.strerror(code), str(site))


def _rename_twice(stage: Path, site: Path) -> None:
    aside = _aside(stage)
    remove_tree(aside)
    site.rename(aside)
    try:
        stage.rename(site)
    except OSError:
        aside.rename(site)
        raise
    aside.rename(stage)
