"""Files that commands write: whole, where a link leads, with the rights that the user's umask gives."""

from __future__ import annotations

import os
import stat
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from cls_graph.errors import OutputError
from cls_graph.files import replace_file, replace_files
from cls_graph.sheets.applying import write_all


@pytest.fixture
def umask() -> Iterator[Callable[[int], None]]:
    before = os.umask(0o022)
    yield lambda mask: (os.umask(mask), None)[1]
    os.umask(before)


@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_a_new_file_has_the_rights_of_the_umask(
    tmp_path: Path, umask: Callable[[int], None], mask: int, mode: int
) -> None:
    umask(mask)
    replace_file(tmp_path / "new", b"1")
    assert (tmp_path / "new").stat().st_mode & 0o777 == mode


def test_a_file_that_is_there_keeps_its_rights(tmp_path: Path) -> None:
    file = tmp_path / "old"
    file.write_bytes(b"1")
    file.chmod(0o640)
    replace_file(file, b"2")
    assert (file.read_bytes(), file.stat().st_mode & 0o777) == (b"2", 0o640)


def test_a_link_stays_a_link_and_the_file_behind_it_is_written(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    for name in ("old", "new"):
        (tmp_path / name).symlink_to(kept / name)
    (kept / "old").write_bytes(b"1")
    for name in ("old", "new"):
        replace_file(tmp_path / name, b"2")
        assert (tmp_path / name).is_symlink()
        assert (kept / name).read_bytes() == b"2"
    assert sorted(p.name for p in kept.iterdir()) == ["new", "old"]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["kept", "new", "old"]


@pytest.mark.parametrize("place", [".", "/", "folder", "file/inside", "no/where"])
def test_a_place_that_cannot_be_written_is_told_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("folder").mkdir()
    Path("file").write_bytes(b"1")
    with pytest.raises(OutputError):
        replace_file(Path(place), b"2")
    assert sorted(str(p) for p in Path().rglob("*")) == ["file", "folder"]


def test_of_several_files_none_is_written_where_one_cannot_be(tmp_path: Path) -> None:
    first = tmp_path / "first"
    first.write_bytes(b"1")
    with pytest.raises(OutputError, match="second"):
        replace_files({first: b"2", tmp_path / "no" / "second": b"2"})
    assert [p.name for p in tmp_path.iterdir()] == ["first"]
    assert first.read_bytes() == b"1"


@pytest.mark.parametrize("place", [".", "/", "folder"])
def test_diff_says_where_it_cannot_write(tiny: Any, cli: Callable[..., Any], place: str) -> None:
    (tiny.root / "folder").mkdir()
    target = place if place == "/" else tiny.root / place
    run = cli("diff", tiny.root, tiny.root, "--out", target, "--lang", "en")
    assert run.code == 2
    assert f"Cannot write {target}" in run.err


def test_a_pipe_stays_a_pipe_and_is_written_into(tmp_path: Path) -> None:
    pipe, read = tmp_path / "pipe", list[bytes]()
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()), daemon=True)
    reader.start()
    replace_file(pipe, b"1")
    assert stat.S_ISFIFO(pipe.lstat().st_mode)
    reader.join(10)
    assert read == [b"1"]
    assert [p.name for p in tmp_path.iterdir()] == ["pipe"]


def test_a_pipe_that_has_a_name_for_this_process_only() -> None:
    reading, writing = os.pipe()
    try:
        replace_file(Path(f"/dev/fd/{writing}"), b"1")
        assert os.read(reading, 10) == b"1"
    finally:
        os.close(reading)
        os.close(writing)


def test_what_a_shell_appends_to_is_appended_to(tmp_path: Path) -> None:
    """``--out /dev/stdout >> file``."""
    file = tmp_path / "file"
    file.write_bytes(b"1")
    with file.open("ab") as stream:
        replace_file(Path(f"/dev/fd/{stream.fileno()}"), b"2")
    assert file.read_bytes() == b"12"


def test_a_device_stays_a_device(tmp_path: Path) -> None:
    device = tmp_path / "full"
    try:
        os.mknod(device, stat.S_IFCHR | 0o666, os.makedev(1, 7))
    except PermissionError:
        device.symlink_to("/dev/full")  # only root makes devices, and not everywhere
    with pytest.raises(OutputError, match="full"):
        replace_file(device, b"1")
    assert stat.S_ISCHR(device.stat().st_mode)


@pytest.mark.parametrize("name", ["a" * 255, "é" * 127])
def test_a_name_as_long_as_the_disk_takes_is_written(tmp_path: Path, name: str) -> None:
    replace_file(tmp_path / name, b"1")
    assert [p.name for p in tmp_path.iterdir()] == [name]


def test_a_pipe_beside_a_file_is_never_read(tmp_path: Path) -> None:
    file = tmp_path / "file"
    reading, writing = os.pipe()
    file.write_bytes(b"1")
    written: list[Path | None] = []

    def write() -> None:
        written.append(write_all({Path(f"/dev/fd/{writing}"): b"2", file: b"3"}, tmp_path / "backups", {})[0])

    try:
        writer = threading.Thread(target=write, daemon=True)
        writer.start()
        writer.join(10)
        assert written, "waits for what the pipe says"
        assert os.read(reading, 10) == b"2"
    finally:
        os.close(reading)
        os.close(writing)
    assert file.read_bytes() == b"3"
    assert written[0] is not None
    assert [p.read_bytes() for p in written[0].iterdir()] == [b"1"]


def test_an_import_names_the_file_that_it_cannot_write(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"1")
    target = tmp_path / "file" / "record.yaml"
    with pytest.raises(OutputError) as raised:
        write_all({target: b"2"}, tmp_path / "backups", {})
    assert f"Impossible d'écrire {target} (" in raised.value.detail["fr"]
    assert raised.value.detail["en"].startswith("Nothing was changed. Cannot write ")
