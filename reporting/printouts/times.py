"""The pages of time, of workload and of what is only shown, as tables."""

from typing import Any

from procedures.models import Procedure
from reporting import shown_measures, timings
from reporting.printouts.asking import Question
from reporting.printouts.shapes import Printout, Row, Sheet

_SPANS = ("Số lượng", "Quá hạn", "Trung bình", "Một nửa xong trong", "90 % xong trong")


def time_lost(question: Question) -> Printout:
    """Thời gian giải quyết by step, procedure and agency, the slowest first."""
    window, user = question.window, question.user
    tables = (
        ("Theo bước xử lý", timings.by_step(window, question.sight.shown)),
        ("Theo thủ tục", timings.by_procedure(window, user)),
        ("Theo cơ quan", timings.by_agency(window, user)),
    )
    return Printout(
        view="thoi-gian",
        title="Thời gian giải quyết thủ tục hành chính",
        agency=question.sight.own(),
        period=question.asked.period.label,
        notes=("Tính theo lịch, cả đêm, ngày nghỉ và lúc tạm dừng; chậm nhất trước.",),
        sheets=tuple(
            Sheet(title=label, heads=("Tên", *_SPANS), rows=tuple(_spans(row) for row in rows))
            for label, rows in tables
        ),
    )


def workload(question: Question) -> Printout:
    """Khối lượng công việc by hour and counter; supplements, withdrawals, apologies."""
    window, user = question.window, question.user
    came = timings.received(window, user)
    hours = ((f"{hour} giờ", number) for hour, number in came.hours if number)
    troubles = timings.troubles(window, question.sight.shown)
    return Printout(
        view="khoi-luong",
        title="Khối lượng công việc",
        agency=question.sight.own(),
        period=question.asked.period.label,
        notes=(),
        sheets=(
            Sheet(title="Theo giờ trong ngày", heads=("Giờ", "Hồ sơ"), rows=tuple(hours)),
            Sheet(
                title="Theo bộ phận một cửa",
                heads=("Bộ phận một cửa", "Tiếp nhận", "Trực tuyến"),
                rows=tuple((row["name"], row["number"], row["online"]) for row in came.counters),
            ),
            Sheet(
                title="Bổ sung, rút hồ sơ, xin lỗi",
                heads=("Cơ quan", "Yêu cầu bổ sung", "Rút hồ sơ", "Phiếu xin lỗi đã ký"),
                rows=tuple(_troubles(row) for row in troubles),
            ),
        ),
    )


def shown_only(question: Question) -> Printout:
    """Chỉ tiêu chỉ hiển thị: 5.1, and 2.2 of the procedure whose code was asked."""
    window = question.window
    agencies = {question.agency.pk} if question.agency else question.sight.shown
    counted = shown_measures.petitions(window, agencies)
    return Printout(
        view="hien-thi",
        title="Chỉ tiêu chỉ hiển thị, không tính điểm",
        agency=question.agency or question.sight.own(),
        period=question.asked.period.label,
        notes=("Chỉ tiêu 2.2 và 5.1 của bộ chỉ số theo Quyết định 766/QĐ-TTg.",),
        sheets=(
            *_mean_time(question),
            Sheet(
                title="5.1. Phân loại phản ánh, kiến nghị",
                heads=("Nội dung", "Gửi trong kỳ", "Không tiếp nhận", "Đã trả lời, công khai"),
                rows=tuple(
                    (row.category.label, row.sent, row.refused, row.published) for row in counted
                ),
            ),
        ),
    )


def _mean_time(question: Question) -> tuple[Sheet, ...]:
    procedure = Procedure.objects.filter(code=question.code).first() if question.code else None
    if procedure is None:
        return ()
    found = shown_measures.mean_time(question.window, question.user, procedure)
    names = dict(shown_measures.procedures(question.window, question.user))
    row = (names.get(procedure.code, procedure.code), found.finished, found.mean, found.unit.label)
    return (
        Sheet(
            title="2.2. Thời gian giải quyết trung bình",
            heads=("Thủ tục", "Đã giải quyết xong", "Trung bình", "Đơn vị"),
            rows=(row,),
        ),
    )


def _spans(row: dict[str, Any]) -> Row:
    name = f"{row['name']} {row['title']}" if row.get("title") else row["name"]
    return (name, row["number"], row["late"], row["mean"], row["median"], row["slow"])


def _troubles(row: dict[str, Any]) -> Row:
    numbers = (row.get(kind, 0) for kind in ("supplements", "withdrawn", "apologies"))
    return (row["name"], *numbers)
