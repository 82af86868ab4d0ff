"""Signs that stand many times on a page: an icon, a deadline."""

import pytest
from django.template import Context, Template

ICON = '<svg class="icon" aria-hidden="true"><use href="/static/icons.svg#{}"></use></svg>'


@pytest.mark.parametrize(
    ("source", "drawn"),
    [
        ('{% icon "print" %}', ICON.format("print")),
        (
            '{% deadline "overdue" %}',
            f'<span class="deadline deadline--overdue">{ICON.format("overdue")}Quá hạn</span>',
        ),
        (
            '{% deadline "due_soon" said %}',
            f'<span class="deadline deadline--due_soon">{ICON.format("due_soon")}'
            "còn &lt; 1 ngày</span>",
        ),
    ],
)
def test_a_sign_is_told_by_colour_icon_and_word(source: str, drawn: str):
    assert Template(source).render(Context({"said": "còn < 1 ngày"})) == drawn
