"""Archives for mailing: equal files give equal bytes, whatever the day and the machine."""

import io
import zipfile
from collections.abc import Mapping
from datetime import date

FIRST_YEAR, LAST_YEAR = 1980, 2107
"""What a ZIP file can say (APPNOTE.TXT, 4.4.6)."""
UNIX, PLAIN_FILE = 3, 0o100644


def archive(folder: str, files: Mapping[str, bytes], day: date) -> bytes:
    """Return a ZIP file with one folder that holds the files, all of this day."""
    year = min(max(day.year, FIRST_YEAR), LAST_YEAR)
    time = (year, day.month, day.day, 0, 0, 0)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        for name in sorted(files):
            info = zipfile.ZipInfo(f"{folder}/{name}", time)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = UNIX
            info.external_attr = PLAIN_FILE << 16
            packed.writestr(info, files[name], compresslevel=6)
    return stream.getvalue()
