"""The counter reads the notice in writing (NĐ 61/2018 Đ12(5)): who read it and when is kept."""

from datetime import datetime

from django.core.exceptions import PermissionDenied

from apologies.models import CentreNotice
from organizations.models import User


def read(*, notice_id: int, actor: User, at: datetime) -> CentreNotice:
    """Mark as read, once; CentreNotice.DoesNotExist for another counter's notice."""
    if not actor.counter_ids:
        raise PermissionDenied("Chỉ cán bộ một cửa mới nhận thông báo gửi bộ phận một cửa.")
    mine = CentreNotice.objects.filter(counter__in=actor.counter_ids)
    mine.filter(pk=notice_id, read_at__isnull=True).update(read_at=at, read_by=actor)
    found: CentreNotice = mine.select_related("letter__dossier", "letter__agency").get(pk=notice_id)
    return found
