from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from brokerdesk import wiring
from brokerdesk.core.domain.directory import Rating
from brokerdesk.core.domain.errors import ConflictError, InputProblem, RuleError
from brokerdesk.core.ports import Cancelled
from brokerdesk.core.services import providers
from brokerdesk.core.services.desk import Desk
from builders import AUDITOR, PASSPHRASES, a_directory, a_location, make_desk
from fakes import FakeDirectoryReader, StopAfter


@dataclass(frozen=True)
class PostcodeTable:
    """A postcode table as its reader answers."""

    rows: tuple[tuple[str, float, float], ...]
    file_name: str = "postcodes.csv"
    file_sha256: str = "e" * 64
    rows_read: int = 3
    problems: tuple[InputProblem, ...] = ()
    skipped: tuple[Any, ...] = ()


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[wiring.OpenDesk]:
    with make_desk(tmp_path / "desk").open() as opened:
        yield opened


@pytest.fixture
def reader() -> FakeDirectoryReader:
    return FakeDirectoryReader()


@pytest.fixture
def desk(opened: wiring.OpenDesk, reader: FakeDirectoryReader) -> Desk:
    return replace(opened.desk, directory_reader=reader)


def take_in(desk: Desk, reader: FakeDirectoryReader, *rows: Any, sha: str, on: date) -> Any:
    reader.answers["file.csv"] = a_directory(*rows, sha256=sha * 64, dated_on=on)
    return providers.agree_directory_import(desk, path="file.csv", sha256=sha * 64).value


def test_a_preview_counts_and_keeps_nothing(desk: Desk, reader: FakeDirectoryReader) -> None:
    reader.answers["file.csv"] = replace(
        a_directory(a_location(1), a_location(2)),
        problems=(InputProblem(7, "Postcode", "?", "a postcode"), InputProblem(7, "Rating", "?", "a rating")),
    )
    shown = providers.preview_directory(desk, Path("file.csv"))
    assert (shown.new, shown.changed, shown.same, shown.bad) == (2, 0, 0, 1)
    assert (shown.dated_on, shown.is_known) == (date(2026, 11, 2), False)
    with desk.reading() as unit:
        assert unit.directory.count() == 0
        assert len(unit.register()) == 1


def test_an_agreed_file_is_kept_with_its_counts_in_the_register(
    desk: Desk, reader: FakeDirectoryReader
) -> None:
    kept = take_in(desk, reader, a_location(1), a_location(2), sha="a", on=date(2026, 11, 2))
    assert (kept.new, kept.changed, kept.same) == (2, 0, 0)
    with desk.reading() as unit:
        entry, details = unit.register()[-1]
        assert unit.directory.count() == 2
    assert entry.act == "directory_imported"
    assert details is not None
    assert (details["arguments"]["sha256"], details["new"]) == ("a" * 64, 2)
    assert "Wrenhollow" not in repr(details)


def test_the_same_file_twice_changes_nothing(desk: Desk, reader: FakeDirectoryReader) -> None:
    take_in(desk, reader, a_location(1), sha="a", on=date(2026, 11, 2))
    assert providers.preview_directory(desk, Path("file.csv")).is_known
    outcome = providers.agree_directory_import(desk, path="file.csv", sha256="a" * 64)
    assert (outcome.value.new, outcome.value.changed, outcome.value.same) == (0, 0, 1)
    assert outcome.changes == ()
    assert len(providers.imported_files(desk)) == 1


def test_a_later_file_wins_fact_by_fact_and_a_blank_never_erases(
    desk: Desk, reader: FakeDirectoryReader
) -> None:
    take_in(desk, reader, a_location(1), sha="a", on=date(2026, 11, 2))
    later = a_location(1, rating=Rating.INADEQUATE, rating_on=date(2026, 11, 9), regulated_activities=None)
    kept = take_in(desk, reader, later, sha="b", on=date(2026, 11, 16))
    assert (kept.new, kept.changed, kept.same) == (0, 1, 0)
    known = providers.location(desk, "1-100000001")
    assert (known.facts.rating, known.facts.regulated_activities) == (Rating.INADEQUATE, ("Personal care",))
    assert known.origins["rating"].file_sha256 == "b" * 64
    assert known.origins["regulated_activities"].dated_on == date(2026, 11, 2)


def test_an_earlier_file_taken_in_later_does_not_win(desk: Desk, reader: FakeDirectoryReader) -> None:
    take_in(desk, reader, a_location(1, rating=Rating.GOOD), sha="a", on=date(2026, 11, 16))
    take_in(desk, reader, a_location(1, rating=Rating.OUTSTANDING, beds=12), sha="b", on=date(2026, 11, 2))
    known = providers.location(desk, "1-100000001")
    assert (known.facts.rating, known.facts.beds) == (Rating.GOOD, 12)


def test_a_file_that_changed_since_it_was_looked_at_is_refused(
    desk: Desk, reader: FakeDirectoryReader
) -> None:
    reader.answers["file.csv"] = a_directory(a_location(1), sha256="b" * 64)
    with pytest.raises(ConflictError, match=r"“file\.csv” has changed since you looked at it"):
        providers.agree_directory_import(desk, path="file.csv", sha256="a" * 64)
    with desk.reading() as unit:
        assert unit.directory.count() == 0


def test_an_import_that_is_stopped_keeps_nothing(desk: Desk, reader: FakeDirectoryReader) -> None:
    reader.answers["file.csv"] = a_directory(*(a_location(number) for number in range(3_000)))
    stopped = replace(desk, progress=StopAfter(2))
    with pytest.raises(Cancelled):
        providers.agree_directory_import(stopped, path="file.csv", sha256="a" * 64)
    with desk.reading() as unit:
        assert (unit.directory.count(), len(unit.register())) == (0, 1)


def test_an_auditor_may_not_import(opened: wiring.OpenDesk, reader: FakeDirectoryReader) -> None:
    hers = replace(opened.sign_in(AUDITOR, PASSPHRASES[AUDITOR]), directory_reader=reader)
    with pytest.raises(RuleError, match="may not import the directory: that is for a broker or framework"):
        take_in(hers, reader, a_location(1), sha="a", on=date(2026, 11, 2))


def test_locations_are_found_by_name_id_or_postcode(desk: Desk, reader: FakeDirectoryReader) -> None:
    rows = (a_location(1, location_name="100% Care_Now"), a_location(2, postcode="RG1 1AA"))
    take_in(desk, reader, *rows, sha="a", on=date(2026, 11, 2))
    for text, wanted in (("wrenhollow", 2), ("1-100000001", 1), ("rg1 1", 2), ("0% care_", 1), ("%", 1)):
        found = providers.find_locations(desk, text)
        assert [known.location_id for known in found] == [f"1-10000000{wanted}"]
    town = a_location(3, location_name="Hedgerow Care", address_lines=("2 Mill Lane", "Abram"))
    take_in(desk, reader, town, sha="b", on=date(2026, 11, 3))
    for text in ("hedgerow abram", "ABRAM mill", "care abram"):
        assert [known.location_id for known in providers.find_locations(desk, text)] == ["1-100000003"]
    assert providers.find_locations(desk, "hedgerow wigan") == ()
    assert [known.location_id for known in providers.find_locations(desk, "rg11aa")] == ["1-100000002"]
    with pytest.raises(RuleError, match="No directory file names location 1-9"):
        providers.location(desk, "1-9")


def test_postcode_positions_are_taken_in_once(desk: Desk, reader: FakeDirectoryReader) -> None:
    path = Path(__file__)  # the day of a table is the day that its file was written
    rows = (("WN5 9AA", 53.5, -2.7), ("WN5 9AB", 53.6, -2.7), ("RG1", 51.4, -1.0))
    reader.answers[path.name] = PostcodeTable(rows)
    kept = providers.agree_postcode_import(desk, path=str(path), sha256="e" * 64).value
    assert (kept.new, kept.changed, kept.same) == (3, 0, 0)
    assert providers.agree_postcode_import(desk, path=str(path), sha256="e" * 64).changes == ()
    moved = (("WN5 9AA", 53.5, -2.7), ("WN5 9AB", 53.7, -2.7))
    reader.answers[path.name] = PostcodeTable(moved, file_sha256="d" * 64)
    shown = providers.preview_postcodes(desk, path)
    assert (shown.new, shown.changed, shown.same) == (0, 1, 1)
    with desk.reading() as unit:
        assert unit.directory.positions(["WN5 9AA", "ZZ9 9ZZ"]) == {"WN5 9AA": (53.5, -2.7)}
        assert [row[0] for row in unit.directory.positions_within(["WN5"])] == ["WN5 9AA", "WN5 9AB"]


def test_an_import_through_the_real_reader_gives_the_counts_of_the_file(
    opened: wiring.OpenDesk, tmp_path: Path
) -> None:
    path = tmp_path / "postcodes.csv"
    path.write_text("pcds,lat,long\nWN5 9AA,53.5,-2.7\nWN5 9AB,53.6,-2.71\nnot one,1,1\n")
    shown = providers.preview_postcodes(opened.desk, path)
    assert (shown.new, shown.bad) == (2, 1)
    providers.agree_postcode_import(opened.desk, path=str(path), sha256=shown.sha256)
    assert providers.preview_postcodes(opened.desk, path).is_known


REAL = (
    # New and changed locations, the files taken in one after the other.
    ("cqc_api_location_details_oldham_2025_38.json", 38, 0),
    ("cqc_api_locations_list_oldham_2025.json", 413, 38),
    ("cqc_latest_ratings_2022_wigan_wokingham_wiltshire_lewisham.csv", 515, 0),
    ("cqc_powerbi_locations_2026_999rows.csv", 983, 16),
    ("cqc_website_search_2026_500rows.csv", 128, 22),
    ("hsca_active_locations_2021_49rows.ods", 20, 1),
)


def test_the_regulators_own_files_are_taken_in_with_these_counts_and_once_only(
    opened: wiring.OpenDesk, shared_data: Path
) -> None:
    for name, new, changed in REAL:
        path = shared_data / "cqc" / name
        shown = providers.preview_directory(opened.desk, path)
        assert (name, shown.new, shown.changed, shown.same, shown.bad) == (name, new, changed, 0, 0)
        taken = providers.agree_directory_import(opened.desk, path=str(path), sha256=shown.sha256)
        assert (taken.value.new, taken.value.changed) == (new, changed)
        again = providers.agree_directory_import(opened.desk, path=str(path), sha256=shown.sha256)
        assert again.changes == ()
    with opened.desk.reading() as unit:
        assert unit.directory.count() == sum(new for _, new, _ in REAL)
