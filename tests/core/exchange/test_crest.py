"""A crest from outside: read in the child process, written anew, small."""

from __future__ import annotations

import base64
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

from brokerdesk.core.domain.errors import InputError
from brokerdesk.core.exchange.crest import read_crest
from brokerdesk.core.exchange.crest_parts import LARGEST_KEPT, ROOM


def saved(path: Path, kind: str, size: tuple[int, int] = (900, 600), **more: object) -> Path:
    Image.effect_noise(size, 90).convert("RGB").save(path, kind, **more)
    return path


@pytest.mark.parametrize(("name", "kind"), [("crest.png", "PNG"), ("crest.jpg", "JPEG")])
def test_a_crest_becomes_a_small_png_of_its_own(tmp_path: Path, name: str, kind: str) -> None:
    data = base64.b64decode(read_crest(saved(tmp_path / name, kind)))
    with Image.open(BytesIO(data)) as image:
        assert image.format == "PNG"
        assert image.width <= ROOM[0]
        assert image.height <= ROOM[1]
    assert len(data) <= LARGEST_KEPT


def test_nothing_that_came_with_the_picture_is_kept(tmp_path: Path) -> None:
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", "secret words")
    path = saved(tmp_path / "crest.png", "PNG", pnginfo=words)
    assert b"secret words" in path.read_bytes()
    assert b"secret words" not in base64.b64decode(read_crest(path))


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("crest.png", b"not a picture", "not a PNG or JPEG"),
        ("crest.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not a PNG or JPEG"),
        ("crest.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, "damaged|not a PNG"),
        ("crest.png", b"\x00" * (2 * 1024 * 1024 + 1), "larger than 2 MB"),
    ],
)
def test_what_is_no_crest_is_refused_with_its_sentence(
    tmp_path: Path, name: str, data: bytes, words: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(InputError, match=words):
        read_crest(path)


def test_a_gif_and_a_dot_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not a PNG or JPEG"):
        read_crest(saved(tmp_path / "crest.gif", "GIF"))
    with pytest.raises(InputError, match="too small"):
        read_crest(saved(tmp_path / "dot.png", "PNG", (8, 8)))


def test_a_picture_that_unpacks_to_far_more_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.png"
    Image.new("1", (20_000, 20_000)).save(path, "PNG")
    assert path.stat().st_size < 2 * 1024 * 1024
    with pytest.raises(InputError, match="20,000 by 20,000 dots|damaged"):
        read_crest(path)
