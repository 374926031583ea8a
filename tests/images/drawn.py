"""Pictures that tests draw."""

import io

import pytest

pytest.importorskip("PIL", reason="needs the images extra")
from PIL import Image, ImageDraw, ImageFont


def font(size):
    return ImageFont.load_default(size)


def words(text, size=(600, 300), at=(60, 100), height=64, ground="white", ink="black"):
    picture = Image.new("RGB", size, ground)
    ImageDraw.Draw(picture).text(at, text, fill=ink, font=font(height))
    return picture


def encoded(picture, form="PNG", **options):
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def scene(size=(320, 240)):
    picture = Image.new("RGB", size, "#dde")
    draw = ImageDraw.Draw(picture)
    for i in range(0, size[0], 16):
        draw.rectangle((i, (i * 7) % size[1], i + 12, (i * 7) % size[1] + 40), fill=(i % 255, (3 * i) % 255, 90))
    draw.ellipse((40, 30, 150, 140), fill="#a33")
    return picture
