/** Small signs beside words; never alone, so hidden from screen readers. Drawn on a 16-unit grid. */
const PATHS = {
  won: 'M2.5 8.5 6.5 12.5 13.5 4',
  lost: 'M4 4 12 12M12 4 4 12',
  refused: 'M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11M4.2 4.2 11.8 11.8',
  undetermined: 'M5.5 6a2.5 2.5 0 1 1 3.6 2.2C8.3 8.7 8 9 8 10M8 12.6v.4',
  'stood-down': 'M3 8h10',
  aimed: 'M8 3.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0-9M8 1v4M8 11v4M1 8h4M11 8h4',
  firing: 'M9 1.5 4 9h4l-1 5.5L12 7H8z',
  waiting: 'M4 2h8M4 14h8M5 2c0 4 6 4 6 6s-6 2-6 6M11 2c0 4-6 4-6 6s6 2 6 6',
  paused: 'M5.5 3.5v9M10.5 3.5v9',
  stopped: 'M4 4h8v8H4z',
  blind: 'M1.5 8S4 3.8 8 3.8S14.5 8 14.5 8S12 12.2 8 12.2S1.5 8 1.5 8M2.5 13.5 13.5 2.5',
  alarm: 'M8 2 14.5 13.5h-13zM8 6.5v3.2M8 11.6v.4',
  watch:
    'M1.5 8S4 3.8 8 3.8S14.5 8 14.5 8S12 12.2 8 12.2S1.5 8 1.5 8M8 6.2a1.8 1.8 0 1 0 0 3.6a1.8 1.8 0 1 0 0-3.6',
  order: 'M3.5 2.5h9v11h-9zM6 6h4M6 9h4',
  stage: 'M3 8h9M8.5 4.5 12 8l-3.5 3.5',
} as const
export type IconName = keyof typeof PATHS

export const Icon = ({ name }: { name: IconName }) => (
  <svg class={`icon icon-${name}`} viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
    <path d={PATHS[name]} />
  </svg>
)
