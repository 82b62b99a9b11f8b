"""The colours by day and by night, and what changes on a telephone and on paper."""

LIGHT = """
  --ground: #fff; --ink: #1c2126; --quiet: #5a646e; --rule: #dde1e5; --link: #14568f;
  --marked: #fff3c4; --plain-ground: #eef0f2; --equal: #27693a;
  --standing: #a3201a; --standing-ground: #fbe4e1;
  --flight: #7a5200; --flight-ground: #fcefcf;
  --frozen: #1e5a99; --frozen-ground: #e2eefa;
"""
DARK = """
  --ground: #14181c; --ink: #e3e7eb; --quiet: #9aa5b0; --rule: #2c343b; --link: #86bdf0;
  --marked: #3d3615; --plain-ground: #232a30; --equal: #7cc491;
  --standing: #ff9d94; --standing-ground: #4a1f1c;
  --flight: #f0c265; --flight-ground: #40320f;
  --frozen: #93c2f2; --frozen-ground: #1a324b;
"""
NARROW = """
@media screen and (max-width: 1100px) {
  .differences .age, .paths .age { white-space: normal; width: 7.2rem; }
  .promotions td:last-child .quiet { display: none; }
  .promotions thead th { white-space: normal; }
}
@media screen and (max-width: 800px) {
  header, main, footer, nav { padding-inline: 1rem; }
  header { padding-top: 1.2rem; }
  nav { position: static; }
  table:not(.map), table:not(.map) tbody, table:not(.map) tr,
  table:not(.map) td, table:not(.map) tbody th, table:not(.map) caption {
    display: block; width: auto !important;
  }
  table:not(.map) thead:not(:focus-within) {
    position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden;
  }
  table:not(.map) thead:focus-within tr { display: flex; flex-wrap: wrap; gap: .2rem 1rem; }
  table:not(.map) thead:focus-within, table:not(.map) thead th { display: block; width: auto; }
  table:not(.map) tr { border-bottom: 1px solid var(--rule); padding: .5rem 0; }
  table:not(.map) td, table:not(.map) tbody th {
    border: 0; padding: .08rem 0; text-align: left; white-space: normal;
  }
  table:not(.map) td:empty, table:not(.map) td.none { display: none; }
  .map tbody th { min-width: 6rem; padding-right: .5rem; }
  .map .cell { min-width: 3.2rem; padding-inline: .25rem; }
  .label { display: inline-block; min-width: 7.5rem; color: var(--quiet); font-size: .82rem; }
  .differences .label, .paths .label { min-width: 0; margin-right: .5rem; }
  .paths .values .label { display: none; }
  .differences .names { display: inline; margin-right: .4rem; }
  .lanes .time .label { display: none; }
}
"""
PRINT = """
@media print {
  @page { size: A4; margin: 14mm 12mm; }
  :root { color-scheme: light; __LIGHT__ }
  html { font-size: 8.6pt; }
  body { font-size: 9pt; }
  th button { border: 0; }
  header, main, footer { max-width: none; padding: 0; }
  nav, .skip, #filter-place { display: none; }
  a { color: inherit; text-decoration: none; }
  h2, h3, caption, summary, thead { break-after: avoid; }
  tr, figure, .figures { break-inside: avoid; }
  thead { display: table-header-group; }
  .scroll { overflow: visible; }
  svg, .cell, .key { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  table { font-size: 8pt; }
  th, td { padding-right: .5rem; }
  .map .cell, .map.wide .cell { min-width: 0; padding-inline: .2rem; }
  .map.wide { width: 100%; table-layout: fixed; }
  .map.wide tbody th, .map.wide thead td { width: 22%; min-width: 0; }
  .differences .age, .paths .age { white-space: normal; width: 7.5rem; }
  .map.wide thead th[scope="col"], .map.wide .against th[colspan="1"] {
    writing-mode: vertical-rl; transform: rotate(180deg);
  }
}
""".replace("__LIGHT__", LIGHT)
