"""Reads bodies of bounded size: what is too large is refused before a byte of it is read."""

from collections.abc import Mapping
from typing import IO, TYPE_CHECKING, Any

from django.conf import settings
from rest_framework.exceptions import APIException
from rest_framework.parsers import JSONParser, MultiPartParser

if TYPE_CHECKING:
    # The framework reads its settings, which name this module, while it imports its views.
    from rest_framework.views import APIView

_MIB = 1024 * 1024


class BodyTooLarge(APIException):
    """The request is larger than anything that the portal takes."""

    status_code = 413
    default_code = "too_large"


class BoundedJSONParser(JSONParser):
    """JSON, which is read into memory, up to the limit that Django keeps for forms."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """The document, or BodyTooLarge by what the request says of its length."""
        _refuse_above(settings.DATA_UPLOAD_MAX_MEMORY_SIZE or _MIB, parser_context)
        return super().parse(stream, media_type, parser_context)


class BoundedMultiPartParser(MultiPartParser):
    """Files, which are streamed to disk, as many of the largest as the view takes."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """Fields and files, or BodyTooLarge by what the request says of its length."""
        view: APIView | None = (parser_context or {}).get("view")
        files = getattr(view, "most_files", 1)
        # One more for the fields and the boundaries.
        _refuse_above(files * settings.MAX_UPLOAD_MIB * _MIB + _MIB, parser_context)
        return super().parse(stream, media_type, parser_context)


def _refuse_above(most: int, context: Mapping[str, Any] | None) -> None:
    request = (context or {}).get("request")
    length = request.META.get("CONTENT_LENGTH") if request else None
    if int(length or 0) > most:
        raise BodyTooLarge(
            f"Yêu cầu lớn hơn {most // _MIB} MB. Hãy tách thành nhiều lần gửi hoặc giảm độ phân "
            "giải của tệp quét."
        )
