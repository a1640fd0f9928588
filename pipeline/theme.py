"""The house: `templates/house.toml` as frozen data, the one source of look for all outputs."""

import tomllib
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipeline.model import Placement
from pipeline.problems import BriefError, problem

TEMPLATES = Path(__file__).parent.parent / "templates"

Colour = Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$")]
Points = Annotated[float, Field(gt=0, le=120)]
Millimetres = Annotated[float, Field(ge=5, le=120)]
Standard = Literal["ua-1", "ua-2"]
"""PDF/UA-1 with PDF/A-3a, or PDF/UA-2 with PDF/A-4f."""


class Part(BaseModel):
    """A table of the house file."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Institute(Part):
    """Who publishes."""

    name: Annotated[str, Field(min_length=1)]
    short: str = ""
    url: str = ""
    base_url: Annotated[str, Field(pattern=r"^(https?://\S+)?$")] = ""
    about: str = ""
    disclaimer: str = ""


class Palette(Part):
    """The colours of one scheme."""

    ink: Colour
    muted: Colour
    paper: Colour
    accent: Colour
    tint: Colour
    rule: Colour


class Colours(Palette):
    """The light scheme, used in print and Word too, and the dark one of the web page."""

    dark: Palette


class Type(Part):
    """Type families and sizes in points."""

    serif: str
    sans: str
    mono: str
    text: Literal["serif", "sans"]
    headings: Literal["serif", "sans"]
    size: Points
    leading: Points
    note_size: Points
    note_leading: Points
    scale: tuple[Points, Points, Points, Points, Points, Points, Points]


class Page(Part):
    """The sheet and its margins in millimetres."""

    size: Literal["A4", "Letter"]
    top: Millimetres
    bottom: Millimetres
    inner: Millimetres
    outer: Millimetres


class Notes(Part):
    """Where notes stand when the brief does not say."""

    pdf: Placement
    docx: Placement


class Pdf(Part):
    """What standards the PDF meets."""

    standard: Standard = "ua-1"


class Theme(Part):
    """Everything a renderer needs beside the brief. `folder` holds the templates and fonts."""

    folder: Path
    institute: Institute
    colour: Colours
    type: Type
    page: Page
    notes: Notes
    pdf: Pdf = Pdf()


def load_theme(folder: Path = TEMPLATES) -> Theme:
    """Read `house.toml` of a templates folder.

    Raises BriefError with one `house-…` problem per fault, each with the line of its key.
    """
    file = folder / "house.toml"
    try:
        text = file.read_text(encoding="utf-8")
        return Theme.model_validate({"folder": folder, **tomllib.loads(text)})
    except (OSError, UnicodeDecodeError) as error:
        raise BriefError([problem("house-unreadable", str(file), what=str(error))]) from None
    except tomllib.TOMLDecodeError as error:
        raise BriefError([problem("house-syntax", str(file), what=str(error))]) from None
    except ValidationError as error:
        faults = error.errors(include_url=False, include_context=False)
        raise BriefError(
            [
                problem(
                    "house-value",
                    str(file),
                    _line_of(text, fault["loc"]),
                    key=".".join(map(str, fault["loc"])),
                    what=fault["msg"],
                )
                for fault in faults
            ]
        ) from None


def _line_of(text: str, location: tuple[int | str, ...]) -> int:
    """Return the line of a key in the house file, or of its table, or 1."""
    table = ".".join(str(step) for step in location[:-1] if isinstance(step, str))
    key = next((str(step) for step in reversed(location) if isinstance(step, str)), "")
    current, found = "", 1
    for number, line in enumerate(text.splitlines(), start=1):
        bare = line.split("#")[0].strip()
        if bare.startswith("["):
            current = bare.strip("[]")
            found = number if current == table else found
        elif current == table and bare.split("=")[0].strip() == key:
            return number
    return found
