import { createHash } from 'node:crypto'
import { BASE_STYLE } from './assets/base-style.ts'
import { CHART_STYLE } from './assets/chart-style.ts'
import { ICON } from './assets/icon.ts'
import { LIVE_SCRIPT } from './assets/live-script.ts'
import { PART_STYLE } from './assets/part-style.ts'

/** A file that pages refer to. Its address holds a hash of its content, so a browser may keep it for ever. */
export type Asset = { path: string; type: string; content: string }

/** The files of the dashboard. They are strings in the program, so that a build needs no copying. */
export const ASSETS = {
  style: asset('vigie', 'css', 'text/css; charset=utf-8', BASE_STYLE + PART_STYLE + CHART_STYLE),
  script: asset('vigie', 'js', 'text/javascript; charset=utf-8', LIVE_SCRIPT),
  icon: asset('vigie', 'svg', 'image/svg+xml', ICON),
} as const satisfies Record<string, Asset>

function asset(name: string, extension: string, type: string, content: string): Asset {
  const hash = createHash('sha256').update(content).digest('base64url').slice(0, 12)
  return { path: `/assets/${name}-${hash}.${extension}`, type, content }
}
