"""The wire: one request, one answer that counts only with our server's signature."""

from __future__ import annotations

import re
import secrets
import ssl
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import httpx
import msgspec

from data.base import now_text
from sync import codec, frames, keys, protocol
from sync.errors import (
    Busy,
    EnrolRefused,
    InsecureAddress,
    NotOurServer,
    OtherGeneration,
    Unreachable,
)
from sync.frames import BadFrame
from sync.protocol import AnswerHeader, EnrolRequest, HelloAnswer, Problem, RequestHeader
from sync.state import Device

CONNECT_S = 10.0
SILENCE_S = 30.0
RETRY_AFTER_S, RETRY_AFTER_S_MAX = 5, 600
CERTIFICATE_CODES = {9: "certificate_out_of_date", 10: "certificate_out_of_date",
                     62: "certificate_of_another", 64: "certificate_of_another"}  # fmt: skip
"""OpenSSL's reasons (X509_V_ERR): not yet valid, expired, another host, another address."""
CERTIFICATE = "-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----"
LOOPBACK = ("localhost", "127.0.0.1", "::1")
Shape = TypeVar("Shape")


@dataclass
class Wire:
    """An open line to the server that counts its bytes and measures its speed.

    Timeouts are by silence (no byte for 30 s), not by total: a slow line may take its time.
    """

    http: httpx.Client
    base: str
    bytes_up: int = 0
    bytes_down: int = 0
    last_s: float = 0.0

    def close(self) -> None:
        """Hang up."""
        self.http.close()

    def post(
        self,
        path: str,
        content: bytes | Iterable[bytes],
        media_type: str = protocol.MEDIA_TYPE,
        method: str = "POST",
    ) -> bytes:
        """Send bytes, or parts as they are made, and return the bytes of an answer of our kind.

        Raises Unreachable, Busy, NotOurServer.
        """
        began = time.monotonic()
        body = content if isinstance(content, bytes) else self._counted(content)
        try:
            headers = {"Content-Type": media_type}
            answer = self.http.request(method, self.base + path, content=body, headers=headers)
        except httpx.ConnectError as error:
            raise Unreachable(_connect_code(error), url=self.base) from error
        except httpx.TimeoutException as error:
            raise Unreachable("server_silent", url=self.base) from error
        except httpx.TransportError as error:
            raise Unreachable("connection_cut", url=self.base) from error
        finally:
            self.last_s = time.monotonic() - began
        self.bytes_up += len(body) if isinstance(body, bytes) else 0
        self.bytes_up += _header_bytes(answer.request.headers)
        self.bytes_down += len(answer.content) + _header_bytes(answer.headers)
        return _ours(answer)

    def _counted(self, parts: Iterable[bytes]) -> Iterator[bytes]:
        for part in parts:
            self.bytes_up += len(part)
            yield part


def connect(url: str, trust: str = "") -> Wire:
    """A line to the server's address; nothing is sent yet. Raises InsecureAddress.

    `trust` is a text of certificates (PEM) to trust instead of the system's. Redirects are never
    followed, and a proxy of the environment is never asked for this machine itself.
    """
    base = address(url)
    local = is_loopback(base)
    verify = _trusted(trust) if base.startswith("https") else False
    timeout = httpx.Timeout(SILENCE_S, connect=CONNECT_S)
    client = httpx.Client(
        timeout=timeout, verify=verify, trust_env=not local, follow_redirects=False
    )
    return Wire(client, base)


@cache
def _trusted(trust: str) -> ssl.SSLContext:
    """Reading the certificates costs more than a round without a change: once is enough."""
    return ssl.create_default_context(cadata=trust or None)


def certificates(file: str) -> str:
    """The certificates in a file, kept as text: the file may lie on a stick. Raises
    InsecureAddress `trust_unreadable`."""
    try:
        found = re.findall(CERTIFICATE, Path(file).read_text("utf-8"), re.DOTALL)
        _trusted("\n".join(found) or "none")
    except (OSError, ValueError) as error:  # ssl.SSLError is an OSError
        raise InsecureAddress("trust_unreadable", file=file) from error
    return "\n".join(found)


def address(url: str) -> str:
    """The server's address in one spelling. Raises InsecureAddress."""
    typed = url.strip().rstrip("/")
    try:
        parts = urlsplit(typed if "://" in typed else f"https://{typed}")
        known = parts.scheme in ("http", "https") and parts.port != 0
        httpx.URL(parts.geturl())
    except (ValueError, httpx.InvalidURL):
        raise InsecureAddress("address_unreadable", url=url) from None
    if not parts.hostname or not known or parts.username or parts.query or parts.fragment:
        raise InsecureAddress("address_unreadable", url=url)
    if parts.scheme == "http" and not is_loopback(typed):
        raise InsecureAddress("address_not_encrypted", url=url)
    return f"{parts.scheme}://{parts.netloc}{parts.path}"


def is_loopback(url: str) -> bool:
    """Whether the address is on this machine."""
    return (urlsplit(url).hostname or "") in LOOPBACK


def signed_request(device: Device, kind: Any, content: Any) -> tuple[bytes, str]:
    """A signed request of this device and the nonce its answer must name."""
    return signed_bytes(device, kind, protocol.to_json(content))


def signed_bytes(device: Device, kind: Any, body: bytes) -> tuple[bytes, str]:
    """The same around bytes that are ready (and sealed where they must be)."""
    header = RequestHeader(
        device=device.device_id,
        kind=kind,
        nonce=secrets.token_hex(16),
        at=now_text(),
        body_len=len(body),
        sha256=protocol.sha256_hex(body),
    )
    unsigned = frames.unsigned_frame(frames.MAGIC_REQUEST, protocol.to_json(header), body)
    return unsigned + device.pair.sign(unsigned), header.nonce


def read_answer(device: Device, content: bytes, re: str, shape: type[Shape]) -> Shape | Problem:
    """What the server says, once its signature, name, generation and receiver are checked.

    `re` is the nonce of the request, or the digest of the first batch of a push.

    Raises NotOurServer, OtherGeneration.
    """
    frame, header = _framed(content)
    if header.server_id != device.server_id:
        raise OtherGeneration("other_server", url=device.url)
    if not keys.verified(frame.signed, frame.signature, device.server_verify_key):
        raise NotOurServer("answer_not_signed", url=device.url)
    if header.generation != device.generation:
        raise OtherGeneration("other_generation", url=device.url)
    if header.kind == "problem" and header.re in (re, ""):
        return _content(header, frame.body, Problem)
    if header.device != device.device_id or header.re != re:
        raise NotOurServer("answer_to_another", url=device.url)
    opened = device.pair.open(frame.body)
    if opened is None or not header.sealed:
        raise NotOurServer("answer_to_another", url=device.url)
    return _content(header, opened, shape)


def read_hello(device: Device, content: bytes, re: str) -> tuple[HelloAnswer | Problem, str]:
    """What the server says to a hello, and its new generation when it was put back from a backup
    and says so; "" when it is as we know it.

    Raises NotOurServer, OtherGeneration.
    """
    try:
        return read_answer(device, content, re, HelloAnswer), ""
    except OtherGeneration as stranger:
        _, header = _framed(content)
        if stranger.code != "other_generation":
            raise
        there = replace(device, generation=header.generation)
        answer = read_answer(there, content, re, HelloAnswer)
        if isinstance(answer, HelloAnswer):
            told = answer.restored
            if told is None or told.restored_at <= device.restored_at:
                raise
        return answer, header.generation


def read_enrolment(request: EnrolRequest, content: bytes, mark: str) -> protocol.EnrolAnswer:
    """The answer to an enrolment, signed by the server whose mark the code carries.

    Raises EnrolRefused, NotOurServer.
    """
    frame, header = _framed(content)
    if header.kind == "problem":
        problem = _content(header, frame.body, Problem)
        raise EnrolRefused(problem.code, **problem.facts)
    answer = _content(header, frame.body, protocol.EnrolAnswer)
    verify_key = _key(answer.verify_key)
    if not keys.verified(frame.signed, frame.signature, verify_key) or header.re != request.nonce:
        raise NotOurServer("answer_not_signed")
    if keys.server_mark(verify_key) != mark:
        raise EnrolRefused("code_of_another_server")
    return answer


def _key(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        raise NotOurServer("answer_not_signed") from None


def _framed(content: bytes) -> tuple[frames.Frame, AnswerHeader]:
    try:
        frame = frames.one_frame(frames.MAGIC_ANSWER, content, 2 * protocol.RAW_BYTES_MAX)
        header: AnswerHeader = frames.read_header(AnswerHeader, frame)
    except BadFrame as error:
        raise NotOurServer("answer_not_ours", reason=error.code) from error
    if protocol.sha256_hex(frame.body) != header.sha256:
        raise NotOurServer("answer_not_ours", reason="wrong_hash")
    return frame, header


def _content(header: AnswerHeader, body: bytes, shape: type[Shape]) -> Shape:
    try:
        raw = codec.inflate(body, "zstd", header.raw_len)
        return msgspec.json.decode(raw, type=shape)
    except (BadFrame, msgspec.MsgspecError) as error:
        raise NotOurServer("answer_not_ours", reason="unreadable") from error


def _ours(answer: httpx.Response) -> bytes:
    """The body when it is of our kind; otherwise what stands between us and the server."""
    if answer.headers.get("content-type", "").split(";")[0] == protocol.MEDIA_TYPE:
        if answer.status_code in (429, 503):
            raise Busy(retry_after_s=_retry_after_s(answer))
        return answer.content
    host = answer.url.host
    if answer.status_code in (429, 503):
        raise Busy(retry_after_s=_retry_after_s(answer))
    if answer.is_redirect or answer.status_code == 511:
        there = urlsplit(answer.headers.get("location", "")).hostname or host
        raise NotOurServer("login_page", host=there)
    if answer.status_code >= 500:
        raise Unreachable("server_trouble", status=answer.status_code)
    if "html" in answer.headers.get("content-type", ""):
        raise NotOurServer("login_page", host=host)
    raise NotOurServer("answer_not_ours", reason=f"http {answer.status_code}")


def _retry_after_s(answer: httpx.Response) -> int:
    """Seconds, or an instant (RFC 9110); what cannot be read is a short while."""
    text = answer.headers.get("retry-after", "").strip()
    if text.isdigit():
        return min(int(text), RETRY_AFTER_S_MAX)
    try:
        wait = parsedate_to_datetime(text) - datetime.now(UTC)
    except (ValueError, TypeError):
        return RETRY_AFTER_S
    return min(max(int(wait.total_seconds()), 1), RETRY_AFTER_S_MAX)


def _connect_code(error: BaseException) -> str:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return CERTIFICATE_CODES.get(cause.verify_code, "certificate_not_trusted")
        if isinstance(cause, ssl.SSLError):
            return "line_not_encrypted"
        cause = cause.__cause__ or cause.__context__
    return "server_unreachable"


def _header_bytes(headers: httpx.Headers) -> int:
    return sum(len(name) + len(value) + 4 for name, value in headers.raw)
