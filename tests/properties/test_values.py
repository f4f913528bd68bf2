"""Properties that hold for any date, span of a text, Accept header and number of pages."""

from __future__ import annotations

import datetime
import itertools

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from cls_graph.errors import NotAcceptable
from cls_graph.evidence import positions
from cls_graph.media import DATASETS, FORMATS, GRAPHS, SOLUTIONS, Format, by_name, choose, negotiate, of_file
from cls_graph.publication.catalogue import page
from cls_graph.records.facts import Evidence
from cls_graph.records.lexical import date_datatype
from cls_graph.release.versions import numbers, order

DAYS = st.dates(datetime.date(1000, 1, 1), datetime.date(2999, 12, 31))
QUOTES = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1)
TYPES = [t for f in FORMATS for t in (f.media_type, *f.aliases)]


# --- dates at the precision that is known


@given(DAYS)
def test_a_day_its_month_and_its_year_are_dates(day: datetime.date) -> None:
    text = day.isoformat()
    assert date_datatype(text) == "date"
    assert date_datatype(text[:7]) == "gYearMonth"
    assert date_datatype(text[:4]) == "gYear"
    assert date_datatype("-" + text[4:]) == "gMonthDay"


@given(st.integers(1000, 2999), st.integers(0, 99), st.integers(0, 99))
@example(2023, 2, 29)
@example(2024, 2, 29)
@example(2025, 13, 1)
def test_a_day_that_no_calendar_has_is_no_date(year: int, month: int, day: int) -> None:
    try:
        datetime.date(year, month, day)
    except ValueError:
        expected = None
    else:
        expected = "date"
    assert date_datatype(f"{year}-{month:02}-{day:02}") == expected


@given(st.text(alphabet="0123456789-٣２ \n+", max_size=12))
@example("２０２５")
@example("2025\n")
def test_what_is_a_date_is_written_in_plain_digits_and_nothing_else(text: str) -> None:
    if date_datatype(text) is not None:
        assert text.isascii()
        assert text == text.strip()


# --- where a quote stands in its text


@pytest.mark.slow
@given(st.text(), QUOTES, st.text())
@example("", "aa", "a")
@example("🎉\r\n", "é", "e\u0301")
def test_a_quote_is_found_where_it_stands(before: str, quote: str, after: str) -> None:
    text, span = before + quote + after, (len(before), len(before) + len(quote))
    found = positions(text, Evidence(document="d", quote=quote))
    assert span in found
    assert {text[start:end] for start, end in found} == {quote}
    assert found == sorted(set(found))


@given(st.text(alphabet="abé", max_size=30), st.integers(0, 29), st.integers(1, 6), st.integers(1, 5))
def test_a_prefix_and_a_suffix_never_lose_the_place(text: str, at: int, length: int, around: int) -> None:
    quote = text[at : at + length]
    assume(quote)
    end = at + len(quote)
    evidence = Evidence(
        document="d",
        quote=quote,
        prefix=text[max(0, at - around) : at] or None,
        suffix=text[end : end + around] or None,
    )
    found = positions(text, evidence)
    assert (at, end) in found
    assert set(found) <= set(positions(text, Evidence(document="d", quote=quote)))


# --- negotiation (RFC 9110, section 12.5.1)

RANGES = st.lists(
    st.tuples(
        st.sampled_from([*TYPES, "*/*", "text/*", "application/*", "image/png"]),
        st.sampled_from(["", ";q=1", ";q=0.5", "; Q=0.1", ";q=0", ";charset=utf-8;q=0.3", ";q=x"]),
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda pair: pair[0],
)


@given(RANGES, st.lists(st.sampled_from(TYPES), min_size=1, max_size=5, unique=True))
def test_the_order_the_case_and_the_spaces_of_a_header_do_not_matter(
    ranges: list[tuple[str, str]], offered: list[str]
) -> None:
    chosen = negotiate(",".join(media + rest for media, rest in ranges), offered)
    for several in itertools.islice(itertools.permutations(ranges), 6):
        header = " , ".join((media.upper() + rest) for media, rest in several)
        assert negotiate(header, offered) == chosen


@given(RANGES, st.lists(st.sampled_from(TYPES), min_size=1, max_size=5, unique=True))
def test_what_is_refused_is_never_chosen(ranges: list[tuple[str, str]], offered: list[str]) -> None:
    chosen = negotiate(",".join(media + rest for media, rest in ranges), offered)
    refused = {media for media, rest in ranges if rest in (";q=0", ";q=x")}
    assert chosen not in refused
    whole = {media for media, rest in ranges if rest in ("", ";q=1")}
    wanted = [media for media in offered if media in whole]
    if wanted:
        assert chosen in whole or any(r in whole for r in ("*/*", "text/*", "application/*"))
    if chosen is None:
        assert not wanted


@given(st.text(max_size=60))
@example("text/turtle;q=nan")
@example(",;,=;q=")
def test_any_header_gives_a_format_or_the_list_of_them(header: str) -> None:
    for among in (SOLUTIONS, GRAPHS, DATASETS):
        offered = [t for f in among for t in (f.media_type, *f.aliases)]
        if negotiate(header, offered) is not None:
            assert choose(header, among) in among
            continue
        with pytest.raises(NotAcceptable) as caught:
            choose(header, among)
        assert caught.value.extra["available"] == [f.media_type for f in among]


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_a_format_is_known_by_its_name_extension_and_type(form: Format) -> None:
    for name in (form.name, form.extension, form.media_type):
        assert by_name(f" {name.upper()} ", [form]) is form


@given(st.text(max_size=20))
def test_any_name_of_a_file_has_a_media_type(name: str) -> None:
    assert "/" in of_file(name)


# --- pages of a list


@given(st.sets(st.text(max_size=5)), st.integers(1, 7))
def test_the_pages_hold_each_dataset_once_and_the_whole_first(datasets: set[str], size: int) -> None:
    shown = [page(datasets, "whole", number, size) for number in range(1, len(datasets) + 2)]
    held = [iri for one in shown if one for iri in one.datasets]
    assert sorted(held) == sorted(datasets)
    assert held[:1] == (["whole"] if "whole" in datasets else sorted(datasets)[:1])
    pages = [one for one in shown if one]
    assert {one.pages for one in pages} == {len(pages)}
    assert all(len(one.datasets) == size for one in pages[:-1])
    assert page(datasets, "whole", len(pages) + 1, size) is None
    assert page(datasets, "whole", 0, size) is None


# --- versions (Semantic Versioning 2.0.0, item 11)

PARTS = st.tuples(st.integers(0, 30), st.integers(0, 30), st.integers(0, 30))


@given(PARTS, PARTS)
def test_versions_are_in_the_order_of_their_numbers(one: tuple[int, ...], two: tuple[int, ...]) -> None:
    first, second = (".".join(map(str, parts)) for parts in (one, two))
    assert numbers(first) == one
    assert (order(first) < order(second)) == (one < two)
    assert order(f"{first}-rc.1") < order(first)


@given(st.text(max_size=12))
def test_any_text_has_a_place_among_versions(text: str) -> None:
    assert (order(text) > order("0.0.0")) or numbers(text) in (None, (0, 0, 0))
