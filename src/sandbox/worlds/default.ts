import type { z } from 'zod'
import type { World } from '../world.ts'

/** A registry that is in good health and quick. */
const swift = { latencyMs: 2 }

const lateness = (upTo: string, tail: number, tailUpTo: string, nextDay: number) => ({
  upTo,
  tail: { probability: tail, upTo: tailUpTo },
  nextDay,
})

const gtld = {
  redemptionDays: 30,
  pendingDeleteDays: 5,
  quarantineDays: 0,
  addGraceDays: 5,
  autoRenew: true,
  autoRenewGraceDays: 45,
  gracePeriods: true,
  dropzone: null,
}
const quarantine = {
  redemptionDays: 0,
  pendingDeleteDays: 0,
  quarantineDays: 40,
  addGraceDays: 0,
  autoRenew: false,
  autoRenewGraceDays: 0,
  gracePeriods: false,
  dropzone: null,
}
const verisignHour = {
  kind: 'daily',
  timeZone: 'America/New_York',
  from: '14:00',
  lasts: '66m',
  order: 'updated',
  day: 'of-the-end',
  lateness: lateness('4s', 0.03, '20m', 0.01),
} as const

const registry = (epp: Partial<z.input<typeof World>['registries']['pir']['epp']> = {}) => ({
  epp: { ...swift, ...epp },
  rdap: { ...swift, limit: { perSecond: 5, burst: 10 } },
  whois: { ...swift, limit: { perSecond: 2, burst: 10 } },
  das: { ...swift, limit: { perSecond: 2, burst: 60 } },
  dns: { ...swift },
})

/**
 * The world of `npm start`. Its three acts, told for one label from a start S; the clock leaps between them (leaps.ts):
 *
 *   S               .fr is in redemption, .be in quarantine, .org is ours, .eu is safe, .info and .biz are free
 *   S + 12.0 s      .com deleted by its registrar
 *   S + 12.5 s      .net deleted by the same                    first 1:1 period: 12.5 + 10              = 22.5 s
 *                   a landing, eight hours on                                                              4.0 s
 *   S + 30 d 12.0 s .com goes to pendingDelete
 *   S + 30 d 12.5 s .net too
 *   S + 30 d 13.5 s .fr restored by its holder                  second: 10 + 1.5 + 10                    = 21.5 s
 *                   a landing                                                                              4.0 s
 *   R + 1 s         .net drops, lost to a rival 40 to 120 ms later; R is its place in Verisign's hour
 *   R + 6 s         .com drops and is free for the quick        third, as far as this: 10 + 5            = 15.0 s
 *                                                                                                    in all 67 s
 *   the hour after S + 37 d   .be drops                         the encore
 *
 * Both names keep their order in the hour, half a second apart in their last update being 23 ms in it; the figures above
 * are exact to that. A client's commands lengthen a period by ten seconds after the last of them.
 */
export const defaultWorld: z.input<typeof World> = {
  seed: 1789,
  startAt: null,
  registrars: [
    { id: 'vigie', name: 'Vigie', ianaId: '90001', password: 'haute-mer-1789' },
    { id: 'rapid-names', name: 'Rapid Names', ianaId: '90002', password: 'faster-than-7' },
    { id: 'quayside', name: 'Quayside Domains', ianaId: '90003', password: 'bollard-4411' },
    {
      id: 'terre-neuve',
      name: 'Terre-Neuve Registrar',
      ianaId: '90004',
      password: 'morue-salee-9',
    },
    { id: 'polder', name: 'Polder Hosting', ianaId: '90005', password: 'dijkgraaf-20' },
  ],
  registries: {
    verisign: registry({ sessions: 20 }),
    pir: registry({ sessions: 20 }),
    identityDigital: registry(),
    godaddy: registry(),
    afnic: registry({ sessions: 4, spacingMs: 100, skewMs: 180 }),
    eurid: registry({ sessions: 5 }),
    dnsBelgium: registry({
      sessions: 4,
      skewMs: -90,
      penalty: { exists: 10, error: 1, perDay: 400 },
    }),
  },
  extensions: {
    com: {
      lifeCycle: gtld,
      release: verisignHour,
      holders: { renewRate: 0.7, deleteWithinDays: 44, restoreRate: 0.06 },
    },
    net: {
      lifeCycle: gtld,
      release: verisignHour,
      holders: { renewRate: 0.68, deleteWithinDays: 44, restoreRate: 0.06 },
    },
    org: {
      lifeCycle: { ...gtld, dropzone: { hours: 24, taken: 0.3 } },
      release: {
        kind: 'daily',
        timeZone: 'UTC',
        from: '14:12',
        lasts: '80m',
        order: 'chance',
        day: 'of-the-end',
        lateness: lateness('30s', 0.05, '2h', 0.02),
      },
      holders: { renewRate: 0.72, deleteWithinDays: 40, restoreRate: 0.05 },
    },
    info: {
      lifeCycle: { ...gtld, dropzone: { hours: 24, taken: 0.2 } },
      release: {
        kind: 'daily',
        timeZone: 'UTC',
        from: '10:05',
        lasts: '45m',
        order: 'chance',
        day: 'of-the-end',
        lateness: lateness('30s', 0.05, '2h', 0.02),
      },
      holders: { renewRate: 0.6, deleteWithinDays: 40, restoreRate: 0.05 },
    },
    biz: {
      lifeCycle: gtld,
      release: {
        kind: 'daily',
        timeZone: 'America/Chicago',
        from: '13:20',
        lasts: '50m',
        order: 'created',
        day: 'of-the-end',
        lateness: lateness('1m', 0.05, '1h', 0.02),
      },
      holders: { renewRate: 0.55, deleteWithinDays: 44, restoreRate: 0.04 },
    },
    fr: {
      lifeCycle: { ...gtld, pendingDeleteDays: 0, addGraceDays: 5, gracePeriods: false },
      release: {
        kind: 'daily',
        timeZone: 'Europe/Paris',
        from: '03:40',
        lasts: '25m',
        order: 'created',
        day: 'after-the-end',
        lateness: lateness('20s', 0.02, '1h', 0.02),
      },
      holders: { renewRate: 0.75, deleteWithinDays: 28, restoreRate: 0.09 },
    },
    eu: {
      lifeCycle: quarantine,
      release: { kind: 'per-name', lateness: lateness('3s', 0.04, '10m', 0) },
      holders: { renewRate: 0.8, deleteWithinDays: 1, restoreRate: 0.07 },
    },
    be: {
      lifeCycle: { ...quarantine, autoRenew: true },
      release: { kind: 'on-the-hour', spread: '20h', lateness: lateness('9s', 0.03, '8m', 0) },
      holders: { renewRate: 0.8, deleteWithinDays: 25, restoreRate: 0.08 },
    },
  },
  names: {
    free: [
      'vent-debout.com',
      'vent-debout.net',
      'vent-debout.org',
      'vent-debout.info',
      'vent-debout.biz',
      'vent-debout.fr',
      'vent-debout.eu',
      'vent-debout.be',
    ],
    active: [
      'grand-largue.com',
      'grand-largue.net',
      'grand-largue.org',
      'grand-largue.info',
      'grand-largue.biz',
      'grand-largue.fr',
      'grand-largue.eu',
      'grand-largue.be',
    ],
    redemption: [
      'homme-a-la-mer.com',
      'homme-a-la-mer.net',
      'homme-a-la-mer.org',
      'homme-a-la-mer.info',
      'homme-a-la-mer.biz',
      'homme-a-la-mer.fr',
    ],
    pendingDelete: [
      'dernier-quart.com',
      'dernier-quart.net',
      'dernier-quart.org',
      'dernier-quart.info',
      'dernier-quart.biz',
    ],
    quarantine: ['pavillon-jaune.eu', 'pavillon-jaune.be'],
    reserved: [
      'capitainerie.com',
      'capitainerie.net',
      'capitainerie.org',
      'capitainerie.info',
      'capitainerie.biz',
      'capitainerie.fr',
      'capitainerie.eu',
      'capitainerie.be',
    ],
    premium: ['ancre.biz', 'ancre.org'],
    blocked: ['pirate.fr', 'pirate.be'],
    notOpen: ['phare.fr'],
  },
  stories: {
    com: {
      heldBy: 'quayside',
      years: 8,
      expiredBefore: '31d7h',
      acts: [{ after: '12s', does: 'delete' }],
      late: '6s',
      rivals: [
        {
          registrar: 'terre-neuve',
          strategy: { kind: 'poll-then-buy', every: '30s', buyTakes: '2s' },
        },
      ],
    },
    net: {
      heldBy: 'quayside',
      years: 8,
      expiredBefore: '26d3h',
      acts: [{ after: '12.5s', does: 'delete' }],
      late: '1s',
      rivals: [
        {
          registrar: 'rapid-names',
          strategy: { kind: 'knows-the-instant', delay: { from: '40ms', to: '120ms' } },
        },
      ],
    },
    org: { heldBy: 'vigie', years: 3, expiresAfter: '329d5h' },
    info: null,
    biz: null,
    // Its batch comes a day late, so that the restore is in time whatever the hour of the start.
    fr: {
      heldBy: 'terre-neuve',
      years: 5,
      expiredBefore: '24d9h',
      deletedBefore: '20s',
      acts: [{ after: '30d13.5s', does: 'restore' }],
      late: '1d',
    },
    eu: { heldBy: 'polder', years: 6, expiresAfter: '621d2h' },
    be: {
      heldBy: 'polder',
      years: 3,
      expiresAfter: '162d6h',
      deletedBefore: '3d',
      late: '700ms',
    },
  },
  fates: {},
}
