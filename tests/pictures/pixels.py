"""PNG → pixels."""

from io import BytesIO

from PIL import Image


def read_png(png: bytes) -> Image.Image:
    """The pixels without transparency."""
    return Image.open(BytesIO(png)).convert("RGB")


def list_pixels(image: Image.Image) -> list[tuple[int, int, int]]:
    """The pixels as (red, green, blue), row by row."""
    shades = image.tobytes()
    return list(zip(shades[::3], shades[1::3], shades[2::3], strict=True))
