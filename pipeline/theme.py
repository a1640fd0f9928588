"""The house: a `house.toml` as frozen data, the one source of look for all outputs.

The templates folder holds the default one, and more themes in folders of their own below `themes`.
"""

import base64
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipeline import contrast, files, pictures
from pipeline.model import ImageFile, Placement
from pipeline.problems import BriefError, Problem, problem

TEMPLATES = Path(__file__).parent.parent / "templates"

Colour = Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$")]
Points = Annotated[float, Field(gt=0, le=120)]
Millimetres = Annotated[float, Field(ge=5, le=120)]
Standard = Literal["ua-1", "ua-2"]
"""PDF/UA-1 with PDF/A-3a, or PDF/UA-2 with PDF/A-4f."""
Edge = Literal["top", "side", "none"]
Head = Literal["title", "series", "institute", "none"]


class Part(BaseModel):
    """A table of the house file."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Institute(Part):
    """Who publishes."""

    name: Annotated[str, Field(min_length=1)]
    short: str = ""
    url: str = ""
    base_url: Annotated[str, Field(pattern=r"^(https?://\S+)?$")] = ""
    lang: Annotated[str, Field(pattern=r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$")] = "en"
    """The language of the pages around the briefs."""
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


class Layout(Part):
    """Choices of form that all outputs follow."""

    band: Literal["solid", "tint", "rule"]
    """What series, number and date stand on: the accent, the tint, or below a rule."""
    panel: Edge
    """Where key findings and the like have their thick rule."""
    box: Edge
    """Where boxes have theirs."""
    headings: Literal["plain", "ruled"]
    """Whether a thin rule stands above the headings of sections."""
    heading_colour: Literal["accent", "ink"]
    tables: Literal["lines", "open"]
    """Whether thin lines divide the rows."""
    text: Literal["left", "justified"]


class Heads(Part):
    """What stands at the head and foot of every printed page but the first."""

    left: Head
    right: Head
    foot: Head


class Logo(Part):
    """The institute's sign, which stands for its name on the first page."""

    file: Literal["logo.svg", "logo.png"]
    alt: Annotated[str, Field(min_length=1)]
    height: Annotated[float, Field(ge=5, le=40)]
    """In millimetres."""


class Notes(Part):
    """Where notes stand when the brief does not say."""

    pdf: Placement
    docx: Placement


class Pdf(Part):
    """What standards the PDF meets."""

    standard: Standard = "ua-1"


class New(Part):
    """What a new brief begins with."""

    lang: Annotated[str, Field(pattern=r"^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$")] = "en"
    authors: tuple[str, ...] = ()


class Theme(Part):
    """Everything a renderer needs beside the brief. `folder` holds the templates and fonts."""

    folder: Path
    home: Path
    """The folder of the house file and the logo."""
    institute: Institute
    colour: Colours
    type: Type
    page: Page
    layout: Layout
    heads: Heads
    notes: Notes
    pdf: Pdf = Pdf()
    new: New = New()
    logo: Logo | None = None


def home_of(folder: Path, name: str) -> Path:
    """Return the folder of a theme by its name; the default has none."""
    return folder / "themes" / name if name else folder


def theme_names(folder: Path = TEMPLATES) -> tuple[str, ...]:
    """Return the names of the themes beside the default."""
    return tuple(sorted(file.parent.name for file in folder.glob("themes/*/house.toml")))


def load_theme(folder: Path = TEMPLATES, name: str = "") -> Theme:
    """Read the house file of a theme in a templates folder.

    Raises BriefError with one `house-…` problem per fault, each with the line of its key.
    """
    home = home_of(folder, name)
    file = home / "house.toml"
    if name and name not in theme_names(folder):
        known = ", ".join(theme_names(folder)) or "none"
        raise BriefError([problem("usage-theme", str(file), name=name, known=known)])
    try:
        text = file.read_text(encoding="utf-8")
        theme = Theme.model_validate({"folder": folder, "home": home, **tomllib.loads(text)})
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
    if found := [*_faint(theme, text, str(file)), *_without_files(theme, text, str(file))]:
        raise BriefError(found)
    return theme


def _faint(theme: Theme, text: str, path: str) -> Iterator[Problem]:
    """Yield the pairs of colours that cannot be read on each other in either scheme.

    The solid band has the colour of the page on the accent, the same pair as a link on the page.
    """
    schemes: tuple[tuple[tuple[str, ...], Palette], ...] = (
        (("colour",), theme.colour),
        (("colour", "dark"), theme.colour.dark),
    )
    for table, palette in schemes:
        grounds = {"paper": palette.paper, "tint": palette.tint}
        inks = {"ink": palette.ink, "muted": palette.muted, "accent": palette.accent}
        for key, colour in inks.items():
            for ground, other in grounds.items():
                if contrast.ratio(colour, other) < contrast.TEXT:
                    better = contrast.nearest(colour, grounds.values())
                    hint = f'{key} = "{better}"' if better else f"another {ground}"
                    yield problem(
                        "house-contrast",
                        path,
                        _line_of(text, (*table, key)),
                        key=".".join((*table, key)),
                        ground=".".join((*table, ground)),
                        ratio=f"{int(contrast.ratio(colour, other) * 100) / 100:.2f}",
                        better=hint,
                    )


def _without_files(theme: Theme, text: str, path: str) -> Iterator[Problem]:
    """Yield that the logo which the house names is not there, or is no picture."""
    if theme.logo:
        try:
            pictures.inspect((theme.home / theme.logo.file).read_bytes())
        except (OSError, pictures.Unfit) as error:
            what = error.what if isinstance(error, pictures.Unfit) else "there is no such file"
            line = _line_of(text, ("logo", "file"))
            yield problem("house-logo", path, line, file=theme.logo.file, what=what)


def logo_file(theme: Theme) -> ImageFile | None:
    """Return the picture of the logo, if the house has one."""
    if theme.logo is None:
        return None
    data = (theme.home / theme.logo.file).read_bytes()
    found = pictures.inspect(data)
    return ImageFile(
        file=theme.logo.file,
        media_type=found.media_type,
        width=found.width,
        height=found.height,
        sha256=files.digest(data),
        data=base64.b64encode(data).decode(),
    )


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
