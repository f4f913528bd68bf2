"""What a killed process has left beside files and folders goes; what another one is writing stays."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

from cls_graph.files import replace_file
from cls_graph.unfinished import sweep

WRITING = """
import os, sys
from pathlib import Path
from cls_graph.files import beside
from cls_graph.release.folder import replaced
where = Path(sys.argv[1])
beside(where / "record.yaml", b"half")
with replaced(where / "release", "manifest.json") as work:
    (work / "inner").mkdir()
    (work / "inner" / "data").write_bytes(b"half")
    print(os.getpid(), flush=True)
    sys.stdin.read()
"""


def hidden(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name.startswith("."))


def test_what_a_killed_process_left_goes_and_what_a_live_one_writes_stays(
    tmp_path: Path, warm: list[str]
) -> None:
    others = (".gitignore", ".note.cls-graph-mine", ".cls-graph-00000000-1-0123456789ab")
    for name in others:
        (tmp_path / name).write_bytes(b"mine")
    with subprocess.Popen(
        [*warm, "-c", WRITING, tmp_path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as run:
        assert run.stdout is not None
        pid = int(run.stdout.readline())
        writing = [name for name in hidden(tmp_path) if name not in others]
        assert [name.partition(".cls-graph-")[0] for name in writing] == [".record.yaml", ".release"]
        sweep(tmp_path)
        assert set(writing) < set(hidden(tmp_path))
        os.kill(pid, signal.SIGKILL)
        run.wait(30)
    replace_file(tmp_path / "other.yaml", b"whole")
    assert hidden(tmp_path) == sorted(others)
    assert not (tmp_path / "record.yaml").exists()
