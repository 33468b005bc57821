"""Nothing goes in; the style sheet of every page, without any outside resource, comes out."""

from __future__ import annotations

CSS = """
:root{color-scheme:light dark;--ink:#1b1f24;--soft:#5c6670;--line:#d5dae0;--paper:#fff;--card:#f6f8fa;--run:#0072b2;
--over:#b94a00;--over-bg:#fdece1;--good:#00694b;--good-bg:#e2f5ee;--still-bg:#fbeed0;--link:#0072b2}
@media (prefers-color-scheme:dark){:root{--ink:#e8ebee;--soft:#a4aeb8;--line:#3a434c;--paper:#14181c;--card:#1d2329;
--run:#56b4e9;--over:#ff9d5c;--over-bg:#3b2415;--good:#5fd3a8;--good-bg:#11332a;--still-bg:#3d3013;--link:#7cc4f0}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,
"Noto Sans CJK SC","Noto Sans SC","Source Han Sans SC","PingFang SC","Microsoft YaHei","WenQuanYi Micro Hei",sans-serif}
main{max-width:1120px;margin:0 auto;padding:28px 24px 64px}
h1{font-size:1.75rem;line-height:1.25;margin:0 0 4px} h2{font-size:1.35rem;margin:44px 0 10px}
h3{font-size:1.05rem;margin:26px 0 6px} p{margin:6px 0}
.lead{color:var(--soft);margin:0 0 20px} .soft{color:var(--soft)} a{color:var(--link)}
.badge{display:inline-block;padding:2px 10px;border-radius:999px;font-size:.85rem;font-weight:650;border:1px solid currentColor;
vertical-align:middle;white-space:nowrap}
.badge.bad{color:var(--over);background:var(--over-bg)} .badge.good{color:var(--good);background:var(--good-bg)}
.badge.open{color:var(--soft)}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(140px,1fr));gap:12px;margin:18px 0;padding:0}
.cards div{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:10px 14px}
.cards dt{color:var(--soft);font-size:.85rem} .cards dd{margin:0;font-size:1.15rem;font-weight:650} .cards small{display:block;font-size:.8rem;font-weight:400;color:var(--soft)}
.cards .bad dd{color:var(--over)} .cards .good dd{color:var(--good)}
figure{margin:20px 0;overflow-x:auto} figure svg{display:block;width:100%;min-width:720px;height:auto}
figcaption{color:var(--soft);font-size:.88rem;margin-top:8px}
.key{display:flex;flex-wrap:wrap;gap:4px 18px;list-style:none;margin:6px 0 0;padding:0}
.key span{display:inline-block;width:22px;height:12px;border-radius:2px;margin-right:6px;vertical-align:-1px;
print-color-adjust:exact;-webkit-print-color-adjust:exact}
.k-hours{background:var(--hours);border:1px solid var(--hours-edge)} .k-run{background:var(--run)}
.k-still{background:repeating-linear-gradient(45deg,var(--still) 0 4px,var(--still-edge) 4px 6px)}
.k-over{background:repeating-linear-gradient(-45deg,var(--over) 0 4px,#ea9a63 4px 6px)}
.k-deadline{height:0!important;border-top:3px dashed var(--over);vertical-align:3px!important}
.wide{overflow-x:auto} table{border-collapse:collapse;margin:8px 0;font-size:.93rem;font-variant-numeric:tabular-nums}
th,td{text-align:start;padding:5px 14px 5px 0;border-bottom:1px solid var(--line);vertical-align:top}
th{color:var(--soft);font-weight:600;white-space:nowrap} td.n,th.n{text-align:end} td.when{white-space:nowrap}
tr.still td{background:var(--still-bg)} tr.closed td{color:var(--soft)} tr.sum td{font-weight:650;border-top:2px solid var(--line)}
td.bad{color:var(--over);font-weight:650} td.zero{color:var(--soft)}
ul.tree{list-style:none;margin:4px 0;padding:0} ul.tree ul{list-style:none;margin:2px 0 2px 5px;padding-left:16px;
border-left:2px solid var(--line)} ul.tree li{padding:1px 0}
.flip{background:var(--card);border-left:4px solid var(--run);border-radius:0 10px 10px 0;padding:8px 18px 12px;margin:22px 0}
.flip h3{margin-top:6px}
.bar{display:flex;height:14px;min-width:180px;border-radius:3px;overflow:hidden;background:var(--line);
print-color-adjust:exact;-webkit-print-color-adjust:exact}
.bar i{display:block;height:100%} .b-met{background:#009e73} .b-late,.b-overdue,.b-broken{background:repeating-linear-gradient(
-45deg,#d55e00 0 4px,#ea9a63 4px 6px)} .b-excused{background:#56b4e9} .b-pending,.b-void{background:#9aa5af}
.b-undetermined{background:repeating-linear-gradient(45deg,#f0e442 0 4px,#8a8000 4px 6px)}
article+article{margin-top:36px;padding-top:8px;border-top:3px solid var(--line)}
details{margin:8px 0} summary{cursor:pointer;color:var(--link)}
footer{margin-top:48px;border-top:1px solid var(--line);padding-top:12px;color:var(--soft);font-size:.85rem;overflow-wrap:anywhere}
@media print{:root{--ink:#000;--soft:#333;--line:#999;--paper:#fff;--card:#fff;--over:#9a3c00;--over-bg:#fff;--good:#00583f;
--good-bg:#fff;--still-bg:#fff;--link:#000} main{max-width:none;padding:0} body{font-size:11pt}
figure,table,.cards,.flip{break-inside:avoid} h2,h3{break-after:avoid} figure svg{min-width:0}}
"""
