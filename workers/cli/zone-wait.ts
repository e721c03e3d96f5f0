import { setTimeout as pause } from 'node:timers/promises'
import { type DomainName, extensionOf } from '../../src/domain/name.ts'
import type { Endpoints } from '../../src/probes/endpoints.ts'

const LONGEST_MS = 5_000
const LOOK_AGAIN_MS = 50

/** Waits a moment for the servers of the name's zone: in live mode they are being looked up since the start. */
export async function zoneKnown(name: DomainName, endpoints: Endpoints): Promise<void> {
  const extension = extensionOf(name)
  if (!extension) return
  const endMs = performance.now() + LONGEST_MS
  while (endpoints.dns(extension).length === 0 && performance.now() < endMs)
    await pause(LOOK_AGAIN_MS)
}
