"""The closed lists of the catalogue: channels, levels, online service, steps, findings."""

from django.db import models


class ChannelKind(models.TextChoices):
    """Hình thức nộp."""

    DIRECT = "direct", "Trực tiếp"
    ONLINE = "online", "Trực tuyến"
    POSTAL = "postal", "Dịch vụ bưu chính"


class OnlineLevel(models.TextChoices):
    """Mức độ dịch vụ công trực tuyến."""

    FULL = "full", "Toàn trình"
    PARTIAL = "partial", "Một phần"
    NONE = "none", "Không cung cấp trực tuyến"


class ProcedureLevel(models.TextChoices):
    """Cấp thực hiện."""

    MINISTRY = "ministry", "Cấp bộ"
    PROVINCE = "province", "Cấp tỉnh"
    DISTRICT = "district", "Cấp huyện"
    COMMUNE = "commune", "Cấp xã"
    OTHER = "other", "Cơ quan khác"


class StepRole(models.TextChoices):
    """Vai trò thực hiện một bước của quy trình nội bộ; the same words as organizations' roles."""

    COUNTER = "counter", "Cán bộ một cửa"
    OFFICER = "officer", "Công chức giải quyết"
    HEAD = "head", "Lãnh đạo cơ quan"


class SourceForm(models.TextChoices):
    """Where the facts of a version were read, from the richest to the poorest."""

    MANUAL = "manual", "Nhập tại cổng"
    PAGE = "page", "Trang thủ tục của Cổng Dịch vụ công quốc gia"
    TABLE = "table", "Bảng tổng hợp CSV"


class Part(models.TextChoices):
    """The part of a procedure that a finding speaks of."""

    ROW = "row", "Cả dòng"
    HEAD = "head", "Thông tin chung"
    CHANNEL = "channel", "Cách thức thực hiện"
    PAPER = "paper", "Thành phần hồ sơ"
    BASIS = "basis", "Căn cứ pháp lý"
    RESULT = "result", "Kết quả"


class FindingKind(models.TextChoices):
    """Why something of the source could not be read, or should be looked at."""

    UNIT_MISSING = "unit_missing", "Thời hạn in thiếu đơn vị"
    UNIT_UNKNOWN = "unit_unknown", "Đơn vị thời hạn không có trong danh mục"
    HOUR_UNIT = "hour_unit", "Cổng in “Giờ”, được hiểu là giờ làm việc"
    TIME_TEXT = "time_text", "Thời hạn ghi bằng lời"
    TIME_AND_FEE_JOINED = "time_and_fee_joined", "Thời hạn và mức phí in dính liền"
    FEE_UNCLEAR = "fee_unclear", "Mức phí không phải một số tiền rõ ràng"
    FEE_SUSPICIOUS = "fee_suspicious", "Mức phí nhỏ bất thường"
    QUANTITY_JOINED = "quantity_joined", "Số bản in dính với chữ số trước đó"
    TEMPLATE_JOINED = "template_joined", "Tên mẫu đơn in dính với tên giấy tờ"
    NUMBER_JOINED = "number_joined", "Số ký hiệu in dính với chữ số trước đó"
    UNREAD = "unread", "Đoạn chữ chưa đọc được"
    MISSING = "missing", "Nguồn không có thông tin"
    DIFFERS = "differs", "Bảng ghi khác phiên bản đang dùng"


class ClockEffect(models.TextChoices):
    """What waiting for a supplement does to the promised day: law, index and practice differ."""

    RESTART = "restart", "Tính lại từ đầu"
    SUBTRACT = "subtract", "Trừ thời gian chờ"
    SHIFT = "shift", "Lùi ngày hẹn theo thời gian chờ"


class DecisionKind(models.TextChoices):
    """Nội dung công bố: what a decision does to one procedure."""

    NEW = "new", "Ban hành mới"
    REVISED = "revised", "Sửa đổi, bổ sung"
    RETIRED = "retired", "Bãi bỏ"


class PublisherLevel(models.TextChoices):
    """Cấp công bố: who signs the decision; the deadlines of the law depend on it."""

    MINISTRY = "ministry", "Bộ, cơ quan ngang bộ"
    PROVINCE = "province", "Ủy ban nhân dân tỉnh"


class Content(models.TextChoices):
    """Bộ phận tạo thành thủ tục: what a procedure must say (NĐ 63/2010 Đ8(2) a to g)."""

    NAME = "name", "Tên thủ tục"
    PROCESS = "process", "Trình tự thực hiện"
    CHANNELS = "channels", "Cách thức thực hiện"
    PAPERS = "papers", "Thành phần, số lượng hồ sơ"
    TIME_LIMIT = "time_limit", "Thời hạn giải quyết"
    SUBJECTS = "subjects", "Đối tượng thực hiện"
    AGENCY = "agency", "Cơ quan thực hiện"
