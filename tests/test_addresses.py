"""Pins the one form of an address: ASCII as RFC 3986 has it, whatever the author wrote."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import addresses


@pytest.mark.parametrize(
    ("written", "uri"),
    [
        ("https://müller.de/", "https://xn--mller-kva.de/"),
        ("https://MÜLLER.de:8080/ä", "https://xn--mller-kva.de:8080/%C3%A4"),
        ("https://faß.de?q=ß#é", "https://xn--fa-hia.de?q=%C3%9F#%C3%A9"),
        ("http://пример.рф/a%20я", "http://xn--e1afmkfd.xn--p1ai/a%20%D1%8F"),
        ("mailto:ö@ä.org,b@c.org?body=Ü%20", "mailto:%C3%B6@xn--4ca.org,b@c.org?body=%C3%9C%20"),
        ("https://example.org/a_(b)|c", "https://example.org/a_(b)|c"),
        ("#é", "#é"),
        ("https://-ä-.de/", "https://-ä-.de/"),
        ("https://example.org/é\u200b", "https://example.org/%C3%A9\u200b"),
    ],
)
def test_an_address_becomes_a_uri_and_what_cannot_be_one_stays(written: str, uri: str) -> None:
    assert addresses.uri(written) == uri


@given(st.text(max_size=30))
def test_a_uri_is_made_once(rest: str) -> None:
    once = addresses.uri(f"https://example.org/{rest}")
    assert addresses.uri(once) == once


@pytest.mark.parametrize(
    ("uri", "written"),
    [
        ("https://e.org/%D0%BA%D0%BB%D1%8E%D1%87?a=%C3%9F", "https://e.org/ключ?a=ß"),
        ("https://e.org/a%20b%2Fc%D0", "https://e.org/a%20b%2Fc%D0"),
        ("https://e.org/%E2%80%9C%C2%A0", "https://e.org/%E2%80%9C%C2%A0"),
        ("https://e.org/%c3%a9", "https://e.org/%c3%a9"),
    ],
)
def test_an_address_is_written_as_people_write_it(uri: str, written: str) -> None:
    assert addresses.readable(uri) == written


@given(st.text(max_size=30))
def test_a_readable_address_is_the_same_address(rest: str) -> None:
    once = addresses.uri(f"https://example.org/{rest}")
    assert addresses.uri(addresses.readable(once)) == once


@pytest.mark.parametrize(
    ("doi", "uri"),
    [
        ("10.1234/ключ", "https://doi.org/10.1234/%D0%BA%D0%BB%D1%8E%D1%87"),
        ("10.1002/(SICI)1;2-3", "https://doi.org/10.1002/(SICI)1;2-3"),
        ("10.1234/a#b?c", "https://doi.org/10.1234/a%23b%3Fc"),
    ],
)
def test_the_address_of_a_doi(doi: str, uri: str) -> None:
    assert addresses.of_doi(doi) == uri
