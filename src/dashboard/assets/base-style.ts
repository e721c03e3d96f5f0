/**
 * Ground of every page: colours, type, the frame. One accent for what is ours or leads on, one alarm colour for what
 * wants a person; all else is ink. Contrast is at least 4.5 in both schemes.
 */
export const BASE_STYLE = `
:root {
  color-scheme: light dark;
  --ground: #f6f6f2; --surface: #ffffff; --sunk: #efefe9; --line: #dcddd5;
  --ink: #17212b; --soft: #4f5d69;
  --accent: #0a5a73; --accent-soft: #e0eff3; --on-accent: #ffffff;
  --alarm: #9c3410; --alarm-soft: #fcefe7; --alarm-line: #eec9b5;
  --radius: 10px;
  --mono: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #0d141a; --surface: #151e26; --sunk: #1b2630; --line: #2a3742;
    --ink: #e8edf1; --soft: #a3b1bd;
    --accent: #74c7df; --accent-soft: #12313c; --on-accent: #08222b;
    --alarm: #f3a585; --alarm-soft: #2e1c13; --alarm-line: #5a3524;
  }
}
*, ::before, ::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0 auto; max-width: 78rem; padding: 0 1.5rem 2rem;
  background: var(--ground); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", sans-serif;
  font-variant-numeric: tabular-nums;
}
h1, h2, h3, p, ul, ol, dl, dd, figure { margin: 0; padding: 0; }
ul, ol { list-style: none; }
h1 { font-size: 1.75rem; line-height: 1.2; letter-spacing: -.015em; font-weight: 650; margin: .5rem 0 1rem; overflow-wrap: anywhere; }
h2 { font-size: 1.0625rem; line-height: 1.3; font-weight: 650; }
h3 { font-size: inherit; font-weight: inherit; }
small { font-size: .8125rem; color: var(--soft); }
a { color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: .2em; text-decoration-color: color-mix(in srgb, currentColor 35%, transparent); }
a:hover { text-decoration-color: currentColor; }
code { font: .8125rem/1.5 var(--mono); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
main:focus { outline: none; }
[hidden] { display: none !important; }
.unseen { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: -100vw; top: 0; padding: .5rem 1rem; background: var(--surface); z-index: 2; }
.skip:focus { left: 0; }

.banner {
  margin: 0 -1.5rem; padding: .375rem 1.5rem; text-align: center; font-size: .875rem;
  background: var(--accent-soft); color: var(--ink); border-bottom: 1px solid var(--line);
}
@media (min-width: 78rem) { .banner { margin: 0 calc(50% - 50vw); } }
html { overflow-x: clip; }
.top { display: flex; flex-wrap: wrap; align-items: center; gap: .25rem 1.75rem; padding: .875rem 0; }
.mark { display: inline-flex; align-items: center; gap: .4rem; font-size: 1.25rem; font-weight: 700; letter-spacing: -.02em; color: var(--ink); text-decoration: none; }
.mark svg { fill: none; stroke: var(--accent); stroke-width: 1.8; stroke-linecap: round; stroke-linejoin: round; }
.top ul { display: flex; flex-wrap: wrap; gap: .125rem .25rem; margin-left: -.625rem; }
.top nav a { display: block; padding: .375rem .625rem; border-radius: 6px; color: var(--soft); text-decoration: none; }
.top nav a:hover { color: var(--ink); background: var(--sunk); }
.top nav a[aria-current] { color: var(--accent); font-weight: 600; background: var(--accent-soft); }
.clock { margin-left: auto; color: var(--soft); font-size: .9375rem; white-space: nowrap; }
.clock time { color: var(--ink); }
.bottom { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; align-items: center; margin-top: 2.5rem; padding-top: 1rem; border-top: 1px solid var(--line); color: var(--soft); font-size: .875rem; }
#liveness:not(:empty)::before { content: ""; display: inline-block; width: .5rem; height: .5rem; margin-right: .4rem; border-radius: 50%; background: var(--accent); }
[data-liveness="lost"] #liveness { color: var(--alarm); }
[data-liveness="lost"] #liveness::before { background: none; border: 2px solid var(--alarm); }
.bottom form { margin-left: auto; }

label > span { display: block; font-size: .8125rem; color: var(--soft); margin-bottom: .2rem; }
input, select, button {
  font: inherit; color: inherit; min-height: 2.5rem; padding: .375rem .7rem;
  background: var(--surface); border: 1px solid color-mix(in srgb, var(--soft) 70%, var(--line)); border-radius: 6px; max-width: 100%;
}
input::placeholder { color: var(--soft); opacity: 1; }
button { font-weight: 600; cursor: pointer; background: var(--accent); border-color: var(--accent); color: var(--on-accent); padding-inline: 1.1rem; }
button:hover { background: color-mix(in srgb, var(--accent) 88%, var(--ink)); }
button.quiet { background: none; color: var(--accent); border-color: var(--line); min-height: 2rem; }
button.stop { background: var(--alarm); border-color: var(--alarm); }
@media (prefers-color-scheme: dark) { button.stop { color: #2a1207; } }
.filters { display: flex; flex-wrap: wrap; gap: .75rem; align-items: end; margin-bottom: 1.25rem; }
.filters label { flex: 0 1 auto; min-width: 0; }
.filters label:has([type="search"]) { flex: 1 1 14rem; max-width: 24rem; }
.filters [type="search"] { width: 100%; }

@media (max-width: 40rem) {
  body { padding: 0 1rem 1.5rem; }
  .banner { margin: 0 -1rem; padding-inline: 1rem; }
  .top { gap: .25rem .75rem; padding: .625rem 0; }
  .top nav { order: 3; width: 100%; }
  .top nav a { padding: .4375rem .25rem; font-size: .8125rem; }
  .top ul { margin-inline: -.25rem; gap: 0; justify-content: space-between; }
  .banner { font-size: .8125rem; }
  .clock { font-size: .8125rem; }
  h1 { font-size: 1.4375rem; }
  .filters label { flex: 1 1 8.5rem; }
  .filters select, .filters input { width: 100%; }
  .filters label:has([type="search"]) { flex-basis: 100%; max-width: none; }
}
@media (prefers-reduced-motion: no-preference) {
  .fresh { animation: arrive 2.5s ease-out; }
  @keyframes arrive { from { background-color: var(--accent-soft); } to { background-color: transparent; } }
}
@media print { .top nav, .filters, .bottom { display: none; } body { max-width: none; } }
`
