"""Web pages read back for tests, as a browser builds them, and briefs to make them from."""

from functools import cache
from xml.etree.ElementTree import Element

import html5lib

from pipeline import model as m
from pipeline.renderers.html import render_body, render_html
from pipeline.theme import load_theme
from tests.samples import minimal, sample


def page(brief: m.Brief) -> Element:
    """Read the page as a browser does; what a browser would have to mend is an error."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    tree: Element = parser.parse(render_html(brief, load_theme()).decode())
    return tree


@cache
def sample_page() -> Element:
    return page(sample())


def text(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def find(tree: Element, tag: str | None = None, **wanted: str) -> list[Element]:
    """Return the elements with these attributes; `_` in a name stands for `-`."""
    names = {name.replace("_", "-"): value for name, value in wanted.items()}
    return [
        element
        for element in tree.iter(tag)
        if isinstance(element.tag, str)
        and all(element.get(name) == value for name, value in names.items())
    ]


def one(tree: Element, tag: str | None = None, **wanted: str) -> Element:
    (element,) = find(tree, tag, **wanted)
    return element


def meta(tree: Element, name: str) -> list[str | None]:
    return [element.get("content") for element in find(tree, tag="meta", name=name)]


def brief_with(**fields: object) -> m.Brief:
    """Return the smallest brief with some of its fields replaced."""
    return minimal().model_copy(update=fields)


def with_metadata(**fields: object) -> m.Brief:
    """Return the smallest brief with some of its front matter replaced."""
    return brief_with(metadata=minimal().metadata.model_copy(update=fields))


def style_sheet(brief: m.Brief) -> str:
    return "".join(one.text or "" for one in find(page(brief), tag="style"))


def body(brief: m.Brief) -> Element:
    """Read the body of the page alone, which is quick: no font is made."""
    head = '<!doctype html><html lang="en"><head><title>t</title></head>'
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    tree: Element = parser.parse(f"{head}{render_body(brief, load_theme())}</html>")
    return one(tree, tag="body")
