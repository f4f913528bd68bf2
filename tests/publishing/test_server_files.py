"""What Apache and nginx answer by the rules that a static publication brings for them."""

from __future__ import annotations

import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urljoin

import httpx
import pytest

from cls_graph_api.publishing.server_files import Rules, htaccess, nginx

DIGEST, OLDER = "a" * 64, "b" * 64
CHANGES = "feed/0.1.0..0.2.0"
HELD = (
    *("releases.html", "releases/0.1.0.html", "releases/0.1.0/graph.nq", "releases/0.3.0/graph.nq"),
    *("releases/0.1.0/tables/contracts.csv", "releases/0.2.0/graph.nq"),
    *("dumps/graph.nq", "dumps/tables/contracts.csv", "dumps/tables/csv-metadata.json", "catalog.jsonld"),
    *("feed/index.ttl", "feed/0.1.0/1.ttl", f"{CHANGES}/1.jsonld", f"{CHANGES}/2.ttl", f"{CHANGES}/20.trig"),
    *("data/contract/26362-3.ttl", "page/contract/26362-3.html", "data/contract/26362-30.ttl", "index.html"),
    *("style.css", "findings.json"),
)
"""Files of the publication; each holds its own name. Those that were withdrawn may still lie there."""
IMMUTABLE = "public, max-age=31536000, immutable"
PAGE, TURTLE = "text/html,application/xhtml+xml", "text/turtle"

APACHE = """\
ServerRoot {work}
DefaultRuntimeDir {work}
Mutex file:{work} default
PidFile {work}/pid
ErrorLog {work}/error.log
Listen 127.0.0.1:{port}
ServerName 127.0.0.1
{modules}
TypesConfig {work}/types
DocumentRoot {www}
<Directory {www}>
AllowOverride All
Require all granted
</Directory>
"""
MODULES = ("mpm_event", "authz_core", "mime", "dir", "headers", "rewrite")
NGINX = """\
daemon off;
worker_processes 1;
pid {work}/pid;
error_log {work}/error.log;
events {{}}
http {{
access_log off;
types {{ text/html html; text/csv csv; application/json json; }}
{folders}
{maps}
server {{
listen 127.0.0.1:{port};
root {www};
{rules}
}}
}}
"""
FOLDERS = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


@dataclass(frozen=True)
class Answer:
    """A status with where it leads or the file that was given; how long it may be kept, and its type."""

    status: int
    place: str
    cache: str = ""
    type: str = ""


@dataclass(frozen=True)
class Asked:
    """A server that runs, asked under the path of the publication."""

    url: str
    client: httpx.Client

    def __call__(self, path: str, accept: str = PAGE) -> Answer:
        said = self.client.get(f"{self.url}/{path}", headers={"Accept": accept})
        if said.is_redirect:
            return Answer(said.status_code, urljoin(self.url, said.headers["Location"]))
        held = said.text if said.status_code == 200 else ""
        kept = said.headers.get("Cache-Control", "") if held else ""
        return Answer(said.status_code, held, kept, said.headers["Content-Type"] if held else "")


def rules_at(url: str) -> Rules:
    """The rules of a second release at an address."""
    return Rules(
        url,
        ["ttl", "jsonld", "rdf"],
        kinds=["contract", "organisation", "prefixes", "territory"],
        pages=["contracts", "dumps", "index", "ontology", "releases"],
        digest=DIGEST,
        version="0.2.0",
        earlier=["0.1.0"],
        open_page="0.1.0..0.2.0/2",
        withdrawn=["id/contract/26362-3", "id/organisation/ars-01"],
        former={"organisation/ars-84": "organisation/ars-85"},
    )


def apache_words(work: Path, www: Path, port: int, rules: Rules) -> list[str]:
    """Apache with its modules and nothing else; the rules lie in the folder."""
    (www / "sante" / ".htaccess").write_text(htaccess(rules))
    place = "/usr/lib/apache2/modules"
    modules = "\n".join(f"LoadModule {name}_module {place}/mod_{name}.so" for name in MODULES)
    (work / "types").write_text("text/html html\ntext/csv csv\ntext/css css\n")
    (work / "conf").write_text(APACHE.format(work=work, www=www, port=port, modules=modules))
    return ["apache2", "-X", "-f", str(work / "conf")]


def nginx_words(work: Path, www: Path, port: int, rules: Rules) -> list[str]:
    """nginx with the two parts of the rules in their blocks."""
    maps, mark, rest = nginx(rules).partition("# In the server block")
    assert mark
    folders = "\n".join(f"{name}_temp_path {work}/{name};" for name in FOLDERS)
    parts = {"maps": maps, "rules": mark + rest, "folders": folders}
    (work / "conf").write_text(NGINX.format(work=work, www=www, port=port, **parts))
    return ["nginx", "-c", str(work / "conf")]


SERVERS: dict[str, Callable[[Path, Path, int, Rules], list[str]]] = {
    "apache2": apache_words,
    "nginx": nginx_words,
}


@pytest.fixture(scope="module", params=list(SERVERS))
def asked(request: pytest.FixtureRequest, missing: Callable[[str], NoReturn]) -> Iterator[Asked]:
    """A server of each kind over a small publication at ``/sante``."""
    program = f"/usr/sbin/{request.param}"
    if not Path(program).is_file():
        missing(f"{request.param} is not installed")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}/sante"
    with tempfile.TemporaryDirectory() as name, httpx.Client(timeout=10) as client:
        # The servers change their user where they are started by root: all may read here.
        work, www = Path(name), Path(name) / "www"
        work.chmod(0o755)
        for held in HELD:
            file = www / "sante" / held
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(held)
        _, *words = SERVERS[request.param](work, www, port, rules_at(url))
        with subprocess.Popen([program, *words], stderr=subprocess.PIPE, text=True) as process:
            _await(process, client, url)
            yield Asked(url, client)
            process.terminate()


def _await(process: subprocess.Popen[Any], client: httpx.Client, url: str) -> None:
    end = time.monotonic() + 20
    while True:
        try:
            client.get(url)
        except httpx.TransportError:
            assert process.poll() is None, process.stderr and process.stderr.read()
            assert time.monotonic() < end
            time.sleep(0.02)
        else:
            return


def test_things_lead_to_a_page_or_to_data_by_what_is_asked(asked: Asked) -> None:
    url = asked.url
    for path in ("id/contract/38382-a", "id/contract/38382-a/engagement/01"):
        assert asked(path) == Answer(303, f"{url}/page/contract/38382-a.html")
        assert asked(path, TURTLE) == Answer(303, f"{url}/data/contract/38382-a.ttl")
    assert asked("id/territory/commune/26362", TURTLE).place == f"{url}/data/territory/commune/26362.ttl"
    for path in ("data/contract/38382-a", "data/territory/commune/26362"):
        assert asked(path) == asked(path, TURTLE) == Answer(303, f"{url}/{path}.ttl")
        assert asked(path, "application/ld+json").place == f"{url}/{path}.jsonld"
    assert asked("vocab/role/signatory", TURTLE).place == f"{url}/vocab/role/signatory.ttl"
    assert asked("ontology", "application/rdf+xml").place == f"{url}/ontology.rdf"
    assert asked("feed").place == f"{url}/feed/index.ttl"
    assert asked("feed", "application/ld+json").place == f"{url}/feed/index.jsonld"
    assert asked("releases").place == f"{url}/releases.html"
    assert asked("releases/0.1.0").place == f"{url}/releases/0.1.0.html"
    assert asked(".well-known/void").place == f"{url}/.well-known/void.ttl"
    assert asked("contracts").place == f"{url}/contracts.html"
    assert asked("dumps").place == f"{url}/dumps.html"
    assert asked("id/prefixes/adms", TURTLE).place == f"{url}/data/prefixes/adms.ttl"
    assert asked("id/nothing/adms").status == 404
    assert asked("releases/0.1.0.html").place == "releases/0.1.0.html"


def test_each_file_has_its_type(asked: Asked) -> None:
    kinds = {
        name: asked(name).type for name in ("index.html", "feed/index.ttl", "catalog.jsonld", "style.css")
    }
    assert kinds["style.css"].partition(";")[0] == "text/css"
    assert asked("findings.json").type == "application/json"
    assert kinds["index.html"] == "text/html; charset=utf-8"
    assert kinds["feed/index.ttl"].partition(";")[0] == "text/turtle"
    assert kinds["catalog.jsonld"].partition(";")[0] == "application/ld+json"


def test_what_depends_on_accept_says_so_and_all_may_read(asked: Asked) -> None:
    for path in ("index.html", "id/contract/38382-a"):
        said = asked.client.get(f"{asked.url}/{path}")
        assert said.headers["Vary"] == "Accept", path
    assert asked.client.get(f"{asked.url}/dumps/graph.nq").headers["Access-Control-Allow-Origin"] == "*"


def test_a_digest_gives_its_own_bytes_or_none(asked: Asked) -> None:
    given = asked(f"dumps/{DIGEST}/graph.nq")
    assert (given.place, given.cache) == ("dumps/graph.nq", IMMUTABLE)
    assert asked(f"dumps/{DIGEST}/tables/contracts.csv").place == "dumps/tables/contracts.csv"
    assert asked(f"dumps/{OLDER}/graph.nq").status == 404


@pytest.mark.parametrize(
    ("path", "place"),
    [
        *((path, path) for path in ("feed/0.1.0/1.ttl", f"{CHANGES}/1.jsonld", f"{CHANGES}/20.trig")),
        ("releases/0.1.0/graph.nq", "releases/0.1.0/graph.nq"),
        ("releases/0.1.0/tables/contracts.csv", "releases/0.1.0/tables/contracts.csv"),
        ("releases/0.2.0/graph.nq", "releases/0.2.0/graph.nq"),
    ],
)
def test_what_never_changes_may_be_kept(asked: Asked, path: str, place: str) -> None:
    given = asked(path)
    assert (given.place, given.cache) == (place, IMMUTABLE)


@pytest.mark.parametrize(
    "path",
    [f"{CHANGES}/2.ttl", "feed/index.ttl", "dumps/graph.nq", "releases/0.3.0/graph.nq", "releases.html"],
)
def test_the_rest_is_asked_again(asked: Asked, path: str) -> None:
    given = asked(path)
    assert (given.place, given.cache) == (path, "public, no-cache")


@pytest.mark.parametrize(
    "path",
    [
        *("id/contract/26362-3", "id/contract/26362-3/", "id/contract/26362-3/engagement/01"),
        *("data/contract/26362-3.ttl", "page/contract/26362-3.html", "page/contract/26362-3.en.html"),
        "id/organisation/ars-01",
    ],
)
def test_what_was_withdrawn_is_gone(asked: Asked, path: str) -> None:
    assert asked(path).status == 410
    assert asked(path, TURTLE).status == 410


def test_others_are_not_gone_with_it(asked: Asked) -> None:
    assert asked("id/contract/26362-30").status == 303
    assert asked("data/contract/26362-30.ttl").status == 200
    assert asked("id/contract/26362").status == 303


def test_a_former_key_leads_to_the_key_of_today(asked: Asked) -> None:
    assert asked("id/organisation/ars-84") == Answer(301, f"{asked.url}/id/organisation/ars-85")
    assert asked("data/organisation/ars-84.ttl").place == f"{asked.url}/data/organisation/ars-85.ttl"
    assert asked("page/organisation/ars-84.en.html").place == f"{asked.url}/page/organisation/ars-85.en.html"
    assert asked("id/organisation/ars-840").status == 303


def test_without_any_of_it_nothing_is_gone_or_moved() -> None:
    plain = Rules("https://data.example.org/sante", ["ttl"], digest=DIGEST, version="0.1.0")
    for text in (htaccess(plain), nginx(plain)):
        assert "[G" not in text
        assert "410" not in text
        assert "301" not in text
