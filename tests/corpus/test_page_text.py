"""From bytes to text in document order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import SourceError
from corpus.pagetext import html_to_text, read_page_text


def test_markup_gives_blocks_in_document_order_without_scripts() -> None:
    markup = """<html><head><title>t</title><style>p{}</style></head><body><nav>Menu</nav>
    <div>One <b>bold</b> word<span>6.40</span><span>0.05</span><p>Para<br>graph</p>tail</div>
    <script>var a = "<p>not text</p>";</script><!-- nor this --><ul><li>a<li>b</ul></body></html>"""
    assert html_to_text(markup).split("\n\n") == ["Menu", "One bold word6.400.05", "Para\ngraph", "tail", "a", "b"]


@pytest.mark.parametrize(
    "markup",
    [
        '<html><link rel="canonical" href="https://ocindex.net/2021/country/peru"><body>x</body></html>',
        '<html><meta property="og:url" content="https://ocindex.net/2021/country/peru"><body>x</body></html>',
        "<!-- saved from url=(0039)https://ocindex.net/2021/country/peru --><html><body>x</body></html>",
    ],
)
def test_the_address_is_the_one_the_page_gives_for_itself(markup: str) -> None:
    other = '<a href="https://ocindex.net/2025/country/chile">Chile</a>'
    assert read_page_text(markup.replace("x<", other + "x<").encode()).address == "https://ocindex.net/2021/country/peru"


def test_a_link_to_another_page_is_not_the_address() -> None:
    page = read_page_text(b'<html><body><a href="https://ocindex.net/2025/country/chile">Chile</a></body></html>')
    assert page.address == ""


def test_a_text_may_name_its_source_on_a_line() -> None:
    assert read_page_text(b"Source: https://ocindex.net/2023/country/chad\nProfile\n").address.endswith("/2023/country/chad")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_in_its_usual_encodings_is_read(encoding: str) -> None:
    assert read_page_text("Côte d’Ivoire".encode(encoding)).text.strip() == "Côte d’Ivoire"


def test_a_declared_encoding_is_followed() -> None:
    assert "Pérou" in read_page_text('<html><meta charset="windows-1252"><body>Pérou</body></html>'.encode("cp1252")).text


@pytest.mark.parametrize(
    ("data", "says", "place"),
    [
        (b"", "empty", ""),
        (b" \n\t ", "empty", ""),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00", "zero bytes", "byte 8"),
        ("ok\nCôte".encode("cp1252"), "not valid utf-8", "line 2"),
        ("a\nb\nThe state’s".encode().decode("cp1252").encode(), "saved in the wrong encoding", "line 3"),
        ("lost \ufffd".encode(), "letters were lost", "line 1"),
        (b'<html><meta charset="klingon"><body>x</body></html>', "unknown encoding, 'klingon'", ""),
    ],
)
def test_what_is_no_readable_text_is_refused_with_its_place(data: bytes, says: str, place: str) -> None:
    with pytest.raises(SourceError, match=says) as caught:
        read_page_text(data)
    assert caught.value.place == place


@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_our_own_error(data: bytes) -> None:
    try:
        assert read_page_text(data).text.strip()
    except SourceError as error:
        assert error.message


@given(st.text(alphabet="<>/divpspanscript=\"' x\n&;!-", max_size=300))
def test_any_markup_gives_text(markup: str) -> None:
    assert isinstance(html_to_text(f"<html><body>{markup}</body></html>"), str)


def test_deeply_nested_markup_is_no_trouble() -> None:
    assert html_to_text("<html><body>" + "<div>" * 20_000 + "deep" + "</div>" * 20_000).strip() == "deep"
