from __future__ import annotations

from shuiheng.adapters.documents.forms import ENDINGS, Form


def test_every_form_has_a_media_type_and_an_ending() -> None:
    assert all("/" in form.media_type for form in Form)
    assert set(ENDINGS.values()) == set(Form)


def test_old_formats_are_converted_and_pictures_are_recognised() -> None:
    assert {form for form in Form if form.is_converted} == {Form.DOC, Form.WPS, Form.RTF, Form.ODT}
    assert {form for form in Form if form.is_picture} == {Form.PNG, Form.JPEG, Form.TIFF}
