"""What a release that has just been loaded must pass before it is served."""

from __future__ import annotations

import json

from cls_graph.errors import ClsGraphError, CorpusError
from cls_graph.service.asking import View
from cls_graph.service.generation import Generation, Manifest
from cls_graph.settings import Settings

_GRAPHS = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"


async def checked(generation: Generation, manifest: Manifest, settings: Settings) -> None:
    """Raise ``CorpusError`` unless the generation holds what ``manifest`` says, and answers queries."""
    view = View(generation, settings)
    try:
        said = manifest.get("counts", {}).get("quads")
        if said is not None and said != view.quads:
            raise _wrong(f"{view.quads} / {said} quads")
        answer = await view.query(_GRAPHS, asked="json", infer=True)
        rows = json.loads(b"".join([block async for block in answer.body]))["results"]["bindings"]
        graphs = {row["g"]["value"]: int(row["n"]["value"]) for row in rows}
        if manifest.get("graphs", graphs) != graphs:
            differing = {*manifest["graphs"].items()} ^ {*graphs.items()}
            raise _wrong(", ".join(sorted({name for name, _ in differing})[:5]))
        found = await view.query("ASK { ?s ?p ?o }", asked="csv")
        if (found.whole == b"true") != bool(graphs):
            raise _wrong("ASK")
    except CorpusError:
        raise
    except ClsGraphError as error:
        raise _wrong(str(error)) from error
    finally:
        view.close()


def _wrong(reason: str) -> CorpusError:
    return CorpusError(
        f"La publication chargée n'est pas celle que dit son manifeste : {reason}",
        f"The release that was loaded is not what its manifest says: {reason}",
    )
