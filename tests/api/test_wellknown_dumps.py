"""The files of a release over HTTP: whole, in ranges, with digests, at an address that never changes."""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

FILES = ["graph.nq", "graph.trig", "graph.jsonld", "manifest.json"]


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_the_very_bytes_with_their_digest(
    bundled: httpx.Client, bundled_release: Path, name: str
) -> None:
    expected = (bundled_release / name).read_bytes()
    response = bundled.get(f"/dumps/{name}", headers={"Accept-Encoding": "gzip"})
    assert (response.status_code, response.content) == (200, expected)
    # A digest of the file would be wrong of its compressed form.
    assert "content-encoding" not in response.headers
    digest = base64.b64encode(hashlib.sha256(expected).digest()).decode()
    assert response.headers["repr-digest"] == f"sha-256=:{digest}:"
    assert response.headers["accept-ranges"] == "bytes"
    again = bundled.get(f"/dumps/{name}", headers={"If-None-Match": response.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("asked", "begin", "end"),
    [
        ("bytes=0-9", 0, 10),
        ("bytes=100-", 100, None),
        ("bytes=-7", -7, None),
        ("bytes=5-99999999999", 5, None),
    ],
)
def test_a_range_of_a_file(
    bundled: httpx.Client, bundled_release: Path, asked: str, begin: int, end: int | None
) -> None:
    whole = (bundled_release / "graph.trig").read_bytes()
    response = bundled.get("/dumps/graph.trig", headers={"Range": asked})
    part = whole[begin:end]
    assert (response.status_code, response.content) == (206, part)
    first = begin if begin >= 0 else len(whole) + begin
    assert response.headers["content-range"] == f"bytes {first}-{first + len(part) - 1}/{len(whole)}"
    assert response.headers["content-length"] == str(len(part))


def test_a_download_is_taken_up_again_only_if_the_file_is_the_same(
    bundled: httpx.Client, bundled_release: Path
) -> None:
    whole = (bundled_release / "graph.nq").read_bytes()
    etag = bundled.head("/dumps/graph.nq").headers["etag"]
    rest = bundled.get("/dumps/graph.nq", headers={"Range": "bytes=1000000-", "If-Range": etag})
    assert (rest.status_code, rest.content) == (206, whole[1000000:])
    changed = bundled.get("/dumps/graph.nq", headers={"Range": "bytes=1000000-", "If-Range": '"older"'})
    assert (changed.status_code, len(changed.content)) == (200, len(whole))


@pytest.mark.parametrize("asked", ["bytes=0-1,3-4", "lines=1-2", "bytes=9-2", "bytes=-", "bytes=a-b", ""])
def test_a_range_that_is_not_served_is_ignored(
    bundled: httpx.Client, bundled_release: Path, asked: str
) -> None:
    response = bundled.get("/dumps/manifest.json", headers={"Range": asked})
    assert (response.status_code, response.content) == (200, (bundled_release / "manifest.json").read_bytes())


def test_a_range_past_the_end_is_416(bundled: httpx.Client, bundled_release: Path) -> None:
    size = (bundled_release / "manifest.json").stat().st_size
    for asked in (f"bytes={size}-", "bytes=-0"):
        response = bundled.get("/dumps/manifest.json", headers={"Range": asked})
        assert response.status_code == 416
        assert response.headers["content-range"] == f"bytes */{size}"


def test_the_address_with_the_digest_may_be_kept_for_ever(bundled: httpx.Client) -> None:
    listing = bundled.get("/dumps").json()
    names = [f["name"] for f in listing["files"]]
    graphs = {"graph.jsonld", "graph.nq", "graph.trig"}
    assert graphs | {"tables/contracts.csv", "contracts/26362-3.ttl"} < set(names)
    for file in listing["files"]:
        fixed = httpx.get(file["fixed"])
        assert hashlib.sha256(fixed.content).hexdigest() == file["sha256"]
        assert len(fixed.content) == file["bytes"]
        assert "immutable" in fixed.headers["cache-control"]
        assert "immutable" not in bundled.head(f"/dumps/{file['name']}").headers["cache-control"]
    assert bundled.get(f"/dumps/{'0' * 64}/graph.nq").status_code == 404
    page = bundled.get("/dumps", headers={"Accept": "text/html"}).text
    assert all(file["sha256"] in page and file["fixed"] in page for file in listing["files"])


@pytest.mark.parametrize(
    "name", ["none", "..%2fmanifest.json", "%2e%2e/manifest.json", "graph.nq%00", "graph.nq/x"]
)
def test_nothing_else_is_served(bundled: httpx.Client, name: str) -> None:
    assert bundled.get(f"/dumps/{name}").status_code == 404


def test_a_file_that_is_no_longer_the_one_of_the_release_is_not_served(
    start: Callable[..., httpx.Client], bundled_release: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "release"
    shutil.copytree(bundled_release, folder)
    client = start(folder=folder, workers=1)
    assert client.head("/dumps/graph.trig").status_code == 200
    (folder / "graph.trig").write_bytes(b"another release")
    manifest = json.loads((folder / "manifest.json").read_bytes()) | {"digest": "0" * 64}
    (folder / "manifest.json").write_text(json.dumps(manifest))
    for name in ("graph.trig", "manifest.json"):
        assert client.get(f"/dumps/{name}").status_code == 404
