"""Writes the bundled tables anew from the `holidays` library (a development tool): `python -m slalang.values.tables.generate`.

Each file names the library's version and the category of holidays taken. A year of China without a single make-up
working day is refused: its notice is not published, and the library would show only the days that the law fixes.
"""

from __future__ import annotations

import importlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date

# China: the years that the library took from the State Council's notices and that an independent table (chinesecalendar
# 1.11, 2004 to 2026) confirms date by date. US: 5 U.S.C. 6103 as it stands, as far ahead as the government lists them.
YEARS = {"CN": range(2004, 2027), "US": range(2000, 2031)}
CATEGORY = "public"
LANGUAGES = {"CN": ("zh_CN", "en_US"), "US": ("en_US", "en_US")}
# The days off for all that the Regulation on Public Holidays (全国年节及纪念日放假办法) names in one of its versions.
FESTIVALS = {"元旦", "农历除夕", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节"}


def main(folder: Path) -> None:
    """Write a file for each country into the folder."""
    holidays = importlib.import_module("holidays")
    for country, years in YEARS.items():
        table = {
            "country": country,
            "source": f"holidays {holidays.__version__}, category {CATEGORY}",
            "years": {str(year): _year(holidays, country, year) for year in years},
        }
        text = json.dumps(table, ensure_ascii=False, indent=1)
        (folder / f"{country}.json").write_text(_one_row_a_line(text) + "\n", encoding="utf-8")


def _year(holidays: Any, country: str, year: int) -> dict[str, list[list[str]]]:
    zh, en = (
        holidays.country_holidays(country, years=[year], language=language, categories=[CATEGORY])
        for language in LANGUAGES[country]
    )
    lists: dict[str, list[list[str]]] = {
        "statutory": [],
        "in_lieu": [],
        "moved_rest": [],
        "special": [],
        "make_up": [],
    }
    for day in sorted(zh):
        if day.year == year:
            lists[_kind(zh[day], country)].append([day.isoformat(), zh[day], en[day]])
    worked: list[date] = sorted(day for day in zh.weekend_workdays if day.year == year)
    lists["make_up"] = [[day.isoformat()] for day in worked]
    if country == "CN" and not worked:
        raise SystemExit(f"the holidays of {year} in China are not published yet")
    return lists


def _kind(name: str, country: str) -> str:
    """Which list a day off belongs to, by its name in the library.

    A day off for all that was ordered for one year alone (the commemoration of 2015, the longer Spring Festival of
    2020) is named by no regulation: it is none of the statutory holidays.
    """
    if "推定" in name or "estimated" in name:
        raise SystemExit(f"`{name}` is an estimate of the library, not a published date")
    if name.startswith("休息日"):
        return "moved_rest"
    if "补假" in name or "(observed)" in name:
        return "in_lieu"
    return "special" if country == "CN" and not FESTIVALS.issuperset(name.split("; ")) else "statutory"


def _one_row_a_line(text: str) -> str:
    """Indented JSON with each innermost list on a line of its own."""
    return text.replace("[\n     ", "[").replace('",\n     ', '", ').replace("\n    ]", "]")


if __name__ == "__main__":
    main(Path(__file__).parent)
