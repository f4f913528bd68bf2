"""A release for repositories and for those who cite it: RO-Crate 1.1, Citation File Format."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from cls_graph import media
from cls_graph.records.registry import Dataset

CRATE = "ro-crate-metadata.json"
CITATION = "CITATION.cff"


def publisher_name(dataset: Dataset) -> str:
    """The name of the publisher, in French where there are two."""
    return dataset.publisher if isinstance(dataset.publisher, str) else dataset.publisher.fr


def crate(dataset: Dataset, files: Iterable[str]) -> str:
    """The RO-Crate metadata of a release with these files (RO-Crate 1.1, section "Root Data Entity")."""
    names = sorted(files)
    publisher = f"{dataset.base_iri}id/agent/publisher"
    root: dict[str, Any] = {
        "@id": "./",
        "@type": "Dataset",
        "identifier": f"{dataset.base_iri}id/dataset/cls-graph",
        "name": [_text(dataset.title.fr, "fr"), _text(dataset.title.en, "en")],
        "description": [_text(dataset.description.fr, "fr"), _text(dataset.description.en, "en")],
        "version": dataset.version,
        "datePublished": dataset.date,
        "license": {"@id": dataset.licence},
        "publisher": {"@id": publisher},
        "hasPart": [{"@id": name} for name in names],
    }
    graph: list[dict[str, Any]] = [
        {
            "@id": CRATE,
            "@type": "CreativeWork",
            "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
            "about": {"@id": "./"},
        },
        root,
        {"@id": publisher, "@type": "Organization", "name": publisher_name(dataset)},
        {"@id": dataset.licence, "@type": "CreativeWork", "name": dataset.licence},
        *({"@id": n, "@type": "File", "name": n, "encodingFormat": media.of_file(n)} for n in names),
    ]
    said = {"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": graph}
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


def _text(text: str, lang: str) -> dict[str, str]:
    return {"@value": text, "@language": lang}


def citation(dataset: Dataset) -> str:
    """How to cite a release (Citation File Format 1.2.0). A JSON string is a YAML string too."""
    said = {
        "cff-version": "1.2.0",
        "message": "Merci de citer ce jeu de données ainsi. / Please cite this dataset as follows.",
        "type": "dataset",
        "title": dataset.title.fr,
        "abstract": dataset.description.fr,
        "version": dataset.version,
        "date-released": dataset.date,
        "license-url": dataset.licence,
        "url": f"{dataset.base_iri}id/dataset/cls-graph",
    }
    lines = [f"{key}: {json.dumps(text, ensure_ascii=False)}\n" for key, text in said.items()]
    return "".join(
        [*lines, "authors:\n", f"  - name: {json.dumps(publisher_name(dataset), ensure_ascii=False)}\n"]
    )
