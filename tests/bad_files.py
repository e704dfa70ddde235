"""Files that no reader should have to meet, made from a seed. Each maker writes one into a folder, gives its path."""

from __future__ import annotations

import gzip
import json
import os
import plistlib
import random
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

SENTENCES = "The harbour office said on Monday that the ferry would not sail. Nobody could say why. "
SUFFIXES = (".txt", ".md", ".html", ".json", ".jsonl", ".csv", ".pdf", ".docx", ".txt.gz", ".jsonl.gz", ".mhtml")

Maker = Callable[[random.Random, Path], Path]


def bad_files(folder: Path, seed: int, count: int) -> Iterator[Path]:
    """`count` bad files below the folder, the same for the same seed; each is made when it is asked for."""
    random_ = random.Random(seed)
    for number in range(count):
        place = folder / f"{number:04}"
        place.mkdir()
        yield MAKERS[number % len(MAKERS)](random_, place)


def random_bytes(random_: random.Random, folder: Path) -> Path:
    return _write(folder, "noise" + random_.choice(SUFFIXES), random_.randbytes(random_.randrange(0, 20_000)))


def pdf(text: bytes = b"The ferry did not sail.", stream: bytes | None = None) -> bytes:
    """A one-page PDF; `stream` replaces its (deflated) content."""
    content = stream or zlib.compress(b"BT /F1 12 Tf 72 720 Td (" + text + b") Tj ET")
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        b" /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(content), content),
    )
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    return data + b"xref\n0 5\n0000000000 65535 f \n%strailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        rows,
        len(data),
    )


def docx(path: Path, body: bytes) -> Path:
    """The smallest DOCX that is one, around the body of its document.xml."""
    kinds = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        packed.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels"'
            ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{kinds}"/></Types>',
        )
        packed.writestr(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1"'
            ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
            ' Target="word/document.xml"/></Relationships>',
        )
        packed.writestr("word/document.xml", body)
    return path


WORD = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>%s</w:body></w:document>'
PARAGRAPH = b"<w:p><w:r><w:t>%s</w:t></w:r></w:p>"
LAUGHS = b'<!DOCTYPE d [<!ENTITY a0 "ha">' + b"".join(
    b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12)
) + b"]>"  # fmt: skip


def damaged_pdf(random_: random.Random, folder: Path) -> Path:
    return _write(folder, "cut.pdf", _damage(random_, pdf()))


def pdf_bomb(random_: random.Random, folder: Path) -> Path:
    content = random_.choice((b"(ha) Tj " * (1 << 14), b" " * (90 << 20)))
    squeezed = zlib.compress(content, 1)
    return _write(folder, "bomb.pdf", pdf(stream=squeezed))


def pdf_maze(random_: random.Random, folder: Path) -> Path:
    """Pages that are their own parents, a count without end, a content that is itself, references to nothing."""
    old, new = random_.choice(
        (
            (b"/Kids [3 0 R]", b"/Kids [2 0 R]"),
            (b"/Kids [3 0 R]", b"/Kids [" + b"3 0 R " * 20_000 + b"]"),
            (b"/Count 1", b"/Count 99999999999"),
            (b"/Contents 4 0 R", b"/Contents [" + b"4 0 R " * 2_000 + b"]"),
            (b"/Contents 4 0 R", b"/Contents 9 0 R"),
            (b"/Pages 2 0 R", b"/Pages 1 0 R"),
            (b"/Filter /FlateDecode", b"/Filter [" + b"/FlateDecode " * 500 + b"]"),
            (b"<< /Type /Catalog", b"<<" * 5_000),
            (b"startxref\n", b"startxref\n9"),
            (b"/Root 1 0 R", b"/Root 1 0 R /Prev 9 /Encrypt 4 0 R"),
        )
    )
    return _write(folder, "maze.pdf", pdf().replace(old, new))


def odd_archive(random_: random.Random, folder: Path) -> Path:
    """A DOCX with parts that would lie elsewhere, or with more parts than anyone has use for."""
    path = docx(folder / "odd.docx", WORD % (PARAGRAPH % SENTENCES.encode()))
    names = random_.choice(
        (
            ["../../../tmp/evil.xml", "/etc/evil", "C:\\evil.xml", "..\\evil"],
            [f"x/{n}" for n in range(20_000)],
            ["a/" * 9_999],
        )
    )
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as packed:
        for name in names:
            packed.writestr(name, b"x")
    return path


def saved_page(random_: random.Random, folder: Path) -> Path:
    """Web archives of both kinds, broken in their own ways."""
    html = f"<p>{SENTENCES}</p>".encode()
    bomb = LAUGHS.replace(b"<!DOCTYPE d", b"<!DOCTYPE plist") + b"<plist><dict><key>WebMainResource</key>"
    name, data = random_.choice(
        (
            ("a.webarchive", plistlib.dumps({"WebMainResource": {"WebResourceData": html}})[:-40]),
            ("a.webarchive", plistlib.dumps({"WebMainResource": {"WebResourceData": "no bytes"}})),
            ("a.webarchive", plistlib.dumps({"WebMainResource": [[[html]]]}, fmt=plistlib.FMT_BINARY)),
            ("a.webarchive", b"bplist00" + random_.randbytes(500)),
            ("a.webarchive", b"<plist>" + b"<array>" * 50_000),
            ("a.webarchive", b"<?xml version='1.0'?>" + bomb + b"<string>&a11;</string></dict></plist>"),
            ("a.mhtml", b"Content-Type: multipart/related; boundary=a\r\n\r\n" + b"--a\r\n" * 50_000),
            ("a.mhtml", b"Content-Type: multipart/related; boundary=a\r\n\r\n--a\r\nContent-Type: text/html\r\n"
                        b"Content-Transfer-Encoding: base64\r\n\r\n" + b"!" * 90_000),
            ("a.mhtml", b"Content-Type: message/rfc822\r\n\r\n" * 5_000),
            ("a.mhtml", b"X: " + b"=?utf-8?q?x?= " * 50_000 + b"\r\n\r\n"),
            ("a.mhtml", b"Content-Type: text/html; charset=" + b"x" * 90_000 + b"\r\n\r\n" + html),
        )
    )  # fmt: skip
    return _write(folder, name, data)


def loop_of_folders(random_: random.Random, folder: Path) -> Path:
    """A good file beside a link to the folder that it lies in, and links that lead to each other."""
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "a").symlink_to(folder / "b")
    (folder / "b").symlink_to(folder / "a")
    return _write(folder, "beside.txt", random_.randbytes(200))


def damaged_docx(random_: random.Random, folder: Path) -> Path:
    path = docx(folder / "cut.docx", WORD % (PARAGRAPH % SENTENCES.encode()))
    return _write(folder, path.name, _damage(random_, path.read_bytes()))


def zip_bomb(random_: random.Random, folder: Path) -> Path:
    return docx(folder / "bomb.docx", WORD % (b" " * (random_.choice((20, 270)) << 20)))


def xml_bomb(random_: random.Random, folder: Path) -> Path:
    if random_.random() < 0.5:
        return docx(folder / "laughs.docx", LAUGHS + WORD % (PARAGRAPH % b"&a11;"))
    return _write(folder, "laughs.html", LAUGHS + b"<html><body><p>&a11;</p></body></html>")


def gzip_bomb(random_: random.Random, folder: Path) -> Path:
    name = random_.choice(("bomb.txt.gz", "bomb.json.gz", "bomb.html.gz"))
    return _write(folder, name, gzip.compress(b" " * (random_.randrange(34, 50) << 20), 1))


def damaged_gzip(random_: random.Random, folder: Path) -> Path:
    return _write(folder, "cut.jsonl.gz", _damage(random_, gzip.compress(b'{"text": "It sank."}\n' * 500)))


def deep_json(random_: random.Random, folder: Path) -> Path:
    depth = random_.choice((1_000, 100_000, 1_000_000))
    opened = random_.choice((b"[", b'{"text":', b'[{"a":['))
    return _write(folder, random_.choice(("deep.json", "deep.jsonl")), opened * depth)


def odd_json(random_: random.Random, folder: Path) -> Path:
    data = random_.choice(
        (
            b'{"text": "\\ud800 half a character"}',
            b'{"text": "a\\u0000b"}',
            b'{"text": 1' + b"0" * 10_000 + b"}",
            b'{"text": ["a", ["b", {"name": "c"}]], "id": {}}',
            b'{"text": "It sank.", "id": "../../../etc/passwd"}',
            b'{"text": "It sank.", "url": "javascript:alert(1)", "published": "yesterday", "title": "%s"}'
            % (b"x" * 9_999),
            b'{"articles": {"text": "It sank."}}',
            b"NaN",
            b'"text"',
            b"null",
            b"",
        )
    )
    return _write(folder, "odd.json", data)


def many_parts(random_: random.Random, folder: Path) -> Path:
    """Files that are small for what reading them in one piece would take."""
    name, data = random_.choice(
        (
            ("parts.json", b"[" + b"[]," * 5_000_000 + b"[]]"),
            ("parts.json", b"[" + b"[]," * 300_000 + b"[]]"),
            ("parts.jsonl", b"x\n" * 3_000_000),
            ("parts.jsonl", b"{}\n" * 300_000),
            ("parts.csv", b"text\n" + b",\n" * 3_000_000),
        )
    )
    return _write(folder, name, data)


def long_line(random_: random.Random, folder: Path) -> Path:
    line = b"x" * (random_.choice((9, 20, 34, 100)) << 20)
    name = random_.choice(("long.txt", "long.md", "long.jsonl", "long.csv", "long.html"))
    return _write(folder, name, line)


def not_text(random_: random.Random, folder: Path) -> Path:
    text = SENTENCES.encode() * 5
    data = random_.choice(
        (
            text[:40] + b"\0" + text[40:],
            text + b"\xff\xfe\xfa",
            b"\xff\xfe" + text[:41],
            b"\xef\xbb\xbf" + b"\xc3\x28" * 30,
            b"\x1b[2J\x07" * 200,
            b"\x7fELF" + random_.randbytes(300),
            b"\x89PNG\r\n\x1a\n" + random_.randbytes(300),
            b"\xed\xa0\x80" * 50,
        )
    )
    return _write(folder, "odd" + random_.choice((".txt", ".md", ".csv", ".html")), data)


def unseen_characters(random_: random.Random, folder: Path) -> Path:
    hidden = "".join(
        random_.choices("\u202e\u2066\u2069\u200b\u200d\ufeff\U000e0041\U000e007f\u2028\x85\x0b\x0c", k=300)
    )
    return _write(folder, "hidden.txt", (hidden + SENTENCES + hidden).encode())


def tangled_page(random_: random.Random, folder: Path) -> Path:
    many = random_.choice((1_000, 20_000, 60_000))
    tag = random_.choice(("div", "table><tr><td", "b", "p", "ul><li", "article", "a href=x", "svg", "template"))
    return _write(folder, "tangle.html", f"<html><body>{f'<{tag}>' * many}{SENTENCES}".encode())


def odd_page(random_: random.Random, folder: Path) -> Path:
    data = random_.choice(
        (
            "<script type='application/ld+json'>" + '{"@graph":[' * 5_000 + "</script><p>" + SENTENCES,
            "<meta charset=hex><p>" + SENTENCES,
            "<meta charset='utf-7'><p>+ADw-script+AD4-" + SENTENCES,
            f"<p title='{'x' * 3_000_000}'>" + SENTENCES,
            "<p>" + "&nbsp;" * 200_000,
            "<!--" * 50_000,
            "<title>" * 5_000 + SENTENCES,
            "",
        )
    )
    return _write(folder, "odd.html", data.encode())


def bad_front_matter(random_: random.Random, folder: Path) -> Path:
    laughs = "a0: &a0 [ha]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))
    matter = random_.choice(
        (
            laughs + "title: *a11",
            "title: [",
            "date: 2024-13-45",
            "date: 99999999999999999999-01-01",
            "!!python/object/apply:os.system [true]",
            "? " * 20_000,
            "[" * 20_000,
            "title: {name: {name: {name: x}}}",
        )
    )
    return _write(folder, "matter.md", f"---\n{matter}\n---\n{SENTENCES}".encode())


def bad_table(random_: random.Random, folder: Path) -> Path:
    data = random_.choice(
        (
            b'title,text\na,"never closed ' + b"x,\n" * 100_000,
            b"title,text\n" + b"," * 100_000,
            b",".join(b"c%d" % n for n in range(20_000)) + b"\nx",
            b"text\n" + b"\r\r\n" * 1_000,
            b"title,text,text\na,b,c,d,e,f",
            b"title;text\na;" + b"x" * (9 << 20),
        )
    )
    return _write(folder, "bad.csv", data)


def not_a_file(random_: random.Random, folder: Path) -> Path:
    path = folder / "odd.txt"
    match random_.randrange(4):
        case 0:
            path.symlink_to(path)
        case 1:
            path.symlink_to(folder / "missing.txt")
        case 2:
            path.mkdir()
        case _:
            os.mkfifo(path)
    return path


def odd_name(random_: random.Random, folder: Path) -> Path:
    name = random_.choice(
        (
            "..\\..\\windows.txt",
            "C:\\temp\\a.txt",
            "\u202etxt.exe.txt",
            "two\nlines.txt",
            "\x1b[31mred.txt",
            "...txt.txt",
            "-rf.txt",
            "a" * 240 + ".txt",
            "<img src=x onerror=alert(1)>.txt",
            os.fsdecode(b"caf\xe9.txt"),
            "\U000e0041hidden.txt",
            "%2e%2e%2f.txt",
            " .txt",
        )
    )
    return _write(folder, name, SENTENCES.encode())


MAKERS: tuple[Maker, ...] = (
    random_bytes, damaged_pdf, pdf_bomb, pdf_maze, damaged_docx, odd_archive, zip_bomb, xml_bomb, gzip_bomb,
    damaged_gzip, deep_json, odd_json, many_parts, long_line, not_text, unseen_characters, tangled_page, odd_page,
    saved_page, bad_front_matter, bad_table, not_a_file, loop_of_folders, odd_name,
)  # fmt: skip


def good_line(number: int) -> bytes:
    """One line of JSONL that can be read."""
    return json.dumps({"id": f"good-{number}", "text": SENTENCES}).encode() + b"\n"


def _damage(random_: random.Random, data: bytes) -> bytes:
    """Cut off somewhere, with some bytes changed."""
    cut = bytearray(data[: random_.randrange(1, len(data) + 1)])
    for _ in range(random_.choice((0, 3, 30))):
        cut[random_.randrange(len(cut))] = random_.randrange(256)
    return bytes(cut)


def _write(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path
