import type { CreateAnswer, InfoAnswer, Line } from '../channels/channel.ts'
import type { Clock } from '../clock.ts'
import type { DomainName, Extension } from '../domain/name.ts'
import { scopesOf } from '../domain/switch-scope.ts'
import type { Log } from '../log.ts'
import type { Database } from '../store/connect.ts'
import { giveBack, spend } from '../store/ledger.ts'
import { stoppedBy } from '../store/switches.ts'
import { atDesk, Closed, type Desk, type DeskDeps, messageOf } from './desk.ts'
import type { Made } from './register-order.ts'

/** A name to register for a holder. The intent stands since `since`: a registration of ours made after it is this one. */
export type RegisterRequest = { name: DomainName; nicHandle: string; since: Date }

export type Reconciled =
  | { kind: 'registered'; expiresAt: Date | null }
  | { kind: 'taken'; by: string }
  | { kind: 'absent' }
  | { kind: 'unknown'; reason: string }

/** What became of a registration. */
export type Registered =
  | { kind: 'registered'; expiresAt: Date | null }
  /** Somebody else holds it. */
  | { kind: 'taken'; by: string }
  /** The registry, or a rule of ours, says no; asking again changes nothing. */
  | { kind: 'refused'; reason: string }
  /** No create has left: it may be tried again. */
  | { kind: 'not-sent'; reason: string }
  /** A create may have been executed: nothing is sent before the registry is asked. */
  | { kind: 'undetermined'; reason: string }

export type RegisterDeps = DeskDeps & {
  db: Database
  clock: Clock
  log: Log
  /** What to send for a holder, contacts included; or why it cannot be done. */
  orderFor(line: Line, name: DomainName, nicHandle: string): Promise<Made>
  /** Contract price of one year in cents, where the registry does not tell its fee; null if unknown. */
  priceOf(extension: Extension): number | null
  priceCeilingCents: number
  newClTRID(): string
}

/**
 * Registers a free name: price before money, contacts, stop switches and ledger last, then one create. An answer that does
 * not settle it is followed by `info`. The intent must be committed before. Rejects only when aborted or when the database
 * is away.
 */
export function registerNow(
  request: RegisterRequest,
  deps: RegisterDeps,
  signal: AbortSignal,
): Promise<Registered> {
  return atDesk(request.name, deps, signal, (desk) => register(request, desk, deps)).catch(
    (fault: unknown): Registered => {
      if (!(fault instanceof Closed)) throw fault
      return { kind: fault.forGood ? 'refused' : 'not-sent', reason: fault.message }
    },
  )
}

async function register(
  request: RegisterRequest,
  desk: Desk,
  deps: RegisterDeps,
): Promise<Registered> {
  const { name, nicHandle } = request
  const { line, policy, accreditation, leave } = desk
  const unaffordable = await priceProblem(name, desk, deps)
  if (unaffordable) return { kind: 'refused', reason: unaffordable }
  await leave(2)
  const made = await deps.orderFor(line, name, nicHandle)
  if (!made.ok) return { kind: line.alive ? 'refused' : 'not-sent', reason: made.reason }
  const create = line.prepareCreate(made.order)
  await leave(1)
  const day = deps.clock.now().toISOString().slice(0, 10)
  const held = await heldBack(name, day, desk, deps)
  if (held) return { kind: 'not-sent', reason: held }

  const clTRID = deps.newClTRID()
  deps.log.info({ name, clTRID, session: line.id }, 'create of an ordered name')
  const answer = await create.send(clTRID)
  const { svTRID, code, message, outcome } = answer
  deps.log.info({ name, clTRID, svTRID, code, message, outcome }, 'create answered')
  const setAside = policy.epp.penalty.value?.exists ?? 0
  if (outcome === 'created' && setAside > 0)
    await giveBack(deps.db, accreditation, day, { creates: 0, points: setAside })
  return outcomeOf(answer, () => reconcileAt(request, desk))
}

/** The registry's fee, else the contract's price, held against the ceiling. */
async function priceProblem(
  name: DomainName,
  desk: Desk,
  deps: RegisterDeps,
): Promise<string | null> {
  const { line, policy, leave } = desk
  await leave(1)
  const told = (await line.check([name])).names.get(name)?.feeCents ?? null
  const cents = told ?? deps.priceOf(policy.extension)
  if (cents === null) return `The price of a .${policy.extension} create is not known.`
  if (cents > deps.priceCeilingCents)
    return `${policy.operator} asks ${cents} cents, above the ceiling of ${deps.priceCeilingCents}.`
  return null
}

/** Why no create may leave now: a stop switch, or the registry's day is spent. */
async function heldBack(
  name: DomainName,
  day: string,
  desk: Desk,
  deps: RegisterDeps,
): Promise<string | null> {
  const { accreditation, policy } = desk
  const { registry, extension, epp } = policy
  const stopped = await stoppedBy(deps.db, scopesOf({ registry, extension, accreditation, name }))
  if (stopped) return `Stopped by the switch ${stopped.scope}: ${stopped.reason}`
  const penalty = epp.penalty.value
  const paid = await spend(
    deps.db,
    accreditation,
    day,
    { creates: 1, points: penalty?.exists ?? 0 },
    { creates: epp.createsPerDay.value, points: penalty?.perDay ?? Number.MAX_SAFE_INTEGER },
  )
  return paid ? null : `What ${policy.operator} allows in a day is spent.`
}

async function outcomeOf(
  { outcome, code, message, expiresAt }: CreateAnswer,
  reconcile: () => Promise<Reconciled>,
): Promise<Registered> {
  const said = code === null ? message : `${code} ${message}`
  if (outcome === 'created') return { kind: 'registered', expiresAt }
  if (outcome === 'no-session') return { kind: 'not-sent', reason: said }
  if (outcome === 'refused') return { kind: 'refused', reason: `The registry refuses it: ${said}` }
  const now = await reconcile()
  return now.kind === 'registered' || now.kind === 'taken'
    ? now
    : { kind: 'undetermined', reason: `No answer that settles the create: ${said}` }
}

/** Asks the registry what became of a create that may have been executed. Rejects only when aborted. */
export function reconcile(
  request: RegisterRequest,
  deps: DeskDeps,
  signal: AbortSignal,
): Promise<Reconciled> {
  return atDesk(request.name, deps, signal, (desk) => reconcileAt(request, desk)).catch(
    (fault: unknown): Reconciled => {
      if (fault instanceof Closed) return { kind: 'unknown', reason: fault.message }
      throw fault
    },
  )
}

async function reconcileAt({ name, since }: RegisterRequest, desk: Desk): Promise<Reconciled> {
  const info = await desk.leave(1).then(
    () => desk.line.info(name),
    (fault: unknown) => ({ kind: 'unknown' as const, message: messageOf(fault) }),
  )
  if (info.kind === 'unknown') return { kind: 'unknown', reason: info.message }
  if (info.kind === 'absent') return { kind: 'absent' }
  if (!info.ours || isOlder(info, since, desk.line)) return { kind: 'taken', by: info.sponsor }
  if (info.statuses.includes('pendingCreate'))
    return { kind: 'unknown', reason: 'The registry has not decided on the create yet.' }
  return { kind: 'registered', expiresAt: info.expiresAt }
}

/** What an offset may be wrong by at most: a registry's clock that nobody could read is still no other day's. */
const WORST_CLOCK_MS = 60_000

/** Dates are told by the registry's clock, and by some to the second only. */
function isOlder(
  { createdAt }: InfoAnswer & { kind: 'registered' },
  since: Date,
  { offset }: Line,
): boolean {
  const earliest =
    since.getTime() + offset.offsetMs - Math.min(offset.uncertaintyMs, WORST_CLOCK_MS) - 1_000
  return createdAt !== null && createdAt.getTime() < earliest
}
