"""Kinds of agency."""

from django.db import models


class AgencyKind(models.TextChoices):
    """Loại cơ quan; the district level is kept for data before July 2025."""

    PROVINCE = "province", "Ủy ban nhân dân tỉnh"
    OFFICE = "office", "Văn phòng Ủy ban nhân dân tỉnh"
    DEPARTMENT = "department", "Sở, cơ quan ngang sở"
    BOARD = "board", "Ban quản lý"
    VERTICAL = "vertical", "Cơ quan ngành dọc"
    ENTERPRISE = "enterprise", "Đơn vị cung cấp dịch vụ"
    DISTRICT = "district", "Cấp huyện (trước 01/7/2025)"
    COMMUNE = "commune", "Ủy ban nhân dân xã, phường"


class AdministrationSubject(models.TextChoices):
    """What an act of administration changed."""

    AGENCY = "agency", "Cơ quan"
    COUNTER = "counter", "Bộ phận một cửa"
    USER = "user", "Người dùng"
