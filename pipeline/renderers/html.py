"""The web page: one file that holds its styles, fonts and pictures and runs no script."""

import base64
import hashlib

from markupsafe import Markup

from pipeline import languages, walk
from pipeline import model as m
from pipeline.fonts import companions
from pipeline.renderers.environment import render, setting_for
from pipeline.renderers.head import head
from pipeline.renderers.imprint import imprint
from pipeline.renderers.nodes import count_text
from pipeline.renderers.webfonts import VOICES, embedded, stacks
from pipeline.theme import Theme
from pipeline.words import words_for

LEAST_CONTENTS = 2
"""A brief with fewer headings needs no list of them."""
NARROWER = 3
"""How many times the height of text its characters take in the margin, with room between notes."""


def render_html(brief: m.Brief, theme: Theme) -> bytes:
    """Return the brief as an HTML page. Equal input gives equal bytes."""
    body = render_body(brief, theme)
    told = imprint(brief, theme, words_for(brief.metadata.lang, theme.folder))
    found = head(brief, theme, told)
    page = render(
        theme,
        "web/page.html.j2",
        meta=brief.metadata,
        direction=languages.direction(brief.metadata.lang),
        head=found,
        data_digest=_digest(found.data),
        style=as_style(style(brief, body, theme, fits_in_margin(brief))),
        body=Markup(body),
    )
    return page.encode() + b"\n"


def _digest(script: str) -> str:
    """Return the name of a script in a policy (Content Security Policy Level 3, section 2.3.1)."""
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def render_body(brief: m.Brief, theme: Theme) -> str:
    """Return what the page shows: its `body` element."""
    return render(
        theme,
        "web/body.html.j2",
        brief=brief,
        meta=brief.metadata,
        setting=setting_for(brief, theme, "web"),
        contents=contents(brief),
        in_margin=fits_in_margin(brief),
    )


def fits_in_margin(brief: m.Brief) -> bool:
    """Tell whether the notes, set beside the text, would end before it does."""
    said = sum(count_text(note.blocks) for note in brief.notes)
    return 0 < said * NARROWER <= count_text(brief.body)


def contents(brief: m.Brief) -> tuple[m.Heading, ...]:
    """Return the headings of the contents list; none when there are too few to need one."""
    found = (*walk.headings(brief.body), *walk.headings(brief.references))
    return found if len(found) >= LEAST_CONTENTS else ()


def style(brief: m.Brief, body: str, theme: Theme, in_margin: bool) -> str:
    """Return the style sheet of a page with this body, with the fonts that it needs."""
    fonts = theme.folder / "fonts"
    return render(
        theme,
        "web/style.css.j2",
        cuts=embedded(body, theme.type, fonts),
        voices=VOICES,
        families=stacks(theme.type, fonts, body),
        companions=companions(fonts, body),
        notes=brief.notes,
        in_margin=in_margin,
    )


def as_style(css: str) -> Markup:
    """Return CSS for a `style` element, whose text is not escaped (HTML, 13.1.2.6).

    Its values come from the house file, whose colours and numbers have a checked form; the names of
    families are the only free texts.
    """
    if "</" in css:
        raise ValueError("a style sheet cannot hold an end tag")
    return Markup(css)
