"""The Jinja environment of the web page, of print and of the book, and what templates are given.

Templates come from the templates folder alone. The text of a brief is only ever a value: it is
escaped where it is printed and never compiled.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pipeline import model as m
from pipeline import walk
from pipeline.renderers.compiled import compiled
from pipeline.renderers.decimals import decimals
from pipeline.renderers.imprint import Imprint, imprint, pictures
from pipeline.renderers.nodes import (
    as_entry,
    count_hanging,
    described,
    ends_in_call,
    is_hanging,
    is_short,
    is_unnamed,
    is_wide,
    marks,
    pieces,
    places,
)
from pipeline.text import plain
from pipeline.theme import Theme, logo_file
from pipeline.words import Words, words_for

Medium = Literal["web", "print", "book"]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as a page shows it: its address and natural size in CSS pixels."""

    address: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Setting:
    """What every macro is given beside its node."""

    medium: Medium
    words: Words
    notes: Mapping[str, m.Note]
    table_notes: Mapping[str, m.TableNote]
    """The notes that tables keep to themselves, by label."""
    pictures: Mapping[str, Picture]
    imprint: Imprint
    logo: Picture | None
    """The institute's sign, if it has one."""


def data_uri(image: m.ImageFile) -> str:
    """Return the picture as an address that holds it (RFC 2397)."""
    return f"data:{image.media_type};base64,{image.data}"


def setting_for(
    brief: m.Brief,
    theme: Theme,
    medium: Medium,
    address_of: Callable[[m.ImageFile], str] = data_uri,
) -> Setting:
    """Return what the templates need to know about a brief beside its nodes.

    `address_of` tells where the page finds a picture.
    """
    notes = {note.label: note for note in brief.notes}
    kept = {note.label: note for note in walk.table_notes(brief)}
    words = words_for(brief.metadata.lang, theme.folder)
    told = imprint(brief, theme, words)
    shown = {
        image.file: Picture(address_of(image), image.width, image.height)
        for image in pictures(brief, told)
    }
    logo = logo_file(theme)
    sign = Picture(data_uri(logo), logo.width, logo.height) if logo else None
    return Setting(
        medium=medium,
        words=words,
        notes=MappingProxyType(notes),
        table_notes=MappingProxyType(kept),
        pictures=MappingProxyType(shown),
        imprint=told,
        logo=sign,
    )


def render(theme: Theme, template: str, **values: object) -> str:
    """Render a template of the theme with the values it names; an undefined one is our mistake."""
    return environment(theme.folder).get_template(template).render(theme=theme, **values)


@cache
def environment(folder: Path) -> Environment:
    """Return the environment of a templates folder; its compiled templates are kept."""
    made = Environment(
        loader=FileSystemLoader(folder),
        bytecode_cache=compiled(),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters |= {
        "plain": plain,
        "as_entry": as_entry,
        "count_hanging": count_hanging,
        "decimals": decimals,
        "described": described,
        "marks": marks,
        "pieces": pieces,
        "places": places,
    }
    made.tests |= {
        "ending_in_call": ends_in_call,
        "hanging": is_hanging,
        "short": is_short,
        "unnamed": is_unnamed,
        "wide": is_wide,
    }
    return made
