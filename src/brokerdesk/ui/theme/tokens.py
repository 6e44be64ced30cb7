"""The colours and sizes of the window: one table for light, dark and high contrast."""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Tokens:
    """Every colour of one theme, as `#RRGGBB`."""

    page: str
    surface: str
    sunken: str
    line: str
    control: str
    text: str
    text2: str
    text3: str
    rail: str
    railtext: str
    railon: str
    onrail: str
    primary: str
    hover: str
    onprimary: str
    link: str
    select: str
    tint: str
    tint2: str
    lamp: str
    lampbg: str
    lampline: str
    lamptext: str
    onlamp: str
    ok: str
    okbg: str
    warn: str
    warnbg: str
    bad: str
    badbg: str
    info: str
    infobg: str
    mute: str
    focus: str
    q1: str
    q2: str
    q3: str
    land: str
    dots: str
    dotsin: str
    is_dark: bool
    """Icons of the system and scroll bars follow it."""
    is_contrast: bool
    """Patterns and outlines stand where tints would."""
    focus_width: int
    """Width of the focus ring, px."""


LIGHT = Tokens(
    page="#F5F3EE",
    surface="#FFFFFF",
    sunken="#FAF8F4",
    line="#DFDAD0",
    control="#848C8B",
    text="#172326",
    text2="#475456",
    text3="#5F6B6C",
    rail="#12363B",
    railtext="#CFE0DF",
    railon="#24525A",
    onrail="#FFFFFF",
    primary="#0B5F6B",
    hover="#094F59",
    onprimary="#FFFFFF",
    link="#0B5F6B",
    select="#E1EFF0",
    tint="#E1EFF0",
    tint2="#C3DEE0",
    lamp="#F2AE38",
    lampbg="#FFF3DA",
    lampline="#B57A12",
    lamptext="#6A4500",
    onlamp="#3B2700",
    ok="#1E6B3C",
    okbg="#E5F2E8",
    warn="#865000",
    warnbg="#FCEFD6",
    bad="#A1281D",
    badbg="#FBE8E4",
    info="#28568F",
    infobg="#E6EEF8",
    mute="#EDEAE3",
    focus="#1A56C4",
    q1="#0B5F6B",
    q2="#539A9F",
    q3="#B9D6D6",
    land="#F3F2EC",
    dots="#B9BFB6",
    dotsin="#7FB0B3",
    is_dark=False,
    is_contrast=False,
    focus_width=2,
)
DARK = Tokens(
    page="#121819",
    surface="#1A2224",
    sunken="#1F282B",
    line="#323D40",
    control="#75827F",
    text="#E9EFED",
    text2="#BAC6C4",
    text3="#98A6A4",
    rail="#0B1112",
    railtext="#AEBDBB",
    railon="#1C3236",
    onrail="#FFFFFF",
    primary="#57BDC7",
    hover="#73CDD5",
    onprimary="#04262B",
    link="#73CDD5",
    select="#173A40",
    tint="#15363B",
    tint2="#1F4E55",
    lamp="#F2AE38",
    lampbg="#33270E",
    lampline="#C98E2A",
    lamptext="#F8D08A",
    onlamp="#3B2700",
    ok="#82CE99",
    okbg="#16301F",
    warn="#F0BA62",
    warnbg="#33260F",
    bad="#F5968A",
    badbg="#3D1B17",
    info="#93BCF2",
    infobg="#182A43",
    mute="#2A3538",
    focus="#8FBCFF",
    q1="#57BDC7",
    q2="#3A929B",
    q3="#2B6A72",
    land="#161D1F",
    dots="#3F4B4D",
    dotsin="#2F6F77",
    is_dark=True,
    is_contrast=False,
    focus_width=2,
)
HIGH_CONTRAST = Tokens(
    page="#000000",
    surface="#000000",
    sunken="#000000",
    line="#FFFFFF",
    control="#FFFFFF",
    text="#FFFFFF",
    text2="#FFFFFF",
    text3="#E6E6E6",
    rail="#000000",
    railtext="#FFFFFF",
    railon="#003C8F",
    onrail="#FFFFFF",
    primary="#FFD75E",
    hover="#FFE9A6",
    onprimary="#000000",
    link="#8EE3FF",
    select="#003C8F",
    tint="#000000",
    tint2="#000000",
    lamp="#FFD75E",
    lampbg="#000000",
    lampline="#FFD75E",
    lamptext="#FFD75E",
    onlamp="#3B2700",
    ok="#8CF5A4",
    okbg="#000000",
    warn="#FFD75E",
    warnbg="#000000",
    bad="#FF9E92",
    badbg="#000000",
    info="#8EC5FF",
    infobg="#000000",
    mute="#000000",
    focus="#00E5FF",
    q1="#FFD75E",
    q2="#FFFFFF",
    q3="#808080",
    land="#000000",
    dots="#808080",
    dotsin="#FFFFFF",
    is_dark=True,
    is_contrast=True,
    focus_width=3,
)
BY_NAME = {"light": LIGHT, "dark": DARK, "high_contrast": HIGH_CONTRAST}

SIZES = {"figure": 26, "title": 20, "card": 16, "body": 14, "second": 13, "axis": 12}
"""Letter height of each role, px at 100 %."""
BOLD_ROLES = frozenset({"figure", "title", "card"})
"""Roles drawn at weight 600 unless told otherwise."""


def colour_names() -> tuple[str, ...]:
    """Names of every colour, in the order of the table."""
    return tuple(field.name for field in fields(Tokens) if field.type == "str")


def contrast(one: str, other: str) -> float:
    """WCAG contrast ratio of two colours written `#RRGGBB`, 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
