"""Names of the pictures of `samples.py`, for where they cannot be drawn."""

CODE_TEXT = "https://zhuqi.pingyang.example/e/91350100M000100Y43-1"
CODES = ("straight.png", "straight.jpg", "turned.jpg", "small_in_large.png", "blurred.jpg")
NO_CODES = ("photo.jpg", "bomb.png", "blank.png")
