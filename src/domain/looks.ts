import type { Forecast } from './forecast.ts'

/** What the law of looks needs to know of one name. Instants are epoch milliseconds. */
export type LookInput = {
  forecast: Forecast
  now: number
  /** Last look that brought an answer, or null. */
  lastLookAt: number | null
  /** Open watches of the name. */
  weight: number
  /** lambda: what one look costs, in watch-seconds of delay. */
  price: number
  /** Most looks a second that the host allows for one name. */
  capPerSecond: number
  /** Promise to customers. */
  floorPerDay: number
  /** The next stage must be noticed at the latest by this instant (lead-time deadline), or null. */
  deadline: number | null
}

export type NextLook = { at: number; because: 'promise' | 'window' | 'edge' | 'deadline' | 'first' }

export declare function nextLook(input: LookInput): NextLook
