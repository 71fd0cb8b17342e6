"""The parser of the command line in the user's language: its own words, help and complaints."""

from __future__ import annotations

import argparse
import sys
from typing import Any, NoReturn

from app.wording import translate

WRONG_CALL = 2


class Parser(argparse.ArgumentParser):
    """An argument parser that complains in the user's language and exits with 2."""

    def __init__(self, **options: Any) -> None:
        usual: dict[str, Any] = {"allow_abbrev": False, "epilog": _common()}
        super().__init__(**(usual | options))
        self.register("action", "parsers", Verbs)

    def add_subparsers(self, **options: Any) -> Any:
        """A group of verbs under its own heading."""
        usual = {"title": translate("việc cần làm"), "metavar": translate("VIỆC")}
        return super().add_subparsers(**(usual | options))

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the call on standard error and leave with exit code 2."""
        self.print_usage(sys.stderr)
        told = translate("Gọi chưa đúng: {message}", message=message)
        self.exit(WRONG_CALL, f"{self.prog}: {told}\n")


class Verbs(argparse._SubParsersAction):  # type: ignore[type-arg]
    """Verbs whose own help opens with the sentence that the list of verbs shows."""

    def add_parser(self, name: str, **options: Any) -> Any:
        """A verb; `help` describes it in both places."""
        return super().add_parser(name, **({"description": options["help"]} | options))


def speak_as_chosen() -> None:
    """Let argparse say its own few words through our door.

    It asks the system's gettext, which needs compiled catalogues and an environment; the name it
    asks under is the one place where its words can be had in the language of this call.
    """
    argparse._ = _said  # type: ignore[attr-defined]


def _common() -> str:
    return translate(
        "Đặt trước hay sau việc đều được: --home DIR, --user NAME, --lang vi/en, --json, --text. "
        "Mật khẩu: biến SOANSINH_PASSWORD, không có thì được hỏi. "
        "Mã thoát: 0 xong, 1 bị từ chối, 2 gọi chưa đúng, 3 máy thiếu thứ cần có."
    )


def _said(english: str) -> str:
    """What argparse says, in the user's language; what is not known here stays as it is."""
    known = {
        "usage: ": translate("cách gọi: "),
        "positional arguments": translate("tham số"),
        "options": translate("tùy chọn"),
        "show this help message and exit": translate("hiện hướng dẫn này"),
        "the following arguments are required: %s": translate("còn thiếu %s"),
        "one of the arguments %s is required": translate("cần một trong các tham số %s"),
        "unrecognized arguments: %s": translate("không có tham số %s"),
        "not allowed with argument %s": translate("không dùng cùng với %s"),
        "expected one argument": translate("cần một giá trị"),
        "expected at least one argument": translate("cần ít nhất một giá trị"),
        "ignored explicit argument %r": translate("không nhận giá trị %r"),
        "argument %(argument_name)s: %(message)s": translate(
            "tham số %(argument_name)s: %(message)s"
        ),
        "invalid choice: %(value)r (choose from %(choices)s)": translate(
            "không có %(value)r (chọn trong: %(choices)s)"
        ),
        "invalid %(type)s value: %(value)r": translate("không đọc được %(value)r (%(type)s)"),
    }
    return known.get(english, english)
