/** The report's style sheet: light and dark, narrow and wide, screen and paper. Figures stay on white cards. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --ground: #fcfcfa; --ink: #1c1d20; --soft: #5b5f66; --line: #d9dbdf; --stripe: #7f8a9414; --accent: #005a8c; --code: #f0f1f2; --shade: #1c1d2038; --good: #1a6b33; --bad: #b3261e;
}
@media (prefers-color-scheme: dark) {
  :root { --ground: #16181b; --ink: #e6e7e9; --soft: #a2a7af; --line: #383c43; --stripe: #aab4c00f; --accent: #7cc0ec; --code: #22262b; --shade: #000000a0; --good: #7ccf93; --bad: #ff8f85; }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.55 system-ui, -apple-system, 'Segoe UI', 'Helvetica Neue', 'DejaVu Sans', sans-serif; }
main { max-width: 50rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .3rem; text-wrap: balance; }
h2 { font-size: 1.2rem; line-height: 1.3; margin: 2.6rem 0 .6rem; padding-top: 1.1rem; border-top: 1px solid var(--line); }
h3 { font-size: 1.02rem; line-height: 1.35; margin: 2.2rem 0 .5rem; }
p { margin: .6rem 0; max-width: 42rem; }
sub, sup { font-size: .72em; line-height: 0; }
a { color: var(--accent); }
.subtitle { font-size: 1.05rem; color: var(--soft); margin: 0; }
.generated { font-size: .85rem; color: var(--soft); margin: .3rem 0 0; }
.summary { margin: 1.5rem 0 0; padding: .2rem 1.1rem; border-left: 3px solid var(--accent); background: var(--stripe); }
nav { margin: 1.4rem 0 0; font-size: .92rem; }
nav ol { margin: 0; padding: 0; list-style: none; display: flex; flex-wrap: wrap; gap: .25rem 1.2rem; }
nav ol ol { font-size: .88rem; margin: .15rem 0 .5rem; gap: .1rem .9rem; }
nav .chapter { flex-basis: 100%; }
figure { margin: 1.2rem 0; }
.card { background: #fff; border: 1px solid var(--line); border-radius: 6px; padding: .6rem; overflow-x: auto; }
.card > svg { display: block; margin: 0 auto; height: auto; }
figcaption, .caption { font-size: .88rem; line-height: 1.45; color: var(--soft); text-align: left; }
figcaption { margin-top: .5rem; max-width: 42rem; }
.caption { margin: 0 0 .45rem; }
.name { font-weight: 600; color: var(--ink); }
.table { margin: 1.2rem 0; }
/* A wide table goes on into the right margin before it scrolls; shadows at its sides say that there is more. */
.scroll { width: max-content; max-width: calc(100% + max(0px, (100vw - 53rem) / 2)); overflow-x: auto; background:
  linear-gradient(to right, var(--ground) 40%, transparent) left / 3rem 100% no-repeat local,
  linear-gradient(to left, var(--ground) 40%, transparent) right / 3rem 100% no-repeat local,
  linear-gradient(to right, var(--shade), transparent) left / .9rem 100% no-repeat scroll,
  linear-gradient(to left, var(--shade), transparent) right / .9rem 100% no-repeat scroll; }
table { border-collapse: collapse; font-size: .92rem; font-variant-numeric: tabular-nums; }
th, td { padding: .36rem .6rem; text-align: left; vertical-align: baseline; border-bottom: 1px solid var(--line); }
th:first-child, td:first-child { padding-left: .4rem; }
thead th { font-weight: 600; vertical-align: bottom; border-bottom: 2px solid var(--soft); }
tbody tr:nth-child(even) { background: var(--stripe); }
.number { text-align: right; white-space: nowrap; }
.good { color: var(--good); }
.bad { color: var(--bad); font-weight: 600; }
.soft { color: var(--soft); }
.unit, .notes { color: var(--soft); font-weight: 400; }
.unit { font-size: .88em; white-space: nowrap; }
.notes { font-size: .85rem; margin: .4rem 0 0; padding: 0; list-style: none; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .3rem 1.2rem; margin: .8rem 0; font-size: .92rem; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
code, pre { font: .88em/1.5 ui-monospace, 'SF Mono', 'DejaVu Sans Mono', Menlo, Consolas, monospace; }
code { background: var(--code); padding: .1em .35em; border-radius: 3px; }
pre { background: var(--code); padding: .9rem; border-radius: 6px; overflow-x: auto; }
summary { cursor: pointer; color: var(--accent); }
@media (max-width: 34rem) {
  main { padding: 1.4rem .9rem 3rem; }
  h1 { font-size: 1.4rem; }
  th, td { padding: .34rem .5rem; }
  dl { grid-template-columns: 1fr; gap: .1rem; }
  dd { margin-bottom: .5rem; }
}
@media print {
  :root { color-scheme: light; --ground: #fff; --ink: #000; --soft: #444; --line: #bbb; --stripe: transparent; --accent: #000; --code: #fff; --good: #000; --bad: #000; }
  body { font-size: 10pt; }
  main { max-width: none; padding: 0; }
  nav { display: none; }
  h2, h3, section > p, .caption { break-after: avoid; }
  h2, h3, p, dd, figure, tr, .summary { break-inside: avoid; }
  thead { display: table-header-group; }
  .card { border: 0; padding: 0; overflow: visible; }
  .card > svg { min-width: 0 !important; max-width: 100% !important; max-height: 14cm; }
  details::details-content { content-visibility: visible; }
  .scroll { width: auto; max-width: 100%; overflow: visible; background: none; }
  table { font-size: 8.5pt; }
  th, td { padding: .2rem .4rem; }
  pre { white-space: pre-wrap; }
}
`;
