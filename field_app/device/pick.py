"""A picture from the device's album or files, and a file given to the device to keep."""

from __future__ import annotations

import flet as ft


async def pick_image() -> bytes | None:
    """Null where the person changed their mind."""
    files = await ft.FilePicker().pick_files(file_type=ft.FilePickerFileType.IMAGE, with_data=True)
    return files[0].bytes if files else None


async def save_file(name: str, data: bytes) -> bool:
    """Whether it was saved; in a browser it is a download, which asks nothing back."""
    path = await ft.FilePicker().save_file(file_name=name, src_bytes=data)
    return path is not None or ft.context.page.web
