"""Decoder, pictures, slow hash, signatures of others and the network: what every home owes the phone."""

from __future__ import annotations

from field_app.errors import BadPictureError, OfflineError
from shared_models import suite
from shared_models.errors import BadKeyError, SignatureMismatchError, TooLargeError
from tests.ports.expecting import raises
from tests.ports.homes import Home
from tests.ports.sample_texts import CODE_TEXT, CODES, NO_CODES


async def a_code_is_read_as_it_comes_from_a_camera(home: Home) -> None:
    for name in CODES:
        assert await home.decoder.decode(await home.sample(name)) == CODE_TEXT, name


async def what_holds_no_code_gives_none(home: Home) -> None:
    for name in NO_CODES:
        assert await home.decoder.decode(await home.sample(name)) is None, name
    for broken in (b"", b"no picture", (await home.sample("straight.png"))[:200]):
        assert await home.decoder.decode(broken) is None


async def a_photo_is_made_small_upright_and_without_metadata(home: Home) -> None:
    photo = await home.sample("photo.jpg")
    assert b"CAMERA-SERIAL" in photo
    small = await home.scale(photo)
    assert (small.width, small.height) == (1600, 1200)
    assert small.jpeg[:2] == b"\xff\xd8"
    assert b"CAMERA-SERIAL" not in small.jpeg
    assert b"Exif" not in small.jpeg
    assert len(small.jpeg) < len(photo)
    again = await home.scale(small.jpeg, 320)
    assert (again.width, again.height) == (320, 240)
    turned = await home.scale(await home.sample("on_its_side.jpg"))
    assert (turned.width, turned.height) == (200, 300)


async def what_is_no_picture_or_a_bomb_is_refused(home: Home) -> None:
    for bad in (b"", b"no picture", (await home.sample("straight.png"))[:100], await home.sample("bomb.png")):
        async with raises(BadPictureError):
            await home.scale(bad)


async def the_slow_hash_of_a_pin_is_scrypt(home: Home) -> None:
    found = await home.stretch_pin("135790", b"0123456789abcdef")
    assert found.hex() == (
        "b04de3e905de77e2f18049ffddfe9989cab77f086842d4cc44b7bb2ca5e45d36"
        "51e9531f19d7c3cd1d6e2e16395f98b980c28e932c5e45d0e119b61e7c113689"
    )


async def a_signature_of_rfc_8032_fits_and_no_other(home: Home) -> None:
    del home  # what verifies was set when the home started
    key = bytes.fromhex("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025")
    message = bytes.fromhex("af82")
    signature = bytes.fromhex(
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
    )
    suite.verify(key, message, signature)
    for at in (0, 31, 32, 60):
        async with raises(SignatureMismatchError):
            suite.verify(key, message, signature[:at] + bytes([signature[at] ^ 4]) + signature[at + 1 :])
    async with raises(SignatureMismatchError):
        suite.verify(key, message + b"\0", signature)
    async with raises(BadKeyError):
        suite.verify(bytes(32), message, signature)
    async with raises(SignatureMismatchError):  # a key that is no point of the curve
        suite.verify(b"\x02" + bytes(31), message, signature)


async def a_request_carries_body_and_headers_and_brings_the_answer_whatever_its_status(home: Home) -> None:
    transport = home.transport(home.address)
    body = bytes(range(256)) * 40
    reply = await transport.request("PUT", "/echo?x=1", body, {"Authorization": "Zhuqi abc"})
    assert (reply.status, reply.body) == (200, b"PUT /echo?x=1 Zhuqi abc\n" + body)
    reply = await transport.request("GET", "/echo")
    assert reply.body == b"GET /echo -\n"
    for status in (204, 400, 404, 500, 503):
        assert (await transport.request("GET", f"/status/{status}")).status == status
    await transport.close()


async def a_redirect_is_told_and_not_followed(home: Home) -> None:
    transport = home.transport(home.address)
    assert (await transport.request("GET", "/redirect")).status in range(300, 400)
    await transport.close()


async def no_answer_or_half_of_one_is_offline(home: Home) -> None:
    transport = home.transport(home.address)
    for path in ("/cut", "/nothing"):
        async with raises(OfflineError):
            await transport.request("GET", path)
    await transport.close()
    nobody = home.transport("http://127.0.0.1:9")
    async with raises(OfflineError):
        await nobody.request("GET", "/echo")
    await nobody.close()


async def an_answer_larger_than_any_of_ours_is_refused(home: Home) -> None:
    transport = home.transport(home.address)
    async with raises(TooLargeError):
        await transport.request("GET", "/large")
    await transport.close()


CLAIMS = (
    a_code_is_read_as_it_comes_from_a_camera,
    what_holds_no_code_gives_none,
    a_photo_is_made_small_upright_and_without_metadata,
    what_is_no_picture_or_a_bomb_is_refused,
    the_slow_hash_of_a_pin_is_scrypt,
    a_signature_of_rfc_8032_fits_and_no_other,
    a_request_carries_body_and_headers_and_brings_the_answer_whatever_its_status,
    a_redirect_is_told_and_not_followed,
    no_answer_or_half_of_one_is_offline,
    an_answer_larger_than_any_of_ours_is_refused,
)
