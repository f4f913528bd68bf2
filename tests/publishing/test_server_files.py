"""What the rules for Apache and nginx answer, worked out from their text.

Apache 2.4 and nginx 1.22 gave the same answers to what is asked here; neither server is needed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from cls_graph_api.publishing.server_files import Rules, htaccess, nginx

URL = "https://data.example.org/sante"
DIGEST, OLDER = "a" * 64, "b" * 64
RULES = Rules(
    URL,
    ["ttl", "jsonld", "rdf"],
    digest=DIGEST,
    version="0.2.0",
    earlier=["0.1.0"],
    open_page="0.1.0..0.2.0/2",
    withdrawn=["id/contract/26362-3", "id/organisation/ars-01"],
    former={"organisation/ars-84": "organisation/ars-85"},
)
IMMUTABLE = "public, max-age=31536000, immutable"
PAGE, TURTLE = "text/html,application/xhtml+xml", "text/turtle"


@dataclass(frozen=True)
class Answer:
    """A status with where it leads, or a file of the folder; and how long it may be kept."""

    status: int
    place: str
    cache: str


def apache(path: str, accept: str = PAGE) -> Answer:
    """What mod_rewrite and mod_headers make of a path: rules in order, again after each rewrite within."""
    conditions: list[bool] = []
    fixed = False
    for line in htaccess(RULES).splitlines():
        if line.startswith("RewriteCond"):
            _, subject, pattern = line.split(" ")
            text = accept if "ACCEPT" in subject else f"/sante/{path}"
            conditions.append((re.search(pattern.removeprefix("!"), text) is None) == pattern.startswith("!"))
        elif line.startswith("RewriteRule"):
            _, pattern, target, flags = line.split(" ")
            kept, conditions = all(conditions), []
            found = re.search(pattern, path)
            if not (kept and found):
                continue
            fixed = fixed or "E=CLS_FIXED:1" in flags
            to = re.sub(r"\$(\d)", lambda m, found=found: found[int(m[1])] or "", target)  # type: ignore[misc]
            if "[G" in flags:
                return Answer(410, "", "")
            if redirect := re.search(r"R=(\d+)", flags):
                return Answer(int(redirect[1]), to, "")
            if target != "-":
                assert flags == "[L]"
                again = apache(to, accept)
                return Answer(again.status, again.place, IMMUTABLE if fixed else again.cache)
    headers = re.findall(r'Header set Cache-Control "(.+)"(?: env=(?:REDIRECT_)?CLS_FIXED)?', htaccess(RULES))
    assert headers == ["public, no-cache", IMMUTABLE, IMMUTABLE]
    return Answer(200, path, IMMUTABLE if fixed else headers[0])


def engine(path: str, accept: str = PAGE) -> Answer:
    """What nginx makes of a path: maps by the address that was asked, rewrites, then the first location."""
    text, uri = nginx(RULES), f"/sante/{path}"

    def mapped(name: str, value: str) -> str:
        body = re.search(rf"map \$\w+ \${name} {{\n(.*?)\n}}", text, re.DOTALL)
        assert body is not None
        default = ""
        for line in body[1].splitlines():
            key, _, result = line.strip().rstrip(";").partition(" ") if line[4] != '"' else _quoted(line)
            if key == "default":
                default = result.strip('"')
            elif key.startswith("~") and re.search(key.lstrip("~*"), value, re.IGNORECASE):
                return result.strip('"')
            elif key == value:
                return result
        return default

    cache = mapped("cls_cache", uri)
    for pattern, target in re.findall(r'^rewrite "(.+)" (\S+) last;$', text, re.MULTILINE):
        uri = re.sub(pattern, target.replace("$1", r"\1"), uri)
    suffix = mapped("cls_suffix", accept)
    values = {
        "cls_suffix": suffix,
        "cls_folder": mapped("cls_folder", suffix),
        "cls_feed": mapped("cls_feed", accept),
    }
    for pattern, said in re.findall(r'^location ~ "(.+)" \{ return (.+); \}$', text, re.MULTILINE):
        if found := re.search(pattern, uri):
            status, _, target = said.partition(" ")
            # A map with patterns forgets what the location found, but for what has a name.
            known = {**values, **found.groupdict(default="")}
            assert not ("$cls_" in target and re.search(r"\$\d", target))
            target = re.sub(r"\$(cls_\w+)", lambda m, known=known: known[m[1]], target)  # type: ignore[misc]
            target = re.sub(r"\$(\d)", lambda m, found=found: found[int(m[1])] or "", target)  # type: ignore[misc]
            return Answer(int(status), target, "")
    return Answer(200, uri.removeprefix("/sante/"), cache)


def _quoted(line: str) -> tuple[str, str, str]:
    found = re.fullmatch(r'    "(.*)" (.+);', line)
    assert found is not None
    return found[1], "", found[2]


both = pytest.mark.parametrize("asked", [apache, engine])
Asked = Callable[..., Answer]


@both
def test_things_lead_to_a_page_or_to_data_by_what_is_asked(asked: Asked) -> None:
    for path in ("id/contract/38382-a", "id/contract/38382-a/engagement/01"):
        assert asked(path) == Answer(303, f"{URL}/page/contract/38382-a.html", "")
        assert asked(path, TURTLE) == Answer(303, f"{URL}/data/contract/38382-a.ttl", "")
    assert asked("vocab/role/signatory", TURTLE).place == f"{URL}/vocab/role/signatory.ttl"
    assert asked("feed").place == f"{URL}/feed/index.ttl"
    assert asked("feed", "application/ld+json").place == f"{URL}/feed/index.jsonld"
    assert asked("releases").place == f"{URL}/releases.html"
    assert asked("releases/0.1.0").place == f"{URL}/releases/0.1.0.html"
    assert asked("releases/0.1.0.html") == Answer(200, "releases/0.1.0.html", "public, no-cache")


@both
def test_a_digest_gives_its_own_bytes_or_none(asked: Asked) -> None:
    assert asked(f"dumps/{DIGEST}/graph.nq") == Answer(200, "dumps/graph.nq", IMMUTABLE)
    assert asked(f"dumps/{DIGEST}/tables/contracts.csv").place == "dumps/tables/contracts.csv"
    # There is no such file: the server says 404.
    assert asked(f"dumps/{OLDER}/graph.nq").place == f"dumps/{OLDER}/graph.nq"


@both
def test_what_never_changes_may_be_kept_and_the_rest_is_asked_again(asked: Asked) -> None:
    assert asked("feed/0.1.0/1.ttl").cache == IMMUTABLE
    assert asked("feed/0.1.0..0.2.0/1.jsonld").cache == IMMUTABLE
    assert asked("feed/0.1.0..0.2.0/20.trig").cache == IMMUTABLE
    assert asked("releases/0.1.0/graph.nq") == Answer(200, "releases/0.1.0/graph.nq", IMMUTABLE)
    assert asked("releases/0.2.0/graph.nq") == Answer(200, "dumps/graph.nq", IMMUTABLE)
    for path in ("feed/0.1.0..0.2.0/2.ttl", "feed/index.ttl", "dumps/graph.nq", "releases/0.3.0/graph.nq"):
        assert asked(path) == Answer(200, path, "public, no-cache")


@both
@pytest.mark.parametrize(
    "path",
    [
        *("id/contract/26362-3", "id/contract/26362-3/", "id/contract/26362-3/engagement/01"),
        *("data/contract/26362-3.ttl", "page/contract/26362-3.html", "page/contract/26362-3.en.html"),
        "id/organisation/ars-01",
    ],
)
def test_what_was_withdrawn_is_gone(asked: Asked, path: str) -> None:
    assert asked(path).status == 410
    assert asked(path, TURTLE).status == 410


@both
def test_others_are_not_gone_with_it(asked: Asked) -> None:
    assert asked("id/contract/26362-30").status == 303
    assert asked("data/contract/26362-30.ttl").status == 200
    assert asked("id/contract/26362").status == 303


@both
def test_a_former_key_leads_to_the_key_of_today(asked: Asked) -> None:
    assert asked("id/organisation/ars-84") == Answer(301, f"{URL}/id/organisation/ars-85", "")
    assert asked("data/organisation/ars-84.ttl").place == f"{URL}/data/organisation/ars-85.ttl"
    assert asked("page/organisation/ars-84.en.html").place == f"{URL}/page/organisation/ars-85.en.html"
    assert asked("id/organisation/ars-840").status == 303


def test_without_any_of_it_nothing_is_gone_or_moved() -> None:
    plain = Rules(URL, ["ttl"], digest=DIGEST, version="0.1.0")
    for text in (htaccess(plain), nginx(plain)):
        assert "[G" not in text
        assert "410" not in text
        assert "301" not in text
