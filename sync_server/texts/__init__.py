"""All that the pages say, in Chinese and English, in one place; the core words nothing for a person."""

from sync_server.texts.language import LANGUAGES, Language, Say, pick

__all__ = ["LANGUAGES", "Language", "Say", "pick"]
