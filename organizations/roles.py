"""The roles: what each may do, a sentence each."""

from django.db import models


class Role(models.TextChoices):
    """Vai trò: a person holds a role in an agency, several where the post asks for it."""

    COUNTER = "counter", "Cán bộ một cửa"
    OFFICER = "officer", "Công chức giải quyết"
    HEAD = "head", "Lãnh đạo cơ quan"
    SUPERVISOR = "supervisor", "Văn phòng UBND tỉnh (kiểm soát TTHC)"
    ADMINISTRATOR = "administrator", "Quản trị hệ thống"


MAY = {
    Role.COUNTER: "Tiếp nhận, từ chối, chuyển hồ sơ và trả kết quả tại quầy của mình.",
    Role.OFFICER: "Giải quyết hồ sơ của cơ quan mình và đề xuất kết quả.",
    Role.HEAD: "Phân công, phê duyệt và ký kết quả của cơ quan mình và cấp dưới.",
    Role.SUPERVISOR: "Theo dõi hồ sơ của mọi cơ quan trong phạm vi; không xử lý thay.",
    Role.ADMINISTRATOR: "Quản lý lịch làm việc, danh mục và người dùng; không mở hồ sơ.",
}

# Roles that see every dossier of their agency and of the agencies below it.
SEES_AGENCIES_BELOW = (Role.HEAD, Role.SUPERVISOR)
