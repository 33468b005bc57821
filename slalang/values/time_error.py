"""One error for times, durations and calendars: a code, the place in the input, and text in English and Chinese."""

from __future__ import annotations


class TimeError(ValueError):
    """A time, a duration, a calendar or a counting of days that cannot be taken as it stands.

    `code` is stable (`SLA-E08xx`), `place` says where in the input (`weekly.mon[0][1]`, or empty), `en` and `zh` say
    what is wrong, `fix_en` and `fix_zh` what to write instead (empty where nothing can be suggested).
    """

    def __init__(
        self, code: str, en: str, zh: str, *, fix_en: str = "", fix_zh: str = "", place: str = ""
    ) -> None:
        """Keep the parts for whoever renders them; `str()` gives one line in English."""
        self.code = code
        self.en = en
        self.zh = zh
        self.fix_en = fix_en
        self.fix_zh = fix_zh
        self.place = place
        super().__init__(code, en, zh)

    def text(self, language: str = "en") -> str:
        """One line in `"en"` or `"zh"`: code, place, what is wrong, and the fix."""
        chinese = language == "zh"
        said, fix = (self.zh, self.fix_zh) if chinese else (self.en, self.fix_en)
        where = f" `{self.place}`" if self.place else ""
        mark = "：" if chinese else ": "
        pause = "；" if chinese else "; "
        return f"{self.code}{where}{mark}{said}{pause + fix if fix else ''}"

    def __str__(self) -> str:
        """The English line."""
        return self.text()
