from odoo.exceptions import UserError
from odoo.tools.image import ImageProcess

MOST = 5
LARGEST = 8 * 1024 * 1024
WIDEST = 1920
FORMATS = ("JPEG", "PNG")


class Refused(Exception):
    """A photo that is not taken. `code`: "many", "large" or "kind"."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


def take(files):
    """[(name, JPEG bytes)] of uploaded files. Refused for too many, too large, or anything that is no photo.

    Each is drawn anew: what else hides in the file, the place where it was taken too, does not come along.
    """
    files = [file for file in files if file and file.filename]
    if len(files) > MOST:
        raise Refused("many")
    return [(f"photo-{number}.jpg", _draw(file)) for number, file in enumerate(files, 1)]


def _draw(file):
    body = file.read(LARGEST + 1)
    if len(body) > LARGEST:
        raise Refused("large")
    try:
        image = ImageProcess(body)
        if not image.image or image.original_format not in FORMATS:
            raise Refused("kind")
        return image.resize(WIDEST, WIDEST).image_quality(quality=85, output_format="JPEG")
    except (UserError, ValueError, OSError, SyntaxError):  # broken images raise what they like
        raise Refused("kind") from None
