"""The files of a release: the same bytes each time, signed so that anyone can tell, with what is in them."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import Any, NoReturn

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

ROOT = Path(__file__).resolve().parents[2]
SIGNER = "release@cls-graph"


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory, missing: Callable[[str], NoReturn]) -> Path:
    """A key that signs for as long as the tests run."""
    if shutil.which("ssh-keygen") is None:
        missing("ssh-keygen is not installed (Debian: openssh-client)")
    path = tmp_path_factory.mktemp("key") / "signing"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(path)], check=True)
    return path


def release(*words: str | Path) -> subprocess.CompletedProcess[str]:
    """What ``scripts/release`` runs, with its arguments."""
    script = ROOT / "scripts" / "make_release.py"
    return subprocess.run(
        [sys.executable, str(script), *map(str, words)], capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def made(key: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of the checkout as it stands, signed."""
    out = tmp_path_factory.mktemp("made") / "one"
    done = release("--trial", "--key", key, "--out", out)
    assert done.returncode == 0, done.stderr
    return out


def verify(folder: Path, key: Path, purpose: str = "cls-graph") -> bool:
    """Whether a signature holds, asked as docs/releasing.md says."""
    public = key.with_suffix(".pub").read_text(encoding="utf-8")
    signers = folder.parent / "release-signers"
    signers.write_text(f'{SIGNER} namespaces="cls-graph" {public}', encoding="utf-8")
    words = ["ssh-keygen", "-Y", "verify", "-f", str(signers), "-I", SIGNER, "-n", purpose]
    with (folder / "SHA256SUMS").open("rb") as sums:
        done = subprocess.run([*words, "-s", "SHA256SUMS.sig"], cwd=folder, stdin=sums, capture_output=True)
    return done.returncode == 0


def covered(folder: Path) -> dict[str, str]:
    """The digests that the list of a release holds, by file."""
    lines = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    return {name: digest for digest, name in (line.split("  ") for line in lines)}


@pytest.fixture(scope="module")
def scripts() -> Iterator[None]:
    """Where the scripts find each other."""
    sys.path.insert(0, str(ROOT / "scripts"))
    yield
    sys.path.remove(str(ROOT / "scripts"))


@pytest.mark.slow
@pytest.mark.usefixtures("scripts")
def test_an_installation_is_held_against_the_bill(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from installed import differences, main
    from sbom import bill

    text = bill("0.1.0", "2026-11-22", ROOT / "ui" / "package-lock.json")
    said: dict[str, Any] = json.loads(text)
    assert list(differences(said)) == []
    here = distribution("annotated-types")
    for path in here.files or []:
        if path.parts[0] != "..":
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(str(path.locate()), tmp_path / path)
    info = next(tmp_path.glob("*.dist-info"))

    def find(name: str) -> Distribution:
        return Distribution.at(info) if name == "annotated-types" else distribution(name)

    assert list(differences(said, find)) == []
    for name in ("own/more.py", "__pycache__/more.pyc"):
        (tmp_path / "annotated_types" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "annotated_types" / name).write_bytes(b"import os\n")
    assert list(differences(said, find)) == ["annotated-types: annotated_types/own/more.py was added"]
    shutil.rmtree(tmp_path / "annotated_types" / "own")
    (tmp_path / "annotated_types" / "__init__.py").write_bytes(b"import os\n")
    assert list(differences(said, find)) == ["annotated-types: annotated_types/__init__.py was changed"]
    (tmp_path / "annotated_types" / "py.typed").unlink()
    assert "annotated-types: annotated_types/py.typed is not there" in differences(said, find)
    record = (info / "RECORD").read_text(encoding="utf-8")
    (info / "RECORD").write_text(record + f"annotated_types/more.py,sha256={'A' * 43},9\n", encoding="utf-8")
    assert list(differences(said, find)) == [
        f"annotated-types {here.version} has other files than that of the release"
    ]
    part = next(p for p in said["components"] if p["name"] == "rdflib")
    part["version"] = "0.0.1"
    (tmp_path / "bill.json").write_text(json.dumps(said), encoding="utf-8")
    assert main([str(tmp_path / "bill.json")]) == 1
    assert "the release had 0.0.1" in capsys.readouterr().out
    assert main([str(tmp_path / "none.json")]) == 2


@pytest.mark.usefixtures("scripts")
def test_the_versions_of_a_release_can_be_asked_for() -> None:
    from sbom import constraints

    first, *pins = constraints("0.1.0").splitlines()
    assert first.startswith("# What cls-graph 0.1.0 was tested with (python 3.")
    assert f"pyoxigraph=={distribution('pyoxigraph').version}" in pins
    assert pins == sorted(pins)
    assert not [pin for pin in pins if pin.startswith(("cls-graph", "pytest"))]


@pytest.mark.slow
def test_whoever_downloads_a_release_can_tell_that_it_is_whole(made: Path, key: Path, tmp_path: Path) -> None:
    files = {path.name for path in made.iterdir()} - {"SHA256SUMS", "SHA256SUMS.sig"}
    assert set(covered(made)) == files
    for name, digest in covered(made).items():
        assert hashlib.sha256((made / name).read_bytes()).hexdigest() == digest
    assert verify(made, key)
    assert not verify(made, key, "git")
    page = (ROOT / "docs" / "releasing.md").read_text(encoding="utf-8")
    (commands,) = re.findall(r"^```console\n(\$ sha256sum.*?)^```", page, re.DOTALL | re.MULTILINE)
    shutil.copytree(made, tmp_path / "typed")
    shutil.copy(made.parent / "release-signers", tmp_path / "typed")
    for command in re.findall(r"^\$ (.+)$", commands, re.MULTILINE):
        assert subprocess.run(["bash", "-c", command], cwd=tmp_path / "typed", check=False).returncode == 0
    copy = tmp_path / "copy"
    shutil.copytree(made, copy)
    sums = (copy / "SHA256SUMS").read_bytes()
    (copy / "SHA256SUMS").write_bytes(sums.replace(sums[:1], b"0" if sums[:1] != b"0" else b"1", 1))
    assert not verify(copy, key)


@pytest.mark.slow
def test_the_same_commit_gives_the_same_bytes(made: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    assert release("--trial", "--out", again).returncode == 0
    assert covered(again) == covered(made)
    refused = release("--trial", "--out", again)
    assert refused.returncode == 2
    assert "there already" in refused.stderr


@pytest.mark.slow
def test_the_files_are_what_their_names_say(made: Path) -> None:
    data = next(made.glob("cls-graph-data-*.tar.gz"))
    with tarfile.open(data) as tar:
        manifest = json.load(tar.extractfile(f"{data.name.removesuffix('.tar.gz')}/manifest.json") or [])
    assert set(manifest["files"]) >= {"graph.nq", "tables.xlsx"}
    with zipfile.ZipFile(next(made.glob("*.whl"))) as wheel:
        names = wheel.namelist()
    assert {"cls_graph/_corpus/data/dataset.yaml", "cls_graph_api/static/vendor/assets.json"} <= set(names)
    with tarfile.open(next(made.glob("cls_graph-*.tar.gz"))) as source:
        inside = {name.partition("/")[2] for name in source.getnames()}
    assert {
        "SECURITY.md",
        "scripts/deploy/cls-graph.service",
        "ui/package-lock.json",
        "tests/conftest.py",
    } <= inside
    assert "pyoxigraph==" in (made / "constraints.txt").read_text(encoding="utf-8")
    assert "### Added" in (made / "NOTES.md").read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_bill_of_materials_names_what_is_inside(made: Path) -> None:
    text = next(made.glob("*.cdx.json")).read_text(encoding="utf-8")
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    bill: dict[str, Any] = json.loads(text)
    parts = {part["bom-ref"]: part for part in bill["components"]}
    assert {"python:pyoxigraph", "python:rdflib", "python:fastapi", "python:starlette"} <= set(parts)
    assert not {"python:pytest", "python:ruff", "python:pandas"} & set(parts)
    lock = json.loads((ROOT / "ui" / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    for name in ("cytoscape", "@codemirror/view"):
        assert parts[f"browser:{name}"]["version"] == lock[f"node_modules/{name}"]["version"]
        assert len(parts[f"browser:{name}"]["hashes"][0]["content"]) == 128
    assert "browser:esbuild" not in parts  # it builds the scripts, and is not in them
    licences = (ROOT / "api/cls_graph_api/static/vendor/THIRD-PARTY-LICENSES.txt").read_text(encoding="utf-8")
    inside = {line.split()[1] for line in licences.splitlines() if line.startswith("== ")}
    assert {f"browser:{name}" for name in inside} <= set(parts)
    unknown = [ref for ref, part in parts.items() if not part.get("licenses")]
    assert unknown == []
    needs = {row["ref"]: set(row.get("dependsOn", ())) for row in bill["dependencies"]}
    root = bill["metadata"]["component"]["bom-ref"]
    assert {"python:pyoxigraph", "browser:cytoscape"} <= needs[root]
    assert set().union(*needs.values()) <= set(parts)


@pytest.mark.slow
def test_a_release_from_changed_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "scripts").mkdir()
    for name in ("data/dataset.yaml", "CITATION.cff", "CHANGELOG.md", "cls_graph/__init__.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    for name in ("make_release.py", "sbom.py", "installed.py"):
        shutil.copy(ROOT / "scripts" / name, tmp_path / "scripts" / name)
    for words in (["init", "-q"], ["add", "."]):
        subprocess.run(["git", *words], cwd=tmp_path, check=True)
    script = [sys.executable, str(tmp_path / "scripts" / "make_release.py")]
    refused = subprocess.run(script, capture_output=True, text=True, check=False)
    assert refused.returncode == 2
    assert "commit or remove first" in refused.stderr
    dataset = tmp_path / "data" / "dataset.yaml"
    text = dataset.read_text(encoding="utf-8")
    dataset.write_text(text.replace('\nversion: "', '\nversion: "9'), encoding="utf-8")
    refused = subprocess.run(script, capture_output=True, text=True, check=False)
    assert refused.returncode == 2
    assert "CITATION.cff" in refused.stderr
    assert not (tmp_path / "dist").exists()
