"""The recipes of CONTRIBUTING.md, walked in a copy of the tree: the commands are those of its text."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
PARTS = ("api", "benchmarks", "cls_graph", "data", "docs", "ontology", "scripts", "shapes", "tests")
DOCS = "python scripts/make_docs.py"

QUESTION = """\
#+ title:
#+   fr: Combien d'étapes de chaque type les textes disent-ils ?
#+   en: How many milestones of each type do the texts state?
#+ description: {fr: Les étapes par type., en: The milestones by type.}
#+ theme: dates
#+ view: chart
#+ chart: {label: label, value: milestones}
#+ parameters:
#+   lang: {type: language, default: fr}
#+ columns:
#+   milestones: {fr: Étapes, en: Milestones}
PREFIX cls: <https://w3id.org/cls-sante/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?label (COUNT(?milestone) AS ?milestones)
WHERE {
  VALUES ?lang { "fr" }
  ?milestone cls:milestoneType ?type . ?type skos:prefLabel ?label . FILTER (LANG(?label) = ?lang)
}
GROUP BY ?label
ORDER BY DESC(?milestones) ?label
"""

SHAPE = """
clssh:FundingCommitment-shortPurpose a sh:PropertyShape ;
    sh:path cls:fundingPurpose ;
    sh:maxLength 80 ;
    sh:order 52 ;
    sh:group clssh:group-money ;
    sh:severity sh:Warning ;
    sh:name "Objet bref"@fr , "Short purpose"@en ;
    sh:description "L’objet d’un financement tient dans une cellule."@fr ,
        "The purpose of a funding fits a cell."@en ;
    sh:message "L’objet du financement est trop long."@fr , "The purpose of the funding is too long."@en ;
    clssh:remedy "Abrégez `purpose`."@fr , "Shorten `purpose`."@en .
"""

EXAMPLE = f"""\
# include: ../valid/programme.ttl
# expect: clssh:FundingCommitment-shortPurpose Warning <contract/99001-1/funding/01>
# remove: <contract/99001-1/funding/01> cls:fundingPurpose *

@base <https://example.org/id/> .
@prefix cls: <https://w3id.org/cls-sante/ontology#> .

<contract/99001-1/funding/01> cls:fundingPurpose "{"coordination " * 8}"@fr .
"""

TERM = """
cls:isMilestoneOfElement a owl:ObjectProperty ;
    rdfs:domain cls:Milestone ;
    rdfs:range cls:ProgrammeElement ;
    owl:inverseOf cls:elementMilestone ;
    rdfs:isDefinedBy <https://w3id.org/cls-sante/ontology> ;
    rdfs:label "est une étape de l'élément"@fr , "is milestone of element"@en ;
    skos:definition "Relie une étape à l'élément du programme dont elle jalonne le calendrier."@fr ,
        "Links a milestone to the element of the programme whose calendar it marks."@en .
"""

CODE = """
:advocate a skos:Concept ;
    skos:notation "advocate" ;
    skos:prefLabel "plaider"@fr , "advocate"@en ;
    skos:definition "Porter une demande devant une autorité qui peut y répondre."@fr ,
        "Bring a demand before an authority that can answer it."@en ;
    skos:inScheme <https://w3id.org/cls-sante/vocab/approach> ;
    skos:topConceptOf <https://w3id.org/cls-sante/vocab/approach> .
"""


class Clone:
    """A copy of the tree, in which commands run as a newcomer runs them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for part in PARTS:
            shutil.copytree(ROOT / part, root / part, ignore=shutil.ignore_patterns("*.pyc.*"))
        for name in ("pyproject.toml", "README.md"):
            shutil.copy(ROOT / name, root)
        programs = root / "bin"
        programs.mkdir()
        command = programs / "cls-graph"
        command.write_text('#!/bin/sh\nexec python -m cls_graph "$@"\n', encoding="utf-8")
        command.chmod(0o755)
        path = (str(programs), str(Path(sys.executable).parent), os.environ.get("PATH", ""))
        self._env = {
            **os.environ,
            "PATH": os.pathsep.join(path),
            "PYTHONPATH": os.pathsep.join([str(root), str(root / "api")]),
            "PYTHONDONTWRITEBYTECODE": "",
            "CLS_LANG": "en",
            "VIRTUAL_ENV": sys.prefix,
        }

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace one passage of a file."""
        path = self.root / name
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {name}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def add(self, name: str, text: str) -> None:
        """Put text at the end of a file, or make the file."""
        with (self.root / name).open("a", encoding="utf-8") as file:
            file.write(text)

    def run(self, command: str, code: int = 0) -> str:
        """What a command says, in both streams."""
        words = shlex.split(command)
        if words[0] == "scripts/test":
            words += ["-q", "-n0", "-p", "no:cacheprovider"]
        done = subprocess.run(
            words, cwd=self.root, env=self._env, capture_output=True, text=True, timeout=300, check=False
        )
        said = done.stdout + done.stderr
        assert done.returncode == code, f"{command}\n{said}"
        return said


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Clone:
    return Clone(tmp_path_factory.mktemp("newcomer"))


@pytest.fixture(scope="module")
def recipe() -> Callable[..., list[str]]:
    """The commands of a section, in its order, with names put in for those in capitals."""

    def commands(title: str, **names: str) -> list[str]:
        section = re.split(rf"^## {title}\n", TEXT, flags=re.MULTILINE)[1].split("\n## ")[0]
        found = re.findall(r"`((?:cls-graph|scripts/|python )[^`]*)`", section)
        assert DOCS in found, f"{title}: the reference pages are made again"
        pattern = re.compile("|".join(names) or "$^")
        return [pattern.sub(lambda name: names[name[0]], command) for command in found]

    return commands


def test_every_script_is_told_of() -> None:
    """Those that others import or run are not run by themselves."""
    parts = {"environment.sh", "make_release.py", "sbom.py", "drawing.py", "scorecard_page.py"}
    scripts = {path.name for path in (ROOT / "scripts").iterdir() if path.is_file()}
    untold = {
        name for name in scripts - parts if not name.startswith("doc_") and f"scripts/{name}" not in TEXT
    }
    assert not untold, f"give these a line in CONTRIBUTING.md, under 'Other scripts': {sorted(untold)}"


@pytest.mark.slow
def test_a_question_is_added(clone: Clone, recipe: Callable[..., list[str]]) -> None:
    ask, listed, shown, tests, docs = recipe("A ready question", NAME="milestone-types")
    clone.add("cls_graph/queries/milestone-types.rq", QUESTION)
    assert "signature" in clone.run(ask)
    assert "How many milestones of each type" in clone.run(listed)
    assert "write the rows that you expect of milestone-types" in clone.run(tests, 1)
    rows = clone.run(shown)
    clone.add("tests/queries/expected/milestone-types.csv", rows[rows.index("label,milestones") :])
    assert " passed" in clone.run(tests)
    assert "docs/queries.md is out of date" in clone.run(f"{docs} --check", 1)
    assert "docs/queries.md" in clone.run(docs)


@pytest.mark.slow
def test_a_shape_is_added(clone: Clone, recipe: Callable[..., list[str]]) -> None:
    tests, whole, check, docs = recipe("A shape", **{"CLASS-name": "FundingCommitment-shortPurpose"})
    assert tests.startswith(whole)
    property_of = "    sh:property clssh:FundingCommitment-purpose"
    clone.edit("shapes/profile.ttl", property_of, f"{property_of} , clssh:FundingCommitment-shortPurpose")
    clone.add("shapes/profile.ttl", SHAPE)
    said = clone.run(f"{whole} -k example_that_fails", 1)
    assert "add a file to tests/examples/invalid for each of ['FundingCommitment-shortPurpose']" in said
    clone.add("tests/examples/invalid/FundingCommitment-shortPurpose.ttl", EXAMPLE)
    assert " passed" in clone.run(f"{tests} -m 'not slow'")
    assert " 0 errors" in clone.run(check)
    assert "docs/rules.md" in clone.run(docs)


@pytest.mark.slow
def test_a_term_its_rules_and_a_code_are_added(clone: Clone, recipe: Callable[..., list[str]]) -> None:
    rules, tests, explain, docs = recipe("A rule of entailment")
    again, same_docs, of_terms = recipe("A term or a code")
    assert (again, same_docs) == (rules, docs)
    assert of_terms.split()[-1] in tests.split()
    # What follows from all axioms is worked out by another reasoner: for minutes, and not of this page.
    of_terms += " -k 'not closure'"

    clone.add("ontology/cls.ttl", TERM)
    clone.add("ontology/vocab/approach.ttl", CODE)
    clone.run("cls-graph rules --check", 1)
    said = clone.run(of_terms, 1)
    for missing in (
        "elementMilestone does not say it back",
        "skos:hasTopConcept of",
        "add them to BINDING here",
        "tell of ['cls:isMilestoneOfElement'] under Unreleased in ontology/CHANGELOG.md",
    ):
        assert missing in said, said

    told = "\n## Unreleased\n\n* `cls:isMilestoneOfElement`: the other way of `cls:elementMilestone`.\n"
    clone.edit("ontology/CHANGELOG.md", "\n## Unreleased\n", told)
    milestone = "cls:elementMilestone a owl:ObjectProperty ;\n"
    clone.edit("ontology/cls.ttl", milestone, f"{milestone}    owl:inverseOf cls:isMilestoneOfElement ;\n")
    clone.edit("ontology/vocab/approach.ttl", "skos:hasTopConcept ", "skos:hasTopConcept :advocate , ")
    clone.edit("tests/ontology/test_slugs.py", '"approach": "', '"approach": "advocate ')
    assert "262" in clone.run(rules)
    assert "inverse-cls-isMilestoneOfElement-cls-elementMilestone" in clone.run("cat ontology/rules.ttl")
    assert " passed" in clone.run(of_terms)
    fact = "id:contract/26362-3 prov:wasAttributedTo id:organisation/ars-84"
    assert "rule" in clone.run(explain.replace("SUBJECT PREDICATE OBJECT", fact))
    said = clone.run(docs)
    assert "docs/ontology.md" in said
    assert "docs/codes.md" in said
    assert "docs/schema/contract.schema.json" in said
