"""Pictures, handed to Shopify: it names a place, the bytes go there, and what is made of them cites the place.

So nobody has to reach this Odoo from outside, and no picture needs a public address.
"""

from urllib3.filepost import encode_multipart_formdata

from ..errors import Unanswered, Unreachable
from ..transport import Request, keep_headers
from . import answers, fields
from .documents import goods

# First bytes of a file -> (type, ending). What is none of these Shopify would refuse.
_KINDS = (
    (b"\xff\xd8\xff", "image/jpeg", "jpg"),
    (b"\x89PNG\r\n\x1a\n", "image/png", "png"),
    (b"GIF8", "image/gif", "gif"),
)


def kind(content: bytes) -> tuple[str, str] | None:
    """(type, ending) of a picture that Shopify takes; None of anything else."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp", "webp"
    return next(((mime, ending) for start, mime, ending in _KINDS if content.startswith(start)), None)


def upload(client, content: bytes, name: str, what: str) -> str:
    """The address by which Shopify knows it from now on. The same picture twice is two files, of which one is used."""
    mime, ending = kind(content)
    filename = f"{name}.{ending}"
    asked = {
        "resource": "IMAGE",
        "filename": filename,
        "mimeType": mime,
        "fileSize": str(len(content)),
        "httpMethod": "POST",
    }
    told = answers.payload(client.ask(goods.STAGE_UPLOAD, {"input": [asked]}, what=what), "stagedUploadsCreate", what)
    target = fields.rows(told.get("stagedTargets"))[0]
    form = [(fields.text(row.get("name")), fields.text(row.get("value"))) for row in fields.rows(target["parameters"])]
    body, content_type = encode_multipart_formdata([*form, ("file", (filename, content, mime))])
    # A key of the shop has no business there: the place is somebody else's, and the form signs itself.
    request = Request(
        method="POST",
        url=fields.text(target.get("url")),
        headers={"Content-Type": content_type},
        body=body,
        auth=keep_headers,
    )
    try:
        response = client.transport.send(request)
    except Unanswered as error:
        raise Unreachable(f"{what}: the picture did not get through.") from error
    answers.raise_for_http(response, what=what, writes=False)
    return fields.text(target.get("resourceUrl"))
