"""Changes as sentences: « signataire ajouté : CAF de la Drôme », "period end 2027 -> 2028"."""

from __future__ import annotations

from pyoxigraph import NamedNode

from cls_graph.changes.comparing import Comparison, Group
from cls_graph.changes.differences import CHANGED, MOVED, REKEYED, WITHDRAWN, Change
from cls_graph.changes.items import BELOW, BESIDE, COMMUNES, Item, Quoted
from cls_graph.changes.names import Names, short
from cls_graph.changes.words import ELEMENTS, FIELDS, PARTS, Noun, contract, done, noun_in
from cls_graph.errors import Text
from cls_graph.namespaces import CLS, DCTERMS, FOAF, RDFS, SKOS
from cls_graph.rdf import AnyTerm
from cls_graph.records.revisions import INITIAL

LANGUAGES = ("fr", "en")
_COLON = {"fr": " : ", "en": ": "}
_RENAMING = frozenset(
    ["title", "label", SKOS + "prefLabel", RDFS + "label", DCTERMS + "title", FOAF + "name"]
)
_MARKS = {"fr": "« {} »", "en": "'{}'"}
_LONGEST = 160


class Wording:
    """Says the changes of one comparison."""

    def __init__(self, comparison: Comparison) -> None:
        self.names = Names(comparison)
        self._contract = contract(comparison.new.kind)

    def head(self, group: Group, lang: str) -> str:
        """What a group is about, by name and key: ``Valence (26362-3)``."""
        if group.kind == "contract":
            place = self.names.place(group.iri, lang) or self._former_place(group, lang)
            title = self.names.of(group.iri, lang)
            return f"{place or title} ({group.key})"
        if group.kind in ("dataset", "ontology", "vocab", "shapes", "rules"):
            return noun_in(PARTS[group.kind], lang).capitalize()
        return f"{self.names.of(group.iri, lang)} ({group.key})"

    def short(self, group: Group, lang: str) -> str:
        """What a sentence that stands alone begins with: ``Valence``."""
        return self.head(group, lang).rpartition(" (")[0] or self.head(group, lang)

    def _former_place(self, group: Group, lang: str) -> str:
        parent = group.iri.rpartition("/")[0]
        return self.names.place(f"{parent}/{group.former}", lang) if group.former else ""

    def became(self, group: Group) -> Text | None:
        """What became of the thing itself; ``None`` where it is there before and after."""
        noun = self._part(group.kind)
        found: Text = {}
        for lang in LANGUAGES:
            if group.action == CHANGED:
                return None
            if group.action == REKEYED:
                key = {"fr": "clé {} -> {}", "en": "key {} -> {}"}[lang]
                found[lang] = key.format(group.former, group.key)
                continue
            title = _cut(self.names.of(group.iri, lang, before=group.action == WITHDRAWN))
            found[lang] = f"{noun_in(noun, lang)} {done(group.action, noun, lang)}{_COLON[lang]}{title}"
        return found

    def say(self, group: Group, change: Change) -> Text:
        """One change in both languages, without the thing that it is about."""
        return {lang: self._say(group, change, lang) for lang in LANGUAGES}

    def _say(self, group: Group, change: Change, lang: str) -> str:
        before, after = (side.get(change.item) for side in group.items)
        item = after or before
        if change.part in ("other", "dataset"):
            return self._unnamed(change, lang)
        if item is None:
            return f"{noun_in(PARTS['other'], lang)} {done(change.action, PARTS['other'], lang)}"
        if renames(change):
            noun = self._noun(item)
            told = f"{noun_in(noun, lang)} {done('renamed', noun, lang)}{_COLON[lang]}"
            return self._within(item, group, lang) + told + self._values(change, group, lang)
        about = self._about(item, group, lang)
        if change.quotes != (None, None):
            return about + self._quote(change, lang)
        if change.slot:
            return about + self._field(change, group, lang)
        noun = self._noun(item)
        label = self._label(item, lang, before=after is None)
        holds = self._holds(item, group, lang, before=after is None)
        told = f"{self._within(item, group, lang)}{noun_in(noun, lang)} {done(change.action, noun, lang)}"
        more = " ".join(filter(None, (label, f"({holds})" if holds and label else holds)))
        return told + (f"{_COLON[lang]}{more}" if more else "")

    def _holds(self, item: Item, group: Group, lang: str, *, before: bool) -> str:
        """What a thing that came or went says, where its name alone does not tell it: an amendment."""
        told = []
        for slot in _TOLD_WITH.get(item.part, ()):
            if terms := sorted(item.fields.get(slot, ()), key=str):
                noun = noun_in(self._field_noun(slot, lang, item.part)[0], lang)
                values = ", ".join(self._term(t, group, lang, before=before) for t in terms)
                told.append(values if slot in _BARE else f"{noun}{_COLON[lang]}{values}")
        return {"fr": " ; ", "en": "; "}[lang].join(told)

    def _within(self, item: Item, group: Group, lang: str) -> str:
        """The programme element that an indicator or a budget is of."""
        if item.part not in BELOW:
            return ""
        iri = item.iri.rsplit("/", 2)[0]
        parent = group.items[1].get(iri) or group.items[0].get(iri)
        return self._about(parent, group, lang) if parent is not None else ""

    def _unnamed(self, change: Change, lang: str) -> str:
        if change.part == "dataset":
            noun = FIELDS[change.slot]
            return f"{noun_in(noun, lang)} {done(CHANGED, noun, lang)}"
        return {"fr": "autres énoncés modifiés", "en": "other statements changed"}[lang]

    def _about(self, item: Item, group: Group, lang: str) -> str:
        """The item that a change of a field is in, where that is not the thing itself."""
        if item.iri == group.iri:
            return ""
        noun, label = noun_in(self._noun(item), lang), self._label(item, lang)
        if label.lower().startswith(noun):
            noun, label = _lower(label), ""  # "Avenant n° 1" is called one
        return self._within(item, group, lang) + noun + (f" {label}" if label else "") + _COLON[lang]

    def _noun(self, item: Item) -> Noun:
        kind = getattr(item.one("type"), "value", "") if item.part == "element" else ""
        if kind:
            return ELEMENTS.get(kind.removeprefix(CLS), PARTS["element"])
        role = item.one("role") if item.part == "engagement" else None
        if isinstance(role, NamedNode):
            french, english = (self.names.of(role.value, lang) for lang in LANGUAGES)
            return _lower(french), "m", _lower(english)
        return self._part(item.part)

    def _part(self, name: str) -> Noun:
        return self._contract if name == "contract" else PARTS.get(name, PARTS["other"])

    def _label(self, item: Item, lang: str, *, before: bool = False) -> str:
        """What an item is known by among those of its kind."""
        for slot in _LABELS.get(item.part, ()):
            term = item.one(slot)
            if term is not None:
                words = self.names.term(term, lang, before=before)
                return _cut(words) + self._more(item, lang)
        if item.part == COMMUNES:
            return ""
        own = item.iri.rpartition("/")[2]
        return self.names.of(item.iri, lang, before=before) if item.part in ("term", "other") else own

    def _more(self, item: Item, lang: str) -> str:
        """What tells an item from others of its name: a date, a number, an amount in its currency."""
        slots = (_MORE[item.part], "currency") if item.part in _MORE else ()
        said = [self.names.term(term, lang) for slot in slots if (term := item.one(slot)) is not None]
        return f" ({_cut(' '.join(said))})" if said else ""

    def _field(self, change: Change, group: Group, lang: str) -> str:
        noun, about = self._field_noun(change.slot, lang, change.part)
        values = self._values(change, group, lang)
        if change.action == CHANGED:
            return f"{about}{noun_in(noun, lang)} {values}"
        return f"{about}{noun_in(noun, lang)} {done(change.action, noun, lang)}{_COLON[lang]}{values}"

    def _values(self, change: Change, group: Group, lang: str) -> str:
        """The values before, after, or both with an arrow."""
        old = ", ".join(self._term(t, group, lang, before=True) for t in change.old)
        new = ", ".join(self._term(t, group, lang) for t in change.new)
        return f"{old} -> {new}" if old and new else old or new

    def _term(self, term: AnyTerm, group: Group, lang: str, *, before: bool = False) -> str:
        """A value in words; a part of the same contract by what it is known by."""
        iri = getattr(term, "value", "") if isinstance(term, NamedNode) else ""
        if iri.endswith(f"/{INITIAL}"):
            return {"fr": "état d'origine", "en": "original state"}[lang]
        for side in group.items if before else reversed(group.items):
            if iri != group.iri and iri in side:
                return self._label(side[iri], lang, before=before)
        return _cut(self.names.term(term, lang, before=before))

    def _field_noun(self, slot: str, lang: str, part: str = "") -> tuple[Noun, str]:
        """The noun of a slot, and what it is said of where it is said of another field."""
        fact, _, value = slot.partition("|")
        if f"{part}.{slot}" in FIELDS:
            return FIELDS[f"{part}.{slot}"], ""
        if slot in FIELDS:
            return FIELDS[slot], ""
        if slot.endswith(BESIDE):
            name = slot.rpartition(".")[0]
            noun, about = self._field_noun(name, lang, part)
            return FIELDS[slot.rpartition(".")[2]], f"{about}{noun_in(noun, lang)}{_COLON[lang]}"
        if value:
            words = self.names.of(value, lang)
            noun = self._field_noun(fact, lang, part)[0]
            return (f"{noun[0]} {words}", noun[1], f"{noun[2]} {words}"), ""
        if fact.startswith("period."):
            return FIELDS["period"], ""
        french, english = (_lower(self.names.of(slot, code)) for code in LANGUAGES)
        return (f"énoncé « {french} »", "m", f"statement '{english}'"), ""

    def _quote(self, change: Change, lang: str) -> str:
        old, new = change.quotes
        quote = new or old
        assert quote is not None
        about = ""
        if change.slot:
            noun, more = self._field_noun(change.slot, lang, change.part)
            about = f"{more}{noun_in(noun, lang)}{_COLON[lang]}"
        noun = ("citation", "f", "quote")
        words = _MARKS[lang].format(_cut(quote.exact)) if quote.exact else ""
        if old is not None and old.exact not in ("", quote.exact):
            words = f"{_MARKS[lang].format(_cut(old.exact))} -> {words}"
        if change.action == MOVED and old is not None:
            where = f"{_place(old)} -> {_place(quote)}"
        else:
            where = f"({', '.join(part for part in (short(quote.document), _place(quote)) if part)})"
        told = f"{noun_in(noun, lang)} {done(change.action, noun, lang)}{_COLON[lang]}"
        return about + told + " ".join(part for part in (words, where) if part)


_LABELS = {
    "engagement": ("party", "name_as_stated", "kind"),
    "element": ("label", "code"),
    "milestone": ("type",),
    "funding": ("funder",),
    "count": ("item",),
    "framework": ("framework", "name_as_stated"),
    "revision": ("title",),
    "indicator": ("label",),
    "budget": ("funder", "purpose"),
    "alternative-period": ("period.begin", "period.end"),
    "post": (DCTERMS + "title",),
    **dict.fromkeys(("organisation", "person", "document", "territory"), ()),
}
_MORE = {"milestone": "stated_date", "funding": "amount", "budget": "amount", "count": "value"}
_PERIOD = ("period.begin", "period.end", "period.duration")
_TOLD_WITH = {
    "revision": (
        *_PERIOD, "in_force", "added_parties", "ended_parties", "added_elements", "removed_elements",
        "description",
    ),
    "indicator": ("target", "target_year", "value", "year"),
    COMMUNES: (CLS + "listsCommune",),
}  # fmt: skip
"""What is told beside the name of a thing that came or went."""
_BARE = frozenset([CLS + "listsCommune"])


def renames(change: Change) -> bool:
    """Whether a change gives an item another name."""
    return change.action == CHANGED and change.slot in _RENAMING


def _place(quote: Quoted) -> str:
    return f"{quote.start}-{quote.end}" if quote.start or quote.end else ""


def _lower(words: str) -> str:
    """A label inside a sentence; acronyms stay."""
    return words[:1].lower() + words[1:] if words[1:2].islower() else words


def _cut(words: str) -> str:
    """On one line, without what would steer a terminal, and not too long; every space counts in a change."""
    words = "".join(sign if sign.isprintable() else " " for sign in words)
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"
