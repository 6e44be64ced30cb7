"""The look: contrast, letters, and that no colour stands anywhere but in the theme."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QFontInfo, QFontMetricsF
from PySide6.QtWidgets import QApplication

from brokerdesk.ui import theme
from brokerdesk.ui.theme.tokens import colour_names

TEXT_PAIRS = (
    ("text", "page"), ("text", "surface"), ("text", "sunken"), ("text", "select"), ("text", "tint2"),
    ("text2", "surface"), ("text2", "page"), ("text2", "mute"), ("text3", "surface"), ("text3", "page"),
    ("text3", "select"), ("link", "surface"), ("link", "select"),
    ("onprimary", "primary"), ("onprimary", "hover"),
    ("railtext", "rail"), ("onrail", "railon"), ("lamptext", "lampbg"), ("onlamp", "lamp"), ("ok", "okbg"),
    ("warn", "warnbg"), ("bad", "badbg"), ("bad", "surface"), ("info", "infobg"), ("text", "lampbg"),
    ("surface", "text"),
)  # fmt: skip
EDGE_PAIRS = (
    ("control", "surface"), ("control", "page"), ("focus", "surface"), ("focus", "page"),
    ("lampline", "surface"),
    ("primary", "surface"), ("onrail", "rail"),
)  # fmt: skip


@pytest.mark.parametrize("name", ["light", "dark", "high_contrast"])
def test_all_words_can_be_read_on_what_they_stand_on(name: str) -> None:
    tokens = theme.BY_NAME[name]
    weak = {
        (ink, ground): round(ratio, 2)
        for ink, ground in TEXT_PAIRS
        if (ratio := theme.contrast(getattr(tokens, ink), getattr(tokens, ground))) < 4.5
    }
    assert weak == {}


@pytest.mark.parametrize("name", ["light", "dark", "high_contrast"])
def test_edges_of_controls_and_the_focus_ring_stand_out(name: str) -> None:
    tokens = theme.BY_NAME[name]
    weak = {
        (ink, ground): round(ratio, 2)
        for ink, ground in EDGE_PAIRS
        if (ratio := theme.contrast(getattr(tokens, ink), getattr(tokens, ground))) < 3
    }
    assert weak == {}


def test_the_contrast_formula_is_that_of_wcag() -> None:
    assert theme.contrast("#FFFFFF", "#000000") == pytest.approx(21)
    assert round(theme.contrast(theme.LIGHT.text, theme.LIGHT.page), 1) == 14.5
    assert round(theme.contrast(theme.DARK.control, theme.DARK.page), 1) == 4.5


def test_ten_digits_have_one_width_so_that_money_lines_up() -> None:
    for bold in (False, True):
        metrics = QFontMetricsF(theme.current().font("body", bold=bold))
        assert len({metrics.horizontalAdvance(digit) for digit in "0123456789"}) == 1


def test_both_weights_are_drawn_with_our_own_letters() -> None:
    for bold in (False, True):
        font = theme.current().font("body", bold=bold)
        assert QFontInfo(font).family() == "Source Sans 3"
    widths = [
        QFontMetricsF(theme.current().font("body", bold=bold)).horizontalAdvance("Wrenhollow")
        for bold in (0, 1)
    ]
    assert widths[0] < widths[1]


def test_names_from_wales_poland_and_turkey_have_their_letters() -> None:
    metrics = QFontMetricsF(theme.current().font())
    assert all(metrics.inFontUcs4(ord(letter)) for letter in "ŵŷâłżśçğıİ£–’“”×÷−")


def test_larger_text_scales_every_size(qapp: QApplication) -> None:
    large = theme.dress(qapp, theme.Appearance("dark", 150))
    assert large.px(32) == 48
    assert large.font("body").pixelSize() == 21
    assert "font-size: 21px" in qapp.styleSheet()


def test_the_theme_changes_while_the_program_runs(qapp: QApplication) -> None:
    theme.dress(qapp, theme.Appearance("dark"))
    assert qapp.palette().window().color().name().upper() == theme.DARK.page
    theme.dress(qapp, theme.Appearance("high_contrast"))
    assert qapp.palette().window().color().name().upper() == theme.HIGH_CONTRAST.page


def test_no_colour_is_written_outside_the_tokens(project: Path) -> None:
    written = re.compile(r"#[0-9A-Fa-f]{6}\b|QColor\(\s*\d|rgba?\(")
    sources = [*project.glob("src/brokerdesk/ui/**/*.py"), *project.glob("resources/style/*.qss")]
    guilty = [
        f"{path.name}: {line.strip()}"
        for path in sources
        if path.name != "tokens.py"
        for line in path.read_text(encoding="utf-8").splitlines()
        if written.search(line)
    ]
    assert guilty == []


def test_every_colour_of_every_theme_is_written_out() -> None:
    for tokens in theme.BY_NAME.values():
        assert all(re.fullmatch(r"#[0-9A-F]{6}", getattr(tokens, name)) for name in colour_names())


def test_every_icon_named_in_the_window_is_there(project: Path) -> None:
    there = {path.stem for path in project.glob("resources/icons/*.svg")}
    named = set()
    for path in project.glob("src/brokerdesk/ui/**/*.py"):
        text = path.read_text(encoding="utf-8")
        named |= set(
            re.findall(r'(?:icon|paint_icon|Picture|IconButton)\((?:painter, )?"([a-z0-9-]+)"', text)
        )
        named |= set(re.findall(r'icon_name="([a-z0-9-]+)"', text))
    assert named
    assert named - there == set()


def test_the_licences_of_letters_and_icons_lie_beside_them(project: Path) -> None:
    assert "SIL Open Font License" in (project / "resources/fonts/OFL.txt").read_text(encoding="utf-8")
    assert "ISC License" in (project / "resources/icons/LICENSE.txt").read_text(encoding="utf-8")
