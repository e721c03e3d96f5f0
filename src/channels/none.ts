import type { Channel } from './channel.ts'

/** The channel of an installation without accreditations: it watches, and registers nothing. */
export const noChannel = (): Channel => ({
  kind: 'none',
  accreditation: () => null,
  open: (registry) =>
    Promise.reject(
      new Error(`there is no way to register at ${registry}: no accreditation is set up`),
    ),
})
