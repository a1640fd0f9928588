"""The reference document: the parts that come from the house and not from the brief.

Their XML stands in `templates/word`; all that can be seen in them is a token of `house.toml`.
"""

from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pipeline.languages import direction
from pipeline.renderers.compiled import compiled
from pipeline.renderers.word.xml import legal
from pipeline.theme import Theme

BULLETS = (
    "List Bullet",
    "List Bullet Open",
    "Note List Bullet",
    "Note List Bullet Open",
    "Key Findings",
)
"""The styles that carry a bullet. Their places here are the numbers of their lists."""
STEP = 18.0
"""How far each level of a list or quotation is set in, in points."""
NOTE_STEP = 14.0
"""The same in notes, and the width kept for the number of a note."""
PANEL_PADDING = 200
"""Space between the sides of a panel and its text, in twips."""
Companions = tuple[tuple[str, tuple[str, ...]], ...]
"""For each family of the house those that stand behind it."""
SHEETS = {"A4": (11906, 16838), "Letter": (12240, 15840)}
"""Width and height of a sheet in twips."""


def twips(points: float) -> int:
    """Return twentieths of a point, the unit of lengths in WordprocessingML."""
    return round(points * 20)


def millimetres(length: float) -> int:
    """Return a length in millimetres as twips."""
    return round(length * 1440 / 25.4)


def measure(theme: Theme) -> int:
    """Return the width of the text in twips."""
    return (
        SHEETS[theme.page.size][0] - millimetres(theme.page.inner) - millimetres(theme.page.outer)
    )


def wide_measure(theme: Theme) -> int:
    """Return the width of what opens the page: it leaves as much free as the narrower margin."""
    return measure(theme) + millimetres(abs(theme.page.outer - theme.page.inner))


def hang(theme: Theme) -> int:
    """Return how far what opens the page begins before the text: into a wider inner margin."""
    return millimetres(max(theme.page.inner - theme.page.outer, 0))


def height(theme: Theme) -> int:
    """Return the height of the text in twips."""
    return SHEETS[theme.page.size][1] - millimetres(theme.page.top) - millimetres(theme.page.bottom)


def style_id(name: str) -> str:
    """Return the id of a style; `heading 1` is `Heading1`."""
    return "".join(word[0].upper() + word[1:] for word in name.split())


@lru_cache(maxsize=8)
def environment(theme: Theme) -> Environment:
    """Return the templates of a house, with its tokens as their globals."""
    templates = Environment(
        loader=FileSystemLoader(Path(theme.folder) / "word"),
        bytecode_cache=compiled(),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=lambda value: legal(value) if isinstance(value, str) else value,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters |= {
        "twips": twips,
        "half": lambda points: int(points * 2 + 0.5),
        "hex": lambda colour: colour.removeprefix("#").upper(),
        "style_id": style_id,
    }
    families = {"serif": theme.type.serif, "sans": theme.type.sans}
    templates.globals |= {
        "type": theme.type,
        "palette": theme.colour.model_dump(),
        "institute": theme.institute,
        "faces": {
            "text": families[theme.type.text],
            "headings": families[theme.type.headings],
            "display": theme.type.serif,
        },
        "layout": theme.layout,
        "logo": theme.logo,
        "measure": measure(theme),
        "hang": hang(theme),
        "wide": wide_measure(theme),
        "bullets": BULLETS,
        "step": STEP,
        "note_step": NOTE_STEP,
        "panel_padding": PANEL_PADDING,
    }
    return templates


def part(theme: Theme, template: str, **values: object) -> bytes:
    """Return the part that the template makes, such as `core`, with the values it names."""
    text = environment(theme).get_template(f"{template}.xml.j2").render(values)
    return b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + text.strip().encode()


@lru_cache(maxsize=8)
def styles(theme: Theme, lang: str, others: Companions) -> bytes:
    """Return the styles part for a language; `others` hold scripts that the house's do not."""
    beside = {family: names[0] for family, names in others}
    return part(theme, "styles", lang=lang, rtl=direction(lang) == "rtl", beside=beside)


@lru_cache(maxsize=8)
def palette(theme: Theme) -> bytes:
    """Return the theme part."""
    return part(theme, "theme")
