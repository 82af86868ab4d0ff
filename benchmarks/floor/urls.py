"""create, retrieve and list, with nothing around them."""

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


router = routers.SimpleRouter()
router.register("entries", EntryViewSet)
urlpatterns = [path("", include(router.urls))]
