/** The parts that pages are made of: regions, names and badges, lists, tables. */
export const PART_STYLE = `
.columns { display: grid; grid-template-columns: minmax(0, 1.75fr) minmax(0, 1fr); gap: 1.5rem; align-items: start; }
.columns > div { display: grid; gap: 1.5rem; min-width: 0; }
.columns.halves { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); }
@media (max-width: 60rem) { .columns, .columns.halves { grid-template-columns: minmax(0, 1fr); } }
section[data-region]:not(#alarms, .standing) { background: var(--surface); border: 1px solid var(--line); border-radius: var(--radius); padding: 1.125rem 1.25rem 1.25rem; min-width: 0; }
#page > section[data-region] + .columns, #page > section[data-region] + section[data-region], #page > .columns + section[data-region] { margin-top: 1.5rem; }
#page > #alarms + .columns, #page > .standing + section { margin-top: 0; }
.region-head { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; gap: .25rem 1rem; margin-bottom: .875rem; }
.region-head a { font-size: .875rem; }
.total { font-size: 1.25rem; font-weight: 650; }
.empty { color: var(--soft); max-width: 60ch; }
.why, .detail { color: var(--soft); font-size: .9375rem; max-width: 75ch; overflow-wrap: anywhere; }
.none { color: var(--soft); }
#page > .why { margin-bottom: 1.25rem; }

.name { font-weight: 600; color: var(--ink); text-decoration-color: transparent; overflow-wrap: anywhere; }
a.name:hover { color: var(--accent); }
.extension { color: var(--accent); }
.name-title { font-size: clamp(1.5rem, 5vw, 2.25rem); margin-bottom: .25rem; }
.name-title .name { font-weight: inherit; }
.a-label { color: var(--soft); font: .875rem/1.5 var(--mono); overflow-wrap: anywhere; }
.standing { margin: .75rem 0 1.5rem; display: grid; gap: .375rem; }
.badges { display: inline-flex; flex-wrap: wrap; align-items: center; gap: .375rem .5rem; }
.badge { display: inline-flex; align-items: center; gap: .3rem; padding: .0625rem .5rem; border: 1px solid var(--line); border-radius: 999px; font-size: .8125rem; line-height: 1.375rem; white-space: nowrap; color: var(--ink); background: var(--surface); }
.badge.unarmed { border-style: dashed; color: var(--soft); }
.capture-won, .line-registered, .line-joined { background: var(--accent); border-color: var(--accent); color: var(--on-accent); font-weight: 600; }
.capture-armed, .capture-finalised, .capture-firing, .stage-free { background: var(--accent-soft); border-color: var(--accent-soft); color: var(--accent); font-weight: 600; }
.capture-lost, .capture-refused { background: var(--sunk); border-color: var(--soft); font-weight: 600; }
.capture-undetermined, .line-action-needed { background: var(--alarm-soft); border-color: var(--alarm-line); color: var(--alarm); font-weight: 600; }
.icon { flex: none; width: 1em; height: 1em; fill: none; stroke: currentColor; stroke-width: 1.8; stroke-linecap: round; stroke-linejoin: round; }

.alarms { margin-bottom: 1.25rem; padding: .375rem .875rem; font-size: .9375rem; line-height: 1.4; background: var(--alarm-soft); border: 1px solid var(--alarm-line); border-radius: var(--radius); }
.alarms li { display: flex; gap: .625rem; padding: .25rem 0; }
.alarms .icon { color: var(--alarm); width: 1rem; height: 1rem; margin-top: .15rem; }
.alarms p { min-width: 0; overflow-wrap: anywhere; }
.alarms strong, .alarms strong a { color: var(--alarm); }
.alarms .name { font-weight: 500; text-decoration-color: currentColor; }

.hero-head { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; gap: 0 1.5rem; }
.hero h3 { font-size: clamp(1.5rem, 4.5vw, 2.25rem); line-height: 1.2; letter-spacing: -.02em; min-width: 0; overflow-wrap: anywhere; }
.hero-count { font-size: clamp(1.5rem, 4.5vw, 2.25rem); line-height: 1.2; font-weight: 300; letter-spacing: -.02em; color: var(--accent); }
.hero-facts { display: flex; flex-wrap: wrap; align-items: center; gap: .375rem 1rem; margin: .5rem 0 .75rem; color: var(--soft); font-size: .9375rem; }
.hero-facts .badge + .badge { margin-left: -.5rem; }
.hero .why { margin-top: .25rem; }
.drops { margin-top: 1rem; }
.drops li { display: grid; grid-template-columns: minmax(0, 1fr) auto 4.5rem; gap: .25rem 1.25rem; align-items: center; padding: .6875rem 0; border-top: 1px solid var(--line); }
.drop-name { display: flex; flex-wrap: wrap; align-items: center; gap: .25rem .75rem; min-width: 0; }
.drop-when { display: grid; text-align: right; line-height: 1.35; }
.drop-when strong { font-weight: 600; }
.odds { display: grid; gap: .25rem; text-align: right; font-size: .875rem; }
.odds svg { width: 100%; height: 4px; display: block; }
.odds-ground { fill: var(--line); }
.odds-part { fill: var(--accent); }

.score { color: var(--soft); font-size: .9375rem; margin-bottom: .5rem; }
.score strong { color: var(--ink); }
.outcomes li { display: grid; grid-template-columns: minmax(0, 14rem) minmax(0, 1fr) auto; gap: .25rem 1.25rem; padding: .6875rem 0; border-top: 1px solid var(--line); align-items: baseline; }
.outcome-name { display: flex; flex-wrap: wrap; gap: .25rem .625rem; align-items: center; min-width: 0; }
.outcomes p { min-width: 0; overflow-wrap: anywhere; }
.outcomes .detail { display: block; font-size: .875rem; }
.outcomes small, .drop-when small { white-space: nowrap; }

.feed li { display: grid; grid-template-columns: 1.125rem minmax(0, 1fr) auto; gap: .125rem .625rem; padding: .5625rem 0; align-items: start; }
.feed li + li { border-top: 1px solid var(--line); }
.feed .icon { width: 1.0625rem; height: 1.0625rem; margin-top: .1875rem; color: var(--soft); }
.feed .icon-won { color: var(--accent); }
.feed .told { overflow-wrap: anywhere; line-height: 1.4; }
.feed .told a, .feed .told > span { font-weight: 600; color: var(--ink); }
.feed .detail { font-size: .875rem; line-height: 1.4; }
.feed time { font-size: .8125rem; color: var(--soft); white-space: nowrap; padding-top: .125rem; }
.timeline .looks { color: var(--soft); font-size: .9375rem; }
.timeline .dot { justify-self: center; width: .4375rem; height: .4375rem; margin-top: .5rem; border-radius: 50%; border: 1.5px solid var(--soft); }
.timeline .looks p { overflow-wrap: anywhere; }
.timeline .told a, .timeline .told { font-weight: 600; }
.source { display: inline-block; min-width: 3.25rem; font: .8125rem/1.4 var(--mono); color: var(--ink); }
.times { display: inline-block; margin-left: .375rem; padding: 0 .4375rem; border-radius: 999px; background: var(--sunk); font-size: .8125rem; white-space: nowrap; }

.counts li { display: grid; grid-template-columns: 3rem minmax(2rem, 1fr) 2.5rem 4rem; gap: 0 .75rem; align-items: center; padding: .3125rem 0; }
.counts svg { width: 100%; height: 6px; fill: var(--accent); }
.counts strong { min-width: 2ch; text-align: right; }
.counts small { white-space: nowrap; }
.plain li { padding: .5rem 0; overflow-wrap: anywhere; }
.plain li + li { border-top: 1px solid var(--line); }
.facts > div { display: grid; grid-template-columns: 8.5rem minmax(0, 1fr); gap: .125rem .75rem; padding: .3125rem 0; }
.facts dt { color: var(--soft); }
.facts dd { overflow-wrap: anywhere; }
.lines li { display: grid; grid-template-columns: minmax(0, 16rem) 14rem minmax(0, 1fr); gap: .25rem 1rem; padding: .6875rem 0; align-items: start; }
.lines li + li { border-top: 1px solid var(--line); }
.lines .badge { justify-self: start; }

.scroll { overflow-x: auto; margin-inline: -1.25rem; padding-inline: 1.25rem; }
table { width: 100%; border-collapse: collapse; font-size: .9375rem; }
th, td { text-align: left; vertical-align: top; padding: .5625rem 1rem .5625rem 0; border-top: 1px solid var(--line); }
thead th { border-top: 0; padding-top: 0; font-size: .8125rem; font-weight: 500; color: var(--soft); white-space: nowrap; }
tbody th { font-weight: inherit; min-width: 8rem; }
th:last-child, td:last-child { padding-right: 0; }
.number { text-align: right; }
.nowrap { white-space: nowrap; }
.narrow-only { display: none; }
.spare-line { display: block; }
.message { display: block; }
.attempts td { white-space: nowrap; }
.attempts td:nth-child(3) { white-space: normal; min-width: 11rem; }
.attempts .outcome-created { background: var(--accent-soft); }
.pager { display: flex; justify-content: space-between; gap: 1rem; margin-top: 1rem; color: var(--soft); }
details { margin-top: .75rem; }
summary { cursor: pointer; color: var(--accent); font-size: .9375rem; }
.notice { margin-bottom: 1.25rem; padding: .625rem .875rem; border: 1px solid var(--alarm-line); border-radius: var(--radius); background: var(--alarm-soft); color: var(--alarm); }
.switches li { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: .5rem 1rem; align-items: center; padding: .75rem 0; }
.switches li + li { border-top: 1px solid var(--line); }
.switches form, .act { display: flex; flex-wrap: wrap; gap: .5rem; align-items: end; }
.switches input { width: 14rem; }
.narrow-page { max-width: 26rem; margin: 3rem auto; }
.stacked { display: grid; gap: 1rem; margin-top: 1.25rem; }
.stacked input { width: 100%; }

@media (max-width: 40rem) {
  section[data-region]:not(#alarms, .standing) { padding: 1rem; }
  .columns, .columns > div { gap: 1rem; }
  .scroll { margin-inline: -1rem; padding-inline: 1rem; }
  .drops li { grid-template-columns: minmax(0, 1fr); gap: .375rem; }
  .drop-when { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: baseline; gap: 0 .75rem; text-align: left; }
  .drops .odds { grid-template-columns: 3.5rem 1fr; align-items: center; text-align: left; }
  .drop-when small { white-space: normal; }
  .outcomes li { grid-template-columns: minmax(0, 1fr) auto; }
  .outcomes li p { grid-column: 1 / -1; order: 3; }
  .lines li { grid-template-columns: minmax(0, 1fr); }
  .facts > div { grid-template-columns: 6.5rem minmax(0, 1fr); }
  .spare, .spare-line { display: none; }
  .narrow-only { display: block; margin-top: .25rem; }
  .attempts th { min-width: 4rem; }
  .alarms p { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; line-clamp: 2; overflow: hidden; }
  .feed li { grid-template-columns: 1.125rem minmax(0, 1fr); }
  .feed time { grid-column: 2; padding: 0; }
  .switches li { grid-template-columns: minmax(0, 1fr); }
  .switches form, .switches input { width: 100%; }
}
`
