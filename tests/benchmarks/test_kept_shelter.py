"""A shelter that is kept for the next benchmark is made anew once it would be made otherwise."""

from tests.benchmarks import shelter


def test_another_way_to_make_a_shelter_makes_another() -> None:
    own, *others = shelter.sources()
    sources = {path.relative_to(shelter.PACKAGE).as_posix() for path in others if path.is_relative_to(shelter.PACKAGE)}
    assert own.name == "shelter.py"
    newest = max(path.name for path in (shelter.PACKAGE / "storage" / "migrations" / "versions").glob("m*.py"))
    assert {f"storage/migrations/versions/{newest}", "storage/tables/residents.py", "training/case_file.py"} <= sources
    assert all(list(shelter.PACKAGE.glob(source)) for source in shelter.SOURCES)
