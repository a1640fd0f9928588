"""Cut the project's fonts from the upstream packages.

By hand: `python templates/fonts/cut.py <folder>/node_modules` (see README.md). The same
packages and the same fontTools and brotli give the same bytes.
"""

import hashlib
import io
import sys
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import glyphs
from fontTools import subset
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.scaleUpem import scale_upem
from fontTools.ttLib.tables._g_a_s_p import GASP_SYMMETRIC_GRIDFIT

HERE = Path(__file__).parent
HIGHEST, DEEPEST = 1.1, 0.5
"""How far, in ems, lines of another script reach above and below."""
NAMES_KEPT = {0, 7, 8, 9, 11, 13, 14}


@dataclass(frozen=True)
class Face:
    """One face of plan.toml: the drawings for print and page, and where signs come from."""

    name: str
    style: str
    weight: int
    print: str
    web: str
    donor: str


def points(ranges: str) -> frozenset[int]:
    """Read '0041-005A 00DF' as code points."""
    found: set[int] = set()
    for part in ranges.split():
        first, _, last = part.partition("-")
        found.update(range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(found)


def ranges(found: Iterable[int]) -> str:
    """Write code points as ranges, the reverse of points()."""
    runs: list[list[int]] = []
    for point in sorted(found):
        if runs and point == runs[-1][1] + 1:
            runs[-1][1] = point
        else:
            runs.append([point, point])
    return " ".join(f"{a:04X}" if a == b else f"{a:04X}-{b:04X}" for a, b in runs)


def opened(packages: Path, plan: dict[str, Any], file: str) -> TTFont:
    """Open an upstream font, provided it is the one this project was made with."""
    data = (packages / file).read_bytes()
    if hashlib.sha256(data).hexdigest() != plan["sha256"][file]:
        raise SystemExit(f"{file} is not the file that plan.toml names")
    return TTFont(io.BytesIO(data), recalcTimestamp=False)


def enlarged(font: TTFont, ratio: float) -> TTFont:
    """Return the font drawn larger on its em, so that it stands well beside the others."""
    em = font["head"].unitsPerEm
    scale_upem(font, round(em * ratio))
    font["head"].unitsPerEm = em
    return font


def calmed(font: TTFont) -> TTFont:
    """Return the font with no more room above and below its lines than running text has."""
    em, lines, os2 = font["head"].unitsPerEm, font["hhea"], font["OS/2"]
    lines.lineGap = os2.sTypoLineGap = 0
    lines.ascent = os2.sTypoAscender = os2.usWinAscent = min(lines.ascent, round(em * HIGHEST))
    lines.descent = os2.sTypoDescender = max(lines.descent, -round(em * DEEPEST))
    os2.usWinDescent = -lines.descent
    return font


def completed(packages: Path, plan: dict[str, Any], file: str, donor: str) -> TTFont:
    """Return an upstream font with what it lacks added and what it shares parted."""
    font = opened(packages, plan, file)
    blanks = {int(point, 16): width for point, width in plan["blanks"].items()}
    if font["post"].isFixedPitch:
        pitch = font["hmtx"]["space"][0]
        blanks = {point: width and pitch for point, width in blanks.items()}
    glyphs.add_blanks(font, blanks)
    glyphs.add_rows(font, {int(point, 16): row for point, row in plan["rows"].items()})
    stacks = {int(point, 16): stack for point, stack in plan["stacks"].items()}
    glyphs.add_stacks(font, {p: (int(a, 16), int(b, 16)) for p, (a, b) in stacks.items()})
    if donor:
        signs = sorted(points(plan["characters"]["symbols"]))
        glyphs.add_donated(font, opened(packages, plan, donor), signs)
    glyphs.part_shared(font, points(plan["keepers"]))
    smooth(font)
    return font


def rename(font: TTFont, family: dict[str, Any], face: Face, version: str) -> None:
    """Give the font the project's name: the licence reserves the upstream one."""
    table = font["name"]
    table.names = [n for n in table.names if n.nameID in NAMES_KEPT and n.langID == 0x409]
    title, upstream = family["name"], family["upstream"]
    plain = face.name.rpartition("-")[2].replace("BoldItalic", "Bold Italic")
    texts = {
        1: title,
        2: plain,
        3: f"{version};{face.name}",
        4: f"{title} {plain}".removesuffix(" Regular"),
        5: f"Version {version}.000",
        6: face.name,
        10: f"Cut from {upstream}, with signs added.",
    }
    for number, text in texts.items():
        table.setName(text, number, 3, 1, 0x409)
    bold, italic = face.weight == 700, face.style == "italic"
    os2 = font["OS/2"]
    os2.usWeightClass, os2.fsType, os2.achVendID = face.weight, 0, "NONE"
    os2.fsSelection = bold << 5 | italic | (0 if bold or italic else 1 << 6)
    font["head"].macStyle = bold | italic << 1
    font["head"].fontRevision = float(version)


def smooth(font: TTFont) -> None:
    """Ask for smoothing at every size, as fonts without hints need."""
    gasp = newTable("gasp")
    gasp.version, gasp.gaspRange = 1, {0xFFFF: 0x0007 | GASP_SYMMETRIC_GRIDFIT}
    font["gasp"] = gasp


def packed(font: TTFont) -> bytes:
    """Return the file of a font."""
    target = io.BytesIO()
    font.save(target)
    return target.getvalue()


def cut(whole: bytes, kept: frozenset[int], features: str, flavor: str | None) -> bytes:
    """Cut a font to characters and features."""
    font = TTFont(io.BytesIO(whole), recalcTimestamp=False)
    options = subset.Options()
    options.layout_features = features.split()
    options.name_IDs, options.drop_tables = ["*"], [*options.drop_tables, "BASE", "DSIG"]
    options.hinting = options.harfbuzz_repacker = options.recalc_timestamp = False
    options.notdef_outline = True
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=kept)
    cutter.subset(font)
    font.flavor = flavor
    return packed(font)


def wholes(
    packages: Path, plan: dict[str, Any], family: dict[str, Any], use: str
) -> dict[Face, TTFont]:
    """Return the complete fonts of a family, drawn for one use (print or web)."""
    limits = {
        "print": (("smcp", "c2sc"), points(family["capitals"])),
        "web": (("sups",), points(plan["limits"]["superiors"])),
    }
    fonts = {}
    for entry in family["face"]:
        face = Face(**entry)
        font = completed(packages, plan, entry[use], face.donor)
        if "script" in family:
            glyphs.keep_whole(font)
            calmed(enlarged(font, family["ratio"]))
        glyphs.limit(font, *limits[use])
        rename(font, family, face, plan["version"])
        fonts[face] = font
    return fonts


def cut_family(packages: Path, plan: dict[str, Any], family: dict[str, Any]) -> list[str]:
    """Write the files of a family and return its part of the manifest."""
    printed = wholes(packages, plan, family, "print")
    shown = wholes(packages, plan, family, "web")
    script = family.get("script", "")
    alphabet = {script: plan["scripts"][script]} if script else plan["characters"]
    features = plan["features"]["script"] if script else plan["features"]
    wanted = {name: points(text) for name, text in alphabet.items()}
    fonts = [*printed.values(), *shown.values()]
    covered = frozenset[int].intersection(*(frozenset(font.getBestCmap()) for font in fonts))
    covered &= frozenset[int]().union(*wanted.values())
    lines = ["", "[[family]]", f'name = "{family["name"]}"', f'licence = "{family["licence"]}"']
    lines += [f'upstream = "{family["upstream"]}"', f'coverage = "{ranges(covered)}"']
    if script:
        joined = ", ".join(f'"{name}"' for name in family["joins"])
        lines += [f"joins = [{joined}]"]
    lines += ["", "[family.ranges]"]
    lines += [f'{name} = "{ranges(some & covered)}"' for name, some in wanted.items()]
    for face in printed:
        data = cut(packed(printed[face]), covered, features["print"], None)
        lines += ["", "[[family.face]]", f'style = "{face.style}"', f"weight = {face.weight}"]
        lines += written(f"print/{face.name}.ttf", data)
        whole = packed(shown[face])
        for name, some in wanted.items():
            data = cut(whole, some & covered, features["web"], "woff2")
            lines += ["", "[[family.face.cut]]", f'range = "{name}"']
            lines += written(f"web/{face.name}.{name}.woff2", data)
    return lines


def written(file: str, data: bytes) -> list[str]:
    """Write a font file and return its lines of the manifest."""
    (HERE / file).parent.mkdir(exist_ok=True)
    (HERE / file).write_bytes(data)
    print(f"{len(data):8} {file}")
    return [f'file = "{file}"', f'sha256 = "{hashlib.sha256(data).hexdigest()}"']


def main() -> None:
    """Make every file again, and the manifest."""
    packages = Path(sys.argv[1])
    plan = tomllib.loads((HERE / "plan.toml").read_text(encoding="utf-8"))
    for old in [*HERE.glob("print/*.ttf"), *HERE.glob("web/*.woff2")]:
        old.unlink()
    lines = ["# Made by cut.py from plan.toml: do not edit.", f'version = "{plan["version"]}"']
    for family in plan["family"]:
        lines += cut_family(packages, plan, family)
    (HERE / "fonts.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
