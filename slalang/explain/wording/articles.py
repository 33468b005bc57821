"""The articles of law that counting rests on; their names in two languages come out."""

from __future__ import annotations

from slalang.diagnostics.diagnostic import Text

# Articles, as the conventions of `values.counting` cite them.
ARTICLES = {
    **{f"PRC Civil Code, art. {n}": Text(f"PRC Civil Code, art. {n}", f"《民法典》第{zh}条") for n, zh in (
        (201, "二百零一"), (202, "二百零二"), (203, "二百零三"),
    )},
    "PRC General Principles 1986, art. 154": Text(
        "PRC General Principles 1986, art. 154", "《民法通则》（1986）第一百五十四条"
    ),
    "SPC Opinions 1988, art. 198": Text("SPC Opinions 1988, art. 198", "最高人民法院 1988 年意见第 198 条"),
    "PRC General Principles 1986, art. 154; SPC Opinions 1988, art. 198": Text(
        "PRC General Principles 1986, art. 154; SPC Opinions 1988, art. 198",
        "《民法通则》（1986）第一百五十四条；最高人民法院 1988 年意见第 198 条",
    ),
}  # fmt: skip
