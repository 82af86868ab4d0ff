"""create, retrieve and list, with nothing around them; and a page that lists thirty rows."""

from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.urls import include, path
from rest_framework import pagination, routers, serializers, viewsets

from benchmarks.floor.models import Entry


class EntrySerializer(serializers.ModelSerializer):
    class Meta:
        model = Entry
        fields = "__all__"


class Fifty(pagination.CursorPagination):
    page_size = 50
    ordering = ("due_at", "id")


class EntryViewSet(viewsets.ModelViewSet):
    queryset = Entry.objects.all()
    serializer_class = EntrySerializer
    pagination_class = Fifty
    filterset_fields = ["agency", "status"]


_PAGE = Engine().from_string("""<!doctype html><html lang="vi"><title>Hồ sơ</title><table>
{% for row in rows %}<tr><td><a href="/entries/{{ row.pk }}/">{{ row.code }}</a></td>
<td>{{ row.summary }}<br>{{ row.applicant_name }}</td><td>{{ row.agency }}<br>{{ row.status }}</td>
<td>{{ row.due_at|date:"H:i d/m/Y" }}</td></tr>{% endfor %}</table></html>""")


def page(_: HttpRequest) -> HttpResponse:
    """Thirty of an agency's rows, the nearest day first, as a tutorial would list them."""
    rows = Entry.objects.filter(agency="H41.3", status="returned").order_by("due_at", "id")[:30]
    return HttpResponse(_PAGE.render(Context({"rows": rows})))


router = routers.SimpleRouter()
router.register("entries", EntryViewSet)
urlpatterns = [path("page/", page), path("", include(router.urls))]
