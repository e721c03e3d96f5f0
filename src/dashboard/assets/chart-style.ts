/** Drawings: forecast and volley. Each is drawn twice and the page shows the one that fits. */
export const CHART_STYLE = `
.chart svg { display: block; width: 100%; height: auto; overflow: visible; }
.chart .narrow { display: none; }
@media (max-width: 40rem) { .chart .wide { display: none; } .chart .narrow { display: block; } }
.chart text { font-size: 12px; fill: var(--soft); font-variant-numeric: tabular-nums; }
.chart .narrow text { font-size: 11.5px; }
.axis { stroke: var(--soft); stroke-width: 1; }
.tick { stroke: var(--soft); stroke-width: 1; }
.bar { fill: var(--accent); }
.past { fill: var(--sunk); }
.shot { stroke: var(--ink); stroke-width: 1.5; }
.now { stroke: var(--alarm); stroke-width: 2; }
.chart .now-label { fill: var(--alarm); font-weight: 600; }
.chart .day-label { fill: var(--soft); }
.guide { stroke: var(--line); stroke-width: 1; }
.planned { fill: none; stroke: var(--soft); stroke-width: 1.5; }
.trip { fill: none; stroke: var(--ink); stroke-width: 2; }
.trip.silent { stroke-dasharray: 2 4; }
.sent { fill: var(--ink); }
.answered { fill: none; stroke: var(--ink); stroke-width: 2; }
.answered.won { fill: var(--accent); stroke: var(--surface); stroke-width: 1; }
.outcome-created .trip { stroke: var(--accent); }
.outcome-created .sent { fill: var(--accent); }
.chart .row-label { fill: var(--soft); }
.chart .code-label { fill: var(--ink); }
.chart .outcome-created .code-label { fill: var(--accent); font-weight: 700; }
.registered { fill: var(--accent); opacity: .16; }
.chart .registered-label { fill: var(--accent); font-weight: 600; }
.strip-shot { stroke: var(--ink); stroke-width: 1.5; }
.frame { fill: none; stroke: var(--accent); stroke-width: 1.5; }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin-bottom: .75rem; color: var(--soft); font-size: .875rem; }
.legend svg { width: 16px; height: 12px; margin-right: .375rem; vertical-align: -1px; }
`
