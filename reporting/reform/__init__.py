"""Tự đánh giá chỉ số cải cách hành chính: an agency fills its sheet, a council grades it."""
