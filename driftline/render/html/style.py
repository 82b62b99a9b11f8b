"""How the page looks: light, dark, on paper, and from a telephone to a wide screen.

Colours have at least 4.5 to 1 against their ground wherever they carry text,
and none carries a meaning alone: a mark or a word stands beside it.
"""

from driftline.render.html.style_parts import DARK, LIGHT, NARROW, PRINT

STYLE = f"""
:root {{ color-scheme: light dark; {LIGHT} }}
@media (prefers-color-scheme: dark) {{ :root {{ {DARK} }} }}
* {{ box-sizing: border-box; }}
html {{ scroll-behavior: smooth; -webkit-text-size-adjust: 100%; }}
@media (prefers-reduced-motion: reduce) {{ html {{ scroll-behavior: auto; }} }}
body {{
  margin: 0; background: var(--ground); color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif;
  font-variant-numeric: tabular-nums; overflow-wrap: anywhere;
}}
code {{ font: .92em/1.4 ui-monospace, "SF Mono", Consolas, "DejaVu Sans Mono", monospace; }}
a {{ color: var(--link); text-underline-offset: .15em; }}
a:focus-visible, button:focus-visible, input:focus-visible, summary:focus-visible,
.scroll:focus-visible {{ outline: 2px solid var(--link); outline-offset: 2px; }}
.skip {{ position: absolute; left: -999px; }}
.skip:focus {{ left: 1rem; top: .5rem; background: var(--ground); padding: .25rem .5rem; }}
header, main, footer, nav {{ max-width: 1360px; margin: 0 auto; padding: 0 1.5rem; }}
header {{ padding-top: 2rem; }}
h1 {{ font-size: 1.7rem; line-height: 1.2; margin: 0 0 .3rem; letter-spacing: -.01em; }}
h2 {{
  font-size: 1.2rem; margin: 0 0 .4rem; padding-top: 1.2rem;
  border-top: 1px solid var(--rule);
}}
h3 {{ font-size: 1rem; margin: 1.2rem 0 .2rem; }}
p {{ max-width: 75ch; margin: .3rem 0 .8rem; }}
section {{ margin: 1.6rem 0; scroll-margin-top: 3rem; }}
nav {{ position: sticky; top: 0; background: var(--ground); z-index: 2; padding-block: .45rem; }}
nav ul {{ display: flex; flex-wrap: wrap; gap: .15rem 1.1rem; margin: 0; padding: 0; }}
nav li {{ list-style: none; font-size: .9rem; }}
nav a {{ text-decoration: none; }}
nav a:hover {{ text-decoration: underline; }}
.quiet, .note, caption, footer {{ color: var(--quiet); }}
.figures {{ display: flex; flex-wrap: wrap; gap: .6rem 2.2rem; margin: 1rem 0; padding: 0; }}
.figures div {{ display: flex; flex-direction: column-reverse; }}
.figures dt {{ font-size: .85rem; color: var(--quiet); }}
.figures dd {{ margin: 0; font-size: 1.75rem; line-height: 1.15; font-weight: 600; }}
.repositories {{ margin: .2rem 0; padding: 0; list-style: none; font-size: .92rem; }}
table {{ border-collapse: collapse; width: 100%; margin: .4rem 0 1rem; font-size: .9rem; }}
caption {{ text-align: left; font-size: .87rem; padding: .2rem 0 .4rem; }}
th, td {{
  text-align: left; vertical-align: top; padding: .38rem .8rem .38rem 0;
  border-bottom: 1px solid var(--rule); font-weight: 400;
}}
thead th {{
  font-size: .8rem; color: var(--quiet); vertical-align: bottom; overflow-wrap: break-word;
}}
table:not(.map) tbody th {{ min-width: 8.5rem; }}
th button {{
  all: unset; cursor: pointer; font: inherit; color: inherit; border-bottom: 1px dotted;
}}
th[aria-sort="ascending"] button::after {{ content: " \\2191"; }}
th[aria-sort="descending"] button::after {{ content: " \\2193"; }}
.number {{ text-align: right; white-space: nowrap; }}
.label {{ display: none; }}
tr:target > * {{ background: var(--marked); }}
tr[hidden] {{ display: none !important; }}
.differences th:first-child {{ width: 21%; }}
.differences .value {{ width: 14%; }}
.differences .age {{ width: 8.5rem; white-space: nowrap; }}
.differences .who {{ width: 19%; }}
.differences .why {{ width: 20%; }}
.age .quiet {{ white-space: nowrap; }}
.promotions th:first-child {{ width: 24%; }}
.promotions .way {{ width: 17%; }}
.promotions .late {{ min-width: 4rem; }}
.paths th:first-child {{ width: 27%; }}
.paths .age {{ width: 11rem; white-space: nowrap; }}
.paths .why {{ width: 27%; }}
.held {{ display: inline-block; vertical-align: top; margin: 0 1.4rem .15rem 0; }}
.role {{ font-weight: 600; }}
.path, .names, .file {{ display: block; }}
.names {{ font-size: .82rem; color: var(--quiet); }}
.moved {{ color: var(--standing); font-weight: 600; }}
.file {{ font-size: .82rem; }}
.group th {{ padding-top: .9rem; font-weight: 600; }}
.map {{ width: auto; }}
.map th, .map td {{ padding: .16rem .25rem; border: 0; }}
.map thead th {{ text-align: center; max-width: 9rem; color: var(--ink); }}
.map thead .against th {{ color: var(--quiet); text-align: left; padding-left: .4rem; }}
.map tbody th {{
  padding-right: 1rem; min-width: 9rem; max-width: 22rem; vertical-align: middle;
  position: sticky; left: 0; background: var(--ground);
}}
.map .cell {{
  display: block; min-width: 4.6rem; padding: .12rem .45rem; border-radius: 4px;
  text-decoration: none; text-align: center; white-space: nowrap;
}}
.map.wide .cell {{ min-width: 3.4rem; }}
a.cell:hover {{ outline: 1px solid; }}
.standing {{ background: var(--standing-ground); color: var(--standing); font-weight: 600; }}
.in-flight {{ background: var(--flight-ground); color: var(--flight); }}
.frozen {{ background: var(--frozen-ground); color: var(--frozen); }}
.unknown {{ border: 1px dashed var(--quiet); color: var(--quiet); }}
.accepted, .environmental {{ background: var(--plain-ground); color: var(--quiet); }}
.equal {{ color: var(--equal); }}
.legend {{ display: flex; flex-wrap: wrap; gap: .3rem .8rem; font-size: .87rem; padding: 0; }}
.legend li {{ list-style: none; }}
.legend .key {{ padding: .05rem .45rem; border-radius: 4px; margin-right: .3rem; }}
.scroll {{ overflow-x: auto; }}
svg {{ display: block; width: 100%; }}
.charts {{
  display: grid; gap: 1rem 2rem; align-items: end; margin-bottom: 1.2rem;
  grid-template-columns: repeat(auto-fill, minmax(min(19rem, 100%), 1fr));
}}
figure {{ margin: 0; break-inside: avoid; }}
figcaption {{ font-size: .9rem; margin-bottom: .3rem; }}
figcaption b {{ font-weight: 600; }}
.curve {{ height: 5.5rem; border-bottom: 1px solid var(--quiet); overflow: visible; }}
.curve .area {{ fill: var(--link); opacity: .13; }}
.curve .doubt {{ fill: var(--quiet); opacity: .25; }}
.curve .edge {{
  fill: none; stroke: var(--link); stroke-width: 1.6; vector-effect: non-scaling-stroke;
}}
.ends {{ display: flex; justify-content: space-between; font-size: .8rem; color: var(--quiet); }}
.lane, .bar {{ height: .95rem; }}
.lane .ground, .bar .ground {{ fill: var(--plain-ground); }}
.lane .flight {{ fill: var(--flight); opacity: .45; }}
.lane .stood {{ fill: var(--standing); }}
.lane .tick {{ stroke: var(--ground); stroke-width: 1; }}
.bar .added {{ fill: var(--standing); }}
.bar .removed {{ fill: var(--equal); }}
.bar .axis {{ stroke: var(--quiet); }}
.lanes tbody th {{ width: 27%; }}
.lanes .time {{ width: 52%; }}
details {{ margin: .5rem 0; }}
summary {{ cursor: pointer; padding: .2rem 0; }}
#filter-place {{
  display: flex; flex-wrap: wrap; gap: .6rem; align-items: center; font-size: .9rem;
}}
#filter-place input {{
  font: inherit; color: inherit; background: var(--ground); padding: .2rem .5rem;
  border: 1px solid var(--quiet); border-radius: 4px; width: min(22rem, 88vw);
}}
footer {{ padding-block: 1.5rem 3rem; font-size: .87rem; }}
dl.words dt {{ font-weight: 600; margin-top: .4rem; }}
dl.words dd {{ margin: 0 0 .2rem; max-width: 75ch; }}
{NARROW}
{PRINT}
"""
