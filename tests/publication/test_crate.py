"""What repositories read of a release, and how it is cited."""

from __future__ import annotations

import json
from pathlib import Path

import yaml


def test_the_crate_lists_every_file(bundled_release: Path) -> None:
    said = json.loads((bundled_release / "ro-crate-metadata.json").read_bytes())
    nodes = {node["@id"]: node for node in said["@graph"]}
    assert nodes["ro-crate-metadata.json"]["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.1"}
    root = nodes[nodes["ro-crate-metadata.json"]["about"]["@id"]]
    assert root.keys() >= {"name", "description", "datePublished", "license"}
    files = {p.relative_to(bundled_release).as_posix() for p in bundled_release.rglob("*") if p.is_file()}
    parts = {part["@id"] for part in root["hasPart"]}
    assert files - parts == {"manifest.json", "ro-crate-metadata.json"}
    assert parts <= files
    assert all(nodes[part]["@type"] == "File" for part in parts)


def test_a_release_says_how_to_cite_it(bundled_release: Path) -> None:
    said = yaml.safe_load((bundled_release / "CITATION.cff").read_text(encoding="utf-8"))
    manifest = json.loads((bundled_release / "manifest.json").read_bytes())
    assert said["cff-version"] == "1.2.0"
    assert said["type"] == "dataset"
    assert (said["version"], said["title"]) == (manifest["version"], manifest["title"]["fr"])
    assert said["authors"]
