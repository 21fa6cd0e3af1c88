"""The forms of files that are read, with their endings and media types."""

from __future__ import annotations

from enum import StrEnum


class Form(StrEnum):
    """A form of file. The value is its usual ending."""

    DOCX = "docx"
    PDF = "pdf"
    TEXT = "txt"
    HTML = "html"
    DOC = "doc"
    WPS = "wps"
    RTF = "rtf"
    ODT = "odt"
    PNG = "png"
    JPEG = "jpg"
    TIFF = "tif"

    @property
    def media_type(self) -> str:
        """The media type that the content has."""
        return _MEDIA_TYPES[self]

    @property
    def is_converted(self) -> bool:
        """Whether LibreOffice has to turn it into .docx first."""
        return self in (Form.DOC, Form.WPS, Form.RTF, Form.ODT)

    @property
    def is_picture(self) -> bool:
        """Whether it is an image, whose words must be recognised."""
        return self in (Form.PNG, Form.JPEG, Form.TIFF)


_MEDIA_TYPES = {
    Form.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Form.PDF: "application/pdf",
    Form.TEXT: "text/plain",
    Form.HTML: "text/html",
    Form.DOC: "application/msword",
    Form.WPS: "application/vnd.ms-works",
    Form.RTF: "application/rtf",
    Form.ODT: "application/vnd.oasis.opendocument.text",
    Form.PNG: "image/png",
    Form.JPEG: "image/jpeg",
    Form.TIFF: "image/tiff",
}

ENDINGS = {
    "docx": Form.DOCX,
    "pdf": Form.PDF,
    "txt": Form.TEXT,
    "text": Form.TEXT,
    "md": Form.TEXT,
    "csv": Form.TEXT,
    "html": Form.HTML,
    "htm": Form.HTML,
    "shtml": Form.HTML,
    "xhtml": Form.HTML,
    "doc": Form.DOC,
    "wps": Form.WPS,
    "rtf": Form.RTF,
    "odt": Form.ODT,
    "png": Form.PNG,
    "jpg": Form.JPEG,
    "jpeg": Form.JPEG,
    "tif": Form.TIFF,
    "tiff": Form.TIFF,
}
