"""Quotes held against texts by position: code points of the file as it is, nothing half-written."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cls_graph.corpus import MAX_FILE, Corpus
from cls_graph.drafting import read_source
from cls_graph.errors import OutputError
from cls_graph.evidence import SHARE_LIMIT, citations, verify
from cls_graph.findings import Finding
from cls_graph.positions import write


def told(tiny: Any) -> list[tuple[str, int]]:
    return [(f.rule, f.place.line) for f in verify(tiny.corpus(), tiny.sources).findings]


def holds(tiny: Any) -> bool:
    outcome = verify(tiny.corpus(), tiny.sources)
    return outcome.findings == [] and outcome.held == outcome.quotes > 0


# --- the bundled corpus


def test_every_bundled_quote_holds(sources: Path) -> None:
    outcome = verify(Corpus.open(), sources)
    assert [f.text("en") for f in outcome.findings] == []
    assert outcome.held == outcome.quotes == len(citations(Corpus.open())) > 300
    assert len(outcome.shares) == 5
    assert all(0 < share <= SHARE_LIMIT for share in outcome.shares.values())


def test_a_bundled_text_with_one_byte_more_is_told_and_no_other(
    corpus_dir: Path, sources: Path, tmp_path: Path
) -> None:
    copies = tmp_path / "texts"
    copies.mkdir()
    for path in sources.iterdir():
        (copies / path.name).write_bytes(path.read_bytes())
    changed = sorted(copies.iterdir())[0]
    changed.write_bytes(changed.read_bytes() + b"\n")
    (found,) = verify(Corpus.open(corpus_dir), copies).findings
    assert (found.rule, found.place.file) == ("text-changed", str(changed))


def test_positions_taken_out_of_the_bundled_records_come_back_byte_for_byte(
    corpus_dir: Path, sources: Path
) -> None:
    """Every position of a quote with one place in its text, in flow style, is found again."""
    path = corpus_dir / "data" / "contracts" / "26362-3.yaml"
    before = path.read_bytes()
    stripped = re.sub(rb"(\{document: \w+, quote: \"[^\"]+\"), start: \d+, end: \d+\}", rb"\1}", before)
    assert stripped.count(b"start:") < before.count(b"start:") / 2
    path.write_bytes(stripped)
    write(verify(Corpus.open(corpus_dir), sources).repairs)
    left = [f.rule for f in verify(Corpus.open(corpus_dir), sources).findings]
    assert set(left) <= {"quote-ambiguous"}
    if not left:
        assert path.read_bytes() == before


# --- some records


def test_a_record_is_verified_without_the_texts_of_others(tiny: Any, cli: Callable[..., Any]) -> None:
    documents = tiny.root / "data" / "documents.yaml"
    entry = documents.read_text(encoding="utf-8").partition("\n")[2]
    other = re.sub("[0-9a-f]{64}", "0" * 64, entry.replace("key: texte", "key: autre"))
    documents.write_text(f"documents:\n{entry}{other}", encoding="utf-8")
    record = tiny.contract.read_text(encoding="utf-8").replace("01999-2", "01999-3")
    tiny.contract.with_name("01999-3.yaml").write_text(
        record.replace("document: texte", "document: autre"), encoding="utf-8"
    )
    words = ("verify", "--sources", tiny.sources, "--lang", "en", "--corpus", tiny.root)
    whole, mine = cli(*words), cli(*words, tiny.contract)
    assert (whole.code, mine.code) == (1, 0)
    assert "[text-missing]" in whole.out
    assert "quotes agree with their text; 0 errors" in mine.out
    theirs = cli(*words, tiny.contract.with_name("01999-3.yaml"))
    assert theirs.code == 1
    assert "'autre'" in theirs.out
    assert "0 of " in theirs.out


def test_what_is_no_record_of_the_corpus_is_not_verified(tiny: Any, cli: Callable[..., Any]) -> None:
    run = cli("verify", "--sources", tiny.sources, "--lang", "en", tiny.root / "data" / "documents.yaml")
    assert run.code == 2
    assert "is no record of this corpus" in run.err


# --- each fault has its own finding


def test_the_tiny_corpus_holds(tiny: Any) -> None:
    assert holds(tiny)


def test_a_wrong_position_says_the_right_one(tiny: Any) -> None:
    tiny.edit("start: 61, end: 72", "start: 60, end: 71")
    (found,) = verify(tiny.corpus(), tiny.sources).findings
    assert found.rule == "quote-moved"
    assert "60-71" in found.message["fr"]
    assert "61-72" in found.message["fr"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("leur 2e CLS", "leur 2è CLS"),
        ("l’Agence", "l'Agence"),
        ("1 000 euros par an", "1\u00a0000 euros par an"),
    ],
    ids=["accent", "apostrophe", "no-break space"],
)
def test_one_other_character_is_not_the_quote(tiny: Any, old: str, new: str) -> None:
    tiny.edit(f'quote: "{old}"', f'quote: "{new}"')
    assert told(tiny) == [("quote-absent", tiny.line(f'quote: "{new}"'))]


def test_a_text_with_one_byte_changed_is_told_with_the_quotes_it_loses(tiny: Any) -> None:
    tiny.text.write_bytes(tiny.text.read_bytes().replace(b"2e CLS", b"3e CLS"))
    found = verify(tiny.corpus(), tiny.sources).findings
    assert sorted(f.rule for f in found) == ["quote-absent", "quote-absent", "text-changed"]
    assert {f.place.line for f in found if f.rule == "quote-absent"} == {
        tiny.line('"leur 2e CLS"'),
        tiny.line('"2e CLS"'),
    }


def test_a_missing_text_is_one_finding_and_not_one_a_quote(tiny: Any) -> None:
    tiny.text.unlink()
    assert [rule for rule, _ in told(tiny)] == ["text-missing"]


def test_an_unrelated_text_is_a_warning(tiny: Any, cli: Callable[..., Any]) -> None:
    (tiny.sources / "notes.txt").write_text("rien", encoding="utf-8")
    run = cli("verify", "--corpus", tiny.root, "--sources", tiny.sources)
    assert run.code == 0
    assert "[digest-unknown]" in run.out


def page_of(tiny: Any) -> Path:
    """A page of the web whose text the registry has, with the text beside it, as ``draft`` writes it."""
    page = tiny.sources / "page.html"
    words = tiny.text.read_text("utf-8").replace("\n", "<br>")
    page.write_text(f"<html><body><main><p>{words}</p></main></body></html>", encoding="utf-8")
    text = read_source(page).text
    tiny.text = tiny.text.rename(tiny.sources / "page.txt")
    tiny.own_text(text)
    write(verify(tiny.corpus(), tiny.sources).repairs)
    return page


def test_a_page_whose_text_the_registry_has_is_no_unknown_text_and_does_in_its_stead(tiny: Any) -> None:
    page = page_of(tiny)
    assert holds(tiny)
    tiny.text.unlink()
    assert holds(tiny)
    page.write_text(page.read_text("utf-8").replace("2e CLS", "3e CLS"), encoding="utf-8")
    assert "text-changed" in {rule for rule, _ in told(tiny)}
    page.write_bytes(b"%PDF-1.4 ...")
    page.rename(page.with_suffix(".pdf"))
    assert sorted({rule for rule, _ in told(tiny)}) == ["digest-unknown", "text-missing"]


def test_a_folder_without_texts_is_exit_code_2(tiny: Any, cli: Callable[..., Any]) -> None:
    for folder in (tiny.root / "nowhere", tiny.contract):
        run = cli("verify", "--corpus", tiny.root, "--sources", folder)
        assert run.code == 2
        assert str(folder) in run.err


def test_a_text_that_is_not_utf8_is_one_finding_and_not_one_a_quote(tiny: Any) -> None:
    content = tiny.text.read_bytes().decode()
    latin = content.replace("🎉", "!").replace("’", "'").encode("latin-1")
    old = hashlib.sha256(tiny.text.read_bytes()).hexdigest()
    tiny.text.write_bytes(latin)
    (_, encoding) = found = verify(tiny.corpus(), tiny.sources).findings  # saved by another program
    assert [f.rule for f in found] == ["text-changed", "encoding"]
    assert (encoding.place.file, encoding.place.line) == (str(tiny.text), 1)
    tiny.edit(old, hashlib.sha256(latin).hexdigest(), "documents.yaml")
    (encoding,) = verify(tiny.corpus(), tiny.sources).findings  # registered as it is
    assert (encoding.rule, encoding.severity) == ("encoding", "violation")
    assert "0xE9" in encoding.message["en"]


def test_a_text_that_is_too_large_is_said_to_be_so(tiny: Any) -> None:
    old = hashlib.sha256(tiny.text.read_bytes()).hexdigest()
    tiny.text.write_bytes(tiny.text.read_bytes() + b" " * MAX_FILE)
    tiny.edit(old, hashlib.sha256(tiny.text.read_bytes()).hexdigest(), "documents.yaml")
    (found,) = verify(tiny.corpus(), tiny.sources).findings
    assert found.rule == "unreadable-file"
    assert "32 MiB" in found.message["en"]


def test_a_text_that_may_not_be_read_is_named(tiny: Any, cli: Callable[..., Any]) -> None:
    (tiny.sources / "loop").symlink_to("loop")
    (tiny.sources / "closed").mkdir(mode=0)
    assert holds(tiny)
    tiny.text.unlink()
    tiny.text.symlink_to("/proc/self/mem")
    run = cli("verify", "--corpus", tiny.root, "--sources", tiny.sources)
    assert run.code == 2
    assert "texte.txt" in run.err


def test_a_text_is_found_by_its_digest_whatever_its_name(tiny: Any) -> None:
    tiny.text.rename(tiny.sources / "autre nom.bin")
    assert holds(tiny)


def twice(tiny: Any, evidence: str) -> list[Finding]:
    """The text holds the title's quote twice; the title's evidence is ``evidence``."""
    tiny.own_text(tiny.text.read_bytes().decode() + "Encore leur 2e CLS !\r\n")
    tiny.edit('{document: texte, quote: "leur 2e CLS", start: 61, end: 72}', evidence)
    return verify(tiny.corpus(), tiny.sources).findings


def test_a_quote_with_two_places_needs_its_context(tiny: Any) -> None:
    (found,) = twice(tiny, '{document: texte, quote: "leur 2e CLS"}')
    assert found.rule == "quote-ambiguous"
    assert "2 fois" in found.message["fr"]


@pytest.mark.parametrize("context", ['prefix: "Encore "', 'suffix: " !"', 'prefix: "Encore ", suffix: " !"'])
def test_its_context_tells_one_place_from_the_other(tiny: Any, context: str) -> None:
    evidence = f'{{document: texte, quote: "leur 2e CLS", {context}}}'
    (found,) = twice(tiny, evidence)
    assert found.rule == "no-position"
    write(verify(tiny.corpus(), tiny.sources).repairs)
    assert holds(tiny)
    content = tiny.text.read_bytes().decode()
    assert f"start: {content.rindex('leur 2e CLS')}" in tiny.contract.read_text(encoding="utf-8")


@pytest.mark.parametrize("part", ["prefix", "suffix"])
def test_a_context_that_is_nowhere_is_not_a_quote_that_is_nowhere(tiny: Any, part: str) -> None:
    (found,) = twice(tiny, f'{{document: texte, quote: "leur 2e CLS", {part}: "jamais "}}')
    assert found.rule == "context-wrong"
    assert f"« {part} »" in found.message["fr"]
    assert "« leur 2e CLS »" in found.message["fr"]
    assert found.place.column == columns(tiny, 'quote: "leur 2e CLS", ' + part) + len("quote: ")


@pytest.mark.parametrize(
    ("context", "wrong"),
    [
        ('prefix: "Encore ", suffix: "jamais "', ["suffix"]),
        ('prefix: "jamais ", suffix: " !"', ["prefix"]),
        ('prefix: "jamais ", suffix: "jamais "', ["prefix", "suffix"]),
        ('prefix: "Encore ", suffix: ", pour"', ["prefix", "suffix"]),
    ],
)
def test_the_part_of_the_context_that_is_wrong_is_named(tiny: Any, context: str, wrong: list[str]) -> None:
    found = twice(tiny, f'{{document: texte, quote: "leur 2e CLS", {context}}}')
    assert [f.rule for f in found] == ["context-wrong"] * len(wrong)
    assert [
        part for part in ("prefix", "suffix") if any(f"'{part}'" in f.message["en"] for f in found)
    ] == wrong


@pytest.mark.parametrize("part", ["prefix", "suffix"])
def test_a_context_that_is_not_around_the_position_is_told_where_it_stands(tiny: Any, part: str) -> None:
    tiny.edit('prefix: "Exemple et "', f'{part}: "jamais "')
    (found,) = verify(tiny.corpus(), tiny.sources).findings
    assert found.rule == "context-wrong"
    assert f"« {part} »" in found.message["fr"]
    assert "« l’Agence »" in found.message["fr"]
    assert found.place.line == tiny.line(f'{part}: "jamais "')
    assert found.place.column == columns(tiny, f'{part}: "jamais "') + len(f"{part}: ")


def columns(tiny: Any, passage: str) -> int:
    """The column where a passage of the record begins."""
    content = tiny.contract.read_text(encoding="utf-8")
    at = content.index(passage)
    return at - content.rfind("\n", 0, at)


def test_a_document_that_nobody_quotes_is_not_taken_for_any_text(tiny: Any) -> None:
    """Of two texts with an unknown digest, neither stands for a document without a quote."""
    digest = "0" * 64
    text = tiny.root.joinpath("data", "documents.yaml").read_text(encoding="utf-8")
    entry = text.split("documents:\n")[1].replace("key: texte", "key: autre")
    known = hashlib.sha256(tiny.text.read_bytes()).hexdigest()
    tiny.root.joinpath("data", "documents.yaml").write_text(
        text + entry.replace(known, digest).replace("/texte", "/autre"), encoding="utf-8"
    )
    (tiny.sources / "inconnu.txt").write_text("Un texte que rien ne cite.", encoding="utf-8")
    assert sorted(rule for rule, _ in told(tiny)) == ["digest-unknown", "text-missing"]


def test_more_than_the_ceiling_is_told(tiny: Any) -> None:
    content = tiny.text.read_bytes().decode()
    tiny.own_text(content[: content.index("Phrase")])
    assert [rule for rule, _ in told(tiny)] == ["quote-share"]


# --- positions are code points


@pytest.mark.parametrize(
    "before",
    ["", "😀😀😀", "\ufeff", "é\u0301", "\u00a0\u202f", "\r\n\r\n", "\n", "👩‍👩‍👧‍👦", "\u2028"],
    ids=[
        "nothing",
        "emoji",
        "BOM",
        "combining",
        "no-break spaces",
        "CRLF",
        "LF",
        "joined emoji",
        "line separator",
    ],
)
def test_positions_count_code_points_of_the_file_as_it_is(tiny: Any, before: str) -> None:
    content = before + tiny.text.read_bytes().decode()
    tiny.own_text(content)
    outcome = verify(tiny.corpus(), tiny.sources)
    if before:
        assert outcome.held == 0
    write(outcome.repairs)
    assert holds(tiny)
    assert f"start: {len(before) + 61}, end: {len(before) + 72}" in tiny.contract.read_text(encoding="utf-8")


# --- writing


def without_positions(tiny: Any) -> bytes:
    """Take every position out; what the file was."""
    before: bytes = tiny.contract.read_bytes()
    stripped = re.sub(rb", start: \d+, end: \d+", b"", before)
    stripped = re.sub(rb"\n +start: \d+\n +end: \d+", b"", stripped)
    assert b"start:" not in stripped
    tiny.contract.write_bytes(stripped)
    return before


def test_missing_positions_are_written_and_nothing_else_changes(tiny: Any, cli: Callable[..., Any]) -> None:
    before = without_positions(tiny)
    words = ("verify", "--corpus", tiny.root, "--sources", tiny.sources)
    assert cli(*words).code == 1
    run = cli(*words, "--write")
    assert run.code == 0
    assert f"{len(citations(tiny.corpus()))} positions écrites" in run.out
    after = tiny.contract.read_bytes()
    # A context stands before the position that was added behind it.
    turned = re.compile(rb"(prefix: \"[^\"]+\"), (start: \d+, end: \d+)")
    assert turned.sub(rb"\2, \1", after) == before
    assert after.count(b"# a comment that stays") == 2
    assert cli(*words, "--write").code == 0
    assert tiny.contract.read_bytes() == after


def test_wrong_positions_are_replaced_in_their_place(tiny: Any) -> None:
    before = tiny.contract.read_bytes()
    tiny.edit("start: 61, end: 72", "start: 0, end: 11")
    tiny.edit("        start: 66\n        end: 72", "        start: 166\n        end: 172")
    write(verify(tiny.corpus(), tiny.sources).repairs)
    assert tiny.contract.read_bytes() == before


@pytest.mark.parametrize(
    "style",
    [
        '    evidence: [{document: texte, quote: "leur 2e CLS"}]',
        '    evidence: [{document: texte, quote: "leur 2e CLS",}]',
        '    evidence: [ { "document": texte, "quote": leur 2e CLS } ]  # why',
        '    evidence:\n      - {document: texte,\n         quote: "leur 2e CLS"  # why\n        }',
        '    evidence:\n      - document: texte\n        quote: "leur 2e CLS"  # why',
        "    evidence:\n      - quote: leur 2e CLS\n        document: texte",
        "    evidence:\n      - document: texte\n        quote: >-\n          leur 2e\n          CLS",
        "    evidence:\n    - document: texte\n      quote: 'leur 2e CLS'\n\n    # why",
        "    evidence:\n      - document: texte\n        quote: leur\n          2e CLS\n",
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_every_style_of_yaml_is_written_to(tiny: Any, style: str, newline: str) -> None:
    old = '    evidence: [{document: texte, quote: "leur 2e CLS", start: 61, end: 72}]'
    tiny.edit(old, style)
    content = tiny.contract.read_bytes().replace(b"\n", newline.encode())
    tiny.contract.write_bytes(content)
    write(verify(tiny.corpus(), tiny.sources).repairs)
    after = tiny.contract.read_bytes()
    assert holds(tiny), after.decode()[:400]
    assert after.count(b"# why") == content.count(b"# why")
    assert after.count(b"\n") == after.count(newline.encode())


def test_a_quote_on_the_last_line_without_a_line_end(tiny: Any) -> None:
    content = tiny.contract.read_text(encoding="utf-8")
    last = "counts:\n  - item: axis\n    value: 1\n    evidence:\n      - document: texte\n"
    tiny.contract.write_text(f"{content}{last}        quote: Axe 1", encoding="utf-8")
    write(verify(tiny.corpus(), tiny.sources).repairs)
    assert holds(tiny)


def test_a_quote_of_a_list_annotated_as_a_whole(tiny: Any) -> None:
    content = tiny.contract.read_text(encoding="utf-8")
    begin, end = content.index("  territory:\n"), content.index("  carrier:")
    whole = """\
  territory:
    value: [commune/01999, departement/01]
    evidence: [{document: texte, quote: "Ville d’Exemple"}]
"""
    tiny.contract.write_text(content[:begin] + whole + content[end:], encoding="utf-8")
    assert told(tiny) == [("no-position", tiny.line('evidence: [{document: texte, quote: "Ville d’Exemple"'))]
    write(verify(tiny.corpus(), tiny.sources).repairs)
    assert holds(tiny)
    start = tiny.text.read_bytes().decode().index("Ville d’Exemple")
    positioned = f'quote: "Ville d’Exemple", start: {start}, end: {start + 15}}}]'
    assert positioned in tiny.contract.read_text(encoding="utf-8")


def test_a_byte_order_mark_and_the_rights_of_a_file_stay(tiny: Any) -> None:
    without_positions(tiny)
    tiny.contract.write_bytes(b"\xef\xbb\xbf" + tiny.contract.read_bytes())
    tiny.contract.chmod(0o640)
    write(verify(tiny.corpus(), tiny.sources).repairs)
    assert tiny.contract.read_bytes().startswith(b"\xef\xbb\xbf#")
    assert tiny.contract.stat().st_mode & 0o777 == 0o640
    assert holds(tiny)


def test_what_an_editor_saves_meanwhile_is_kept(tiny: Any) -> None:
    tiny.edit("start: 61, end: 72", "start: 60, end: 71")
    other = tiny.contract.with_name("01999-1.yaml")
    other.write_bytes(tiny.contract.read_bytes().replace(b"01999-2", b"01999-1"))
    repairs = verify(tiny.corpus(), tiny.sources).repairs
    tiny.edit("# a comment that stays\n", "# a longer comment that an editor has just saved\n")
    saved = tiny.contract.read_bytes(), other.read_bytes()
    with pytest.raises(OutputError, match=r"01999-2\.yaml was changed meanwhile"):
        write(repairs)
    assert (tiny.contract.read_bytes(), other.read_bytes()) == saved


def test_a_record_behind_a_link_is_written_where_it_is(tiny: Any, tmp_path: Path) -> None:
    without_positions(tiny)
    real = tmp_path / "real.yaml"
    tiny.contract.rename(real)
    tiny.contract.symlink_to(real)
    write(verify(tiny.corpus(), tiny.sources).repairs)
    assert tiny.contract.is_symlink()
    assert b"start: 61" in real.read_bytes()


def test_the_report_in_json(tiny: Any, cli: Callable[..., Any]) -> None:
    tiny.edit("start: 61, end: 72", "start: 60, end: 71")
    words = ("verify", "--corpus", tiny.root, "--sources", tiny.sources, "--json")
    said = json.loads(cli(*words).out)
    assert (said["quotes"], said["held"]) == (10, 9)
    assert [f["rule"] for f in said["findings"]] == ["quote-moved"]
    assert 0 < said["shares"]["texte"] < 40
    said = json.loads(cli(*words, "--write").out)
    assert list(said["written"].values()) == [1]
    assert said["findings"] == []


WRITER = """
import sys
from pathlib import Path
from cls_graph.files import replace_file
path, old, new = Path(sys.argv[1]), b"a" * 3_000_000, b"b" * 3_000_001
print("ready", flush=True)
while True:
    replace_file(path, new)
    replace_file(path, old)
"""


@pytest.mark.slow
def test_a_kill_while_writing_leaves_the_old_file_or_the_new_one(
    tiny: Any, command: tuple[list[str], dict[str, str]]
) -> None:
    target = tiny.contract.with_name("01999-9.yaml")
    target.write_bytes(b"a" * 3_000_000)
    for round_ in range(8):
        process = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(target)], env=command[1], stdout=subprocess.PIPE
        )
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        time.sleep(0.013 * round_)
        process.kill()
        process.wait()
        process.stdout.close()
        assert target.read_bytes() in (b"a" * 3_000_000, b"b" * 3_000_001)
    target.unlink()
    assert [read.file for read in tiny.corpus().records] == [str(tiny.contract)]  # leftovers are no records
