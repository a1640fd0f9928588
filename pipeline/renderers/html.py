"""The web page: one file that holds its styles, fonts and pictures and runs no script."""

from markupsafe import Markup

from pipeline import languages, walk
from pipeline import model as m
from pipeline.fonts import companions
from pipeline.renderers.environment import render, setting_for
from pipeline.renderers.head import head
from pipeline.renderers.imprint import imprint
from pipeline.renderers.webfonts import VOICES, embedded, stacks
from pipeline.theme import Theme
from pipeline.words import words_for

LEAST_CONTENTS = 2
"""A brief with fewer headings needs no list of them."""


def render_html(brief: m.Brief, theme: Theme) -> bytes:
    """Return the brief as an HTML page. Equal input gives equal bytes."""
    body = render_body(brief, theme)
    told = imprint(brief, theme, words_for(brief.metadata.lang, theme.folder))
    page = render(
        theme,
        "web/page.html.j2",
        meta=brief.metadata,
        direction=languages.direction(brief.metadata.lang),
        head=head(brief, theme, told),
        style=_as_style(_style(body, theme)),
        body=Markup(body),
    )
    return page.encode() + b"\n"


def render_body(brief: m.Brief, theme: Theme) -> str:
    """Return what the page shows: its `body` element."""
    return render(
        theme,
        "web/body.html.j2",
        brief=brief,
        meta=brief.metadata,
        setting=setting_for(brief, theme, "web"),
        contents=contents(brief),
    )


def contents(brief: m.Brief) -> tuple[m.Heading, ...]:
    """Return the headings of the contents list; none when there are too few to need one."""
    found = tuple(walk.headings(brief.body))
    return found if len(found) >= LEAST_CONTENTS else ()


def _style(body: str, theme: Theme) -> str:
    fonts = theme.folder / "fonts"
    return render(
        theme,
        "web/style.css.j2",
        cuts=embedded(body, theme.type, fonts),
        voices=VOICES,
        families=stacks(theme.type, fonts, body),
        companions=companions(fonts, body),
    )


def _as_style(css: str) -> Markup:
    """Return CSS for a `style` element, whose text is not escaped (HTML, 13.1.2.6).

    Its values come from the house file, whose colours and numbers have a checked form; the names of
    families are the only free texts.
    """
    if "</" in css:
        raise ValueError("a style sheet cannot hold an end tag")
    return Markup(css)
