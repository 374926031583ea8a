"""Pictures, as the worker decodes them: every format that is read, and the hashes that lists write."""

import io

from fuzz.target import Target, written
from listing_preflight.images.looked import Task
from listing_preflight.images.worker import look

FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "TIFF", "BMP", "AVIF")


def seeds():
    from PIL import Image, features

    out = []
    for name in FORMATS:
        if name == "AVIF" and not features.check("avif"):
            continue
        for mode in ("RGB", "P", "L"):
            held = io.BytesIO()
            try:
                Image.effect_noise((24, 16), 60).convert(mode).save(held, name)
            except OSError:
                continue
            out.append(held.getvalue())
    held = io.BytesIO()
    frames = [Image.new("P", (20, 20), n * 40) for n in range(4)]
    frames[0].save(held, "GIF", save_all=True, append_images=frames[1:])
    return [*out, held.getvalue()]


def decoded(data, folder):
    path = written(folder, "in.img", data)
    look(Task(path=path.name, roots=(str(folder),), ocr="off", known=True))


def hashed(data, _):
    from listing_preflight.images.hashes import parse

    try:
        parse(data.decode("utf-8", "replace"))
    except ValueError:
        return


TARGETS = (
    Target("picture", seeds, decoded),
    Target("picture-hash", lambda: [b"pdq:" + b"f8" * 32, b"phash256:" + b"0f" * 32], hashed),
)
