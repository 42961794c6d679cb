"""Keys, place and database: what every home owes the phone."""

from __future__ import annotations

import asyncio

from field_app.errors import DiskFullError, PhoneBusyError, StorageBrokenError
from field_app.storage.blobs import add_blob, read_blob
from field_app.storage.database import Rows
from field_app.storage.drafts import load_draft, save_draft
from shared_models import suite
from shared_models.errors import SignatureMismatchError
from tests.ports.expecting import raises
from tests.ports.homes import Home, phone_of


async def the_keys_come_back_when_the_phone_is_opened_again(home: Home) -> None:
    phone = await phone_of(home)
    key, sealed = phone.signer.public_key, phone.database.sealer.seal("t", b"k", b"text")
    tag = phone.database.sealer.tag("kind", "x")
    await phone.close()
    phone = await phone_of(home)
    assert phone.signer.public_key == key
    assert phone.database.sealer.open("t", b"k", sealed) == b"text"
    assert phone.database.sealer.tag("kind", "x") == tag
    await phone.close()


async def a_signature_fits_its_message_and_is_the_same_each_time(home: Home) -> None:
    phone = await phone_of(home)
    first = await phone.signer.sign(b"visit")
    suite.verify(phone.signer.public_key, b"visit", first)
    assert await phone.signer.sign(b"visit") == first
    async with raises(SignatureMismatchError):
        suite.verify(phone.signer.public_key, b"other", first)
    assert phone.signer.kid == suite.kid_of(phone.signer.public_key)
    await phone.close()


async def a_sealed_value_is_refused_when_a_bit_of_it_changed_or_its_row_did(home: Home) -> None:
    phone = await phone_of(home)
    sealer = phone.database.sealer
    sealed = sealer.seal("records", b"one", b"text")
    assert sealer.seal("records", b"one", b"text") != sealed
    for at in (0, 12, len(sealed) - 1):
        async with raises(StorageBrokenError):
            sealer.open("records", b"one", sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :])
    for broken in (b"", sealed[:5], sealed[:20]):
        async with raises(StorageBrokenError):
            sealer.open("records", b"one", broken)
    async with raises(StorageBrokenError):
        sealer.open("records", b"two", sealed)
    await phone.close()


async def the_cipher_is_aes_256_gcm(home: Home) -> None:
    """Test case 16 of McGrew and Viega's submission of GCM to NIST."""
    key = bytes.fromhex("feffe9928665731c6d6a8f9467308308" * 2)
    nonce = bytes.fromhex("cafebabefacedbaddecaf888")
    plain = bytes.fromhex(
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
        "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"
    )
    associated = bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
    cipher = home.cipher(key)
    sealed = cipher.encrypt(nonce, plain, associated)
    assert sealed.hex() == (
        "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
        "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f66276fc6ece0f4e1768cddf8853bb2d551b"
    )
    assert cipher.decrypt(nonce, sealed, associated) == plain
    assert cipher.decrypt(nonce, cipher.encrypt(nonce, b"", b""), b"") == b""


async def what_was_saved_is_there_when_the_phone_is_opened_again(home: Home) -> None:
    phone = await phone_of(home)
    await save_draft(phone, "k", {"text": "请补齐进货台账"})
    await phone.close()
    phone = await phone_of(home)
    assert await load_draft(phone, "k") == {"text": "请补齐进货台账"}
    assert await phone.database.read(lambda rows: rows.execute("PRAGMA integrity_check").fetchone()[0]) == "ok"
    await phone.close()


async def a_write_that_fails_leaves_nothing(home: Home) -> None:
    phone = await phone_of(home)

    def fail(rows: Rows) -> None:
        rows.put_meta("half", 1)
        raise LookupError

    async with raises(LookupError):
        await phone.database.write(fail)
    assert await phone.database.read(lambda rows: rows.get_meta("half")) is None
    await phone.database.write(lambda rows: rows.put_meta("whole", 1))
    assert await phone.database.read(lambda rows: rows.get_meta("whole")) == 1
    await phone.close()


async def who_only_reads_cannot_write(home: Home) -> None:
    phone = await phone_of(home)
    async with raises(DiskFullError):
        await phone.database.read(lambda rows: rows.execute("DELETE FROM meta"))
    await phone.database.write(lambda rows: rows.put_meta("after", 1))
    await phone.close()


async def many_writers_and_readers_at_once_each_find_one_whole_state(home: Home) -> None:
    phone = await phone_of(home)

    def count_up(rows: Rows) -> int:
        number = (rows.get_meta("n") or 0) + 1
        rows.put_meta("n", number)
        rows.put_meta("twin", number)
        return int(number)

    async def look() -> bool:
        return await phone.database.read(lambda rows: rows.get_meta("n") == rows.get_meta("twin"))

    found = await asyncio.gather(*(phone.database.write(count_up) for _ in range(25)), *(look() for _ in range(25)))
    assert sorted(found[:25]) == list(range(1, 26))
    assert all(found[25:])
    await phone.close()


async def a_phone_that_is_open_is_not_opened_a_second_time(home: Home) -> None:
    phone = await phone_of(home)
    async with raises(PhoneBusyError):
        await phone_of(home)
    await save_draft(phone, "k", 1)
    await phone.close()
    await (await phone_of(home)).close()


async def a_full_disk_is_told_and_changes_nothing(home: Home) -> None:
    phone = await phone_of(home)
    await save_draft(phone, "k", {"text": "kurz"})
    pages = await phone.database.read(lambda rows: rows.execute("PRAGMA page_count").fetchone()[0])
    phone.database.limit_pages(pages)
    async with raises(DiskFullError):
        await phone.database.write(lambda rows: add_blob(rows, b"h" * 32, bytes(200_000)))
    assert await phone.database.read(lambda rows: read_blob(rows, b"h" * 32)) is None
    phone.database.limit_pages(0)
    await phone.database.write(lambda rows: add_blob(rows, b"h" * 32, bytes(200_000)))
    assert await phone.database.read(lambda rows: read_blob(rows, b"h" * 32)) == bytes(200_000)
    await phone.close()


async def a_photo_of_five_megabytes_goes_in_and_comes_out(home: Home) -> None:
    phone = await phone_of(home)
    data = phone.random(1_000_000) * 5
    await phone.database.write(lambda rows: add_blob(rows, b"p" * 32, data))
    await phone.close()
    phone = await phone_of(home)
    assert await phone.database.read(lambda rows: read_blob(rows, b"p" * 32)) == data
    await phone.close()


async def a_phone_that_was_put_aside_leaves_a_new_one_with_another_key(home: Home) -> None:
    phone = await phone_of(home)
    key = phone.signer.public_key
    await save_draft(phone, "k", 1)
    await phone.close()
    await phone.place.put_aside("put-aside-0011")
    phone = await phone_of(home)
    assert phone.signer.public_key != key
    assert await load_draft(phone, "k") is None
    await phone.close()


async def random_bytes_differ(home: Home) -> None:
    phone = await phone_of(home)
    found = {phone.random(16) for _ in range(100)}
    assert len(found) == 100
    assert all(len(one) == 16 for one in found)
    await phone.close()


CLAIMS = (
    the_keys_come_back_when_the_phone_is_opened_again,
    a_signature_fits_its_message_and_is_the_same_each_time,
    a_sealed_value_is_refused_when_a_bit_of_it_changed_or_its_row_did,
    the_cipher_is_aes_256_gcm,
    what_was_saved_is_there_when_the_phone_is_opened_again,
    a_write_that_fails_leaves_nothing,
    who_only_reads_cannot_write,
    many_writers_and_readers_at_once_each_find_one_whole_state,
    a_phone_that_is_open_is_not_opened_a_second_time,
    a_full_disk_is_told_and_changes_nothing,
    a_photo_of_five_megabytes_goes_in_and_comes_out,
    a_phone_that_was_put_aside_leaves_a_new_one_with_another_key,
    random_bytes_differ,
)
