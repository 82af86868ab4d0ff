"""Uploaded files: what they really are is read from their bytes, never from their names."""

import hashlib
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, TypeAlias
from unicodedata import normalize

import puremagic
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

# Scans and signed results; archives and office files are left out, so no bomb can hide in one.
EXTENSIONS = {
    "application/pdf": ".pdf",
    "image/jpeg": ".jpg",
    "image/png": ".png",
}
_HEAD_BYTES = 4096
_MIB = 1024 * 1024
_NAME_LETTERS, _ENDING_LETTERS = 200, 10

# A file as it came with a request; generic for mypy alone.
if TYPE_CHECKING:
    Upload: TypeAlias = UploadedFile[Any]
else:
    Upload = UploadedFile


class FileRefused(ValidationError):
    """The file is empty, too large, or of a kind that the portal does not keep."""


@dataclass(frozen=True, kw_only=True)
class CheckedFile:
    """A file that may be kept, with what its bytes say."""

    upload: Upload
    name: str
    content_type: str
    size: int
    sha256: str


def checked(upload: Upload) -> CheckedFile:
    """Measure and identify a file; FileRefused tells the person what to send instead."""
    name = _name(upload.name or "")
    _check_size(upload, name)
    return CheckedFile(
        upload=upload,
        name=name,
        content_type=_content_type(upload, name),
        size=upload.size or 0,
        sha256=_digest(upload),
    )


def _name(given: str) -> str:
    """The name as people read it: without folders and control signs, its ending kept."""
    plain = "".join(sign for sign in normalize("NFC", given) if sign.isprintable())
    path = PurePath(plain.replace("\\", "/"))
    ending = path.suffix[:_ENDING_LETTERS]
    return (path.stem[: _NAME_LETTERS - len(ending)] + ending) or "tệp"


def _check_size(upload: Upload, name: str) -> None:
    if not upload.size:
        raise FileRefused(
            f"Tệp “{name}” rỗng. Hãy quét lại rồi tải lên lần nữa.", code="file_empty"
        )
    if upload.size > settings.MAX_UPLOAD_MIB * _MIB:
        raise FileRefused(
            f"Tệp “{name}” lớn hơn {settings.MAX_UPLOAD_MIB} MB. "
            "Hãy quét ở độ phân giải thấp hơn hoặc tách thành nhiều tệp.",
            code="file_too_large",
        )


def _content_type(upload: Upload, name: str) -> str:
    upload.seek(0)
    head = upload.read(_HEAD_BYTES)
    upload.seek(0)
    for found in _guesses(head):
        if found in EXTENSIONS:
            return found
    raise FileRefused(
        f"Tệp “{name}” không phải PDF, JPG hoặc PNG. "
        "Hãy quét giấy tờ thành một trong các dạng này.",
        code="file_type",
    )


def _guesses(head: bytes) -> list[str]:
    try:
        return [match.mime_type for match in puremagic.magic_string(head)]
    except puremagic.PureError:
        return []


def _digest(upload: Upload) -> str:
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()
