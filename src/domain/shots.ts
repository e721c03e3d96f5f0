import type { Forecast } from './forecast.ts'

/** What a volley may cost. Instants are epoch milliseconds. */
export type ShotInput = {
  forecast: Forecast
  now: number
  /** Creates that may be sent in this window. */
  budget: number
  minSpacingMs: number
  /** Rivals are expected: spend by the density itself instead of its square root. */
  contested: boolean
}

/** @returns planned instants, ascending, none in the past. */
export declare function planShots(input: ShotInput): number[]
