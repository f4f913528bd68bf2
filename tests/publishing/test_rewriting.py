"""Pages are read as ``html.parser`` reads them, only faster; what leads nowhere becomes plain text."""

from __future__ import annotations

import html
from html.parser import HTMLParser

import pytest

from cls_graph_api.publishing.layout import Layout
from cls_graph_api.publishing.rewriting import Rewriter

URL = "https://example.org"


class Plain(HTMLParser):
    """Writes a page as the standard parser reads it; comments are left out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.out: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = "".join(f" {k}" if v is None else f' {k}="{html.escape(v)}"' for k, v in attrs)
        self.out.append(f"<{tag}{said}>")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in ("br", "link", "meta"):
            self.out.append(f"</{tag}>")

    def handle_endtag(self, tag: str) -> None:
        self.out.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.out.append(data)

    def handle_entityref(self, name: str) -> None:
        self.out.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.out.append(f"&#{name};")

    def handle_decl(self, decl: str) -> None:
        self.out.append(f"<!{decl}>")


def rewriter(*pages: str) -> Rewriter:
    return Rewriter(Layout(URL, things={"contract/a"}, concepts=set(), pages=set(pages)))


@pytest.mark.parametrize(
    "text",
    [
        '<!doctype html>\n<html lang="fr"><head><meta charset=utf-8><title>A &amp; B</title></head></html>',
        '<p title="1 > 0, &quot;deux&quot;">l&#39;été &lt;b&gt; &eacute;</p>',
        "<p title='il a dit \"oui\"'>a</p><!-- <p>gone --> b<br/>c<BR>",
        '<svg viewBox="0 0 1 1"><path d="M0 0L1 1"/><use/></svg>',
        "<style>a > b { content: '<p>' }</style><p>x</p>",
        "<button disabled hidden>1 < 2 & 3</button>",
        '<div\n  class="a"\n  id=b>\n</div>',
        "no markup at all",
    ],
)
def test_a_page_is_read_as_by_the_standard_parser(text: str) -> None:
    plain = Plain()
    plain.feed(text)
    plain.close()
    assert rewriter().stand_alone(text, "a.html", "fr") == "".join(plain.out)


def test_what_needs_a_service_is_gone_with_all_that_is_in_it() -> None:
    text = "<p>a<script>if (1 < 2) { '</p>' }</script>b<form action='/q'><input><form>c</form></form>d</p>"
    assert rewriter().stand_alone(text, "a.html", "fr") == "<p>abd</p>"


def test_links_lead_to_files_or_are_plain_text() -> None:
    page = rewriter("about.html", "about.en.html").stand_alone
    links = (
        f'<a href="/about?lang=en">1</a><a href="{URL}/id/contract/a">2</a><a href="/sparql">3</a>'
        '<a href="https://example.net/">4</a>'
    )
    assert page(links, "page/contract/b.html", "fr") == (
        '<a href="../../about.en.html">1</a><a href="a.html">2</a><span>3</span>'
        '<a href="https://example.net/">4</a>'
    )
    assert '<a href="about.en.html">1</a>' in page(links, "index.html", "fr"), "each file from its own place"
    assert page('<nav><a href="/sparql">3</a></nav>', "a.html", "fr") == "<nav></nav>"


def test_what_is_of_use_only_to_a_service_is_gone_and_what_is_beside_it_stays() -> None:
    page = rewriter("contracts.html").stand_alone
    table = (
        '<form id="picked"><input name="lang"></form><table><tr><td class="pick served"><input form="picked">'
        '</td><th><a href="/id/contract/a">A</a></th></tr></table><p class="served"><button>go</button></p>'
    )
    assert page(table, "contracts.html", "fr") == (
        '<table><tr><th><a href="page/contract/a.html">A</a></th></tr></table>'
    )
    line = '<p class="meta downloads">Data:\n<a href="{}" type="text/csv">csv</a> </p>'
    assert page(line.format("/contracts.csv"), "a.html", "fr") == ""
    assert "csv</a>" in page(line.format("https://example.net/a.csv"), "a.html", "fr")
    section = '<section class="served"><h2>a</h2><section>b</section></section>c'
    assert page(section, "a.html", "fr") == "c"
