"""What those who run the service look at: health, figures, the log of requests, and the end."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from tests.warm.pids import own_pid

Launch = Callable[..., tuple[subprocess.Popen[str], httpx.Client]]
COUNT = "SELECT (COUNT(*) AS ?n) { ?s a ?type }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o }"
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?i > ?f) }"


def figures(client: httpx.Client) -> dict[str, float]:
    """Each sample of ``/metrics`` by its name and labels."""
    response = client.get("/metrics")
    assert response.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    found = {}
    for line in response.text.splitlines():
        if not line.startswith("#"):
            name, value = line.rsplit(" ", 1)
            assert name not in found
            found[name] = float(value)
    return found


def test_it_is_alive_and_ready(client: httpx.Client) -> None:
    for path in ("/healthz", "/readyz"):
        response = client.get(path)
        assert response.status_code == 200
        state = response.json()
        assert (state["status"], state["version"], state["workers"]) == ("ok", "1.2.3", 2)
        assert re.fullmatch(r"[0-9a-f]{64}", state["digest"])
        assert response.headers["cache-control"] == "no-store"
        assert client.head(path).status_code == 200


def children(pid: int) -> list[int]:
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                if int((entry / "stat").read_text().rpartition(")")[2].split()[1]) == pid:
                    found.append(int(entry.name))
            except OSError:
                continue
    return found


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")
def test_without_workers_it_is_alive_and_not_ready(release: Path, tmp_path: Path, launch: Launch) -> None:
    """The keeper's next start fails here, so the service stays without one."""
    graph = tmp_path / "graph.nq"
    graph.write_bytes((release / "graph.nq").read_bytes())
    (tmp_path / "manifest.json").write_bytes((release / "manifest.json").read_bytes())
    process, client = launch(tmp_path)
    assert client.get("/readyz").status_code == 200
    graph.write_text("nonsense\n")
    [keeper] = children(own_pid(process))
    os.kill(keeper, signal.SIGKILL)
    end = time.monotonic() + 10
    while (response := client.get("/readyz")).status_code != 503:
        assert time.monotonic() < end
        time.sleep(0.05)
    assert response.json()["status"] == "unavailable"
    assert client.get("/healthz").status_code == 200
    assert client.get("/sparql", params={"query": COUNT}).status_code in (500, 503)
    graph.write_bytes((release / "graph.nq").read_bytes())
    while client.get("/readyz").status_code != 200:
        assert time.monotonic() < end + 20
        time.sleep(0.05)
    assert client.get("/sparql", params={"query": COUNT}).status_code == 200


def test_requests_and_queries_are_counted(start: Callable[..., httpx.Client]) -> None:
    client = start(query_timeout=1.0)
    before = figures(client)
    for _ in range(3):
        client.get("/sparql", params={"query": COUNT})
    client.get("/sparql", params={"query": "SELEC"})
    client.get("/sparql", params={"query": ENDLESS})
    client.get("/" + "made-up/" * 5)
    client.request("PROPFIND", "/sparql")
    after = figures(client)
    said = 'cls_requests_total{route="sparql",method="%s",status="%d"}'
    assert after[said % ("GET", 200)] == 3
    assert after[said % ("GET", 400)] == 1
    assert after[said % ("GET", 504)] == 1
    assert after[said % ("other", 405)] == 1
    assert after['cls_requests_total{route="other",method="GET",status="404"}'] == 1
    assert after['cls_request_seconds_count{route="sparql"}'] == 6
    assert after['cls_request_seconds_bucket{route="sparql",le="0.5"}'] == 5
    assert after['cls_request_seconds_bucket{route="sparql",le="+Inf"}'] == 6
    assert after['cls_query_ends_total{cause="timeout"}'] == 1
    assert after['cls_query_ends_total{cause="done"}'] == 1, "the other two were kept answers"
    assert 0.9 < after["cls_worker_seconds_total"] - before["cls_worker_seconds_total"] < 5
    assert after["cls_query_wait_seconds_count"] == 3
    assert after["cls_queue_length"] == 0
    end = time.monotonic() + 60
    while figures(client)["cls_workers"] != 2:
        assert time.monotonic() < end, "the worker that was killed is replaced"
        time.sleep(0.05)
    [release] = [name for name in after if name.startswith("cls_release_info")]
    assert 'version="1.2.3"' in release
    assert after["cls_requests_in_flight"] == 1


def test_a_client_that_left_is_a_cause_of_its_own(start: Callable[..., httpx.Client]) -> None:
    client = start(query_timeout=20.0)
    with pytest.raises(httpx.ReadTimeout):
        client.get("/sparql", params={"query": ENDLESS}, timeout=0.5)
    end = time.monotonic() + 5
    while 'cls_query_ends_total{cause="client"}' not in figures(client):
        assert time.monotonic() < end
        time.sleep(0.1)


@pytest.mark.parametrize("mode", ["off", "on", "full"])
def test_the_log_has_a_line_for_each_request(release: Path, launch: Launch, mode: str) -> None:
    process, client = launch(release, access_log=mode, proxies=1)
    forwarded = {"X-Forwarded-For": "198.51.100.7"}
    client.get("/sparql", params={"query": COUNT}, headers=forwarded)
    client.post("/sparql", data={"query": 'SELECT ("x" AS ?x)\n{}'})
    client.get("/none?secret=1")
    client.close()
    process.terminate()
    _, said = process.communicate(timeout=15)
    lines = [json.loads(line) for line in said.splitlines() if line.startswith("{")]
    lines = [line for line in lines if line["path"] != "/readyz"]
    if mode == "off":
        assert lines == []
        return
    assert [(line["method"], line["path"], line["status"], line["kind"]) for line in lines] == [
        ("GET", "/sparql", 200, "sparql"),
        ("POST", "/sparql", 200, "sparql"),
        ("GET", "/none", 404, "other"),
    ]
    assert lines[0]["client"] == "198.51.100.7"
    assert all(line["bytes"] > 0 and line["seconds"] >= 0 and line["whole"] for line in lines)
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+\+00:00", line["time"]) for line in lines)
    if mode == "on":
        assert "COUNT" not in said
        assert "secret" not in said
    else:
        assert lines[0]["query"] == COUNT
        assert lines[1]["query"] == 'SELECT ("x" AS ?x)\n{}'
        assert lines[2]["parameters"] == "secret=1"


@pytest.mark.parametrize(("stop_timeout", "finishes"), [(15.0, True), (0.5, False)])
def test_stopping_lets_requests_end_until_the_deadline(
    release: Path, launch: Launch, stop_timeout: float, finishes: bool
) -> None:
    process, client = launch(release, stop_timeout=stop_timeout, query_timeout=14.0)
    query = SLOW if finishes else ENDLESS
    found: list[object] = []

    def ask() -> None:
        try:
            found.append(client.get("/sparql", params={"query": query}, timeout=30).status_code)
        except httpx.TransportError as error:
            found.append(error)

    thread = threading.Thread(target=ask)
    thread.start()
    while figures(client)["cls_workers_idle"] == 2:
        time.sleep(0.02)
    begin = time.monotonic()
    process.terminate()
    process.communicate(timeout=25)
    thread.join()
    assert (found == [200]) is finishes
    assert finishes or time.monotonic() - begin < 6
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{client.base_url}/healthz")
