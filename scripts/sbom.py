"""The bill of materials of a release (CycloneDX): the Python packages it needs and the code in its scripts.

Python packages are those of this environment, the one that the release was made and tested in: the package
itself says lower bounds only. The code in the scripts of the pages is what ``ui/package-lock.json`` names.
The same environment and lock file give the same bytes. ``installed.py`` holds an installation against it.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.factory.license import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType, Property
from cyclonedx.model.bom import Bom
from cyclonedx.model.bom_ref import BomRef
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from installed import FILES, PLATFORM, digest, platform
from packageurl import PackageURL
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

NAME = "cls-graph"


def python_packages(name: str = NAME) -> dict[str, tuple[Distribution, list[str]]]:
    """What a package needs to run, itself included: each distribution and what it needs in turn.

    Raises ``PackageNotFoundError`` where something that is needed is not installed.
    """
    found: dict[str, tuple[Distribution, list[str]]] = {}
    waiting: list[tuple[str, frozenset[str]]] = [(canonicalize_name(name), frozenset())]
    seen: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        key, extras = waiting.pop()
        if (key, extras) in seen:
            continue
        seen.add((key, extras))
        dist = distribution(key)
        needs = [(canonicalize_name(r.name), frozenset(r.extras)) for r in _needed(dist, extras)]
        before = found[key][1] if key in found else []
        found[key] = (dist, sorted({*before, *(needed for needed, _ in needs)}))
        waiting += needs
    return found


def _needed(dist: Distribution, extras: frozenset[str]) -> Iterator[Requirement]:
    """What a distribution needs in this environment, with some of its extras."""
    for text in dist.requires or []:
        requirement = Requirement(text)
        marker = requirement.marker
        if marker is None or any(marker.evaluate({"extra": extra}) for extra in (*extras, "")):
            yield requirement


def browser_packages(lock: Path) -> list[tuple[str, dict[str, Any]]]:
    """The packages that the scripts of the pages are built from, by name, without those that only build."""
    packages = json.loads(lock.read_text(encoding="utf-8"))["packages"]
    named = [(path.rpartition("node_modules/")[2], about) for path, about in packages.items() if path]
    return sorted((name, about) for name, about in named if not about.get("dev"))


def bill(version: str, date: str, lock: Path) -> str:
    """The bill of materials of a version that is released on a date (``YYYY-MM-DD``), as JSON."""
    packages = python_packages()
    components = {key: _python(key, dist) for key, (dist, _) in packages.items()}
    root = components.pop(NAME)
    root.version, root.purl = version, PackageURL("pypi", name=NAME, version=version)
    scripts = [_browser(name, about) for name, about in browser_packages(lock)]
    bom = Bom(components=[*components.values(), *scripts])
    bom.metadata.component = root
    bom.metadata.properties = [Property(name=PLATFORM, value=platform())]
    bom.metadata.timestamp = datetime.fromisoformat(date).replace(tzinfo=UTC)
    for key, (_, needs) in packages.items():
        here = components.get(key, root)
        bom.register_dependency(here, [components[other] for other in needs if other != NAME])
    bom.register_dependency(root, scripts)
    # The number is that of the content: no two bills share it, and one is never numbered twice.
    bom.serial_number = uuid5(NAMESPACE_URL, "")
    bom.serial_number = uuid5(NAMESPACE_URL, JsonV1Dot6(bom).output_as_string())
    return JsonV1Dot6(bom).output_as_string(indent=2) + "\n"


def _python(key: str, dist: Distribution) -> Component:
    kind = ComponentType.APPLICATION if key == NAME else ComponentType.LIBRARY
    return Component(
        type=kind,
        name=key,
        version=dist.version,
        bom_ref=BomRef(f"python:{key}"),
        purl=PackageURL("pypi", name=key, version=dist.version),
        licenses=[LicenseFactory().make_from_string(text)] if (text := _licence(dist)) else [],
        # The package itself is in the release, with its digest.
        properties=[Property(name=FILES, value=digest(dist))] if key != NAME else [],
    )


def constraints(version: str) -> str:
    """The versions of the bill for pip (``-c``): what the release was tested with."""
    pins = sorted(f"{key}=={dist.version}\n" for key, (dist, _) in python_packages().items() if key != NAME)
    return f"# What cls-graph {version} was tested with ({platform()}).\n{''.join(pins)}"


def _licence(dist: Distribution) -> str:
    """The licence as the package states it: its expression, a word, or its classifiers."""
    about = dist.metadata
    if said := about.get("License-Expression"):
        return str(said)
    said = str(about.get("License") or "")
    if said and len(said) < 60 and "\n" not in said:
        return said
    heads = (text.rpartition(" :: ")[2] for text in about.get_all("Classifier", []) if "License ::" in text)
    return ", ".join(heads)


def _browser(name: str, about: dict[str, Any]) -> Component:
    group, _, base = name.rpartition("/")
    algorithm, _, digest = about["integrity"].partition("-")
    if algorithm != "sha512":
        raise ValueError(f"{name}: a digest that is not SHA-512 ({algorithm})")
    return Component(
        type=ComponentType.LIBRARY,
        name=base,
        group=group or None,
        version=about["version"],
        bom_ref=BomRef(f"browser:{name}"),
        purl=PackageURL("npm", namespace=group or None, name=base, version=about["version"]),
        hashes=[HashType(alg=HashAlgorithm.SHA_512, content=base64.b64decode(digest).hex())],
        licenses=[LicenseFactory().make_from_string(re.sub(r"[()]", "", about["license"]))],
        properties=[Property(name="cls-graph:in", value="api/cls_graph_api/static/vendor")],
    )
