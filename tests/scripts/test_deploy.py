"""A service put in place as docs/operating.md says: the unit's own command line, a user without home."""

from __future__ import annotations

import ctypes
import html.parser
import json
import os
import re
import resource
import shutil
import socket
import stat
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import httpx
import pytest

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "scripts" / "deploy"
UNIT = (DEPLOY / "cls-graph.service").read_text(encoding="utf-8")
CONTAINER = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
PAGE = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
NOBODY = 65534


def unit(key: str) -> list[str]:
    """The values of a key of the unit, in their order."""
    return re.findall(rf"^{key}=(.*)$", UNIT, re.MULTILINE)


def settings_of_the_page() -> dict[str, str]:
    """``/etc/cls-graph.env`` as the page shows it."""
    return dict(line.split("=", 1) for line in PAGE.split("```ini\n")[1].split("```")[0].splitlines())


@dataclass
class Installed:
    """A prefix with the package and all it needs in it, and who may run it."""

    prefix: Path
    cache: Path
    user: int | None


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """A folder that every user may enter."""
    folder = Path(tempfile.mkdtemp(prefix="cls-graph-opt-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def put_in_place(place: Path) -> Installed:
    """The package as a wheel, in an environment of its own; what it needs is copied, not downloaded."""
    sys.path.insert(0, str(ROOT / "scripts"))
    try:
        from sbom import python_packages
    finally:
        sys.path.pop(0)
    prefix = place / "opt"
    python, user = interpreter()
    subprocess.run([python, "-m", "venv", str(prefix)], check=True)
    library = next((prefix / "lib").glob("python3*/site-packages"))
    for name, (found, _) in python_packages().items():
        for file in found.files or () if name != "cls-graph" else ():
            source = Path(str(found.locate_file(file)))
            if ".." in file.parts or "__pycache__" in file.parts or not source.is_file():
                continue
            (library / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, library / file)
    words = ["-m", "hatchling", "build", "-t", "wheel", "-d", str(place / "wheel")]
    subprocess.run([sys.executable, *words], cwd=ROOT, check=True, capture_output=True)
    wheel = next((place / "wheel").glob("*.whl"))
    pip = [str(prefix / "bin" / "pip"), "install", "-q", "--no-index", "--no-deps", str(wheel)]
    subprocess.run(pip, check=True, capture_output=True)
    cache = place / "cache"
    cache.mkdir(mode=0o700)
    if user is not None:
        os.chown(cache, user, user)
    return Installed(prefix, cache, user)


def interpreter() -> tuple[str, int | None]:
    """A Python of this version, and a user who owns nothing, where these tests may become one."""
    if os.geteuid() == 0:
        for python in (sys.executable, "/usr/bin/python3"):
            words = [python, "-c", "import ensurepip, sys; print(sys.version_info[:2])"]
            try:
                told = subprocess.run(words, user=NOBODY, cwd="/", capture_output=True, text=True, check=True)
            except (OSError, subprocess.CalledProcessError):
                continue
            if told.stdout.strip() == str(sys.version_info[:2]):
                return python, NOBODY
    return sys.executable, None


def confined() -> None:
    """What the unit has the kernel take away, as far as a process may ask for it itself."""
    library = ctypes.CDLL(None)
    library.prctl(38, 1, 0, 0, 0)  # NoNewPrivileges
    library.prctl(65, 1, 0, 0, 0)  # MemoryDenyWriteExecute, where the kernel knows it
    os.umask(0o077)
    resource.setrlimit(
        resource.RLIMIT_NOFILE, (min(8192, resource.getrlimit(resource.RLIMIT_NOFILE)[1]),) * 2
    )


@dataclass
class Running:
    """The service of the unit, and what it was started with."""

    client: httpx.Client
    process: subprocess.Popen[bytes]
    log: Path


@pytest.fixture(scope="module")
def service(put_in_place: Installed, place: Path) -> Iterator[Running]:
    """``ExecStart`` of the unit with its environment and the page's settings; only paths and port differ."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    environment = dict(pair.split("=", 1) for pair in unit("Environment")[0].split())
    environment |= {**settings_of_the_page(), "CLS_PORT": port, "CLS_CACHE": str(put_in_place.cache)}
    environment |= {"PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "LANG": "C.UTF-8"}
    line = unit("ExecStart")[0].replace("/opt/cls-graph", str(put_in_place.prefix))
    words = [part for word in line.split() for part in _expanded(word, environment)]
    log = place / "log"
    with log.open("wb") as said:
        user = put_in_place.user
        process = subprocess.Popen(
            words,
            cwd="/",
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            preexec_fn=confined,
            **({} if user is None else {"user": user, "group": user, "extra_groups": []}),
        )
    client = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30)
    for _ in range(1200):
        assert process.poll() is None, log.read_text()
        try:
            if client.get("/readyz").status_code == 200:
                break
        except httpx.TransportError:
            time.sleep(0.1)
    yield Running(client, process, log)
    client.close()
    process.kill()
    process.wait()


def _expanded(word: str, environment: dict[str, str]) -> list[str]:
    """A word of ``ExecStart``: one variable alone stands for the words that it holds."""
    return environment[word[1:]].split() if word.startswith("$") else [word]


class Links(html.parser.HTMLParser):
    """The addresses that a page leads to or loads."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name in ("href", "src", "action") and value]


@pytest.mark.slow
def test_the_unit_starts_a_service_for_a_user_without_home(service: Running, put_in_place: Installed) -> None:
    ready = service.client.get("/readyz").json()
    assert ready["status"] == "ok"
    assert {"seccomp", "nofile"} & set(ready["sandbox"])
    answer = service.client.get("/queries/funding.csv")
    assert answer.status_code == 200
    assert "15816" in answer.text
    # It wrote its cache, for itself alone, and nothing beside the program.
    built = list(put_in_place.cache.rglob("graph.nq"))
    assert len(built) == 1
    assert stat.S_IMODE(built[0].parent.parent.stat().st_mode) & 0o077 == 0
    if put_in_place.user:
        written = [path for path in put_in_place.prefix.rglob("*") if path.lstat().st_uid == NOBODY]
        assert written == []


@pytest.mark.slow
def test_links_stay_under_the_prefix_that_the_page_sets(service: Running) -> None:
    public = settings_of_the_page()["CLS_PUBLIC_URL"]
    for path in ("/", "/contracts", "/page/contract/26362-3", "/sparql", "/queries/funding"):
        page = service.client.get(path, headers={"Accept": "text/html", "X-Forwarded-For": "203.0.113.7"})
        links = [link for link in Links(page.text).found if not link.startswith(("#", "?"))]
        inside = [link for link in links if link.startswith(("/", public))]
        assert inside, path
        assert all(link.startswith((public, "/cls/")) or link in (public, "/cls") for link in inside), inside
    moved = service.client.get("/id/contract/26362-3", headers={"Accept": "text/turtle"})
    assert moved.status_code == 303
    assert moved.headers["location"].startswith((public, "/cls/"))
    # The proxy's word on who asks is the one that the log has.
    lines = [json.loads(line) for line in service.log.read_text().splitlines() if line.startswith("{")]
    assert any("203.0.113." in json.dumps(line) for line in lines)


@pytest.mark.slow
def test_the_health_check_of_the_container_holds(service: Running, put_in_place: Installed) -> None:
    command = json.loads(re.findall(r"^ +CMD (\[.*\])$", CONTAINER, re.MULTILINE)[0])
    words = [str(put_in_place.prefix / "bin" / command[0]), *command[1:]]
    port = str(service.client.base_url.port)
    assert subprocess.run(words, env={"CLS_PORT": port}, check=False).returncode == 0
    assert subprocess.run(words, env={"CLS_PORT": "9"}, check=False, capture_output=True).returncode != 0


@pytest.mark.slow
def test_it_reloads_and_stops_as_the_unit_asks(service: Running) -> None:
    assert unit("ExecReload") == ["/bin/kill -HUP $MAINPID"]
    subprocess.run(["/bin/kill", "-HUP", str(service.process.pid)], check=True)
    time.sleep(0.5)
    assert service.client.get("/healthz").status_code == 200
    service.process.terminate()
    assert service.process.wait(int(unit("TimeoutStopSec")[0])) == 0


@pytest.mark.slow
def test_systemd_finds_the_unit_sound_and_closed(
    put_in_place: Installed, tmp_path: Path, missing: Callable[[str], NoReturn]
) -> None:
    if shutil.which("systemd-analyze") is None:
        missing("systemd-analyze is not installed (Debian: systemd)")
    copy = tmp_path / "cls-graph.service"
    copy.write_text(UNIT.replace("/opt/cls-graph/", f"{put_in_place.prefix}/"), encoding="utf-8")
    verified = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(copy)], capture_output=True, text=True, check=False
    )
    assert (verified.returncode, verified.stderr) == (0, "")
    # 0 is closed, 10 is open; the threshold is in tenths.
    words = ["systemd-analyze", "security", "--offline=true", "--no-pager", "--threshold=20", str(copy)]
    rated = subprocess.run(words, capture_output=True, text=True, check=False)
    assert rated.returncode == 0, rated.stdout[-500:]


def test_the_page_puts_in_place_what_there_is() -> None:
    commands = re.findall(r"^# (.+)$", PAGE.split("```console\n")[1].split("```")[0], re.MULTILINE)
    assert [command.split()[0] for command in commands] == [
        "python3",
        "/opt/cls-graph/bin/pip",
        "cp",
        "systemctl",
        "systemctl",
    ]
    prefix = commands[0].split()[-1]
    assert all(word.startswith(f"{prefix}/bin/") for word in unit("ExecStart"))
    assert (ROOT / commands[2].split()[1]).is_file()
    assert "CLS_CACHE=/var/cache/" + unit("CacheDirectory")[0] in unit("Environment")[0]
    assert "EnvironmentFile=-/etc/cls-graph.env" in UNIT
    assert f"-f {(DEPLOY / 'Containerfile').relative_to(ROOT)}" in PAGE


def test_the_container_runs_the_commands_of_the_readme_without_rights() -> None:
    steps = re.findall(r"^([A-Z]+) +((?:.*\\\n)*.*)$", CONTAINER, re.MULTILINE)
    runs = [text for name, text in steps if name == "RUN"]
    assert "pip install . && cls-graph serve" in README
    assert runs[-1].replace(" --no-cache-dir", "") == "pip install ."
    said = {name: json.loads(text) for name, text in steps if name in ("ENTRYPOINT", "CMD")}
    assert said["ENTRYPOINT"] + said["CMD"] == ["cls-graph", "serve"]
    last = [name for name, _ in steps][::-1]
    user = next(text for name, text in steps if name == "USER")
    assert not user.startswith(("0", "root"))
    assert last.index("USER") < last.index("COPY")  # nothing is added as root after it
    assert {"HEALTHCHECK", "EXPOSE"} <= set(last)
    # The other format of images has no health check.
    assert "podman build --format docker " in PAGE
    assert "ADD" not in last
    assert all(re.search(r":\d+\.\d+-slim", text) for name, text in steps if name == "FROM")
    for option in ("--read-only", "--tmpfs /tmp", "--cap-drop all", "no-new-privileges"):
        assert option in PAGE


def test_what_the_container_copies_is_what_its_builder_is_sent() -> None:
    lines = re.findall(r"^COPY (?!--from)(.+)$", CONTAINER, re.MULTILINE)
    copied = {name for line in lines for name in line.split()[:-1]}
    sent = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert sent[1] == "*"
    assert {line[1:] for line in sent if line.startswith("!")} == copied


@pytest.mark.slow
def test_what_the_container_copies_is_all_that_the_package_is_made_of(tmp_path: Path) -> None:
    stage = CONTAINER.split("\nFROM ")[1]
    for line in re.findall(r"^COPY (.+)$", stage, re.MULTILINE):
        *names, goal = line.split()
        for name in names:
            target = tmp_path / goal / (name if goal == "./" else "")
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, target, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(ROOT / name, target)
    wheels = []
    for folder in (tmp_path, ROOT):
        out = tmp_path / "out" / folder.name
        words = ["-m", "hatchling", "build", "-t", "wheel", "-d", str(out)]
        subprocess.run([sys.executable, *words], cwd=folder, check=True, capture_output=True)
        with zipfile.ZipFile(next(out.glob("*.whl"))) as wheel:
            wheels.append(sorted(n for n in wheel.namelist() if "__pycache__" not in n))
    assert wheels[0] == wheels[1]
