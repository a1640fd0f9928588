"""Pictures that go beside a text as files, for formats that do not hold them within it."""

import base64
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline import model as m

SUFFIXES = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "image/webp": "webp",
    "image/svg+xml": "svg",
}


@dataclass(frozen=True, slots=True)
class Carried:
    """A picture file beside a text: its path from there, and its bytes."""

    path: str
    media_type: str
    data: bytes


def carried(images: Iterable[m.ImageFile]) -> tuple[Carried, ...]:
    """Return the files of these pictures, each content once, in the order of their paths."""
    found = {
        path_of(one): Carried(path_of(one), one.media_type, base64.b64decode(one.data))
        for one in images
    }
    return tuple(found[path] for path in sorted(found))


def path_of(image: m.ImageFile) -> str:
    """Return the path of a picture beside a text.

    It is named by its content: a name that an author gave may be none that every system can write.
    """
    return f"pictures/{image.sha256[:16]}.{SUFFIXES[image.media_type]}"
