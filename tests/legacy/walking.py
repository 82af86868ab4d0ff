"""What the walk over every address needs of imports: a run whose trial is over."""

from uuid import NAMESPACE_URL, uuid5

from legacy.models import ImportRun, OldSystem
from organizations.models import User
from tests.conftest import NOW


def of_imports(name: str) -> dict[str, int]:
    """A trial of the administrator's; the same one each time."""
    if not name.startswith(("legacy:", "api:import-")):
        return {}
    actor = User.objects.get(username="quan")
    system, _ = OldSystem.objects.get_or_create(
        name="Cũ", defaults={"changed_by": actor, "changed_at": NOW}
    )
    facts = {"system": system, "actor": actor, "is_dry": True, "file_name": "a.xlsx",
             "digest": "0" * 64, "asked_at": NOW, "started_at": NOW, "finished_at": NOW}  # fmt: skip
    run, _ = ImportRun.objects.get_or_create(
        submission_key=uuid5(NAMESPACE_URL, "import"), defaults=facts
    )
    return {"pk": run.pk}
