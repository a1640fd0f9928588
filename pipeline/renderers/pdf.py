"""Print: a brief to one accessible PDF (PDF/UA) that is its archive (PDF/A), sources inside."""

import base64
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline import codec, walk
from pipeline.fonts import companions
from pipeline.languages import direction, script_of
from pipeline.model import Brief, Image, ImageFile
from pipeline.problems import BriefError, Problem, problem
from pipeline.renderers import imprint
from pipeline.renderers.environment import Picture, render, setting_for
from pipeline.renderers.print.alone import fault, print_alone
from pipeline.renderers.print.archive import Attachment, Metadata
from pipeline.renderers.print.press import Sheet, print_sheet
from pipeline.renderers.print.resources import LOGO, PICTURE, pictures
from pipeline.renderers.webfonts import families
from pipeline.text import plain
from pipeline.theme import Theme, logo_file

MISSING_GLYPH = re.compile(r"unsupported by fonts: .*\(U\+([0-9A-F]{4,6})\)$")
"""What WeasyPrint logs about a character that no font has."""
PICTURE_ADDRESS = re.compile(rf"(?:SVG )?image (?:at )?'?{PICTURE}\d+'?")
DRAWN_PICTURE = re.compile(rf"{PICTURE}(\d+)")
"""How WeasyPrint names a picture that it cannot draw: by its place among the brief's."""


def render_pdf(brief: Brief, theme: Theme) -> bytes:
    """Return the brief as PDF. Raises BriefError when something cannot be printed as it is."""
    printed = print_sheet(sheet(brief, theme))
    path = brief.source.name
    too_tall = [
        problem("note-too-tall", path, note.line, note.column, label=note.label)
        for note in brief.notes
        if note.id in printed.too_tall
    ]
    too_wide = [problem("structure-wide", path, line) for line in printed.too_wide]
    complaints = [_problem(brief, message) for message in printed.complaints]
    if not complaints:
        complaints = [*_faulty(brief, theme)]
    if found := [*too_tall, *too_wide, *complaints]:
        raise BriefError(found)
    return printed.data


def sheet(brief: Brief, theme: Theme) -> Sheet:
    """Return everything that is printed of a brief."""
    meta = brief.metadata
    place = meta.notes.pdf or theme.notes.pdf
    setting = setting_for(brief, theme, "print")
    images = imprint.pictures(brief, setting.imprint)
    logo = replace(setting.logo, address=LOGO) if setting.logo else None
    setting = replace(setting, pictures=_pictures(images), logo=logo)
    markup = render(
        theme,
        "print/brief.html.j2",
        brief=brief,
        setting=setting,
        notes_at_foot=place == "foot",
    )
    return Sheet(
        standard=theme.pdf.standard,
        markup=markup,
        style=_style(theme, brief, markup),
        fonts=theme.folder / "fonts",
        pictures=pictures(images, logo_file(theme)),
        foot_notes={note.calls[0]: note.id for note in brief.notes} if place == "foot" else {},
        metadata=_metadata(brief, theme, setting.imprint),
        attachments=_attachments(brief),
        created=meta.date,
        modified=meta.updated or meta.date,
    )


def _style(theme: Theme, brief: Brief, markup: str) -> str:
    """Return the styles, with families for the scripts of the text behind those they join."""
    style = render(
        theme,
        "print/print.css.j2",
        direction=direction(brief.metadata.lang),
        families=families(theme.type, theme.folder / "fonts"),
    )
    for family, others in companions(theme.folder / "fonts", markup).items():
        style = style.replace(f'"{family}"', ", ".join(f'"{one}"' for one in (family, *others)))
    return style


def _pictures(images: Sequence[ImageFile]) -> dict[str, Picture]:
    """Return the pictures by file, at addresses that only our own fetcher knows."""
    return {
        image.file: Picture(f"{PICTURE}{number}", image.width, image.height)
        for number, image in enumerate(images)
    }


def _metadata(brief: Brief, theme: Theme, told: imprint.Imprint) -> Metadata:
    meta = brief.metadata
    metadata = Metadata(
        title=plain(meta.title),
        authors=[author.name for author in meta.authors],
        description=plain(meta.deck) or None,
        keywords=list(meta.keywords),
        generator="Briefwright",
        created=meta.date.isoformat(),
        modified=(meta.updated or meta.date).isoformat(),
        lang=meta.lang,
    )
    if licence := told.licence:
        short = f" ({licence.short})" if licence.short else ""
        metadata.rights, metadata.terms = licence.name + short, licence.url
    metadata.identifier = told.doi or told.address
    metadata.publisher = theme.institute.name
    return metadata


def _attachments(brief: Brief) -> tuple[Attachment, ...]:
    return (
        Attachment(
            "brief.md",
            "text/markdown",
            "The source of this brief in Markdown",
            "Source",
            brief.source.text.encode(),
        ),
        Attachment(
            f"{brief.slug}.json",
            "application/json",
            "This brief as structured data",
            "Data",
            codec.dump(brief),
        ),
    )


def _problem(brief: Brief, message: str) -> Problem:
    """Return the problem that a message of WeasyPrint stands for."""
    picture = DRAWN_PICTURE.search(message)
    if picture:
        return _broken(brief, brief.images[int(picture[1])].file, message)
    glyph = MISSING_GLYPH.search(message)
    if not glyph:
        return problem("internal-print", brief.source.name, what=message)
    character = chr(int(glyph[1], 16))
    before, found, _ = brief.source.text.partition(character)
    line = before.count("\n") + 1 if found else 0
    column = len(before) - before.rfind("\n") if found else 0
    name = unicodedata.name(character, f"U+{glyph[1]}")
    details = {"char": f"U+{ord(character):04X}", "name": name, "script": script_of(character)}
    return problem("language-glyph", brief.source.name, line, column, **details)


def _faulty(brief: Brief, theme: Theme) -> Iterator[Problem]:
    """Yield a problem for each drawing that prints as nothing, or not as a whole."""
    for image in brief.images:
        if image.media_type == "image/svg+xml":
            data = base64.b64decode(image.data)
            page = print_alone(data, image.width, image.height, theme.folder / "fonts")
            if found := fault(page):
                code, what = found
                place = _first_shown(brief, image.file)
                yield problem(code, brief.source.name, *place, file=image.file, what=what)


def _broken(brief: Brief, file: str, message: str) -> Problem:
    """Return the problem that a picture cannot be drawn."""
    place = _first_shown(brief, file)
    what = PICTURE_ADDRESS.sub("it", message)
    return problem("image-broken", brief.source.name, *place, file=file, what=what)


def _first_shown(brief: Brief, file: str) -> tuple[int, int]:
    shown = (each for each in walk.everything(brief) if isinstance(each, Image))
    return next(((each.line, each.column) for each in shown if each.file == file), (0, 0))
