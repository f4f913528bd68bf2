"""Scores four servers over the bundled data for ``docs/scorecard.md``: ``benchmarks/results/scorecard.json``.

``python scripts/make_scorecard.py`` starts each server, scores it and stops it; it takes some minutes.
Then run ``scripts/make_docs.py``. ``--only NAME`` scores one of them again and keeps the others.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.machine import load, machine  # noqa: E402
from benchmarks.scored import LIMIT, SECONDS, SERVERS, Scored, available  # noqa: E402
from cls_graph.cli import main as cls_graph  # noqa: E402
from cls_graph.scoring import Options, score  # noqa: E402

KEPT = ("id", "level", "verdict", "seen")
RESULTS = ROOT / "benchmarks" / "results" / "scorecard.json"


def scored(server: Scored, release: Path, work: Path) -> dict[str, Any]:
    """The scorecard of a server that runs over a release."""
    folder = work / server.peer.__name__
    folder.mkdir()
    peer = server.peer(release, folder, SECONDS)
    peer.prepare()
    with peer.running() as running:
        url = f"http://127.0.0.1:{running.port}{running.path}"
        card = score(Options(url=url, timeout=LIMIT)).as_json("en")
    # The port is another one each time.
    told = json.loads(json.dumps(card).replace(f":{running.port}", ""))
    told["checks"] = [{name: row[name] for name in KEPT} for row in told["checks"]]
    return {"name": server.name, "version": server.version(), "settings": server.settings, **told}


def main() -> int:
    """Score them; the exit code."""
    parser = argparse.ArgumentParser(description="Score four servers for docs/scorecard.md.")
    parser.add_argument("--only", choices=[server.name for server in SERVERS])
    only = parser.parse_args().only
    kept = {}
    if only and RESULTS.exists():
        kept = {card["name"]: card for card in json.loads(RESULTS.read_text(encoding="utf-8"))["servers"]}
    with tempfile.TemporaryDirectory(prefix="scorecard-") as name:
        work = Path(name)
        if cls_graph(["build", "--corpus", str(ROOT), "--out", str(work / "release")]):
            return 2
        for server in SERVERS:
            if only and server.name != only:
                continue
            if not available(server):
                print(f"{server.name} is not installed", file=sys.stderr)
                return 2
            print(f"{server.name} …", file=sys.stderr, flush=True)
            kept[server.name] = scored(server, work / "release", work)
    result = {
        "machine": machine(("pyoxigraph", "oxigraph", "rdflib", "rdflib-endpoint", "httpx")),
        "load": load(),
        "seconds": {"query": SECONDS, "request": LIMIT},
        "servers": [kept[server.name] for server in SERVERS if server.name in kept],
    }
    RESULTS.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
