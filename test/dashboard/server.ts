import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { type Anchor, AnchoredClock } from '../../src/clock.ts'
import { openAccess } from '../../src/dashboard/access.ts'
import { createDashboard, type DashboardDeps } from '../../src/dashboard/dashboard.ts'
import { resultText } from '../../src/epp/result-code.ts'
import { openLog } from '../../src/log.ts'
import { openTestDatabase, type TestDatabase } from '../support/database.ts'

/** The instant that the scenes of these tests are seen from. */
export const NOW = new Date('2026-11-23T18:42:10Z')

export type TestDashboard = TestDatabase & {
  url: string
  clock: AnchoredClock
  close(): Promise<void>
}

/** A dashboard over its own database on a free port of loopback, at `NOW`; the clock stands still. */
export async function openDashboard(change: Partial<DashboardDeps> = {}): Promise<TestDashboard> {
  const database = await openTestDatabase()
  const standing: Anchor = { wallMs: 0, atMs: NOW.getTime(), speed: 0 }
  const clock = new AnchoredClock(standing)
  const ended = new AbortController()
  const app = createDashboard({
    db: database.db,
    listen: database.listen,
    clock,
    registries: 'sandbox',
    registrarName: 'Registrar of the Tests',
    access: openAccess({ open: true, authenticate: async () => null }),
    resultText,
    log: openLog('silent'),
    signal: ended.signal,
    ...change,
  })
  const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 })
  await new Promise((resolve) => server.once('listening', resolve))
  return {
    ...database,
    clock,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      ended.abort()
      await new Promise((resolve) => server.close(resolve))
      await database.close()
    },
  }
}
