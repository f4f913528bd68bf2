"""The scripts of the pages are those that were built, wherever the package is installed."""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
from pathlib import Path

import httpx
import pytest

from cls_graph_api.assets import VENDOR, assets
from cls_graph_api.rendering import MADE_OF, fingerprint


def test_every_script_has_the_digest_that_its_pages_give() -> None:
    assert {path.name for path in VENDOR.glob("*.js")} == {row["file"] for row in assets().values()}
    for name, row in assets().items():
        digest = hashlib.sha384((VENDOR / row["file"]).read_bytes()).digest()
        assert row["integrity"] == "sha384-" + base64.b64encode(digest).decode()
        assert row["file"] == f"{name}.{digest.hex()[:8]}.js"


@pytest.mark.parametrize("name", sorted(assets()))
def test_a_script_is_kept_for_good_and_comes_compressed(client: httpx.Client, name: str) -> None:
    response = client.get(f"/static/vendor/{assets()[name]['file']}")
    assert response.headers["content-type"].startswith("text/javascript")
    assert "immutable" in response.headers["cache-control"]
    assert response.headers["content-encoding"] in ("gzip", "br", "zstd")
    assert response.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("name", ["style.css", "desk.css", "pictures.css", "icon.svg", "vendor/assets.json"])
def test_what_has_no_digest_in_its_name_is_asked_for_again(client: httpx.Client, name: str) -> None:
    """Without a word, a browser guesses how long to keep a file, and shows old styles after an upgrade."""
    response = client.get(f"/static/{name}")
    assert response.headers["cache-control"] == "public, no-cache"
    again = client.get(f"/static/{name}", headers={"If-None-Match": response.headers["etag"]})
    assert (again.status_code, again.headers["cache-control"]) == (304, "public, no-cache")


@pytest.mark.parametrize(
    "name",
    [
        "templates/base.html",
        "static/style.css",
        "queries/funding.rq",
        "queries/words.py",
        "pictures/network.py",
    ],
)
def test_a_page_that_an_upgrade_changes_has_another_tag(tmp_path: Path, name: str) -> None:
    folders = []
    for number, folder in enumerate(MADE_OF):
        if (path := folder / name).exists():
            copied = tmp_path / str(number) / name
            copied.parent.mkdir(parents=True)
            folders.append(shutil.copyfile(path, copied).parents[1])
    before = fingerprint(folders)
    for folder in folders:
        (folder / name).write_text("other", encoding="utf-8")
    assert fingerprint(folders) != before


def test_every_package_in_the_scripts_has_its_licence_beside_them() -> None:
    text = (VENDOR / "THIRD-PARTY-LICENSES.txt").read_text(encoding="utf-8")
    packages = re.findall(r"^== (\S+) \S+ \((.+)\)$", text, re.MULTILINE)
    assert {"@codemirror/view", "codemirror-lang-sparql"} <= {name for name, _ in packages}
    assert {licence for _, licence in packages} <= {"MIT", "ISC", "Apache-2.0", "BSD-3-Clause"}
    assert text.lower().count("permission") + text.lower().count("redistribution") >= len(packages)
