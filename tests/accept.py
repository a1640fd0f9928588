"""Approves the pictures that were taken last: `make accept`, after looking at them."""

import shutil
import sys
from pathlib import Path

from tests.page_pictures import APPROVED


def accept(results: Path, approved: Path = APPROVED) -> list[str]:
    """Put each group of new pictures in place of the approved one; say what changed.

    A group whose program is missing was not taken, and stays as it is.
    """
    changed = []
    for group in sorted(folder for folder in (results / "now").glob("*") if folder.is_dir()):
        old = {file.name: file for file in (approved / group.name).glob("*.png")}
        new = {file.name: file for file in group.glob("*.png")}
        for name in sorted(old.keys() - new.keys()):
            old[name].unlink()
            changed.append(f"removed {group.name}/{old[name].stem}")
        for name, file in sorted(new.items()):
            if name not in old or old[name].read_bytes() != file.read_bytes():
                (approved / group.name).mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, approved / group.name / name)
                changed.append(f"approved {group.name}/{file.stem}")
    return changed


if __name__ == "__main__":
    taken = Path(sys.argv[1])
    if not (taken / "now").is_dir():
        sys.exit(f"error: no pictures in {taken}; run `make pictures` first and look at them")
    print("\n".join(accept(taken) or ["Nothing changed."]))
