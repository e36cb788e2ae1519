"""Sealed values open where they belong and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel import crypto
from kernel.crypto import Unsealable, derive, fingerprint, seal, signature, unseal


@given(st.binary(max_size=300), st.text(max_size=40))
def test_what_was_sealed_opens_for_the_same_subject(plain, about):
    assert unseal(seal(plain, about=about), about=about) == plain


def test_a_sealed_value_that_was_moved_does_not_open():
    sealed = seal(b"secret", about="tenant:1:phone:7")
    for elsewhere in ("tenant:2:phone:7", "tenant:1:phone:8", ""):
        with pytest.raises(Unsealable, match="sealed for something else"):
            unseal(sealed, about=elsewhere)


@given(st.integers(0, 33), st.integers(1, 255))
def test_a_changed_byte_anywhere_does_not_open(place, change):
    sealed = bytearray(seal(b"secret", about="x"))
    sealed[place % len(sealed)] ^= change
    with pytest.raises(Unsealable):
        unseal(bytes(sealed), about="x")


def test_the_same_value_is_never_sealed_the_same_twice():
    assert seal(b"x", about="y") != seal(b"x", about="y")


def test_an_old_key_still_reads_and_the_new_one_writes(settings):
    old, new = "1:" + "aa" * 32, "2:" + "bb" * 32
    settings.KEY_RINGS = {**settings.KEY_RINGS, "fields": old}
    sealed = seal(b"kept", about="x")
    settings.KEY_RINGS = {**settings.KEY_RINGS, "fields": f"{new},{old}"}
    assert unseal(sealed, about="x") == b"kept"
    assert seal(b"kept", about="x")[1:3] == b"\x00\x02"
    settings.KEY_RINGS = {**settings.KEY_RINGS, "fields": new}
    with pytest.raises(Unsealable, match="unknown version or key"):
        unseal(sealed, about="x")


def test_a_fingerprint_recognises_within_its_purpose_only():
    assert fingerprint("4242", purpose="card") == fingerprint("4242", purpose="card")
    assert fingerprint("4242", purpose="card") != fingerprint("4242", purpose="phone")
    assert len(fingerprint("4242", purpose="card")) == 32


def test_no_two_purposes_share_a_key():
    _, key = crypto.newest("signing")
    assert derive(key, "a") != derive(key, "b")
    assert signature("x", purpose="a") != signature("x", purpose="b")
