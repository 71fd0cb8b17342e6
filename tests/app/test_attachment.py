"""Photos and scans: small, upright, without hidden data, with a basis, and never a bomb."""

from __future__ import annotations

import os
import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas
from sqlalchemy import select

from app.actions import access, attachment, care_case, person
from app.errors import Refused
from app.values.attachment import AttachmentDraft
from app.values.care_case import CaseDraft
from data.records import blob
from data.records.attachment import Attachment
from data.records.change import Change
from tests import desk
from tests.desk import Desk, typed

PORTRAIT = AttachmentDraft("photo", "Ảnh thẻ", "consent", "2026-03", consent_on="2026-03-05")
SCAN = AttachmentDraft("certificate", "Giấy xác nhận", "law")
ORIENTATION, CAMERA = 0x0112, 0x010F


@pytest.fixture
def office(home: Path) -> Iterator[Desk]:
    opened = desk.at(home)
    yield opened
    opened.close()


@pytest.fixture
def who(office: Desk) -> str:
    return person.save(office.minh, typed()).id


def picture(width: int, height: int, kind: str = "JPEG", **options: object) -> bytes:
    """A picture with a red left half and noise, as a camera would make it."""
    image = Image.effect_noise((width, height), 60).convert("RGB")
    image.paste((220, 20, 20), (0, 0, width // 2, height))
    out = BytesIO()
    image.save(out, kind, **options)  # type: ignore[arg-type]
    return out.getvalue()


def paper(pages: int = 1, password: str | None = None) -> bytes:
    out = BytesIO()
    lock = StandardEncryption(password) if password else None
    canvas = Canvas(out, encrypt=lock)
    for number in range(pages):
        canvas.drawString(100, 700, f"Trang {number + 1}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def refused(office: Desk, who: str, raw: bytes | Path, draft: AttachmentDraft = SCAN) -> list[str]:
    with pytest.raises(Refused) as told:
        attachment.add(office.minh, who, raw, draft)
    return [problem.code for problem in told.value.problems]


def test_a_phone_photo_is_turned_upright_shrunk_and_stripped(
    office: Desk, who: str, tmp_path: Path
) -> None:
    exif = Image.Exif()
    exif[ORIENTATION], exif[CAMERA] = 6, "Máy của Lan"
    exif.get_ifd(0x8825)[1] = "N"
    file = tmp_path / "chân dung.jpg"
    file.write_bytes(picture(3000, 2000, exif=exif))
    card = attachment.add(office.minh, who, file, AttachmentDraft("photo", "", "law"))
    assert (card.mime, card.width, card.height, card.title) == (
        "image/jpeg",
        800,
        1200,
        "chân dung",
    )
    kept = attachment.content(office.minh, card.id)
    assert len(kept) == card.size < 500_000
    with Image.open(BytesIO(kept)) as image:
        assert dict(image.getexif()) == {} and "exif" not in image.info
        red, green, _blue = image.getpixel((400, 100))  # type: ignore[misc]
        assert red > 150 and green < 90, "the left side of the camera is now on top"


def test_a_small_picture_goes_with_every_file_for_lists(office: Desk, who: str) -> None:
    card = attachment.add(office.minh, who, picture(1600, 1600), PORTRAIT)
    small = attachment.thumbnails(office.minh, who)[card.id]
    assert len(small) <= 20_000
    assert attachment.portraits(office.minh, [who, "nobody"]) == {who: small}


def test_the_bytes_lie_in_the_store_once_and_in_no_file(office: Desk, who: str) -> None:
    raw = picture(400, 300, "PNG")
    card = attachment.add(office.minh, who, raw, SCAN)
    other = person.save(office.minh, typed(name="Lê Văn Tám")).id
    assert attachment.add(office.minh, other, raw, SCAN).sha256 == card.sha256
    files = [path for path in office.home.rglob("*") if path.is_file()]
    assert not [path for path in files if b"\xff\xd8\xff" in path.read_bytes()[:4]]
    assert refused(office, who, raw) == ["attachment_twice"]


def test_a_file_is_kept_only_with_a_basis_and_a_kind(office: Desk, who: str) -> None:
    raw = picture(40, 30)
    assert refused(office, who, raw, AttachmentDraft("photo")) == ["legal_basis_needed"]
    without = AttachmentDraft("", legal_basis="law")
    assert refused(office, who, raw, without) == ["attachment_kind_needed"]
    odd = AttachmentDraft("photo", legal_basis="vì thích")
    assert refused(office, who, raw, odd) == ["unknown_code"]


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "TIFF", "BMP", "GIF"])
def test_what_scanners_make_becomes_jpeg(office: Desk, who: str, kind: str) -> None:
    card = attachment.add(office.minh, who, picture(2600, 1300, kind), SCAN)
    assert (card.mime, card.width, card.height) == ("image/jpeg", 2000, 1000)


def test_a_transparent_picture_lies_on_white(office: Desk, who: str) -> None:
    out = BytesIO()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(out, "PNG")
    card = attachment.add(office.minh, who, out.getvalue(), SCAN)
    with Image.open(BytesIO(attachment.content(office.minh, card.id))) as image:
        assert image.getpixel((25, 25)) == (255, 255, 255)


def test_a_scanned_pdf_is_kept_as_it_is_with_its_first_page_to_see(office: Desk, who: str) -> None:
    raw = paper(2)
    card = attachment.add(office.minh, who, raw, SCAN)
    assert (card.mime, card.sha256) == ("application/pdf", card.sha256)
    assert attachment.content(office.minh, card.id) == raw
    assert len(pdfium.PdfDocument(raw)) == 2
    assert attachment.thumbnails(office.minh, who)[card.id].startswith(b"\xff\xd8")


def test_papers_that_cannot_be_kept_say_why(office: Desk, who: str) -> None:
    assert refused(office, who, paper(), PORTRAIT) == ["photo_not_pdf"]
    assert refused(office, who, paper(password="x")) == ["pdf_locked"]
    assert refused(office, who, paper()[:300]) == ["pdf_damaged"]
    assert refused(office, who, b"%PDF-1.4\n" + os.urandom(10_100_000)) == ["pdf_too_large"]
    assert refused(office, who, paper(101)) == ["pdf_too_many_pages"]


def test_pictures_that_cannot_be_kept_say_why(office: Desk, who: str, tmp_path: Path) -> None:
    assert refused(office, who, b"") == ["file_empty"]
    assert refused(office, who, b"PK\x03\x04 khong phai anh") == ["picture_unknown"]
    assert refused(office, who, picture(800, 600)[:9000]) == ["picture_damaged"]
    assert refused(office, who, tmp_path / "không có.jpg") == ["file_unreadable"]
    assert refused(office, who, tmp_path) == ["file_unreadable"]
    heavy = tmp_path / "nặng.jpg"
    with heavy.open("wb") as file:
        file.truncate(26_000_000)
    assert refused(office, who, heavy) == ["file_too_large"]
    assert attachment.of_person(office.minh, who) == ()


@pytest.mark.parametrize("side", [9_000, 12_000, 60_000])
def test_a_picture_bomb_does_not_go_off(office: Desk, who: str, side: int) -> None:
    assert refused(office, who, bomb(side)) == ["picture_too_many_pixels"]


def bomb(side: int) -> bytes:
    """A tiny PNG file that says it is `side` pixels wide and high."""

    def chunk(name: bytes, body: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(name + body))
        return struct.pack(">I", len(body)) + name + body + check

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(b"\0" * 10_000))
    return b"\x89PNG\r\n\x1a\n" + head + body + chunk(b"IEND", b"")


def test_looking_at_a_file_is_logged(office: Desk, who: str) -> None:
    card = attachment.add(office.minh, who, picture(40, 30), PORTRAIT)
    attachment.content(office.hoa, card.id)
    assert [line.by for line in access.of_person(office.lan, who)] == ["hoa"]


def test_a_wrong_file_is_removed_with_a_reason_and_can_come_back(office: Desk, who: str) -> None:
    card = attachment.add(office.minh, who, picture(40, 30), PORTRAIT)
    with pytest.raises(Refused):
        attachment.remove(office.minh, card.id, "")
    attachment.remove(office.minh, card.id, "Ảnh của người khác")
    assert attachment.of_person(office.minh, who) == ()
    assert attachment.portraits(office.minh, [who]) == {}
    with pytest.raises(Refused):
        attachment.content(office.minh, card.id)
    attachment.restore(office.minh, card.id)
    assert [one.id for one in attachment.of_person(office.minh, who)] == [card.id]


def test_a_file_may_belong_to_a_case_of_the_same_person_only(office: Desk, who: str) -> None:
    case_id = care_case.open(office.minh, who, CaseDraft("x"))
    with_case = AttachmentDraft("paper_form", "Phiếu", "law", case_id=case_id)
    assert attachment.add(office.minh, who, paper(), with_case).case_id == case_id
    other = person.save(office.minh, typed(name="Lê Văn Tám")).id
    assert refused(office, other, picture(30, 30), with_case) == ["case_unknown"]


def test_small_pictures_are_a_look_too_but_not_a_second_one(office: Desk, who: str) -> None:
    attachment.add(office.minh, who, picture(40, 30), PORTRAIT)
    attachment.portraits(office.hoa, [who, "nobody"])
    attachment.thumbnails(office.hoa, who)
    person.page(office.hoa, who)
    attachment.thumbnails(office.hoa, who)
    seen = [line.detail for line in access.of_person(office.lan, who) if line.by == "hoa"]
    assert seen == ["", "pictures"]


def test_removed_files_are_listed_apart(office: Desk, who: str) -> None:
    card = attachment.add(office.minh, who, picture(40, 30), SCAN)
    attachment.remove(office.minh, card.id, "nhầm người")
    assert attachment.of_person(office.minh, who) == ()
    assert [one.id for one in attachment.of_person(office.minh, who, removed=True)] == [card.id]


TEST = AttachmentDraft("medical", "Kết quả HIV", "law", confidential=True)


def test_a_confidential_paper_opens_only_for_who_may_read_such_things(
    office: Desk, who: str, tmp_path: Path
) -> None:
    raw = paper()
    card = attachment.add(office.lan, who, raw, TEST)
    assert attachment.content(office.lan, card.id) == raw
    assert attachment.of_person(office.lan, who)[0].title == "Kết quả HIV"
    assert card.id in attachment.thumbnails(office.lan, who)
    (seen,) = attachment.of_person(office.hoa, who)
    assert (seen.title, seen.confidential, seen.hidden) == ("", True, True)
    assert attachment.thumbnails(office.hoa, who) == {}
    for closed in (
        lambda: attachment.content(office.hoa, card.id),
        lambda: attachment.export(office.hoa, card.id, tmp_path / "x.pdf"),
        lambda: attachment.add(office.minh, who, picture(30, 30), TEST),
    ):
        with pytest.raises(Refused) as told:
            closed()
        assert [one.code for one in told.value.problems] == ["attachment_confidential"]
    with office.lan.db.read() as session:
        row = session.get_one(Attachment, card.id)
        kept = blob.content(session, row.sha256)
        assert kept is not None and raw[:20] not in kept and row.title is None
        assert "HIV" not in (row.sealed or "")
        for line in session.scalars(select(Change).where(Change.row_id == card.id)):
            assert "HIV" not in line.fields


def test_asking_for_an_original_is_kept_until_it_comes(office: Desk, who: str) -> None:
    card = attachment.add(office.minh, who, picture(40, 30), SCAN)
    with office.lan.db.write(office.lan.author()) as session:
        blob.discard(session, blob.standing(session, [card.sha256])[card.sha256])
    (damaged,) = attachment.of_person(office.minh, who)
    assert (damaged.state, damaged.here) == ("damaged", False)
    with pytest.raises(Refused):
        attachment.content(office.minh, card.id)
    assert attachment.ask(office.minh, [card.id]) == 1
    with office.lan.db.read() as session:
        assert blob.standing(session, [card.sha256])[card.sha256].asked_at
