"""The servers that ``cls-graph score`` is run on, each as its makers ship it but for limits that can be set.

Their memory is limited, so that a hostile query takes down a server and not the machine.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from importlib.metadata import version

from benchmarks.peers import ClsGraph, OxigraphServer, Peer, RdflibEndpoint, Virtuoso
from cls_graph import __version__

MEMORY = 4 << 20
"""KiB of addresses that a server may take."""
_RDFLIB = """\
import sys, uvicorn
from rdflib import Dataset
from rdflib_endpoint import SparqlEndpoint
data = Dataset(default_union=True)
data.parse(sys.argv[1], format="nquads")
uvicorn.run(SparqlEndpoint(graph=data, path="/"), port=int(sys.argv[2]), log_level="error")
"""


def limited(words: list[str]) -> list[str]:
    """A command in a shell that limits its memory."""
    return ["sh", "-c", f'ulimit -v {MEMORY} && exec "$@"', "sh", *words]


class _Limited(Peer):
    """A server of limited memory."""

    def command(self, port: int) -> tuple[list[str], dict[str, str]]:
        """The command of the peer, limited."""
        words, more = super().command(port)
        return limited(words), more


class OwnScored(ClsGraph):
    """This project with its own defaults, but for the deadline."""

    def command(self, port: int) -> tuple[list[str], dict[str, str]]:
        """It limits the memory of each query itself."""
        words, _ = super().command(port)
        return words, {"CLS_QUERY_TIMEOUT": str(self.deadline)}


class OxigraphScored(_Limited, OxigraphServer):
    """The server for reading only, over the union of the graphs."""


class RdflibScored(_Limited, RdflibEndpoint):
    """Over a dataset of rdflib in memory: its own store."""

    def command(self, port: int) -> tuple[list[str], dict[str, str]]:
        """It has no deadline to set."""
        words = [sys.executable, "-c", _RDFLIB, str(self.release / "graph.nq"), str(port)]
        return limited(words), {}


class VirtuosoScored(_Limited, Virtuoso):
    """With the limit of rows that Debian's configuration has."""

    buffers = 10_000
    rows = 10_000


@dataclass(frozen=True)
class Scored:
    """A server to score: its name and what is set, said in the page."""

    peer: type[Peer]
    name: str
    settings: str
    package: str = ""

    def version(self) -> str:
        """Its version."""
        if self.package:
            return version(self.package)
        if self.peer is OwnScored:
            return __version__
        said = subprocess.run(["virtuoso-t", "-?"], capture_output=True, text=True).stderr
        return next((word for word in said.replace("-", " ").split() if word[:1].isdigit()), "7")


SECONDS = 5.0
"""The longest run of a query, where a server can be told."""
LIMIT = 10.0
"""The limit of a request of the command: more than that, so that it is seen what the server does."""
SERVERS: tuple[Scored, ...] = (
    Scored(OwnScored, "cls-graph", "`serve`, queries of at most 5 s"),
    Scored(
        OxigraphScored,
        "Oxigraph server",
        "`serve-read-only`, union default graph, `--timeout-s 5`",
        "oxigraph",
    ),
    Scored(
        RdflibScored, "rdflib-endpoint", "a dataset of rdflib in memory; no limit to set", "rdflib-endpoint"
    ),
    Scored(VirtuosoScored, "Virtuoso", "`ResultSetMaxRows` 10,000 (Debian's), `MaxQueryExecutionTime` 5"),
)


def available(server: Scored) -> bool:
    """Whether its program is installed."""
    return server.peer is not VirtuosoScored or shutil.which("virtuoso-t") is not None
