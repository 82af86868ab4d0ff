"""The forms that the portal fills in, with the definition of each column (law.md 6)."""

from dossiers.statuses import DossierStatus
from reporting.refusals import UnknownForm
from reporting.statistical.shapes import Class, Column, StatisticalForm
from reporting.statuses import RowBy, Source, Standing

_RECEIVED, _RESOLVED, _RUNNING = (
    "Số hồ sơ tiếp nhận",
    "Số hồ sơ đã giải quyết",
    "Số hồ sơ đang giải quyết",
)
_ONLINE = (Source.ONLINE_FULL, Source.ONLINE_PARTIAL, Source.ONLINE_OTHER)
_DONE = (Standing.EARLY, Standing.ON_TIME, Standing.LATE)
_IN_HAND = (Standing.RUNNING, Standing.OVERDUE)


def _column(
    number: int,
    label: str,
    group: str,
    *,
    counts: str = "in_hand",
    sum_of: tuple[int, ...] = (),
    is_part: bool = False,
    **where: tuple[Class, ...],
) -> Column:
    plain = {
        name: tuple(value if isinstance(value, bool) else str(value) for value in values)
        for name, values in where.items()
    }
    return Column(
        number=number,
        label=label,
        group=group,
        counts=counts,
        sum_of=sum_of,
        is_part=is_part,
        where=plain,
    )


_II_06 = (
    _column(3, "Tổng số", _RECEIVED, sum_of=(4, 5, 6)),
    _column(4, "Trong kỳ, trực tuyến", _RECEIVED, source=_ONLINE),
    _column(
        5,
        "Trong kỳ, trực tiếp hoặc dịch vụ bưu chính",
        _RECEIVED,
        source=(Source.DIRECT, Source.POSTAL),
    ),
    _column(6, "Từ kỳ trước", _RECEIVED, source=(Source.EARLIER,)),
    _column(7, "Tổng số", _RESOLVED, sum_of=(8, 9, 10), standing=_DONE),
    _column(8, "Trước hạn", _RESOLVED, standing=(Standing.EARLY,)),
    _column(9, "Đúng hạn", _RESOLVED, standing=(Standing.ON_TIME,)),
    _column(10, "Quá hạn", _RESOLVED, standing=(Standing.LATE,)),
    _column(11, "Tổng số", _RUNNING, sum_of=(12, 13), standing=_IN_HAND),
    _column(12, "Trong hạn", _RUNNING, standing=(Standing.RUNNING,)),
    _column(13, "Quá hạn", _RUNNING, standing=(Standing.OVERDUE,)),
)
_YES, _NO = (True,), (False,)
_PAID, _NOT_DONE = "Thanh toán phí, lệ phí", "Không giải quyết, chưa tiếp nhận"
_07A = (
    _column(3, "Tổng số", _RECEIVED, sum_of=(4, 5, 6, 7, 8, 9)),
    _column(4, "Trực tiếp", _RECEIVED, source=(Source.DIRECT,)),
    _column(5, "Trực tuyến toàn trình", _RECEIVED, source=(Source.ONLINE_FULL,)),
    _column(6, "Trực tuyến một phần", _RECEIVED, source=(Source.ONLINE_PARTIAL,)),
    _column(7, "Dịch vụ bưu chính công ích", _RECEIVED, source=(Source.POSTAL,)),
    _column(8, "Hình thức khác", _RECEIVED, source=(Source.ONLINE_OTHER,)),
    _column(9, "Từ kỳ trước", _RECEIVED, source=(Source.EARLIER,)),
    _column(10, "Trong đó: phi địa giới", _RECEIVED, is_part=True, is_elsewhere=_YES),
    _column(11, "Tổng số", _RESOLVED, sum_of=(12, 13, 14), standing=_DONE),
    _column(12, "Trước và đúng hạn", _RESOLVED, standing=(Standing.EARLY, Standing.ON_TIME)),
    _column(
        13, "Quá hạn, có thư xin lỗi", _RESOLVED, standing=(Standing.LATE,), is_apologised=_YES
    ),
    _column(
        14,
        "Quá hạn, chưa có thư xin lỗi",
        _RESOLVED,
        standing=(Standing.LATE,),
        is_apologised=_NO,
    ),
    _column(15, "Tổng số", _RUNNING, sum_of=(16, 17, 18), standing=_IN_HAND),
    _column(16, "Chưa đến hạn", _RUNNING, standing=(Standing.RUNNING,)),
    _column(
        17, "Quá hạn, có thư xin lỗi", _RUNNING, standing=(Standing.OVERDUE,), is_apologised=_YES
    ),
    _column(
        18,
        "Quá hạn, chưa có thư xin lỗi",
        _RUNNING,
        standing=(Standing.OVERDUE,),
        is_apologised=_NO,
    ),
    _column(19, "Tổng số", _PAID, counts="paying", sum_of=(20, 21)),
    _column(20, "Trực tuyến", _PAID, counts="paying", is_online=_YES),
    _column(21, "Trực tiếp", _PAID, counts="paying", is_online=_NO),
    _column(22, "Dừng xử lý", _NOT_DONE, is_part=True, ending=(DossierStatus.STOPPED,)),
    _column(23, "Rút hồ sơ", _NOT_DONE, is_part=True, ending=(DossierStatus.WITHDRAWN,)),
    _column(24, "Không được tiếp nhận", _NOT_DONE, counts="refused"),
    _column(25, "Chờ tiếp nhận, còn hạn", _NOT_DONE, counts="waiting", is_late=_NO),
    _column(26, "Chờ tiếp nhận, quá hạn", _NOT_DONE, counts="waiting", is_late=_YES),
)
_NOT_SEEN = (
    "Bố cục của biểu này chưa được đối chiếu với văn bản ban hành: các cột lấy theo biểu "
    "II.06a. Hãy đối chiếu với mẫu đang dùng trước khi ký gửi."
)
_TITLE = "Tình hình, kết quả giải quyết thủ tục hành chính"

FORMS = (
    StatisticalForm(
        code="ii06a",
        number="II.06a",
        title=_TITLE,
        row_by=RowBy.FIELD,
        columns=_II_06,
        must_equal=((3, (7, 11)),),
    ),
    StatisticalForm(
        code="ii06b",
        number="II.06b",
        title=f"{_TITLE}, tổng hợp theo cơ quan",
        row_by=RowBy.AGENCY,
        columns=_II_06,
        must_equal=((3, (7, 11)),),
        unverified=_NOT_SEEN,
    ),
    StatisticalForm(
        code="ii06c",
        number="II.06c",
        title=f"{_TITLE} trên địa bàn tỉnh",
        row_by=RowBy.FIELD,
        columns=_II_06,
        must_equal=((3, (7, 11)),),
        unverified=_NOT_SEEN,
        needs_whole=True,
    ),
    StatisticalForm(
        code="07a",
        number="07a/BTP",
        title=_TITLE,
        row_by=RowBy.FIELD,
        columns=_07A,
        must_equal=((3, (11, 15)),),
        unverified=(
            "Các cột lấy theo cách dùng từ năm 2026; thứ tự và số cột của biểu 07a/BTP chưa được "
            "đối chiếu với văn bản ban hành. Hãy đối chiếu với mẫu đang dùng trước khi ký gửi."
        ),
    ),
)


def form_of(code: str) -> StatisticalForm:
    """The form of this code. Raises UnknownForm without one."""
    for form in FORMS:
        if form.code == code:
            return form
    raise UnknownForm("Không có biểu mẫu này: hãy chọn một biểu trong danh sách.")
