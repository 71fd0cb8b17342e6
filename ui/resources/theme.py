"""The look: colours by name, sizes on a grid of 4, and the style sheet made from them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from string import Template

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

ROW_PX = 38
BODY_PT = 10.5
LABEL_PT = 9.5
FACES = ("Segoe UI", "Noto Sans")


@dataclass(frozen=True, slots=True)
class Tone:
    """Text on its ground; both together keep a contrast of 4.5:1 or more."""

    text: str
    ground: str


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colours by what they mean; nothing else in the window names a colour."""

    name: str = "calm"
    ink: str = "#1d2733"
    muted: str = "#5c6874"
    faint: str = "#6b7681"
    line: str = "#e1e6eb"
    border: str = "#c9d1d9"
    paper: str = "#ffffff"
    canvas: str = "#f5f7f9"
    side: str = "#fbfcfd"
    brand: str = "#0b6b5d"
    brand_dark: str = "#085448"
    brand_soft: str = "#e3f1ee"
    hover: str = "#f0f3f6"
    on_brand: str = "#ffffff"
    focus: str = "#0b6b5d"
    ok: Tone = Tone("#116329", "#dff3e4")
    wait: Tone = Tone("#7d5200", "#fdf0d3")
    bad: Tone = Tone("#a0211c", "#fbe4e2")
    info: Tone = Tone("#1b4f8f", "#e2edfa")
    mute: Tone = Tone("#505b67", "#e9edf1")
    strong: Tone = Tone("#ffffff", "#44546a")
    medium: Tone = Tone("#1d2733", "#c9d3df")

    def tone(self, name: str) -> Tone:
        """A pair of colours by its name: ok, wait, bad, info, mute, strong, medium."""
        found = getattr(self, name, None)
        return found if isinstance(found, Tone) else self.mute


CALM = Tokens()
CONTRAST = replace(
    CALM,
    name="contrast",
    ink="#000000",
    muted="#1f1f1f",
    faint="#303030",
    line="#000000",
    border="#000000",
    canvas="#ffffff",
    side="#ffffff",
    brand="#003d33",
    brand_dark="#000000",
    brand_soft="#ffe98a",
    hover="#fff4c2",
    focus="#b00000",
    ok=Tone("#00320f", "#ffffff"),
    wait=Tone("#3d2800", "#ffffff"),
    bad=Tone("#6b0000", "#ffffff"),
    info=Tone("#00264d", "#ffffff"),
    mute=Tone("#000000", "#ffffff"),
    strong=Tone("#ffffff", "#000000"),
    medium=Tone("#000000", "#ffffff"),
)
THEMES = {"calm": CALM, "contrast": CONTRAST}
_worn: list[Tokens] = [CALM]


def worn() -> Tokens:
    """The tokens that the program wears now."""
    return _worn[0]


def wear(application: QApplication, name: str = "calm") -> Tokens:
    """Dress the whole program: Fusion style, palette, font and style sheet of a theme."""
    tokens = THEMES.get(name, CALM)
    _worn[0] = tokens
    application.setStyle(QStyleFactory.create("Fusion"))
    application.setFont(body_font())
    application.setPalette(palette(tokens))
    application.setStyleSheet(style_sheet(tokens))
    return tokens


def body_font() -> QFont:
    """The system's interface face in the body size; it has all Vietnamese letters."""
    return QFont(_body())


@cache
def _body() -> QFont:
    """Looked for once: lists paint hundreds of cells with it."""
    font = QFont()
    known = set(QFontDatabase.families())
    for face in FACES:
        if face in known:
            font.setFamily(face)
            break
    font.setPointSizeF(BODY_PT)
    return font


def sized(points: float, bold: bool = False) -> QFont:
    """The body face in another size."""
    font = body_font()
    font.setPointSizeF(points)
    font.setBold(bold)
    return font


def palette(tokens: Tokens) -> QPalette:
    """Fusion's palette from the tokens, for the few things a style sheet does not reach."""
    made = QPalette()
    for role, colour in (
        (QPalette.ColorRole.Window, tokens.canvas),
        (QPalette.ColorRole.Base, tokens.paper),
        (QPalette.ColorRole.AlternateBase, tokens.canvas),
        (QPalette.ColorRole.Text, tokens.ink),
        (QPalette.ColorRole.WindowText, tokens.ink),
        (QPalette.ColorRole.ButtonText, tokens.ink),
        (QPalette.ColorRole.Button, tokens.paper),
        (QPalette.ColorRole.Highlight, tokens.brand),
        (QPalette.ColorRole.HighlightedText, tokens.on_brand),
        (QPalette.ColorRole.PlaceholderText, tokens.faint),
        (QPalette.ColorRole.ToolTipBase, tokens.ink),
        (QPalette.ColorRole.ToolTipText, tokens.paper),
        (QPalette.ColorRole.Link, tokens.brand),
    ):
        made.setColor(role, QColor(colour))
    return made


def style_sheet(tokens: Tokens) -> str:
    """The style sheet of `style.qss` with the tokens in their places."""
    names = {
        name: value
        for name in Tokens.__dataclass_fields__
        if isinstance(value := getattr(tokens, name), str)
    }
    for name in ("ok", "wait", "bad", "info", "mute", "strong", "medium"):
        tone = tokens.tone(name)
        names[f"{name}_text"], names[f"{name}_ground"] = tone.text, tone.ground
    names["chevron"] = icon_path("chevron-down")
    names["check"] = icon_path("check-white")
    names["ticked"] = icon_path("check")
    source = files("ui.resources").joinpath("style.qss").read_text("utf-8")
    return Template(source).substitute(names)


def icon_path(name: str) -> str:
    """The place of an icon's file, for a style sheet."""
    return str(files("ui.resources").joinpath(f"icons/{name}.svg")).replace("\\", "/")
