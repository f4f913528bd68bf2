"""A release after another: its changelog, its version, and the feed of what changed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from cls_graph.changes.feed import members, moments, rename, things
from cls_graph.changes.feed_files import write_feed
from cls_graph.changes.states import read_release
from cls_graph.changes.versions import asked
from cls_graph.cli import main
from cls_graph.namespaces import ACTIVITY, DCTERMS, LDES, OWL, RDF, TREE
from cls_graph.rdf import nquads_lines
from cls_graph.release.versions import order
from tests.conftest import Run, Tiny, tiny_corpus

pytestmark = pytest.mark.slow

Cli = Callable[..., Run]
TYPE = ox.NamedNode(RDF + "type")
ADDRESS = "https://example.org/feed"


def release(cli: Cli, tiny: Tiny, folder: Path, *words: str | Path) -> Run:
    return cli("build", "--corpus", tiny.root, "--out", folder, "--lang", "en", *words)


def version(tiny: Tiny, new: str, date: str = "2025-01-01") -> None:
    """Give the corpus another version and date."""
    path = tiny.root / "data" / "dataset.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith(("version:", "date:"))]
    path.write_text("\n".join([*kept, f'version: "{new}"', f'date: "{date}"']) + "\n", encoding="utf-8")


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Three releases: a contract changes and a body comes; then the body goes and a contract comes."""
    folder = tmp_path_factory.mktemp("releases")
    tiny = tiny_corpus(folder)
    first, second, third = (folder / name for name in ("first", "second", "third"))

    def build(out: Path, *words: str | Path) -> None:
        assert main(["build", "--corpus", str(tiny.root), "--out", str(out), *map(str, words)]) == 0

    build(first)
    tiny.edit("amount: 1000", "amount: 1500")
    body = '  - {key: caf-01, label: "CAF de l’Ain", kind: caf, territory: [departement/01]}\n'
    path = tiny.root / "data" / "organisations.yaml"
    path.write_text(path.read_text(encoding="utf-8") + body, encoding="utf-8")
    version(tiny, "1.3.0", "2025-02-01")
    build(second, "--previous", first)
    path.write_text(path.read_text(encoding="utf-8").replace(body, ""), encoding="utf-8")
    content = tiny.contract.read_text(encoding="utf-8").replace("key: 01999-2", "key: 01999-3")
    tiny.contract.with_name("01999-3.yaml").write_text(content, encoding="utf-8")
    version(tiny, "2.0.0", "2025-02-01")
    build(third, "--previous", second)
    return [first, second, third]


@pytest.fixture
def first(releases: list[Path]) -> Path:
    """The first release of the tiny corpus, not to be changed."""
    return releases[0]


def test_a_release_carries_its_changelog_and_that_of_those_before(
    tiny: Tiny, first: Path, tmp_path: Path, cli: Cli
) -> None:
    assert not (first / "CHANGELOG.md").exists()
    tiny.edit("amount: 1000", "amount: 1500")
    version(tiny, "1.2.4", "2025-02-01")
    second = tmp_path / "second"
    assert release(cli, tiny, second, "--previous", first).code == 0
    assert "montant 1 000 -> 1 500" in (second / "CHANGELOG.md").read_text(encoding="utf-8")
    changes = json.loads((second / "changes.json").read_text(encoding="utf-8"))
    assert (changes["size"], changes["old"]["version"], changes["new"]["version"]) == (
        "patch",
        "1.2.3",
        "1.2.4",
    )
    manifest = json.loads((second / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["previous"]["version"] == "1.2.3"
    assert {"CHANGELOG.md", "CHANGELOG.en.md", "changes.json"} <= manifest["files"].keys()
    tiny.edit("end: 2027", "end: 2029")
    version(tiny, "1.2.5", "2025-03-01")
    third = tmp_path / "third"
    assert release(cli, tiny, third, "--previous", second).code == 0
    text = (third / "CHANGELOG.en.md").read_text(encoding="utf-8")
    places = [
        text.index(words) for words in ("## 1.2.5", "period end 2027 -> 2029", "## 1.2.4", "amount 1,000")
    ]
    assert places == sorted(places)
    assert text.count("## 1.2.3 (2025-01-01)") == 1
    said = cli("diff", second, third, "--changelog", "--lang", "en").out
    assert said == text
    again = tmp_path / "again"
    assert release(cli, tiny, again, "--previous", second).code == 0
    assert {p.name: p.read_bytes() for p in third.iterdir() if p.is_file()} == {
        p.name: p.read_bytes() for p in again.iterdir() if p.is_file()
    }


def test_a_version_that_was_published_is_not_given_again(
    tiny: Tiny, first: Path, tmp_path: Path, cli: Cli
) -> None:
    tiny.edit("amount: 1000", "amount: 1500")
    run = release(cli, tiny, tmp_path / "second", "--previous", first)
    assert run.code == 1
    assert "[version-not-raised]" in run.err
    assert "dataset.yaml:4" in run.err
    assert "at least 1.2.4" in run.err
    assert not (tmp_path / "second").exists()


@pytest.mark.parametrize(("new", "said"), [("1.2.4", "at least"), ("1.3.0", ""), ("2.0.0", "")])
def test_additions_ask_for_a_minor_version(
    new: str, said: str, tiny: Tiny, first: Path, tmp_path: Path, cli: Cli
) -> None:
    other = tiny.contract.with_name("01999-3.yaml")
    content = tiny.contract.read_text(encoding="utf-8").replace("key: 01999-2", "key: 01999-3")
    other.write_text(content, encoding="utf-8")
    version(tiny, new)
    run = release(cli, tiny, tmp_path / "second", "--previous", first)
    assert run.code == 0, run.err
    assert (said in run.err) if said else ("[version-" not in run.err)


@pytest.mark.parametrize("new", ["next", "1.x", "1.3", "01.3.0"])
def test_a_version_is_three_numbers(new: str, tiny: Tiny, tmp_path: Path, cli: Cli) -> None:
    version(tiny, new)
    run = release(cli, tiny, tmp_path / "out")
    assert run.code == 1
    assert "three numbers" in run.err
    assert not (tmp_path / "out").exists()


def test_a_release_is_not_older_than_the_one_before(
    tiny: Tiny, first: Path, tmp_path: Path, cli: Cli
) -> None:
    tiny.edit("amount: 1000", "amount: 1500")
    version(tiny, "1.2.4", "2024-12-31")
    run = release(cli, tiny, tmp_path / "second", "--previous", first)
    assert run.code == 1
    assert "[release-date-back]" in run.err
    assert "2024-12-31 is before that of version 1.2.3 (2025-01-01)" in run.err
    assert not (tmp_path / "second").exists()


def test_what_is_gone_is_to_be_listed_as_withdrawn(
    releases: list[Path], tiny: Tiny, tmp_path: Path, cli: Cli
) -> None:
    version(tiny, "2.0.0", "2025-03-01")
    run = release(cli, tiny, tmp_path / "out", "--previous", releases[1])
    assert run.code == 0
    assert "[withdrawn-unlisted]" in run.err, run.err
    assert "(1): id/organisation/caf-01" in run.err
    path = tiny.root / "data" / "dataset.yaml"
    path.write_text(
        path.read_text(encoding="utf-8") + "withdrawn: [id/organisation/caf-01]\n", encoding="utf-8"
    )
    run = release(cli, tiny, tmp_path / "again", "--previous", releases[1])
    assert run.code == 0
    assert "[withdrawn-unlisted]" not in run.err


def test_versions_are_compared_as_numbers() -> None:
    assert sorted(["1.10.0", "1.9.0", "1.10.0-rc.1", "0.9.9"], key=order) == [
        "0.9.9",
        "1.9.0",
        "1.10.0-rc.1",
        "1.10.0",
    ]
    assert [asked("1.2.3", size) for size in ("patch", "minor", "major")] == ["1.2.4", "1.3.0", "2.0.0"]
    assert asked("0.2.3", "major") == "0.3.0"


def test_previous_that_is_no_release(tiny: Tiny, tmp_path: Path, cli: Cli) -> None:
    run = release(cli, tiny, tmp_path / "second", "--previous", tmp_path / "nowhere")
    assert run.code == 2
    assert "nowhere" in run.err
    assert not (tmp_path / "second").exists()


# --- the feed


def read(folder: Path, address: str, suffix: str) -> list[ox.Quad]:
    name = address.removeprefix(ADDRESS).strip("/") or "index"
    forms = {"ttl": ox.RdfFormat.TURTLE, "trig": ox.RdfFormat.TRIG, "jsonld": ox.RdfFormat.JSON_LD}
    return list(ox.parse(path=folder / f"{name}.{suffix}", format=forms[suffix]))


def replicate(fetch: Callable[[str], list[ox.Quad]], start: str) -> tuple[dict[str, set[str]], list[str]]:
    """What a client ends up with: the statements of each thing, in any graph; and the moments it saw."""
    state: dict[str, set[str]] = {}
    seen: list[str] = []
    queue, done = [start], set()
    while queue:
        address = queue.pop(0)
        if address in done:
            continue
        done.add(address)
        page = fetch(address)
        about: dict[str, dict[str, list[str]]] = {}
        for quad in page:
            about.setdefault(str(quad.subject.value), {}).setdefault(quad.predicate.value, []).append(
                quad.object.value
            )
        stream = next(s for s, p in about.items() if LDES + "EventStream" in p.get(RDF + "type", []))
        paths = {about[stream][LDES + name][0] for name in ("timestampPath", "versionOfPath")}
        assert paths == {DCTERMS + "created", DCTERMS + "isVersionOf"}
        found = []
        for member in about[stream].get(TREE + "member", []):
            created, thing = (about[member][DCTERMS + name][0] for name in ("created", "isVersionOf"))
            found.append((created, member, thing))
        for created, member, thing in sorted(found):
            seen.append(created)
            events = {ACTIVITY + name for name in ("Create", "Update", "Delete")} & {
                *about[member][RDF + "type"]
            }
            if events == {ACTIVITY + "Delete"}:
                del state[thing]
                continue
            assert (thing in state) == (events == {ACTIVITY + "Update"})
            own = {DCTERMS + "created", DCTERMS + "isVersionOf", OWL + "versionInfo"}
            lines = nquads_lines(
                ox.Quad(q.subject, q.predicate, q.object)
                for q in page
                if q.predicate.value not in own
                and q.object.value not in events
                and (q.subject.value == member or q.subject.value.startswith(member + "/"))
            )
            state[thing] = {rename(line, member, thing) for line in lines}
        for relations in (p.get(TREE + "relation", []) for p in about.values()):
            queue += [about[relation][TREE + "node"][0] for relation in relations]
    return state, seen


@pytest.mark.parametrize("suffix", ["ttl", "trig", "jsonld"])
@pytest.mark.parametrize("size", [2, 100])
def test_a_client_rebuilds_the_current_state(
    suffix: str, size: int, releases: list[Path], tmp_path: Path
) -> None:
    pages = write_feed(releases[::-1], tmp_path / "feed", ADDRESS, size)
    state, seen = replicate(lambda address: read(tmp_path / "feed", address, suffix), ADDRESS)
    assert seen == sorted(seen)
    expected = {
        thing: {line.rpartition(" <")[0] + " .\n" for line in lines}
        for thing, lines in things(read_release(releases[-1])).items()
    }
    assert state == expected
    assert [page.closed for page in pages] == [True] * (len(pages) - 1) + [False]
    assert all(len(page.members) <= size for page in pages)


def test_closed_pages_stay_as_they_are(releases: list[Path], tmp_path: Path) -> None:
    before = write_feed(releases[:2], tmp_path / "before", ADDRESS, 3)
    write_feed(releases, tmp_path / "after", ADDRESS, 3)
    for page in before[:-1]:
        for suffix in ("ttl", "trig", "jsonld"):
            one, two = (
                (tmp_path / side / f"{page.name}.{suffix}").read_bytes() for side in ("before", "after")
            )
            assert one == two


def test_what_a_release_changed(releases: list[Path]) -> None:
    states = [read_release(folder) for folder in releases]
    found = [(m.action, m.thing.rpartition("/id/")[2]) for m in members(states[1], states[2], "")]
    assert found == [("Create", "contract/01999-3"), ("Delete", "organisation/caf-01")]
    assert [m.action for m in members(None, states[0], "")] == ["Create"] * len(things(states[0]))


def test_releases_of_one_day_come_one_after_the_other() -> None:
    days = ["2025-01-01", "2025-01-01", "2025-01-02"]
    assert moments(days) == ["2025-01-01T00:00:00Z", "2025-01-01T00:00:01Z", "2025-01-02T00:00:00Z"]
