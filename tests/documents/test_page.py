"""The text of web pages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashrls.documents.reading import read_document
from flashrls.errors import BadDocument
from tests.documents.looking import headings, read, sentences

LONG = "It goes on for a while with some more words, so that nobody takes it for a menu or an advertisement."


def page(body: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head><title>A page | A site</title>{head}</head><body>{body}</body></html>"


def text_of(body: str) -> str:
    return read(page(body), "page.html").text


def test_headings_keep_their_levels_and_are_lines_of_the_text() -> None:
    body = f"<h1>Sleep <em>and</em> memory</h1><p>{LONG}</p><h2>Stages</h2><p>Short.</p><h4>N1</h4><p>{LONG}</p>"
    document = read(page(body), "page.html")
    assert document.text == f"Sleep and memory\n\n{LONG}\n\nStages\n\nShort.\n\nN1\n\n{LONG}"
    assert headings(document) == [(1, "Sleep and memory"), (2, "Stages"), (4, "N1")]
    assert document.title == "Sleep and memory"


def test_a_page_without_a_heading_of_the_first_level_is_called_by_its_title() -> None:
    assert read(page(f"<h2>Stages</h2><p>{LONG}</p>"), "page.html").title == "A page | A site"


def test_a_fragment_is_called_by_its_file() -> None:
    document = read("<p>Only words. More words.</p>", "on sleep.htm")
    assert document.title == "on sleep"
    assert sentences(document) == ["Only words.", "More words."]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>A <b>bold</b> <a href='x'>link</a>,\n H<sub>2</sub>O.</p>", "A bold link, H2O."),
        ("<p>One<br>two<br/><br/>three</p>", "One\ntwo\n\nthree"),
        ("<ul><li>light<li>deep<ul><li>inner</ul></ul><ol><li>third</ol>", "light\n\ndeep\n\ninner\n\nthird"),
        ("<dl><dt>N1<dd>light sleep</dl>", "N1\n\nlight sleep"),
        ("<div>one</div>two<p>three</p>four", "one\n\ntwo\n\nthree\n\nfour"),
        ("<p>a &lt; b &amp; c&nbsp;d &eacute; &#x1F600;</p>", "a < b & c\xa0d é 😀"),
        ("<p>see:</p><pre>if x:\n    y\n\n  z</pre><p>end</p>", "see:\n\nif x:\n    y\n\n  z\n\nend"),
        ("<p>one</p><!-- <p>gone</p> --><script>if (a<b) {}</script><style>p {}</style><p>two</p>", "one\n\ntwo"),
        ("<p>one<img src=x alt=y><button>Click</button></p><nav>menu</nav><p hidden>gone</p>", "one"),
        ("<p>one</p></body></html><p>behind the end</p>", "one\n\nbehind the end"),
        ('<p>one</p><script src="x.js"/><style />two', "one\n\ntwo"),
        ("<form><p>in a form</p><input value=x></form>", "in a form"),
        ("<p>漢<ruby>字<rp>(</rp><rt>じ</rt></ruby></p>", "漢字"),
    ],
)
def test_a_page_is_read_as_it_is_shown(body: str, text: str) -> None:
    assert text_of(body) == text


def test_rows_of_a_table_are_lines() -> None:
    rows = "<tr><th>Stage<th>Share</tr><tr><td><b>N1.</b> Light<td>5\n%</tr><tr><td>N2</tr>"
    document = read(page(f"<p>Text:</p><table>{rows}</table><table>{rows}</table>"), "page.html")
    assert document.text == ("Text:\n\nStage\tShare\nN1. Light\t5 %\n\nN2\n\nStage\tShare\nN1. Light\t5 %\n\nN2")
    assert "N1. Light\t5 %" in sentences(document)


def test_a_table_for_the_layout_is_read_like_a_page() -> None:
    body = f"<table><tr><td><h2>Stages</h2><p>{LONG}</p><td>beside</table>"
    document = read(page(body), "page.html")
    assert document.text == f"Stages\n\n{LONG}\n\nbeside"
    assert headings(document) == [(2, "Stages")]


def test_marks_for_links_to_a_heading_are_not_part_of_it() -> None:
    body = f"<h2>Stages<a href=#s>¶</a></h2><p>{LONG}</p><h2>Dreams<span>[edit]</span></h2><p>{LONG}</p>"
    assert headings(read(page(body), "page.html")) == [(2, "Stages"), (2, "Dreams")]


MENU = "".join(f"<div><a href=x{at}>Menu entry {at} with a few words</a></div>" for at in range(40))
FOOT = "<p>Copyright by somebody who keeps all rights and says so at length on every page.</p>" + MENU
ARTICLE = (
    "<h2>Stages</h2>"
    + "".join(f"<p>Paragraph {at}. {LONG}</p>" for at in range(6))
    + "<h3>Last</h3>loose<p>End.</p>"
)


@pytest.mark.parametrize("element", ["article", "main", "div id=content", "div class=post"])
def test_what_surrounds_the_text_is_left_out_and_nothing_of_the_text(element: str) -> None:
    body = f"<div class=menu>{MENU}</div><h1>Sleep</h1><{element}>{ARTICLE}</{element.split()[0]}><div>{FOOT}</div>"
    document = read(page(body), "page.html")
    paragraphs = [f"Paragraph {at}. {LONG}" for at in range(6)]
    assert document.text == "\n\n".join(["Sleep", "Stages", *paragraphs, "Last", "loose", "End."])
    assert headings(document) == [(1, "Sleep"), (2, "Stages"), (3, "Last")]


def test_a_plain_page_is_taken_whole_with_what_looks_unimportant() -> None:
    body = f"<h1>Sleep</h1><p>By Ann</p><p>{LONG}</p><p>{LONG}</p><ul><li><a href=x>Links</a></ul><p>End</p>"
    assert text_of(body) == f"Sleep\n\nBy Ann\n\n{LONG}\n\n{LONG}\n\nLinks\n\nEnd"


def test_control_characters_and_surrogates_from_entities_do_no_harm() -> None:
    text = text_of("<p>a&#27;[2J&#0;b&#xD800;c&#133;d&#x202e;e&#7;f&#x9b;g</p>")
    assert not any(ord(char) < 32 or 0x7F <= ord(char) < 0xA0 or 0xD800 <= ord(char) < 0xE000 for char in text)
    assert "\u202e" in text


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<script>document.write('text')</script>",
        "<noscript>Turn on JavaScript.</noscript><div id=root></div>",
        "<img src=a alt=words><input value=words>",
        "<h1>Only a title</h1>",
        "<nav><p>Menu</p></nav>",
    ],
)
def test_a_page_without_text_is_refused(body: str) -> None:
    with pytest.raises(BadDocument) as refusal:
        read(page(body), "page.html")
    assert refusal.value.message == "page.html: there is no readable text in this page."
    assert refusal.value.mend == "If a script writes its text, open it in a browser and save the text from there."


@pytest.mark.parametrize(
    ("markup", "message"),
    [
        ("<p>x</p>" + "<div>" * 100_000 + "y", "its elements are nested more than 2,000 deep."),
        ("<p>x</p>" + "<p>" * 200_000, "it has more than 200,000 elements."),
        ("<p>x</p>" + "<h2>a</h2>" * 20_001, "it has more than 20,000 headings."),
    ],
    ids=["depth", "elements", "headings"],
)
def test_pages_that_no_one_wrote_are_refused(markup: str, message: str) -> None:
    with pytest.raises(BadDocument) as refusal:
        read(markup, "page.html")
    assert refusal.value.message == f"page.html: {message}"


@pytest.mark.parametrize(
    "hostile",
    [
        "<a " * 30_000,
        "<p " + " ".join(f"a{at}=1" for at in range(30_000)) + ">",
        "<table><tr>" + "<td>" * 20_000,
        "<nav></nav>" * 30_000,
        "<p a='" * 30_000,
        "<!--" * 30_000,
        "&" * 100_000,
        "<" * 100_000,
    ],
    ids=["tags", "attributes", "cells", "menus", "quotes", "comments", "ampersands", "brackets"],
)
def test_hostile_markup_hides_no_text_above_it(hostile: str) -> None:
    assert read(page(f"<p>The text is here.</p>{hostile}"), "page.html").text.startswith("The text is here.")


def test_a_long_tag_loses_its_attributes_and_no_text() -> None:
    picture = "A" * 50_000
    assert text_of(f"<p>one</p><p style=\"background: url('data:{picture}>')\" id=x>two</p>") == "one\n\ntwo"


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [("iso-8859-1", "cp1252"), ("Windows-1252", "cp1252"), ("koi8-r", "koi8-r"), ("Shift_JIS", "shift_jis")],
)
def test_a_page_s_own_word_about_its_encoding_counts(charset: str, encoding: str) -> None:
    word = {"cp1252": "“naïve”", "koi8-r": "сон", "shift_jis": "睡眠"}[encoding]
    content = page(f"<p>{word}</p>", f'<meta http-equiv="x" content="text/html; charset={charset}">').encode(
        encoding
    )
    assert read_document(content, "page.html").text == word


@pytest.mark.parametrize(
    "charset", ["utf-8", "rot13", "zlib", "nonsense", "punycode", "iso-8859-12", "windows-1259"]
)
def test_another_encoding_than_the_web_s_is_not_looked_up(charset: str) -> None:
    assert read(page("<p>naïve</p>", f"<meta charset={charset}>"), "page.html").text == "naïve"


def test_the_same_page_gives_the_same_document() -> None:
    markup = page(f"<div>{MENU}</div><article>{ARTICLE}</article>")
    assert read(markup, "page.html") == read(markup, "page.html")


NAMES = st.sampled_from(
    ["p", "h2", "li", "table", "tr", "td", "caption", "b", "code", "pre", "div", "section", "br"]
)
TAGS = st.builds("<{}{}>".format, st.sampled_from(["", "/"]), NAMES)


@given(st.lists(TAGS | st.sampled_from(["x ", "y. ", "\n", "&amp;"]), max_size=19))
def test_any_jumble_of_tags_is_read_with_all_its_words(pieces: list[str]) -> None:
    """Too few letters for a part of it to pass for the text of the page, so that all of it is."""
    document = read(page("<p>0</p>" + "".join(pieces)), "page.html")
    assert document.text.count("x") == sum(piece == "x " for piece in pieces)
    assert document.text.count("y") == sum(piece == "y. " for piece in pieces)
    for heading in document.headings:
        assert "\n" not in document.text[heading.start : heading.end]


def test_words_that_stand_loose_in_an_element_bring_all_of_it() -> None:
    text = text_of("<article><p>start</p>word word word word word <p>word </p></article>")
    assert text == "start\n\nword word word word word\n\nword"
