"""Brings the pictures of a brief in: from its own folder only, whole, and checked by content."""

import base64
import hashlib
import re
from pathlib import Path
from urllib.parse import unquote

from pipeline import model as m
from pipeline import pictures
from pipeline.beside import Unfit, bytes_beside

SCHEME = re.compile(r"(?i)[a-z][a-z0-9+.-]*:|//")


class Images:
    """The picture files of one brief; each is read once."""

    def __init__(self, folder: Path) -> None:
        """Begin with none. `folder` is where the brief stands."""
        self.folder = folder
        self.files: dict[str, m.ImageFile] = {}

    def add(self, target: str) -> str:
        """Bring in the file that a picture names, and return its name in the model.

        Raises pictures.Unfit.
        """
        if SCHEME.match(target):
            raise pictures.Unfit("image-remote", "nothing is fetched from the network")
        name = unquote(target)
        if name not in self.files:
            self.files[name] = _file(name, self._read(name))
        return name

    def all(self) -> tuple[m.ImageFile, ...]:
        """Return the files sorted by name."""
        return tuple(self.files[name] for name in sorted(self.files))

    def _read(self, name: str) -> bytes:
        try:
            return bytes_beside(self.folder, name, pictures.MOST_BYTES)
        except Unfit as error:
            raise pictures.Unfit(f"image-{error.reason}", error.what) from None


def _file(name: str, data: bytes) -> m.ImageFile:
    picture = pictures.inspect(data)
    return m.ImageFile(
        file=name,
        media_type=picture.media_type,
        width=picture.width,
        height=picture.height,
        sha256=hashlib.sha256(data).hexdigest(),
        data=base64.b64encode(data).decode(),
    )
