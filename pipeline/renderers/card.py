"""The picture that other sites show beside a link to the web page."""

from pipeline import model as m
from pipeline.renderers.environment import render
from pipeline.renderers.print.pixels import as_png
from pipeline.text import plain
from pipeline.theme import Theme

WIDTH = 1200
"""Pixels across; the height is that of the template's page, 630."""


def render_card(brief: m.Brief, theme: Theme) -> bytes:
    """Return the card as PNG: title, series, institute and authors in the colours of the house."""
    meta = brief.metadata
    page = render(
        theme,
        "card/card.html.j2",
        meta=meta,
        title=plain(meta.title),
        authors=", ".join(author.name for author in meta.authors),
    )
    return as_png(page, theme, WIDTH, {})
