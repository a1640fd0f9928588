"""Checks of the pictures that a brief carries: a JSON document may have been edited by hand."""

import base64
import hashlib
import unicodedata
from collections.abc import Iterator

from pipeline import fonts, pictures, walk
from pipeline import model as m
from pipeline.checks.subject import Subject
from pipeline.problems import Problem


def shown(subject: Subject) -> Iterator[m.Image]:
    """Yield every picture that is shown."""
    metadata = subject.brief.metadata
    if metadata.hero and metadata.hero.image:
        yield metadata.hero.image
    yield from (author.portrait for author in metadata.authors if author.portrait)
    yield from (inline for inline, _ in subject.inlines if isinstance(inline, m.Image))


def pictures_carried(subject: Subject) -> Iterator[Problem]:
    """A JSON document carries every picture it shows."""
    carried = {file.file for file in subject.brief.images}
    for image in shown(subject):
        if image.file not in carried:
            yield subject.problem("image-unlisted", image.line, image.column, file=image.file)


def pictures_unchanged(subject: Subject) -> Iterator[Problem]:
    """The pictures in a JSON document are the ones it describes, and as safe as it was made."""
    for file in subject.brief.images:
        what = _difference(file)
        if what:
            yield subject.problem("image-changed", 0, file=file.file, what=what)


def _difference(file: m.ImageFile) -> str | None:
    try:
        data = base64.b64decode(file.data, validate=True)
    except ValueError:  # binascii.Error is one, and so is a letter that is not of ASCII.
        return "its data is not Base64"
    if hashlib.sha256(data).hexdigest() != file.sha256:
        return "its digest differs"
    try:
        found = pictures.inspect(data)
    except pictures.Unfit as unfit:
        return unfit.what
    recorded = pictures.Picture(file.media_type, file.width, file.height)
    return None if found == recorded else "its type or size differs"


def drawings_covered(subject: Subject) -> Iterator[Problem]:
    """Every character in a drawing is in one of the fonts."""
    drawings = (file for file in subject.brief.images if file.media_type == "image/svg+xml")
    for file in drawings:
        for char in fonts.missing(_letters(file), [subject.covered]):
            yield subject.problem(
                "image-glyph",
                *_first_shown(subject, file.file),
                file=file.file,
                char=f"U+{ord(char):04X}",
                name=unicodedata.name(char, "unnamed"),
            )


def _letters(file: m.ImageFile) -> str:
    try:
        return pictures.letters(base64.b64decode(file.data))
    except ValueError:
        return ""


def _first_shown(subject: Subject, file: str) -> tuple[int, int]:
    places = ((one.line, one.column) for one in shown(subject) if one.file == file)
    return next(places, (0, 0))


def no_pictures_in_links(subject: Subject) -> Iterator[Problem]:
    """A picture does not stand in a link."""
    for link, _ in subject.inlines:
        for inline in walk.inlines_within(link.content) if isinstance(link, m.Link) else ():
            if isinstance(inline, m.Image):
                yield subject.problem("image-in-link", inline.line, inline.column, file=inline.file)
