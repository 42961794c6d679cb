"""What `flet build` starts on a phone; it wants this file in the project's root."""

import flet as ft

from field_app.device.home import main

if __name__ == "__main__":
    ft.run(main)
