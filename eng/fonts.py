"""Converts the document fonts to TrueType (see eng/fonts)."""
import bz2
import gzip
import hashlib
import io
import pathlib
import sys

import brotli
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont, newTable

SOURCE, TARGET = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
FANDOL = SOURCE / "usr/share/texlive/texmf-dist/fonts/opentype/public/fandol"
NOTO = pathlib.Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc")

# The faces of GB/T 9704-2012 and their stand-ins.
FACES = {"fang": "FandolFang-Regular", "kai": "FandolKai-Regular", "hei": "FandolHei-Regular", "title": "FandolSong-Bold"}


def kept(code):
    """Radicals and compatibility ideographs share glyphs with ordinary characters and would spoil the text layer."""
    return not (0x2E80 <= code <= 0x2FDF or 0xF900 <= code <= 0xFAFF or 0x2F800 <= code <= 0x2FA1F or 0xE000 <= code <= 0xF8FF)


def table_of_general_standard_characters():
    """通用规范汉字表 (2013), 8105 characters: what names of people and places may be written with."""
    with bz2.open("/usr/share/unicode/Unihan_OtherMappings.txt.bz2", "rt", encoding="utf-8") as lines:
        return {int(line.split("\t")[0][2:], 16) for line in lines if "\tkTGH\t" in line}


def convert(font, codes, name):
    options = Options(layout_features=[], hinting=False, notdef_outline=True, name_IDs=[0, 1, 2, 4, 6, 13], drop_tables=["GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx", "DSIG"])
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)
    order, outlines = font.getGlyphOrder(), font.getGlyphSet()
    glyphs = {}
    for glyph in order:
        pen = TTGlyphPen(outlines)
        outlines[glyph].draw(Cu2QuPen(pen, max_err=0.8, reverse_direction=True))
        glyphs[glyph] = pen.glyph()
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphOrder, font["glyf"].glyphs = order, glyphs
    metrics = font["hmtx"].metrics
    for glyph in order:
        glyphs[glyph].recalcBounds(font["glyf"])
        metrics[glyph] = (metrics[glyph][0], getattr(glyphs[glyph], "xMin", 0))
    for table in ("CFF ", "VORG"):
        if table in font:
            del font[table]
    maxp = font["maxp"] = newTable("maxp")
    maxp.tableVersion, maxp.numGlyphs = 0x00010000, len(order)
    for field in ("maxZones", ):
        setattr(maxp, field, 1)
    for field in ("maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs", "maxStackElements", "maxSizeOfInstructions", "maxComponentElements", "maxComponentDepth",
                  "maxPoints", "maxContours", "maxCompositePoints", "maxCompositeContours"):
        setattr(maxp, field, 0)
    font["post"].formatType = 3.0
    font.sfntVersion = "\000\001\000\000"
    font["head"].glyphDataFormat = 0
    # Bytes depend on the outlines alone.
    font.recalcTimestamp = False
    font["head"].modified = font["head"].created
    raw = io.BytesIO()
    font.save(raw, reorderTables=True)
    data = brotli.compress(raw.getvalue(), mode=brotli.MODE_FONT, quality=11, lgwin=24)
    path = TARGET / f"{name}.ttf.br"
    path.write_bytes(data)
    print(f"{path.name}  glyphs {len(order)}  ttf {len(raw.getvalue()):,}  br {len(data):,}  sha256 {hashlib.sha256(data).hexdigest()[:16]}")


TARGET.mkdir(parents=True, exist_ok=True)
covered = None
for name, file in FACES.items():
    face = TTFont(FANDOL / f"{file}.otf")
    codes = {code for code in face.getBestCmap() if kept(code)}
    covered = codes if covered is None else covered & codes
    convert(face, codes, name)

# Page numbers alone are set in 宋体: digits, the dash, the sign for a missing type.
convert(TTFont(FANDOL / "FandolSong-Regular.otf"), {*range(0x20, 0x7F), 0x2014, 0x3013}, "song")

noto = next(font for font in TTCollection(NOTO).fonts if font["name"].getDebugName(1) == "Noto Serif CJK SC")
symbols = {code for code in noto.getBestCmap() if 0xA0 <= code <= 0xFF or 0x2000 <= code <= 0x27BF or 0x3000 <= code <= 0x33FF or 0xFF00 <= code <= 0xFFEF}
convert(noto, {code for code in (table_of_general_standard_characters() | symbols) - covered if kept(code)}, "rare")

licence = gzip.decompress((SOURCE / "usr/share/doc/texlive-doc/fonts/fandol/COPYING.gz").read_bytes())
(TARGET / "COPYING-fandol").write_bytes(licence)
