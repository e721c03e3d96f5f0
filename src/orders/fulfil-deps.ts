import type { Clock } from '../clock.ts'
import type { DomainName } from '../domain/name.ts'
import type { Log } from '../log.ts'
import type { Database } from '../store/connect.ts'
import type { Classified } from './classify.ts'
import type { Reconciled, Registered, RegisterRequest } from './register.ts'

/** How orders reach the registries: `classifyName`, `registerNow` and `reconcile` with their own needs filled in. */
export type FulfilDeps = {
  db: Database
  clock: Clock
  log: Log
  classify(name: DomainName, signal: AbortSignal): Promise<Classified>
  register(request: RegisterRequest, signal: AbortSignal): Promise<Registered>
  reconcile(request: RegisterRequest, signal: AbortSignal): Promise<Reconciled>
}
