"""The Jinja environment of the web page and of print, and what their templates are given.

Templates come from the templates folder alone. The text of a brief is only ever a value: it is
escaped where it is printed and never compiled.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pipeline import addresses
from pipeline import model as m
from pipeline.renderers.nodes import (
    as_entry,
    described,
    is_hanging,
    is_wide,
    marks,
    pieces,
    places,
)
from pipeline.text import plain
from pipeline.theme import Theme
from pipeline.words import Words, words_for

Medium = Literal["web", "print"]


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
    pictures: Mapping[str, Picture]
    disclaimer: str
    """The house's, for a brief that has none of its own."""


def setting_for(brief: m.Brief, theme: Theme, medium: Medium) -> Setting:
    """Return what the templates need to know about a brief beside its nodes."""
    pictures = {
        image.file: Picture(data_uri(image), image.width, image.height) for image in brief.images
    }
    notes = {note.label: note for note in brief.notes}
    words = words_for(brief.metadata.lang, theme.folder)
    disclaimer = "" if brief.metadata.disclaimer else theme.institute.disclaimer
    return Setting(medium, words, MappingProxyType(notes), MappingProxyType(pictures), disclaimer)


def data_uri(image: m.ImageFile) -> str:
    """Return the picture as an address that holds it (RFC 2397)."""
    return f"data:{image.media_type};base64,{image.data}"


def render(theme: Theme, template: str, **values: object) -> str:
    """Render a template of the theme with the values it names; an undefined one is our mistake."""
    return environment(theme.folder).get_template(template).render(theme=theme, **values)


@cache
def environment(folder: Path) -> Environment:
    """Return the environment of a templates folder; its compiled templates are kept."""
    made = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters |= {
        "plain": plain,
        "as_entry": as_entry,
        "described": described,
        "doi_address": addresses.of_doi,
        "marks": marks,
        "pieces": pieces,
        "places": places,
    }
    made.tests |= {"wide": is_wide, "hanging": is_hanging}
    return made
