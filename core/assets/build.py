"""Write the assets of the screens into a directory, once."""

import hashlib
from importlib.metadata import version
from pathlib import Path

from .fonts import CHARACTERS, WEIGHTS, build_font
from .icons import ICONS, build_sprite

PACKAGES = ("fontpkg-be-vietnam-pro", "fonttools", "lucide")
STAMP = "stamp.txt"


def build(target: Path) -> bool:
    """Make fonts and sprite in `target`; False when they are there already."""
    stamp = _stamp()
    stamp_file = target / STAMP
    if stamp_file.is_file() and stamp_file.read_text() == stamp:
        return False
    target.mkdir(parents=True, exist_ok=True)
    for weight in WEIGHTS:
        _write(target / f"be-vietnam-pro-{weight}.woff2", build_font(weight))
    _write(target / "icons.svg", build_sprite().encode())
    _write(stamp_file, stamp.encode())
    return True


def _write(path: Path, content: bytes) -> None:
    """Replace a file in one step, so that a server never reads half of it."""
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(content)
    part.replace(path)


def _stamp() -> str:
    own = [(Path(__file__).parent / name).read_text("utf-8") for name in ("fonts.py", "icons.py")]
    parts = [*(f"{name} {version(name)}" for name in PACKAGES), CHARACTERS, *sorted(ICONS), *own]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
