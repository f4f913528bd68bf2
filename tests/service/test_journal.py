"""The record of a writable store on disk: what is acknowledged is there, what is damaged is told."""

from __future__ import annotations

import contextlib
import os
import random
import resource
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cls_graph.errors import CorpusError, OutputError
from cls_graph.service.folder import create, description, is_store
from cls_graph.service.journal import Journal, entries_since
from cls_graph.service.operations import Operation, Part, Verb
from cls_graph.service.snapshots import snapshot_of, verify_snapshot

MANIFEST = {"title": {"fr": "Essai", "en": "Test"}, "base_iri": "https://example.org/"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A new, empty store."""
    create(tmp_path / "store", None, MANIFEST, union=False)
    return tmp_path / "store"


def written(folder: Path, *payloads: bytes) -> None:
    journal = Journal(folder)
    for payload in payloads:
        journal.append(payload)
    journal.close()


def payloads(folder: Path) -> list[bytes]:
    return [entry.payload for entry in entries_since(folder, snapshot_of(folder)[0])]


def journal_file(folder: Path) -> Path:
    [path] = folder.glob("journal-*.log")
    return path


def test_an_operation_survives_its_way_through_bytes() -> None:
    update = Operation(Verb.UPDATE, "INSERT DATA { <urn:é> <urn:b> '🎉' }", ("urn:g",), (), base="http://e/")
    put = Operation(Verb.PUT, graph="", parts=(Part("ttl", b"\x00\xff"), Part("nq", b""), Part("nt", b"x")))
    for operation in (update, put, Operation(Verb.DELETE)):
        assert Operation.unpack(operation.pack(quads=7)) == (operation, {"quads": 7})


def test_writes_are_read_back_in_order_and_go_on_after_a_restart(folder: Path) -> None:
    written(folder, b"one", b"", b"three")
    written(folder, b"four")
    assert payloads(folder) == [b"one", b"", b"three", b"four"]
    journal = Journal(folder)
    assert journal.number == 4
    journal.close()


def test_whatever_is_missing_from_the_last_write_costs_that_write_only(folder: Path) -> None:
    written(folder, b"kept", b"torn off")
    path, whole = journal_file(folder), journal_file(folder).read_bytes()
    last = len(whole) - len(b"torn off") - 20
    for size in range(last, len(whole)):
        path.write_bytes(whole[:size])
        written(folder, b"next")
        assert payloads(folder) == [b"kept", b"next"]


def test_a_last_write_that_was_not_filled_in_is_cut_off(folder: Path) -> None:
    written(folder, b"kept", b"x" * 40)
    path, whole = journal_file(folder), journal_file(folder).read_bytes()
    for torn in (whole[:-30] + bytes(30), whole[:-60] + bytes(60), whole[:-60] + bytes(4096)):
        path.write_bytes(torn)
        written(folder)
        assert payloads(folder) == [b"kept"]


def test_a_journal_that_was_just_begun_is_empty(folder: Path) -> None:
    written(folder, b"x")
    path, magic = journal_file(folder), b"cls-graph journal 1\n"
    for size in range(len(magic) + 1):
        path.write_bytes(magic[:size])
        assert payloads(folder) == []
        written(folder, b"again")
        assert payloads(folder) == [b"again"]


def test_damage_before_the_last_write_is_told_and_not_repaired(folder: Path) -> None:
    written(folder, *(bytes([65 + n]) * 50 for n in range(10)))
    path, whole = journal_file(folder), journal_file(folder).read_bytes()
    chance = random.Random(7)
    # What is wrong with the last write, 70 bytes long, could be a write that was torn.
    for _ in range(200):
        at = chance.randrange(len(whole) - 70)
        data = bytearray(whole)
        data[at] ^= 1 << chance.randrange(8)
        path.write_bytes(bytes(data))
        try:
            found = payloads(folder)
        except CorpusError:
            assert path.read_bytes() == bytes(data)
        else:
            pytest.fail(f"byte {at} was changed, and {len(found)} writes were read")


def test_a_write_out_of_order_is_damage(folder: Path) -> None:
    written(folder, b"a", b"b", b"c")
    path, whole = journal_file(folder), journal_file(folder).read_bytes()
    head = len(b"cls-graph journal 1\n")
    path.write_bytes(whole[:head] + whole[head + 21 :])
    with pytest.raises(CorpusError, match=rf"{path.name} is damaged at byte {head}:"):
        Journal(folder)


def test_what_is_no_journal_is_damage(folder: Path) -> None:
    written(folder, b"a")
    path = journal_file(folder)
    path.write_bytes(b"something else\n" + path.read_bytes())
    with pytest.raises(CorpusError, match=rf"{path.name} is damaged at byte 0:"):
        Journal(folder)


def test_a_torn_write_may_hold_what_looks_like_earlier_writes(folder: Path) -> None:
    written(folder, b"kept")
    path, whole = journal_file(folder), journal_file(folder).read_bytes()
    mark = whole[len(b"cls-graph journal 1\n") :][:4]
    for torn in (whole + b" and more", mark * 9, mark + whole + mark):
        path.write_bytes(whole)
        written(folder, torn)
        path.write_bytes(path.read_bytes()[:-1])
        written(folder)
        assert payloads(folder) == [b"kept"]


def test_a_snapshot_takes_the_place_of_the_journal(folder: Path) -> None:
    journal = Journal(folder)
    for _ in range(3):
        journal.append(b"x")
    assert journal.pending[1] == 3
    snapshot = journal.snapshot(3)
    for block in (b"# one\n", b"# two\n"):
        snapshot.write(block)
    snapshot.commit()
    assert journal.pending == (0, 0)
    assert journal.append(b"y") == 4
    journal.close()
    number, path = snapshot_of(folder)
    verify_snapshot(path)
    assert (number, path.read_bytes()[:12]) == (3, b"# one\n# two\n")
    assert payloads(folder) == [b"y"]
    assert len(list(folder.glob("*.nq"))) == len(list(folder.glob("*.log"))) == 1


def test_a_snapshot_that_was_not_finished_never_was(folder: Path) -> None:
    written(folder, b"x")
    journal = Journal(folder)
    journal.snapshot(2).write(b"# unfinished\n")
    journal.close()
    written(folder, b"y")
    assert payloads(folder) == [b"x", b"y"]
    assert not list(folder.glob("*.tmp"))


def test_a_kill_between_a_snapshot_and_the_cleaning_up_changes_nothing(folder: Path) -> None:
    written(folder, b"x", b"y")
    before = {path: path.read_bytes() for path in folder.iterdir() if path.suffix in (".nq", ".log")}
    journal = Journal(folder)
    snapshot = journal.snapshot(2)
    snapshot.write(b"# both\n")
    snapshot.commit()
    journal.close()
    for path, content in before.items():
        path.write_bytes(content)
    written(folder, b"z")
    assert snapshot_of(folder)[0] == 2
    assert payloads(folder) == [b"z"]


@pytest.mark.parametrize(
    "change", [lambda d: d[:-1], lambda d: d + b"x", lambda d: b"#" + d[1:], lambda d: b""]
)
def test_a_snapshot_that_was_changed_is_told(folder: Path, change: Callable[[bytes], bytes]) -> None:
    journal = Journal(folder)
    snapshot = journal.snapshot(1)
    snapshot.write(b"<urn:a> <urn:b> <urn:c> .\n" * 100_000)
    snapshot.commit()
    journal.close()
    path = snapshot_of(folder)[1]
    verify_snapshot(path)
    path.write_bytes(change(path.read_bytes()))
    with pytest.raises(CorpusError):
        verify_snapshot(path)


def test_a_lost_snapshot_is_told(folder: Path) -> None:
    journal = Journal(folder)
    journal.append(b"x")
    snapshot = journal.snapshot(1)
    snapshot.write(b"")
    snapshot.commit()
    journal.append(b"y")
    journal.close()
    snapshot_of(folder)[1].rename(folder / f"snapshot-{0:020}.nq")
    with pytest.raises(CorpusError):
        Journal(folder)


def test_two_services_cannot_hold_one_folder(folder: Path) -> None:
    journal = Journal(folder)
    with pytest.raises(OutputError, match="Another service already writes in") as refused:
        Journal(folder)
    assert "Un autre service écrit déjà" in refused.value.detail["fr"]
    journal.close()
    Journal(folder).close()


def test_a_full_disk_leaves_the_journal_as_it_was(folder: Path, tmp_path: Path) -> None:
    journal = Journal(folder)
    journal.append(b"kept")
    real = journal._file
    assert real is not None

    class Full:
        """A file on a disk with room for the head of an entry, and no more."""

        name = real.name

        def tell(self) -> int:
            return real.tell()

        def write(self, data: bytes) -> int:
            real.write(data[:10])
            real.flush()
            raise OSError(28, "No space left on device")

        def close(self) -> None:
            real.close()

    journal._file = Full()  # type: ignore[assignment]
    with pytest.raises(OSError, match="No space"):
        journal.append(b"lost")
    assert journal.append(b"next") == 2
    journal.close()
    assert payloads(folder) == [b"kept", b"next"]


@contextlib.contextmanager
def room(size: int) -> Iterator[None]:
    """No file of this process may be longer."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_journal_that_could_not_be_begun_is_begun_by_the_next_write(folder: Path) -> None:
    journal = Journal(folder)
    with room(5), pytest.raises(OSError, match="too large"):
        journal.append(b"lost")
    assert journal.append(b"first") == 1
    journal.close()
    assert payloads(folder) == [b"first"]


def test_after_a_write_that_cannot_be_taken_back_there_is_no_other(folder: Path) -> None:
    journal = Journal(folder)
    journal.append(b"kept")
    path = journal_file(folder)
    path.rename(folder / "elsewhere")
    with room((folder / "elsewhere").stat().st_size + 10), pytest.raises(OSError, match="too large"):
        journal.append(b"lost")
    assert journal.broken
    with pytest.raises(OSError, match="broken"):
        journal.append(b"after")
    assert journal.number == 1
    journal.close()
    (folder / "elsewhere").rename(path)
    assert payloads(folder) == [b"kept"]


def test_a_store_is_made_once_and_of_nothing_else(tmp_path: Path, nquads: Path) -> None:
    folder = tmp_path / "new" / "store"
    create(folder, nquads, MANIFEST, union=True)
    assert is_store(folder)
    assert description(folder)["manifest"] == MANIFEST
    assert snapshot_of(folder)[1].read_bytes().startswith(nquads.read_bytes())
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.odt").write_text("three years of work")
    with pytest.raises(OutputError, match="thesis"):
        create(tmp_path / "mine", None, MANIFEST, union=False)
    assert not is_store(tmp_path / "mine")


def test_a_creation_that_was_interrupted_is_begun_again(tmp_path: Path, nquads: Path) -> None:
    folder = tmp_path / "store"
    create(folder, nquads, MANIFEST, union=True)
    os.remove(folder / "store.json")
    (folder / "store.json.tmp").write_text("{")
    assert not is_store(folder)
    create(folder, None, MANIFEST, union=False)
    assert description(folder)["union"] is False
    assert not snapshot_of(folder)[1].read_bytes().startswith(b"<")
