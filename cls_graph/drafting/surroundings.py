"""What a site puts around what a page is about: menus, banners of consent, shares, other pages, feet."""

from __future__ import annotations

import re

from cls_graph.drafting.markup import HEADINGS, Element

SKIPPED = frozenset(
    "audio button canvas dialog footer head iframe nav noscript object script select style svg template"
    " textarea"
    " video".split()
)
ROLES = frozenset("navigation search dialog alertdialog contentinfo menu menubar toolbar alert".split())
AROUND = frozenset(
    "breadcrumb breadcrumbs ariane cookie cookies consent rgpd gdpr tarteaucitron didomi axeptio nav"
    " navbar navigation"
    " menu share sharing partage partager social socials related newsletter sidebar widget pagination pager"
    " footer popup modal skip skiplink skiplinks evitement toolbar search recherche".split()
)
"""Words of the class or name of an element that a site puts around what a page is about."""
UNSEEN = frozenset(
    "sr-only visually-hidden visuallyhidden screen-reader-text screen-reader d-none hidden element-invisible"
    " fr-sr-only".split()
)
OTHERS = re.compile(
    r"(?:(?:à|a) (?:lire|voir|découvrir|consulter) (?:aussi|également|ensuite)|lire aussi|voir aussi"
    r"|sur le même (?:sujet|thème)|dans la même (?:rubrique|catégorie)|(?:les )?(?:autres|dernières)"
    r" actualités"
    r"|actualités? (?:liées?|récentes?|associées?|similaires?)|articles?"
    r" (?:liés?|récents?|similaires?|associés?)"
    r"|(?:ces|d'autres) (?:articles|actualités|contenus)\b.*|vous aimerez aussi|partage[rz]\b.*|en ce moment"
    r"|suivez[- ]nous\b.*|restez informés?\b.*|newsletter|lettre d'information|nos réseaux(?: sociaux)?)\W*",
    re.IGNORECASE,
)
"""Headings of what is about something else than the page."""
ENOUGH = 250
"""Characters of the main part of a page, from which on it is read alone."""


def pruned(root: Element) -> Element:
    """The page without what its site puts around it; its main part alone, where it has one."""
    unfolded = {
        target.lstrip("#")
        for one in root.every()
        for name in ("aria-controls", "data-target", "data-bs-target")
        if (target := one.attrs.get(name, ""))
    }
    body = next((one for one in root.every() if one.tag == "body"), root)
    whole = len(body.words())
    main = next((one for one in body.every() if one.tag == "main" or one.attrs.get("role") == "main"), None)
    if main is not None and len(main.words()) >= ENOUGH:
        inside = {id(one) for one in main.every()}
        headers = [one for one in body.every() if one.tag == "header" and id(one) not in inside]
        body = Element("body", {}, [*headers[:1], main])
    _prune(body, unfolded, whole)
    return body


def _prune(body: Element, unfolded: set[str], whole: int) -> None:
    """Take out of an element what is around the page."""
    waiting = [(body, False)]
    while waiting:
        element, heads = waiting.pop()
        kept: list[Element | str] = []
        other = False
        for part in element.parts:
            if isinstance(part, Element):
                other = other and part.tag in ("ul", "ol", "div", "section")
                titled = element.tag in {*HEADINGS, "summary", "dt"}
                if other or _is_around(part, unfolded, whole, heads=heads, titled=titled):
                    continue
                if part.tag in HEADINGS and part.tag != "h1" and OTHERS.fullmatch(part.words()):
                    other = True  # what it heads: a list, or cards
                    continue
                inside = heads or part.tag == "header"
                waiting.append((part, inside and not any(o.tag == "h1" for o in part.every())))
            kept.append(part)
        element.parts = kept


def _is_around(element: Element, unfolded: set[str], whole: int, *, heads: bool, titled: bool) -> bool:
    """Whether an element is no part of what the page is about, or is not seen."""
    tag, attrs = element.tag, element.attrs
    if tag == "button" and titled:
        return False  # the head of what a click unfolds
    if tag in SKIPPED or attrs.get("role", "").lower() in ROLES or (heads and tag in ("ul", "ol")):
        return True
    if tag in ("main", "article", "body", "h1"):
        return False
    classes = attrs.get("class", "").lower().split()
    hides = re.search(r"display\s*:\s*none|visibility\s*:\s*hidden", attrs.get("style", ""), re.IGNORECASE)
    unseen = (
        "hidden" in attrs or attrs.get("aria-hidden") == "true" or hides or not UNSEEN.isdisjoint(classes)
    )
    if unseen and not (attrs.get("id") in unfolded or attrs.get("role") in ("tabpanel", "region")):
        return True
    named = {word for name in (*classes, attrs.get("id", "").lower()) for word in re.split(r"[^a-z]+", name)}
    if tag in ("aside", "form") or not AROUND.isdisjoint(named):
        holds = any(one.tag in ("h1", "main") for one in element.every())
        return not holds and len(element.words()) < 0.5 * whole
    return False
