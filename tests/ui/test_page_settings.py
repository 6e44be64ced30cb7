"""Settings by keyboard: appearance, passphrase, certificate, officers, authority, figures, backup, check."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from brokerdesk import wiring
from brokerdesk.core import places
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.officer import Officer, Role
from brokerdesk.core.services import certificates
from brokerdesk.core.services import council as councils
from brokerdesk.core.services.desk import Desk
from brokerdesk.core.settings import Settings, Theme, read_settings
from brokerdesk.ui import theme
from brokerdesk.ui.acts import ActRunner
from brokerdesk.ui.dialogs import files
from brokerdesk.ui.main_window import MainWindow
from brokerdesk.ui.pages.desk_page import DeskActs, Sitting
from brokerdesk.ui.pages.settings_desk import BackupSection, CertificateSection, RulebookSection
from brokerdesk.ui.pages.settings_look import LookSection
from brokerdesk.ui.pages.settings_page import SettingsPage
from council_sample import APPROVER, BROKER, MANAGER, NOW, PASSPHRASE, Council
from hands import CONTROL, fill, press, tab_to, type_in

Open = Callable[[Desk], MainWindow]


@pytest.fixture
def manager_desk(council: Council) -> Iterator[Desk]:
    with council.open(MANAGER) as desk:
        yield desk


def show(window: MainWindow, key: str) -> SettingsPage:
    """Settings by Ctrl+6, then down the list to a section."""
    window.go("today")
    press(Qt.Key.Key_6, CONTROL)
    page = window.page
    assert isinstance(page, SettingsPage)
    for _ in page.sections:
        if page.section.key == key:
            return page
        press(Qt.Key.Key_Down)
    raise AssertionError(f"no section {key}")


def act(qtbot: QtBot, runner: ActRunner) -> None:
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: runner.is_idle, timeout=20_000)


def test_the_colours_change_at_once_and_are_kept(main_window: MainWindow, qapp: QApplication) -> None:
    show(main_window, "look")
    tab_to("As this computer")
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Space)
    fill("Lock after", "5")
    press(Qt.Key.Key_Return, CONTROL)
    kept = read_settings(places.settings_file())
    assert (kept.theme, kept.idle_lock_minutes) == (Theme.DARK, 5)
    assert theme.current().tokens is theme.DARK
    theme.dress(qapp, theme.Appearance("light"))


def test_the_program_draws_its_window_anew_in_settings_that_it_keeps_itself(
    qtbot: QtBot, council: Council, demo_desk: Desk, runner: ActRunner
) -> None:
    applied: list[Settings] = []
    offered = Sitting(council.folder, Settings(idle_lock_minutes=7), applied.append)
    page = SettingsPage(DeskActs(demo_desk, runner, offered))
    qtbot.addWidget(page)
    look = page.section
    assert isinstance(look, LookSection)
    assert look.idle.value() == "7"
    look.percent.set_value("150")
    look.keep()
    qtbot.waitUntil(lambda: applied == [Settings(idle_lock_minutes=7, text_size_percent=150)])
    backups = page.sections["backup"]
    assert isinstance(backups, BackupSection)
    assert backups.folder == council.folder / "backups"


def test_minutes_out_of_range_are_said_at_the_field_and_nothing_is_kept(main_window: MainWindow) -> None:
    show(main_window, "look")
    fill("Lock after", "90")
    press(Qt.Key.Key_Return, CONTROL)
    assert "Write whole minutes from 1 to 60." in main_window.told[-1]
    assert not places.settings_file().exists()


def test_a_passphrase_is_changed_and_only_the_new_one_opens_the_desk(
    qtbot: QtBot, council: Council, window_of: Open, runner: ActRunner
) -> None:
    new = "five rather longer words here"
    with council.open(BROKER) as desk:
        window = window_of(desk)
        show(window, "passphrase")
        fill("Passphrase until now", PASSPHRASE)
        fill("New passphrase", new)
        fill("New passphrase once more", new)
        act(qtbot, runner)
        assert window.toast.sentence.text() == "Your passphrase is changed."
        desk.keys.change_passphrase(new, PASSPHRASE)


def test_a_wrong_passphrase_changes_nothing(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk
) -> None:
    show(main_window, "passphrase")
    fill("Passphrase until now", "not mine at all")
    fill("New passphrase", "five rather longer words")
    fill("New passphrase once more", "five rather longer words")
    act(qtbot, runner)
    assert main_window.told
    demo_desk.keys.change_passphrase(PASSPHRASE, PASSPHRASE)


@pytest.fixture
def pkcs12_file(tmp_path: Path) -> Path:
    """A certificate of an invented council's IT, with its key and its issuer's own."""
    key, issuer_key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, BROKER)])
    issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Northmere IT")])
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(NOW - timedelta(days=1))
        .not_valid_after(NOW + timedelta(days=300))
        .add_extension(usage, critical=True)
        .sign(issuer_key, hashes.SHA256())
    )
    issued_by = (
        x509.CertificateBuilder()
        .subject_name(issuer)
        .issuer_name(issuer)
        .public_key(issuer_key.public_key())
        .serial_number(1)
        .not_valid_before(NOW - timedelta(days=30))
        .not_valid_after(NOW + timedelta(days=900))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(issuer_key, hashes.SHA256())
    )
    sealed = serialization.BestAvailableEncryption(b"file pass")
    path = tmp_path / "mine.p12"
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"mine", key, made, [issued_by], sealed))
    return path


def test_another_certificate_signs_from_now_on_and_the_register_says_so(
    qtbot: QtBot,
    main_window: MainWindow,
    runner: ActRunner,
    demo_desk: Desk,
    pkcs12_file: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = certificates.my_certificate(demo_desk).fingerprint
    monkeypatch.setattr(files, "ask_file", lambda *_: pkcs12_file)
    page = show(main_window, "certificate")
    tab_to("Choose a file")
    press(Qt.Key.Key_Space)
    type_in("wrong")
    act(qtbot, runner)
    assert "does not open this certificate file" in " ".join(main_window.told)
    assert certificates.my_certificate(demo_desk).fingerprint == before
    fill("Passphrase of the file", "file pass")
    act(qtbot, runner)
    now = certificates.my_certificate(demo_desk)
    assert (now.issuer, now.subject) == ("Northmere IT", BROKER)
    assert isinstance(page.section, CertificateSection)
    assert dict(page.section.facts.facts)["Issued by"] == "Northmere IT"
    with demo_desk.reading() as unit:
        last, details = unit.register()[-1]
    assert last.act == "certificate_imported"
    assert details is not None
    assert "file pass" not in str(details)


def test_a_limit_is_set_from_a_day_on(
    qtbot: QtBot, manager_desk: Desk, window_of: Open, runner: ActRunner
) -> None:
    window = window_of(manager_desk)
    show(window, "officers")
    fill("Approver or panel", APPROVER)
    fill("From", "1 12 26")
    fill("Limit a year", "75,000")
    act(qtbot, runner)
    limits = {held.officer_name: held.limit for held in councils.limits_on(manager_desk, date(2026, 12, 8))}
    assert limits[APPROVER] == Money.parse("75000.00")
    assert window.toast.sentence.text() == f"The limit of {APPROVER} is set."


def test_an_officer_is_added_and_can_sign_in(
    qtbot: QtBot, council: Council, window_of: Open, runner: ActRunner
) -> None:
    name, first = "Ione Tamsett", "a first passphrase of hers"
    with council.open(MANAGER) as desk:
        window = window_of(desk)
        show(window, "officers")
        fill("Name", name)
        tab_to("Approver")
        press(Qt.Key.Key_Space)
        fill("First passphrase", first)
        tab_to("Add the officer")
        press(Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: runner.is_idle and window.toast.isVisible(), timeout=20_000)
        with desk.reading() as unit:
            assert unit.of(Officer).find(name=name)[0].roles == (Role.APPROVER,)
            assert first not in str(unit.register()[-1][1])
    with wiring.open_desk(council.folder, officer_name=name, passphrase=first) as opened:
        assert opened.desk.operator.name == name


def test_who_is_no_manager_is_told_whom_to_ask(main_window: MainWindow, demo_desk: Desk) -> None:
    show(main_window, "authority")
    fill("Name", "Another Council")
    press(Qt.Key.Key_Return, CONTROL)
    assert "A framework manager changes this." in main_window.told[-1]
    assert demo_desk.authority().name == "Northmere Council"


def test_the_authority_is_described_for_letters_to_come(
    qtbot: QtBot, manager_desk: Desk, window_of: Open, runner: ActRunner
) -> None:
    window = window_of(manager_desk)
    show(window, "authority")
    fill("Team, telephone, e-mail", "Brokerage, 01632 960 200")
    act(qtbot, runner)
    assert manager_desk.authority().contact == "Brokerage, 01632 960 200"
    assert manager_desk.authority().address == ("Civic Hall", "Northmere", "WN1 1AA")


def test_every_figure_of_the_rulebook_is_shown_with_its_day_and_source(
    main_window: MainWindow, demo_desk: Desk
) -> None:
    page = show(main_window, "rulebook")
    section = page.section
    assert isinstance(section, RulebookSection)
    assert len(section.table.rows_model.rows) == len(demo_desk.rulebook.rows)


def test_a_backup_is_made_and_everything_is_checked(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner
) -> None:
    page = show(main_window, "backup")
    section = page.section
    assert isinstance(section, BackupSection)
    act(qtbot, runner)
    assert section.made is not None
    assert section.made.exists()
    tab_to("Check my desk")
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: runner.is_idle, timeout=20_000)
    assert main_window.toast.sentence.text() == "Everything holds."
    assert len(section.table.rows_model.rows) >= 6
