"""Glyphs that the upstream fonts lack, or share where a PDF needs them apart."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.roundingPen import RoundingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

# Features whose result is also the glyph of a character of its own (2 set superior is ²).
REUSED = ("sups", "subs")


def assign(font: TTFont, point: int, name: str) -> None:
    """Let a code point show the named glyph."""
    for table in font["cmap"].tables:
        if table.isUnicode() and (point <= 0xFFFF or table.format == 12):
            table.cmap[point] = name


def add_blanks(font: TTFont, widths: Mapping[int, int]) -> None:
    """Add spaces and invisible characters, each an empty glyph of the given width."""
    for point, width in widths.items():
        if point not in font.getBestCmap():
            _add(font, point, TTGlyphPen(None).glyph(), width)


def add_donated(font: TTFont, donor: TTFont, points: Iterable[int]) -> None:
    """Copy the outlines of missing characters from a companion font of the same em.

    In a font of one pitch they are centred, and narrowed where too wide.
    """
    pitch = font["hmtx"]["space"][0] if font["post"].isFixedPitch else 0
    given, own, outlines = donor.getBestCmap(), font.getBestCmap(), donor.getGlyphSet()
    for point in points:
        if point in own or point not in given:
            continue
        recording = DecomposingRecordingPen(outlines)
        outlines[given[point]].draw(recording)
        width = donor["hmtx"][given[point]][0]
        scale = min(1, pitch / width) if pitch else 1
        pen = TTGlyphPen(None)
        indent = (pitch - width * scale) / 2 if pitch else 0
        recording.replay(TransformPen(RoundingPen(pen), (scale, 0, 0, 1, indent, 0)))
        _add(font, point, pen.glyph(), pitch or width)


def add_rows(font: TTFont, rows: Mapping[int, Sequence[str]]) -> None:
    """Add characters set as a row of existing glyphs (fractions from their figures)."""
    for point, parts in rows.items():
        if point in font.getBestCmap() or not all(part in font["hmtx"].metrics for part in parts):
            continue
        pen, across = TTGlyphPen(font.getGlyphSet()), 0
        for part in parts:
            pen.addComponent(part, (1, 0, 0, 1, across, 0))
            across += font["hmtx"][part][0]
        _add(font, point, pen.glyph(), across)


def add_stacks(font: TTFont, stacks: Mapping[int, tuple[int, int]]) -> None:
    """Add characters that are one character centred on another (a cross in a box)."""
    for point, (below, above) in stacks.items():
        names = font.getBestCmap()
        if point in names or below not in names or above not in names:
            continue
        box, mark = font["glyf"][names[below]], font["glyf"][names[above]]
        shift = (
            (box.xMin + box.xMax - mark.xMin - mark.xMax) // 2,
            (box.yMin + box.yMax - mark.yMin - mark.yMax) // 2,
        )
        pen = TTGlyphPen(font.getGlyphSet())
        pen.addComponent(names[below], (1, 0, 0, 1, 0, 0))
        pen.addComponent(names[above], (1, 0, 0, 1, *shift))
        _add(font, point, pen.glyph(), font["hmtx"][names[below]][0])


def part_shared(font: TTFont, keepers: frozenset[int]) -> None:
    """Give every code point a glyph that stands for nothing else.

    A PDF maps each glyph back to one text; a hyphen drawn by the glyph of a no-break
    hyphen, or a note number drawn by the glyph of ², would be read as the other one.
    """
    taken = _feature_outputs(font)
    names = font.getBestCmap()
    for point in sorted(names, key=lambda point: (point not in keepers, point)):
        name = names[point]
        if name in taken:
            assign(font, point, _twin(font, name, point))
        taken.add(name)


def limit(font: TTFont, tags: Sequence[str], points: frozenset[int]) -> None:
    """Let the substitutions of some features apply to the given characters only."""
    names = {name for point, name in font.getBestCmap().items() if point in points}
    for mapping in _mappings(font, tags):
        for name in [name for name in mapping if name not in names]:
            del mapping[name]


def keep_whole(font: TTFont) -> None:
    """Let no letter fall into several glyphs: a PDF could not say which letter they were."""
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for subtable in _subtables(lookup):
            if type(subtable).__name__ == "MultipleSubst":
                subtable.mapping = {
                    source: into for source, into in subtable.mapping.items() if len(into) == 1
                }


def _feature_outputs(font: TTFont) -> set[str]:
    outputs = [output for mapping in _mappings(font, REUSED) for output in mapping.values()]
    return {output for output in outputs if isinstance(output, str)}


def _mappings(font: TTFont, tags: Sequence[str]) -> list[dict[str, Any]]:
    gsub = font["GSUB"].table
    indexes = {
        index
        for record in gsub.FeatureList.FeatureRecord
        if record.FeatureTag in tags
        for index in record.Feature.LookupListIndex
    }
    subtables = [
        subtable
        for index in sorted(indexes)
        for subtable in _subtables(gsub.LookupList.Lookup[index])
    ]
    return [table.mapping for table in subtables if isinstance(getattr(table, "mapping", 0), dict)]


def _add(font: TTFont, point: int, glyph: Any, width: int, name: str = "") -> str:
    name = name or f"added{point:04X}"
    font["glyf"][name] = glyph
    font.setGlyphOrder(font["glyf"].glyphOrder)
    glyph.recalcBounds(font["glyf"])
    font["hmtx"][name] = (width, getattr(glyph, "xMin", 0))
    assign(font, point, name)
    return name


def _twin(font: TTFont, name: str, point: int) -> str:
    """Add a second glyph that looks, kerns and changes case like the first."""
    pen = TTGlyphPen(font.getGlyphSet())
    if font["glyf"][name].numberOfContours:
        pen.addComponent(name, (1, 0, 0, 1, 0, 0))
    twin = _add(font, point, pen.glyph(), font["hmtx"][name][0], f"{name}.u{point:04X}")
    classes = font["GDEF"].table.GlyphClassDef.classDefs
    if name in classes:
        classes[twin] = classes[name]
    for tag in ("GPOS", "GSUB"):
        for lookup in font[tag].table.LookupList.Lookup:
            for subtable in _subtables(lookup):
                _join(font, subtable, name, twin)
    return twin


def _subtables(lookup: Any) -> list[Any]:
    return [getattr(subtable, "ExtSubTable", subtable) for subtable in lookup.SubTable]


def _join(font: TTFont, subtable: Any, name: str, twin: str) -> None:
    if isinstance(mapping := getattr(subtable, "mapping", None), dict):
        # Alternates are chosen by hand, one to one: only plain substitutions follow.
        if isinstance(mapping.get(name), str):
            mapping[twin] = mapping[name]
    elif type(subtable).__name__ == "PairPos":
        (_join_pairs if subtable.Format == 1 else _join_classes)(font, subtable, name, twin)


def _join_classes(font: TTFont, subtable: Any, name: str, twin: str) -> None:
    for classes in (subtable.ClassDef1.classDefs, subtable.ClassDef2.classDefs):
        if name in classes:
            classes[twin] = classes[name]
    if name in subtable.Coverage.glyphs:
        subtable.Coverage.glyphs.append(twin)


def _join_pairs(font: TTFont, subtable: Any, name: str, twin: str) -> None:
    for pairs in subtable.PairSet:
        for record in [one for one in pairs.PairValueRecord if one.SecondGlyph == name]:
            second = type(record)()
            second.SecondGlyph, second.Value1, second.Value2 = twin, record.Value1, record.Value2
            pairs.PairValueRecord.append(second)
        pairs.PairValueCount = len(pairs.PairValueRecord)
    if name in subtable.Coverage.glyphs:
        # New glyphs come last in the font, so appending keeps the coverage in glyph order.
        subtable.PairSet.append(subtable.PairSet[subtable.Coverage.glyphs.index(name)])
        subtable.Coverage.glyphs.append(twin)
        subtable.PairSetCount = len(subtable.PairSet)
