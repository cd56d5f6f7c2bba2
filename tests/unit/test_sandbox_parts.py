"""Field masks and multipart bodies hold for any input."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox import fields, media

names = st.sampled_from(["a", "b", "c"])
values = st.recursive(
    st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3),
    max_leaves=12,
)
masks: st.SearchStrategy[str] = st.recursive(
    names | st.just("*"),
    lambda inner: (
        st.builds("{}({})".format, names, inner)
        | st.builds("{}/{}".format, names, inner)
        | st.builds("{},{}".format, inner, inner)
    ),
    max_leaves=6,
)
bodies = st.binary(max_size=60).filter(lambda data: b"--frontier" not in data)


@given(masks, st.dictionaries(names, values, max_size=3))
def test_applying_a_mask_twice_changes_nothing_more(text: str, value: Any) -> None:
    mask = fields.parse(text)
    once = fields.apply(mask, value)
    assert fields.apply(mask, once) == once


@given(st.dictionaries(names, values, max_size=3))
def test_a_star_keeps_everything(value: Any) -> None:
    assert fields.apply(fields.parse("*"), value) == value


def test_a_name_given_twice_selects_both_parts() -> None:
    value = {"a": {"b": 1, "c": 2}}
    assert fields.apply(fields.parse("a/b,a/c"), value) == value
    assert fields.apply(fields.parse("a/b,a"), value) == value


@pytest.mark.parametrize("text", ["", "a(", "a()", "a)", "(a)", "a,,b", "a//b", "a b", "a/(b)", "é"])
def test_what_is_no_mask_is_refused(text: str) -> None:
    with pytest.raises(fields.BadMask):
        fields.parse(text)


@given(st.lists(bodies, min_size=1, max_size=4), st.sampled_from([b"\r\n", b"\n"]))
def test_the_parts_of_a_multipart_body_come_out_as_they_went_in(contents: list[bytes], newline: bytes) -> None:
    written = b"".join(
        b"--frontier" + newline + b"Content-Type: text/x" + newline * 2 + content + newline for content in contents
    )
    found = media.parts('multipart/related; boundary="frontier"', written + b"--frontier--")
    assert [data.rstrip(b"\r") for _, data in found] == [content.rstrip(b"\r") for content in contents]
    assert all(headers == {"content-type": "text/x"} for headers, _ in found)
