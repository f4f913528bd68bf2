"""First byte and weight of each page over a corpus of 1,000 contracts or more.

``python benchmarks/pages.py [--contracts N | --graph FILE.nq | --release DIR] [--rounds N] [--out FILE]``

The graph of made-up records is composed as a build does, with code lists and what follows; it is not checked,
and the files of a release are not written. The service runs as anybody starts it.

``first_ms`` is the time to the first byte of the first answer, ``again_ms`` the median of those that follow,
asked without a tag. Weights are of the page, plain and compressed, and of the styles and scripts that it
loads, compressed.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import socket
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

if not __package__:
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.generate import Generator, write_records
from benchmarks.machine import load, machine
from benchmarks.peers import ClsGraphKept, release_of
from cls_graph.corpus import Corpus
from cls_graph.rdf import nquads_lines
from cls_graph.release import compose

RESULT = Path(__file__).parent / "results" / "pages.json"
PAGES = (
    "/",
    "/contracts",
    "/contracts?q=sante&page=3",
    "/organisations",
    "/territories",
    "/determinants",
    "/matrix",
    "/timeline",
    "/map",
    "/compare",
    "/compare?c={}&c={}",
    "/page/contract/{}",
    "/search?q=hopital",
    "/network",
    "/network?mode=organisations&centre=all",
    "/queries",
    "/queries/contracts",
    "/queries/co-signatories",
    "/queries/similar-contracts",
    "/sparql",
    "/sparql/completions",
    "/ontology",
    "/vocab",
    "/shapes",
    "/validation",
)
SLOW_MS = 1000
"""What a page that is asked for again should stay below."""

_LOADED = re.compile(r'(?:href|src)="(/static/[^"?]+\.(?:css|js))')


def fetch(
    port: int, path: str, accept: str = "text/html", encoding: str = "gzip"
) -> tuple[int, float, bytes]:
    """The status, the milliseconds to the first byte, and the body as it was sent."""
    lines = (
        f"GET {path} HTTP/1.0",
        "Host: 127.0.0.1",
        f"Accept: {accept}",
        f"Accept-Encoding: {encoding}",
        "",
        "",
    )
    head = "\r\n".join(lines)
    with socket.create_connection(("127.0.0.1", port), timeout=300) as connection:
        begun = time.perf_counter()
        connection.sendall(head.encode())
        data = bytearray(connection.recv(1))
        taken = (time.perf_counter() - begun) * 1000
        while block := connection.recv(1 << 16):
            data += block
    start, _, body = bytes(data).partition(b"\r\n\r\n")
    return int(start.split()[1]), taken, body


def measure(port: int, path: str, rounds: int) -> dict[str, Any]:
    """The figures of one page."""
    accept = "application/json" if "completions" in path else "text/html"
    status, first, sent = fetch(port, path, accept)
    again = [fetch(port, path, accept)[1] for _ in range(rounds)]
    plain = gzip.decompress(sent) if sent[:2] == b"\x1f\x8b" else sent
    assets = sorted(set(_LOADED.findall(plain.decode())))
    return {
        "status": status,
        "first_ms": round(first, 1),
        "again_ms": round(statistics.median(again), 1),
        "bytes": len(plain),
        "compressed": len(sent),
        "assets_compressed": sum(len(fetch(port, asset, "*/*")[2]) for asset in assets),
    }


def made(graph: Path | None, contracts: int, work: Path) -> Path:
    """A release folder of a graph, or of a made-up corpus."""
    if graph is None:
        graph = work / "corpus.nq"
        write_records(Generator(contracts), work / "corpus")
        corpus = Corpus.open(work / "corpus")
        graph.write_text("".join(nquads_lines(compose(corpus))), encoding="utf-8")
        release_of(graph, work / "release", corpus.iris.base)
    else:
        release_of(graph, work / "release")
    return work / "release"


def addresses(port: int) -> list[str]:
    """The addresses of the pages, with the keys of contracts where they take some."""
    items = json.loads(fetch(port, "/contracts.json?size=2&page=1", "application/json", "identity")[2])[
        "items"
    ]
    keys = [item["iri"].rpartition("/")[2] for item in items]
    return [path.format(*keys) for path in PAGES]


def main() -> int:
    """Measure and write the result; 1 where a page fails."""
    parser = argparse.ArgumentParser(description="Measure the pages.")
    parser.add_argument("--contracts", type=int, default=1000)
    parser.add_argument("--graph", type=Path, help="N-Quads to serve instead of a made-up corpus")
    parser.add_argument("--release", type=Path, help="a built release to serve instead")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--out", type=Path, default=RESULT)
    given = parser.parse_args()
    found: dict[str, Any] = {"machine": machine(["cls-graph", "pyoxigraph", "jinja2"]), "load_before": load()}
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        release = given.release or made(given.graph, given.contracts, work)
        manifest = json.loads((release / "manifest.json").read_text(encoding="utf-8"))
        found["counts"] = manifest["counts"]
        with ClsGraphKept(release.resolve(), work, 60).running() as server:
            # The home page first: what waits for the index of the data is seen there.
            pages = {PAGES[0]: measure(server.port, PAGES[0], given.rounds)}
            pages |= {path: measure(server.port, path, given.rounds) for path in addresses(server.port)[1:]}
    found["pages"], found["load_after"] = pages, load()
    found["slower_than_aim"] = [path for path, row in pages.items() if row["again_ms"] > SLOW_MS]
    given.out.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    for path, row in pages.items():
        print(f"{path:42} {row}", file=sys.stderr)
    return int(any(row["status"] != 200 for row in pages.values()))


if __name__ == "__main__":
    sys.exit(main())
