"""Pictures that lie beside a manuscript, or in it."""

import binascii
import re
from base64 import b64decode
from collections.abc import Callable
from functools import partial
from pathlib import Path
from urllib.parse import unquote, unquote_to_bytes

DATA = re.compile(r"data:[^,]*?(;base64)?,(.*)", re.I | re.DOTALL)


def beside(folder: Path) -> Callable[[str], bytes | None]:
    """Return what finds the pictures of a manuscript in a folder, by their addresses."""
    return partial(_picture, folder)


def _picture(folder: Path, target: str) -> bytes | None:
    """Return a picture that lies beside the page or in it; nothing is fetched."""
    if match := DATA.fullmatch(target):
        data = unquote_to_bytes(match[2])
        try:
            return b64decode(data) if match[1] else data
        except binascii.Error:
            return None
    name = unquote(target.split("?")[0].split("#")[0])
    if re.match(r"(?i)[a-z][a-z0-9+.-]*:|//", target) or name.startswith("/"):
        return None
    try:
        file = (folder / name).resolve(strict=True)
        is_beside = file.is_relative_to(folder.resolve(strict=True)) and file.is_file()
        return file.read_bytes() if is_beside else None
    except (OSError, ValueError, RuntimeError):
        return None
