"""Makes audio/data/kokoro_voices.npz, the English cast that is shipped, out of the voice packs of a package of npm.

`npm pack kokoro-js@1.2.1` fetches it: a pack is a style vector of 256 numbers for every length of a phrase, 1 to 510
phonemes, in float32. They change much between short lengths and hardly between long ones, so 32 rows in float16, close
together at the beginning, with straight lines between them, give the whole pack back to 0.2 % (3.6 % at worst) at a
thirtieth of its size. The same package gives the same bytes.
Usage: python tools/kokoro_voices.py kokoro-js-1.2.1.tgz
"""

from __future__ import annotations

import argparse
import re
import tarfile
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

VOICES = Path(__file__).parent.parent / "audio" / "data" / "kokoro_voices.npz"
ENGLISH = re.compile(r"package/voices/([ab][fm]_[a-z]+)\.bin")
LENGTHS, WIDE = 510, 256
WORST = 0.04
"""By how much of its length a row may be off."""
ROWS = np.array(sorted({0, 2, 4, 6, *np.rint(np.geomspace(8, LENGTHS - 1, 28)).astype(int).tolist()}), np.uint16)


def main() -> None:
    """Read the package, write the voices."""
    parser = argparse.ArgumentParser(description="Reduces the English voices of Kokoro to one small file.")
    parser.add_argument("package", type=Path)
    packs = dict(sorted(read(parser.parse_args().package).items()))
    if len(packs) != 28 or max(error(pack) for pack in packs.values()) > WORST:
        raise SystemExit("these are not the 28 English voices that are known here")
    VOICES.parent.mkdir(exist_ok=True)
    kept: dict[str, Any] = {"rows": ROWS} | {name: pack[ROWS].astype(np.float16) for name, pack in packs.items()}
    np.savez(VOICES, **kept)


def read(package: Path) -> dict[str, NDArray[np.float32]]:
    """The English voice packs by their names, (510, 256) each."""
    packs = {}
    with tarfile.open(package) as tar:
        for member in tar:
            found = ENGLISH.fullmatch(member.name)
            data = tar.extractfile(member) if found else None
            if found and data:
                packs[found[1]] = np.frombuffer(data.read(), "<f4").reshape(LENGTHS, WIDE)
    return packs


def error(pack: NDArray[np.float32]) -> float:
    """How far the worst row is off once reduced, in parts of its length."""
    kept = pack[ROWS].astype(np.float16).astype(np.float32)
    places = np.arange(LENGTHS)
    again = np.stack([np.interp(places, ROWS, column) for column in kept.T], axis=1)
    off = np.linalg.norm(again - pack, axis=1) / np.linalg.norm(pack, axis=1)
    return float(off.max())


if __name__ == "__main__":
    main()
