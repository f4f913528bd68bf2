"""``cls-graph build``: all or nothing, in one step, and never over somebody's files."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cls_graph.checking import check
from cls_graph.corpus import Corpus
from cls_graph.errors import ChecksFailed, CorpusError, OutputError
from cls_graph.release import build, cache, folder
from cls_graph.release.cache import ensure_release, intact
from cls_graph.release.folder import replaced
from cls_graph.settings import Settings
from tests.warm.pids import own_pid


def content(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()
    }


@pytest.mark.slow
def test_two_builds_are_the_same_wherever_they_go_and_come_from(
    tiny: Any, cli: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tiny.edit("state: reviewed", "state: drafted")
    for name, stands in (("a", tiny.root.parent), ("deep/er/b", tiny.root)):
        monkeypatch.chdir(stands)
        corpus = os.path.relpath(tiny.root)
        run = cli("build", "--corpus", corpus, "--out", tmp_path / name, "--lang", "en")
        assert run.code == 0
        assert "1.2.3" in run.out
    assert content(tmp_path / "a") == content(tmp_path / "deep" / "er" / "b")
    assert sorted(p.name for p in tmp_path.iterdir() if p.name.startswith(".a")) == []


def test_the_manifest_on_demand(tiny: Any, cli: Callable[..., Any], tmp_path: Path) -> None:
    run = cli("build", "--corpus", tiny.root, "--out", tmp_path / "a", "--json")
    assert run.json() == json.loads((tmp_path / "a" / "manifest.json").read_bytes())
    assert run.json()["version"] == "1.2.3"


@pytest.mark.parametrize(("lang", "words"), [("fr", "relus : 1"), ("en", "reviewed: 1")])
def test_drafts_in_a_release_are_counted(
    tiny: Any, cli: Callable[..., Any], tmp_path: Path, lang: str, words: str
) -> None:
    build = ("build", "--corpus", tiny.root, "--lang", lang, "--out")
    assert words not in cli(*build, tmp_path / "a").err
    tiny.edit("state: reviewed", "state: drafted")
    done = cli(*build, tmp_path / "b")
    assert done.code == 0
    assert words in done.err


def test_a_build_replaces_a_release(tiny: Any, cli: Callable[..., Any], tmp_path: Path) -> None:
    out = tmp_path / "a"
    assert cli("build", "--corpus", tiny.root, "--out", out).code == 0
    before = content(out)
    tiny.edit('version: "1.2.3"', 'version: "1.2.4"', "dataset.yaml")
    assert cli("build", "--corpus", tiny.root, "--out", out).code == 0
    assert content(out).keys() == before.keys()
    assert content(out)["manifest.json"] != before["manifest.json"]
    assert [p.name for p in tmp_path.iterdir() if "a" in p.name and p.name.startswith(".")] == []


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_version_that_is_there_does_not_get_other_data(
    tiny: Any, cli: Callable[..., Any], tmp_path: Path, lang: str
) -> None:
    out = tmp_path / "a"
    assert cli("build", "--corpus", tiny.root, "--out", out).code == 0
    assert cli("build", "--corpus", tiny.root, "--out", out).code == 0  # the same data
    before = content(out)
    tiny.edit("2e contrat local de santé d’Exemple", "Contrat d’Exemple")
    run = cli("build", "--corpus", tiny.root, "--out", out, "--lang", lang)
    assert run.code == 2
    assert "1.2.3" in run.err
    assert "--force" in run.err
    assert content(out) == before
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".a")] == []
    assert cli("build", "--corpus", tiny.root, "--out", out, "--force").code == 0
    assert content(out)["graph.nq"] != before["graph.nq"]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_failing_check_leaves_the_last_release(
    tiny: Any, cli: Callable[..., Any], tmp_path: Path, lang: str
) -> None:
    out = tmp_path / "a"
    cli("build", "--corpus", tiny.root, "--out", out)
    before = content(out)
    tiny.edit("party: ars-84", "party: ars-85")
    run = cli("build", "--corpus", tiny.root, "--out", out, "--lang", lang)
    assert run.code == 1
    assert "[unknown-reference]" in run.err
    assert ("intacte" if lang == "fr" else "untouched") in run.err
    assert run.out == ""
    assert content(out) == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a", "corpus", "sources"]
    assert cli("build", "--corpus", tiny.root, "--out", tmp_path / "b").code == 1
    assert not (tmp_path / "b").exists()


def test_a_failing_check_in_json(tiny: Any, cli: Callable[..., Any], tmp_path: Path) -> None:
    tiny.edit("party: ars-84", "party: ars-85")
    run = cli("build", "--corpus", tiny.root, "--out", tmp_path / "a", "--json")
    assert run.code == 1
    assert [f["rule"] for f in run.json()["findings"]] == ["unknown-reference"]


def test_without_a_dataset_there_is_no_release(tiny: Any, cli: Callable[..., Any], tmp_path: Path) -> None:
    (tiny.root / "data" / "dataset.yaml").unlink()
    run = cli("build", "--corpus", tiny.root, "--out", tmp_path / "a")
    assert run.code == 2
    assert "dataset.yaml" in run.err
    assert not (tmp_path / "a").exists()
    with pytest.raises(CorpusError):
        build(tiny.corpus(), tmp_path / "a")


def foreign_file(out: Path) -> None:
    out.mkdir()
    (out / "thesis.txt").write_text("mine", encoding="utf-8")


def foreign_manifest(out: Path) -> None:
    out.mkdir()
    (out / "manifest.json").write_text('{"name": "a web app", "icons": []}', encoding="utf-8")


def release_with_notes(out: Path) -> None:
    out.mkdir()
    (out / "manifest.json").write_text('{"generator": "cls-graph 1", "files": {}}', encoding="utf-8")
    (out / "notes.txt").write_text("mine", encoding="utf-8")


def plain_file(out: Path) -> None:
    out.write_text("mine", encoding="utf-8")


def dangling_link(out: Path) -> None:
    out.symlink_to(out.parent / "nowhere")


@pytest.mark.parametrize(
    "make", [foreign_file, foreign_manifest, release_with_notes, plain_file, dangling_link]
)
def test_what_is_not_a_release_is_refused_and_stays(
    tiny: Any, cli: Callable[..., Any], tmp_path: Path, make: Callable[[Path], None]
) -> None:
    out = tmp_path / "a"
    make(out)
    before = content(out) if out.is_dir() else out.is_symlink() or out.read_bytes()
    run = cli("build", "--corpus", tiny.root, "--out", out)
    assert run.code == 2
    assert str(out) in run.err
    assert (content(out) if out.is_dir() else out.is_symlink() or out.read_bytes()) == before


def test_an_empty_folder_and_a_link_to_a_release_are_taken(
    tiny: Any, cli: Callable[..., Any], tmp_path: Path
) -> None:
    out = tmp_path / "a"
    out.mkdir()
    assert cli("build", "--corpus", tiny.root, "--out", out).code == 0
    link = tmp_path / "current"
    link.symlink_to(out)
    tiny.edit('version: "1.2.3"', 'version: "1.2.4"', "dataset.yaml")
    assert cli("build", "--corpus", tiny.root, "--out", link).code == 0
    assert link.is_symlink()
    assert json.loads((out / "manifest.json").read_bytes())["version"] == "1.2.4"


@pytest.mark.parametrize("out", ["/proc/cls-graph-release", "/dev/null/release"])
def test_where_nothing_can_be_written_is_exit_code_2(tiny: Any, cli: Callable[..., Any], out: str) -> None:
    run = cli("build", "--corpus", tiny.root, "--out", out)
    assert run.code == 2
    assert out in run.err


@pytest.mark.slow
def test_without_quotes_on_the_command_line(tiny: Any, cli: Callable[..., Any], tmp_path: Path) -> None:
    cli("build", "--corpus", tiny.root, "--out", tmp_path / "a")
    assert cli("build", "--corpus", tiny.root, "--out", tmp_path / "b", "--no-quotes").code == 0
    full = (tmp_path / "a" / "graph.nq").read_text(encoding="utf-8")
    bare = (tmp_path / "b" / "graph.nq").read_text(encoding="utf-8")
    assert "1 000 euros" in full
    for name in ("graph.nq", "graph.trig", "graph.jsonld"):
        assert "1 000 euros" not in (tmp_path / "b" / name).read_text(encoding="utf-8")
    positions = [line for line in full.splitlines() if "<http://www.w3.org/ns/oa#start>" in line]
    assert positions
    assert set(positions) <= set(bare.splitlines())


@pytest.mark.slow
def test_the_cache_keeps_one_release_a_corpus_and_repairs_it(tiny: Any, tmp_path: Path) -> None:
    settings = Settings(cache=str(tmp_path / "cache"))
    first = ensure_release(tiny.root, settings)
    assert intact(first)
    stamp = (first / "graph.nq").stat().st_mtime_ns
    assert ensure_release(tiny.root, settings) == first
    assert (first / "graph.nq").stat().st_mtime_ns == stamp
    (first / "graph.nq").write_bytes(b"damaged")
    assert not intact(first)
    assert intact(ensure_release(tiny.root, settings))
    tiny.edit('version: "1.2.3"', 'version: "1.2.4"', "dataset.yaml")
    assert ensure_release(tiny.root, settings) != first
    tiny.edit("party: ars-84", "party: ars-85")
    with pytest.raises(ChecksFailed):
        ensure_release(tiny.root, settings)


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Any, int], Path]:
    """Has a release of a corpus kept in one cache; an empty one, for how it is built does not matter here."""

    def build_quickly(corpus: Corpus, folder: Path, **_: Any) -> None:
        with replaced(folder, "manifest.json") as work:
            (work / "manifest.json").write_text('{"generator": "cls-graph 0", "files": {}}')

    monkeypatch.setattr(cache, "build", build_quickly)
    settings = Settings(cache=str(tmp_path / "cache"))

    def keep(tiny: Any, version: int) -> Path:
        path = tiny.root / "data" / "dataset.yaml"
        path.write_text(re.sub('version: ".*"', f'version: "1.0.{version}"', path.read_text()))
        return ensure_release(tiny.root, settings)

    return keep


def test_the_cache_forgets_what_was_not_used_for_longest(tiny: Any, kept: Callable[..., Path]) -> None:
    folders = []
    for version in range(5):
        folders.append(kept(tiny, version))
        os.utime(folders[-1], (1000 + version, 1000 + version))
    assert kept(tiny, 0) == folders[0]
    newest = kept(tiny, 5)
    assert sorted(newest.parent.iterdir()) == sorted({folders[0], *folders[2:], newest})


def test_a_build_that_ends_while_another_looks_round_is_no_failure(
    tiny: Any, kept: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    other = kept(tiny, 0).parent / f".{'a' * 32}.old-other"
    other.mkdir()
    real = Path.is_dir

    def gone_once_seen(path: Path) -> bool:
        seen = real(path)
        if path == other and seen:
            other.rmdir()
        return seen

    monkeypatch.setattr(Path, "is_dir", gone_once_seen)
    assert (kept(tiny, 1) / "manifest.json").is_file()
    assert not other.exists()


PASSING = """
import os, sys
from pathlib import Path
from cls_graph.release import cache
from cls_graph.settings import Settings
from tests.warm.pids import own_pid
cache.build = lambda corpus, folder, **_: folder.mkdir()
release = cache.ensure_release(Path(sys.argv[1]), Settings(cache=sys.argv[2]))
if os.fork() == 0:
    sys.exit()  # a worker that ends takes nothing with it
os.wait()
print(release.is_dir())
"""


def test_a_cache_that_cannot_be_written_leaves_nothing_behind(
    tiny: Any, warm: list[str], tmp_path: Path
) -> None:
    temporary, file = tmp_path / "temporary", tmp_path / "file"
    temporary.mkdir()
    file.write_bytes(b"")
    run = subprocess.run(
        [*warm, "-c", PASSING, tiny.root, file / "cache"],
        env={**os.environ, "TMPDIR": str(temporary)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (run.stdout, run.stderr) == ("True\n", "")
    assert list(temporary.iterdir()) == []


def test_an_old_release_comes_back_where_the_new_one_cannot_take_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where names cannot be exchanged in one step."""
    out = tmp_path / "out"
    with replaced(out, "manifest.json") as work:
        (work / "manifest.json").write_text('{"generator": "cls-graph 0", "files": {}}')
    before, real = content(out), os.rename

    def failing(source: Any, target: Any) -> None:
        if ".cls-graph-" in str(source):
            raise OSError(28, "No space left on device")
        real(source, target)

    monkeypatch.setattr(folder, "_exchange", lambda *_: False)
    monkeypatch.setattr(os, "rename", failing)
    with pytest.raises(OutputError, match="no space"), replaced(out, "manifest.json") as work:
        (work / "new").write_bytes(b"new")
    assert content(out) == before
    assert list(tmp_path.iterdir()) == [out]


def test_a_build_checks_what_check_checks(tiny: Any, tmp_path: Path) -> None:
    _, checked = build(tiny.corpus(), tmp_path / "a")
    assert checked.findings == check(tiny.corpus()).findings


BUILDER = """
import sys
from pathlib import Path
from cls_graph.corpus import Corpus
from cls_graph.release import compose
from cls_graph.release.build import write_release
corpus, out = Corpus.open(sys.argv[1]), Path(sys.argv[2])
quads = compose(corpus)
print("ready", flush=True)
for _ in range(1000):
    write_release(corpus, quads, out)
    write_release(corpus, quads[: len(quads) // 2], out)
"""


@pytest.mark.slow
def test_a_kill_at_any_moment_leaves_a_whole_release(
    tiny: Any, warm: list[str], tmp_path: Path, cli: Callable[..., Any]
) -> None:
    out = tmp_path / "a"
    assert cli("build", "--corpus", tiny.root, "--out", out).code == 0
    for round_ in range(10):
        words = [*warm, "-c", BUILDER, str(tiny.root), str(out)]
        process = subprocess.Popen(words, stdout=subprocess.PIPE)
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        time.sleep(0.05 + 0.037 * round_)
        os.kill(own_pid(process), signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
        process.stdout.close()
        assert intact(out), round_
    assert cli("build", "--corpus", tiny.root, "--out", out, "--force").code == 0
    assert intact(out)
