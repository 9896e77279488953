# SPDX-License-Identifier: Apache-2.0
"""Makes golos-400.woff2 and golos-600.woff2 here from the four subsets that @fontsource/golos-text has of
each weight:  python3 make.py FOLDER-WITH-THE-WOFF2-FILES"""
import os
import sys
import tempfile

from fontTools import merge, subset, ttLib

files, here = sys.argv[1], os.path.dirname(os.path.abspath(__file__))
KEEP = set(range(0x20, 0x7F)) | {0xA0, 0xA7, 0xA9, 0xAB, 0xB0, 0xB7, 0xBB, 0xD7, 0x2013, 0x2014, 0x2019,
                                 0x201C, 0x201D, 0x201E, 0x2026, 0x20B8, 0x2116, 0x2212}
KEEP |= set(range(0xC0, 0x100)) | set(range(0x401, 0x460))
KEEP |= set(map(ord, "ӘәҒғҚқҢңӨөҰұҮүҺһІіҐґĞğŞşİıŠšŽžČč"))

for weight in (400, 600):
    with tempfile.TemporaryDirectory() as folder:
        parts = []
        for name in ("latin", "latin-ext", "cyrillic", "cyrillic-ext"):
            font = ttLib.TTFont(f"{files}/golos-text-{name}-{weight}-normal.woff2")
            options = subset.Options()
            options.layout_features = ["kern", "mark", "mkmk", "ccmp", "locl", "tnum", "calt"]
            options.hinting, options.notdef_outline, options.glyph_names = False, True, False
            options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
            cut = subset.Subsetter(options)
            cut.populate(unicodes=KEEP)
            cut.subset(font)
            font.flavor = None
            parts.append(os.path.join(folder, name + ".ttf"))
            font.save(parts[-1])
        whole = merge.Merger().merge(parts)
        whole.flavor = "woff2"
        whole.save(os.path.join(here, f"golos-{weight}.woff2"))
