"""What the tests share: the bundled corpus, a tiny corpus of their own, the command, the source texts."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import pickle
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NoReturn

import httpx
import pytest
from pyoxigraph import Quad, RdfFormat, parse

from cls_graph.checking import Checked, check
from cls_graph.cli import main
from cls_graph.corpus import Corpus
from cls_graph.findings import Finding
from cls_graph.rdf import nquads_lines, sort_quads
from cls_graph.release import compose
from cls_graph.release.build import write_release
from cls_graph.release.cache import kept_release, release_folder
from cls_graph.roots import bundled_root
from cls_graph.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
_MISSING = "missing here: "
_RUNNER = """
import json, socket, sys
from pathlib import Path
import uvicorn
from cls_graph.settings import Settings
from cls_graph_api import create_app
from cls_graph_api.connection import server_config
listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
settings = Settings(**json.loads(sys.argv[2]))
app = create_app(Path(sys.argv[1]), settings)
config = server_config(app, settings, log_level="error", root_path=sys.argv[3])
uvicorn.Server(config).run(sockets=[listener])
"""

# For ``benchmarks``, which is not installed; last, so that the installed package is the one tested.
sys.path.append(str(ROOT))

SHAPES = """\
@prefix cls: <https://w3id.org/cls-sante/ontology#> .
@prefix clssh: <https://w3id.org/cls-sante/shapes#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
clssh:Titled a sh:NodeShape ; sh:targetClass cls:LocalHealthContract ; sh:property clssh:Titled-title .
clssh:Titled-title a sh:PropertyShape ; sh:path dcterms:title ; sh:minCount 1 ;
  sh:message "Pas de titre."@fr , "No title."@en .
"""

TEXT = (
    "Le 16 avril 2025 🎉, la Ville d’Exemple et l’Agence ont lancé leur 2e CLS, pour 2025-2027.\r\n"
    "Axe 1 : agir sur le logement.\r\nAxe 2 : agir sur l’air.\r\nL’Agence finance 1 000 euros par an.\r\n"
) + "Phrase dont rien n’est tiré.\r\n" * 8

DATA: Mapping[str, str] = {
    "dataset.yaml": """\
title: {fr: "Exemple", en: "Example"}
description: {fr: "Un exemple.", en: "An example."}
publisher: "personne"
version: "1.2.3"
date: "2025-01-01"
licence: https://example.org/licence
base_iri: https://w3id.org/cls-sante/
""",
    "organisations.yaml": """\
organisations:
  - {key: ars-84, label: "Agence", kind: ars, territory: [region/84]}
  - key: commune-01999
    label: "Ville d’Exemple"
    kind: commune
    territory: [commune/01999]
    siren: "212603625"
""",
    "persons.yaml": "persons: []\n",
    "frameworks.yaml": "frameworks: []\n",
    "territories.csv": """\
level,code,name,departement,region,vintage
region,84,Région,,,2025
departement,01,Département,,84,2025
commune,01999,Exemple,01,84,2025
""",
    "documents.yaml": """\
documents:
  - key: texte
    title: "Un texte"
    publisher: ars-84
    url: https://example.org/texte
    type: press-release
    language: fr
    sha256: {sha256}
    reliability: official-release
""",
    "contracts/01999-2.yaml": """\
# a comment that stays
contract:
  key: 01999-2
  title:
    value: "2e contrat local de santé d’Exemple"
    evidence: [{document: texte, quote: "leur 2e CLS", start: 61, end: 72}]
  ordinal:
    value: 2
    evidence:
      - document: texte
        quote: "2e CLS"  # a comment that stays
        start: 66
        end: 72
  territory:
    - {value: commune/01999, evidence: [{document: texte, quote: "la Ville d’Exemple", start: 21, end: 39}]}
  carrier: commune-01999
  status: {value: launched, evidence: [{document: texte, quote: "ont lancé", start: 51, end: 60}]}
  period:
    value: {begin: 2025, end: 2027}
    evidence: [{document: texte, quote: "2025-2027", start: 79, end: 88}]
  review: {state: reviewed, by: Alix, on: 2026-01-02}
engagements:
  - id: "01"
    party: commune-01999
    kind: commune
    role: signatory
    name_as_stated: "la Ville d’Exemple"
    evidence: [{document: texte, quote: "la Ville d’Exemple", start: 21, end: 39}]
  - id: "02"
    party: ars-84
    kind: ars
    role: signatory
    name_as_stated: "l’Agence"
    evidence: [{document: texte, quote: "l’Agence", start: 43, end: 51, prefix: "Exemple et "}]
programme:
  - id: "01"
    type: axis
    axis_type: unspecified
    label: "agir sur le logement"
    determinants: [logement]
    evidence: [{document: texte, quote: "agir sur le logement", start: 99, end: 119}]
milestones:
  - id: "01"
    type: launch
    stated_date: "2025-04-16"
    evidence: [{document: texte, quote: "Le 16 avril 2025", start: 0, end: 16}]
funding:
  - id: "01"
    funder: ars-84
    amount: 1000
    currency: EUR
    frequency: annual
    purpose: "coordination"
    evidence: [{document: texte, quote: "1 000 euros par an", start: 160, end: 178}]
""",
}


def place_quotes(record: str, text: str) -> str:
    """The record with the positions that its quotes really have (each is given once in a line or block)."""
    lines, quote = [], ""
    for line in record.splitlines(keepends=True):
        if 'quote: "' in line:
            quote = line.split('quote: "')[1].split('"')[0]
        for key, at in (("start", text.find(quote)), ("end", text.find(quote) + len(quote))):
            head, mark, tail = line.partition(f"{key}: ")
            if mark and quote and "begin" not in line:
                digits = len(tail) - len(tail.lstrip("0123456789"))
                line = f"{head}{mark}{at}{tail[digits:]}"
        lines.append(line)
    return "".join(lines)


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """The whole suite: a process more than cores, for tests often wait. A part of it: this process."""
    whole = config.args_source is pytest.Config.ArgsSource.TESTPATHS
    return min(5, len(os.sched_getaffinity(0)) + 1) if whole else 0


SLOW = frozenset(
    "service_words environment command warm bundled_cache bundled_quads bundled_check bundled_release "
    "chromium installed server oxigraph_server virtuoso_server".split()
)
"""What a test asks for that takes seconds to make: processes, all of the bundled data, a browser."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that asks for one of these is slow, also where it does not say so."""
    for item in items:
        asked = set(getattr(item, "fixturenames", ()))
        # The stores of another make, of tests that are run over each.
        asked |= {
            f"{name}_server" for name in getattr(getattr(item, "callspec", None), "params", {}).values()
        }
        if asked & SLOW or "tiny_with_shapes" in asked:
            item.add_marker("slow")


@dataclass
class Tiny:
    """A corpus of one contract with its own text, all of it made for the tests."""

    root: Path
    text: Path
    sources: Path
    contract: Path

    def edit(self, old: str, new: str, name: str = "contracts/01999-2.yaml") -> None:
        """Replace one passage of a file of ``data``."""
        path = self.root / "data" / name
        content = path.read_bytes()
        assert content.count(old.encode()) >= 1, f"{old!r} is not in {name}"
        path.write_bytes(content.replace(old.encode(), new.encode(), 1))

    def line(self, passage: str, name: str = "contracts/01999-2.yaml") -> int:
        """The line where a passage of a file begins."""
        content = (self.root / "data" / name).read_text(encoding="utf-8")
        return content[: content.index(passage)].count("\n") + 1

    def corpus(self) -> Corpus:
        """The corpus, read again."""
        return Corpus.open(self.root)

    def check(self, *files: Path) -> Checked:
        """All checks of the corpus, or of some files."""
        return check(self.corpus(), files)

    def violations(self, *files: Path) -> list[Finding]:
        """The findings that fail a check."""
        return [f for f in self.check(*files).findings if f.severity == "violation"]

    def own_text(self, text: str) -> None:
        """Give the document another text, with its digest."""
        old = hashlib.sha256(self.text.read_bytes()).hexdigest()
        self.text.write_bytes(text.encode())
        self.edit(old, hashlib.sha256(text.encode()).hexdigest(), "documents.yaml")


def tiny_corpus(folder: Path, *, all_shapes: bool = False) -> Tiny:
    """The tiny corpus in a folder, with one shape of its own; ``all_shapes``: a check takes seconds."""
    root, sources = folder / "corpus", folder / "sources"
    sources.mkdir()
    (sources / "texte.txt").write_bytes(TEXT.encode())
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    for name, content in DATA.items():
        path = root / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if name.startswith("contracts/"):
            content = place_quotes(content, TEXT)
        path.write_bytes(content.replace("{sha256}", digest).encode())
    if not all_shapes:
        vocab = Path("ontology", "vocab")
        shutil.copytree(bundled_root() / vocab, root / vocab)
        (root / "shapes").mkdir()
        (root / "shapes" / "core.ttl").write_text(SHAPES, encoding="utf-8")
    return Tiny(root, sources / "texte.txt", sources, root / "data" / "contracts" / "01999-2.yaml")


@pytest.fixture
def tiny_with_shapes(tmp_path: Path) -> Tiny:
    """The tiny corpus under the shapes of the project (a check takes seconds)."""
    return tiny_corpus(tmp_path, all_shapes=True)


@pytest.fixture
def tiny(tmp_path: Path) -> Tiny:
    """The tiny corpus with the code lists alone and one shape of its own, so that a check is fast."""
    return tiny_corpus(tmp_path)


@pytest.fixture(scope="session")
def repo() -> Path:
    """The root of the checkout, where ``docs/`` is."""
    return ROOT


@pytest.fixture(scope="session")
def bundle() -> Corpus:
    """The bundled corpus."""
    return Corpus.open()


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Callable[[Path], object]], Path]:
    """A file or folder that the first of the processes that run tests makes, for all of them."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own

    def made(name: str, make: Callable[[Path], object]) -> Path:
        path, part = shared / name, shared / f"{name}.part"
        with (shared / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not path.exists():
                make(part)
                part.rename(path)
        return path

    return made


@pytest.fixture(scope="session")
def bundled_quads(once: Callable[..., Path]) -> list[Quad]:
    """The quads of the bundled release, composed once."""
    lines = once("bundled.nq", lambda path: path.write_text("".join(nquads_lines(compose(Corpus.open())))))
    return sort_quads(parse(path=lines, format=RdfFormat.N_QUADS))


@pytest.fixture(scope="session")
def bundled_check(once: Callable[..., Path]) -> Checked:
    """All checks of the bundled corpus, run once; without its graphs."""

    def make(path: Path) -> None:
        path.write_bytes(pickle.dumps(replace(check(Corpus.open()), graphs=None)))

    checked: Checked = pickle.loads(once("bundled-check", make).read_bytes())
    return checked


@pytest.fixture(scope="session")
def bundled_cache(once: Callable[..., Path], request: pytest.FixtureRequest) -> Path:
    """A cache (``CLS_CACHE``) that keeps the release of the bundled corpus; not to be changed."""

    def make(cache: Path) -> None:
        quads, checked = map(request.getfixturevalue, ("bundled_quads", "bundled_check"))
        corpus = Corpus.open()
        write_release(corpus, quads, release_folder(corpus, Settings(cache=str(cache))), checked.findings)

    return once("bundled-cache", make)


@pytest.fixture(scope="session")
def bundled_release(bundled_cache: Path) -> Path:
    """A release of the bundled corpus, written once; not to be changed."""
    found = kept_release(Corpus.open(), Settings(cache=str(bundled_cache)))
    assert found is not None
    return found


@pytest.fixture(scope="session")
def environment() -> dict[str, str]:
    """Where a child process finds the same code as the tests."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(p or os.getcwd() for p in sys.path)}


@pytest.fixture(scope="session")
def service_words(warm: list[str]) -> Callable[..., list[str]]:
    """The words of a process that serves a release, and first says the port that it has taken."""

    def words(folder: Path, root_path: str = "", **settings: Any) -> list[str]:
        values = {"workers": 2, "query_timeout": 5.0, **settings}
        return [*warm, "-c", _RUNNER, str(folder), json.dumps(values), root_path]

    return words


@pytest.fixture(scope="session")
def serve(
    environment: dict[str, str], service_words: Callable[..., list[str]]
) -> Iterator[Callable[..., httpx.Client]]:
    """Start a service over the release in a folder; keywords are settings. Gives a client of it."""
    running: list[tuple[subprocess.Popen[str], httpx.Client]] = []

    def begin(folder: Path, root_path: str = "", **settings: Any) -> httpx.Client:
        command = service_words(folder, root_path, **settings)
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
        assert process.stdout is not None
        port = int(process.stdout.readline())
        # Plain HTTP: certificates, which each client would read, are of no use.
        client = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=20, verify=False)
        running.append((process, client))
        # The port takes connections from the start; they are answered once the release is loaded.
        assert client.get("/healthz").status_code == 200
        return client

    yield begin
    for process, client in running:
        client.close()
        process.terminate()
    for process, _ in running:
        process.wait(10)


@pytest.fixture(scope="session")
def bundled(serve: Callable[..., httpx.Client], bundled_release: Path) -> httpx.Client:
    """A client of a service over the bundled corpus."""
    return serve(bundled_release)


@pytest.fixture
def corpus_dir(tmp_path: Path) -> Path:
    """A copy of the bundled data that a test may change; ontology and shapes are the bundled ones."""
    folder = tmp_path / "bundled"
    shutil.copytree(bundled_root() / "data", folder / "data")
    return folder


@dataclass
class Run:
    """What a command said: exit code, standard output, standard error."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        """Its output as JSON."""
        return json.loads(self.out)


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str]) -> Callable[..., Run]:
    """Runs the command in this process."""

    def run(*words: str | Path) -> Run:
        capsys.readouterr()
        try:
            code = main([str(word) for word in words])
        except SystemExit as leave:
            code = int(leave.code or 0)
        said = capsys.readouterr()
        return Run(code, said.out, said.err)

    return run


@pytest.fixture(scope="session")
def command() -> tuple[list[str], dict[str, str]]:
    """The words and the environment of the command as a process of its own, started as a user does."""
    env = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "CLS_", "PYTHONIO"))}
    # The package that these tests imported, installed or not, and not what stands in the current folder.
    env["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
    return [sys.executable, "-P", "-m", "cls_graph"], env


@pytest.fixture(scope="session")
def warm(command: tuple[list[str], dict[str, str]]) -> Iterator[list[str]]:
    """In the place of ``python -P``: a process of its own that need not import the package again.

    What follows is ``-m MODULE`` or ``-c CODE``, and arguments. For tests of what a process does, but not
    of how it starts, how much memory it takes, or its place in groups of processes.
    """
    # What a process forked has run is measured from the start of it only.
    if not sys.platform.startswith("linux") or any(name.startswith("COVERAGE_") for name in os.environ):
        yield [sys.executable, "-P"]
        return
    program = ROOT / "tests" / "warm"
    # Not in the folder of the session: names of sockets are short.
    with tempfile.TemporaryDirectory() as folder:
        socket_name = f"{folder}/warm"
        server = subprocess.Popen(
            [sys.executable, "-P", program / "server.py", socket_name],
            env=command[1],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        assert server.stdin is not None
        assert server.stdout is not None
        assert server.stdout.read() == b"", "it says nothing, and closes its output once it listens"
        yield [sys.executable, "-IS", str(program / "client.py"), socket_name]
        server.stdin.close()
        server.wait(30)


@pytest.fixture(scope="session")
def run_cli(command: tuple[list[str], dict[str, str]], warm: list[str]) -> Callable[..., Run]:
    """Runs the command as a process of its own, with French as the default language."""

    def run(
        *words: str | Path,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        timeout: float = 120,
    ) -> Run:
        argv, base = command
        if not any(name.startswith("PYTHON") for name in env or ()):
            argv = [*warm, "-m", "cls_graph"]
        done = subprocess.run(
            [*argv, *(str(w) for w in words)],
            capture_output=True,
            env={**base, **(env or {})},
            cwd=cwd,
            timeout=timeout,
            check=False,
        )
        return Run(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run


@pytest.fixture(scope="session")
def missing() -> Callable[[str], NoReturn]:
    """Skip a test for the reason given, which is said at the end; where nothing may be missing, fail."""

    def skip(reason: str) -> NoReturn:
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(f"{_MISSING}{reason}")

    return skip


@pytest.fixture(scope="session")
def sources(missing: Callable[[str], NoReturn]) -> Path:
    """The folder of the source texts: ``CLS_SOURCES``, else ``../shared/sources``."""
    said = os.environ.get("CLS_SOURCES")
    folder = Path(said) if said else ROOT.parent / "shared" / "sources"
    if not folder.is_dir():
        missing(f"{folder} is not there; set CLS_SOURCES to the folder")
    return folder


@pytest.fixture(scope="session")
def naughty_strings() -> list[str]:
    """Strings that have harmed programs before."""
    file = ROOT / "tests" / "suites" / "abuse" / "blns.json"
    found: list[str] = json.loads(file.read_text(encoding="utf-8"))
    return found


class Canary:
    """A listener on loopback that must stay silent; ``hits`` counts who came."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}/"
        self.hits = 0
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                self._listener.accept()[0].close()
            except OSError:
                return
            self.hits += 1

    def close(self) -> None:
        self._listener.close()


@pytest.fixture
def canary() -> Iterator[Canary]:
    """A listener that can be reached, and must not be hit."""
    listener = Canary()
    with pytest.raises(httpx.TransportError):
        httpx.get(listener.url, timeout=2, verify=False)
    end = time.monotonic() + 5
    while listener.hits == 0:
        assert time.monotonic() < end, "the canary must be reachable"
        time.sleep(0.01)
    listener.hits = 0
    yield listener
    listener.close()


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say what was missing, also without ``-rs``."""
    reasons = {
        str(report.longrepr[2]).partition(_MISSING)[2]
        for report in terminalreporter.stats.get("skipped", [])
        if isinstance(report.longrepr, tuple) and _MISSING in str(report.longrepr[2])
    }
    for reason in sorted(reasons):
        terminalreporter.write_line(f"skipped: {reason}")
