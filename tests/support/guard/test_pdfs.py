"""PDFs: refused if they do anything, written anew without their makers, read where they can do no harm."""

import io
import subprocess
import sys
import time

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, String

from endocsea.documents.pdf import pdf as print_pdf
from endocsea.support.guard import pdf_cleaning, pdfs, refused
from endocsea.support.guard.kinds import Kind
from endocsea.support.guard.pdfs import cleaned
from tests.documents import sample
from tests.support.guard.files import LOCAL, deflate_bomb, pdf, pdf_with_objects_in


def opens_with(**action):
    def change(document):
        document.Root.OpenAction = Dictionary(**action)

    return change


def noted(**annotation):
    def change(document):
        whole = Dictionary(Type=Name.Annot, Rect=Array([0, 0, 9, 9]), **annotation)
        document.pages[0].obj.Annots = Array([document.make_indirect(whole)])

    return change


def attached(document):
    document.attachments["a.exe"] = pikepdf.AttachedFileSpec(document, b"MZ")


def named_script(document):
    document.Root.Names = Dictionary(
        JavaScript=Dictionary(Names=Array([String("a"), Dictionary(S=Name.JavaScript)]))
    )


def field_script(document):
    field = Dictionary(
        FT=Name.Tx, T=String("a"), AA=Dictionary(K=Dictionary(S=Name.JavaScript, JS=String("a()")))
    )
    document.Root.AcroForm = Dictionary(Fields=Array([document.make_indirect(field)]))


def page_script(document):
    document.pages[0].obj.AA = Dictionary(O=Dictionary(S=Name.JavaScript))


def script_in_a_stream(document):
    document.Root.Kept = document.make_stream(b"", JS=String("a()"))


def deep(document):
    inner = Dictionary(S=Name.Launch)
    for _ in range(100):
        inner = Array([Dictionary(A=inner)])
    document.Root.Kept = inner


def forms_of_xml(document):
    document.Root.AcroForm = Dictionary(Fields=Array([]), XFA=document.make_stream(b"<xdp/>"))


def external_stream(document):
    document.Root.Kept = document.make_stream(b"", F=String("/etc/passwd"))


ACTIVE = {
    "a script on opening": opens_with(S=Name.JavaScript, JS=String("app.alert(1)")),
    "a script among the names": named_script,
    "a script of a field": field_script,
    "a script of a page": page_script,
    "a script in a stream": script_in_a_stream,
    "a program on opening": opens_with(S=Name.Launch, F=String("cmd.exe")),
    "a program behind a link": noted(Subtype=Name.Link, A=Dictionary(S=Name.Launch)),
    "a program after a link": noted(Subtype=Name.Link, A=Dictionary(S=Name.GoTo, Next=Dictionary(S=Name.Launch))),
    "a program deep inside": deep,
    "a form that sends": noted(Subtype=Name.Link, A=Dictionary(S=Name.SubmitForm)),
    "a form that imports": opens_with(S=Name.ImportData),
    "a form of XML": forms_of_xml,
    "a film": noted(Subtype=Name.Link, A=Dictionary(S=Name.Rendition)),
}  # fmt: skip
EMBEDDED = {
    "an attachment": attached,
    "an attached file on a page": noted(Subtype=Name.FileAttachment),
    "an associated file": lambda document: document.Root.__setitem__(
        "/AF", Array([Dictionary(Type=Name.Filespec)])
    ),
    "rich media": noted(Subtype=Name.RichMedia),
    "a screen": noted(Subtype=Name.Screen),
    "a sound": noted(Subtype=Name.Sound),
    "a model": noted(Subtype=Name("/3D")),
    "a portfolio": lambda document: document.Root.__setitem__("/Collection", Dictionary()),
}
REACHING = {
    "a link to a file": noted(Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=String(LOCAL + "C:/x.exe"))),
    "a link to JavaScript": noted(Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=String("javascript:a()"))),
    "another document": noted(
        Subtype=Name.Link, A=Dictionary(S=Name.GoToR, F=String("\\\\example.org\\x.pdf"))
    ),
    "a stream of another file": external_stream,
}


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        pytest.param(change, refusal, id=name)
        for refusal, cases in (
            (refused.Macros, ACTIVE),
            (refused.Embedded, EMBEDDED),
            (refused.Reaching, REACHING),
        )
        for name, change in cases.items()
    ],
)
def test_a_pdf_is_refused_for_what_it_does(change, refusal):
    compressed = pdf(change, object_stream_mode=pikepdf.ObjectStreamMode.generate)

    with pytest.raises(refusal) as refusing:
        cleaned(compressed)  # where no search for words would find it
    assert type(refusing.value) is refusal
    assert b"/JavaScript" not in compressed


@pytest.mark.parametrize("password", ["", "secret"])
def test_a_protected_pdf_is_refused_even_where_everybody_can_open_it(password):
    with pytest.raises(refused.Encrypted):
        cleaned(pdf(encryption=pikepdf.Encryption(owner="owner", user=password)))


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-",
        b"%PDF-1.7\n%%EOF",
        b"%PDF-1.7\n" + b"junk " * 1000,
        pdf()[: len(pdf()) // 2],
        pdf().replace(b"startxref", b"startxxxx"),
    ],
    ids=["a mark", "an end", "junk", "half", "no table"],
)
def test_a_damaged_pdf_is_refused_and_never_guessed_at(content):
    with pytest.raises(refused.Damaged):
        cleaned(content)


def test_who_made_a_pdf_is_left_out():
    def change(document):
        document.pages[0].obj.PieceInfo = Dictionary(Maker=Dictionary(Private=String("Ana")))
        document.pages[0].obj.LastModified = String("D:20190312")
        document.Root.Kept = document.make_stream(b"", Metadata=document.make_stream(b"<x>Ana</x>"))
        noted(Subtype=Name.Text, T=String("Ana"), M=String("D:2019"), Contents=String("Law"))(document)

    kind, content = cleaned(pdf(change))
    with pikepdf.open(io.BytesIO(content)) as document:
        page = document.pages[0].obj
        assert dict(document.docinfo) == {}
        assert "/Metadata" not in document.Root
        assert "/PieceInfo" not in page
        assert "/T" not in page.Annots[0]
        assert str(page.Annots[0].Contents) == "Law"
        assert page.Contents.read_bytes() == b"BT (Law) Tj ET"

    assert kind == Kind.PDF
    assert b"Ana" not in content
    assert cleaned(content) == (kind, content)


def test_earlier_versions_inside_a_pdf_are_left_out():
    content = pdf()
    earlier = content.replace(b"%%EOF", b"%%EOF\n99 0 obj\n(Ana was here)\nendobj\n")
    start = content[content.rindex(b"startxref") :]

    assert b"Ana was here" not in cleaned(earlier + b"\n" + start)[1]


def test_a_signature_goes_and_its_field_stays():
    def change(document):
        signature = Dictionary(Type=Name.Sig, Name=String("Ana"), Contents=String("certificate"))
        field = Dictionary(FT=Name.Sig, T=String("Signature1"), V=document.make_indirect(signature))
        document.Root.AcroForm = Dictionary(Fields=Array([document.make_indirect(field)]), SigFlags=3)
        document.Root.Perms = Dictionary(DocMDP=field.V)

    content = cleaned(pdf(change))[1]

    assert b"certificate" not in content
    assert b"Signature1" in content


@pytest.mark.parametrize(
    "change",
    [
        noted(Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=String("https://example.org/"))),
        noted(Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=String("mailto:x"))),
        noted(Subtype=Name.Link, A=Dictionary(S=Name.GoTo, D=Array([]))),
        opens_with(S=Name.GoTo, D=Array([])),
        noted(Subtype=Name.Link, A=Dictionary(S=Name.Named, N=Name.NextPage)),
        lambda document: document.Root.__setitem__("/StructTreeRoot", Dictionary(Type=Name.StructTreeRoot)),
        lambda document: document.Root.__setitem__("/Lang", String("en")),
    ],
)
def test_what_a_reader_needs_is_kept(change):
    assert cleaned(pdf(change))[0] == Kind.PDF


def test_what_the_platform_itself_prints_is_accepted():
    content = print_pdf(sample.rich())

    with pikepdf.open(io.BytesIO(cleaned(content)[1])) as document:
        assert "/StructTreeRoot" in document.Root  # a screen reader still finds its way


# Read apart.

HEAD = b"1 0 2 30 <</Type/Catalog/Pages 2 0 R>> <</Type/Pages/Kids[]/Count 0>> "


def test_a_bomb_in_a_stream_of_objects_is_refused_without_taking_the_memory():
    content = pdf_with_objects_in(deflate_bomb(HEAD, 3000), 9)
    assert len(content) < 4_000_000

    before = time.monotonic()
    with pytest.raises((refused.Expands, refused.Damaged)):
        cleaned(content)
    assert time.monotonic() - before < pdfs.SECONDS


def test_the_same_file_without_the_bomb_is_accepted():
    assert cleaned(pdf_with_objects_in(deflate_bomb(HEAD, 1), 9))[0] == Kind.PDF


def test_a_reader_that_takes_too_long_is_ended(monkeypatch):
    monkeypatch.setattr(pdfs, "SECONDS", 0.01)

    with pytest.raises(refused.Expands):
        cleaned(pdf())


def test_a_reader_that_falls_over_refuses(monkeypatch, tmp_path):
    script = tmp_path / "script.py"
    script.write_text("import os; os.abort()")
    monkeypatch.setattr(pdfs, "_SCRIPT", script)

    with pytest.raises(refused.Damaged):
        cleaned(pdf())


def test_a_reader_that_writes_something_else_refuses(monkeypatch, tmp_path):
    script = tmp_path / "script.py"
    script.write_text("print('<html>')")
    monkeypatch.setattr(pdfs, "_SCRIPT", script)

    with pytest.raises(refused.Damaged):
        cleaned(pdf())


def test_the_reader_knows_nothing_of_the_platform():
    path = pdf_cleaning.__file__
    loaded = subprocess.run(
        [sys.executable, "-I", "-c", f"import runpy, sys; runpy.run_path({path!r}); print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()

    assert not any(name.startswith(("django", "endocsea")) for name in loaded)


@given(st.data())
@settings(max_examples=25, deadline=None)
def test_a_pdf_with_any_bytes_changed_is_refused_or_accepted_for_good(data):
    content = bytearray(pdf())
    for _ in range(data.draw(st.integers(1, 5))):
        content[data.draw(st.integers(8, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        once = pdf_cleaning.cleaned(bytes(content))
    except (pdf_cleaning.RefusedPdf, pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError):
        return
    assert pdf_cleaning.cleaned(once) == once
