"""Keys that others can read sign for others; days that make no sense draft letters for nobody."""

import stat
from typing import Any

from django.core.checks import CheckMessage, Error

_DAYS = range(1, 31)


def signing(settings: Any) -> list[CheckMessage]:
    """E008: the folder of keys belongs to the portal's own user alone."""
    folder = settings.SIGNING_DIR
    if not folder.exists() or not folder.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        return []
    return [
        Error(
            "Người khác trên máy đọc được thư mục khóa ký số SIGNING_DIR.",
            hint="Hãy đổi quyền: chmod 700 cho thư mục và chmod 600 cho từng tệp khóa.",
            id="tthc_portal.E008",
        )
    ]


def drafting(settings: Any) -> list[CheckMessage]:
    """E009: a draft comes some days before the promise, the new day some days after it."""
    if settings.APOLOGY_DRAFT_BEFORE in _DAYS and settings.APOLOGY_NEW_DAY_AFTER in _DAYS:
        return []
    return [
        Error(
            "APOLOGY_DRAFT_BEFORE và APOLOGY_NEW_DAY_AFTER phải từ 1 đến 30 ngày làm việc.",
            hint="Hãy sửa hai biến này, hoặc bỏ đi để dùng giá trị mặc định 2 và 3.",
            id="tthc_portal.E009",
        )
    ]
