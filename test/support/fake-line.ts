import type {
  Channel,
  CreateAnswer,
  Exchange,
  InfoAnswer,
  Line,
} from '../../src/channels/channel.ts'
import type { DomainName } from '../../src/domain/name.ts'
import { createOutcome } from '../../src/epp/result-code.ts'
import type { SteppedClock } from './stepped-clock.ts'

export type Verb = 'check' | 'info' | 'create'

/** What goes wrong with one command. `executed` says whether it reached the registry's books before that. */
export type Fault =
  /** No answer before the deadline. */
  | { kind: 'lost'; executed: boolean }
  /** The session ends without an answer. */
  | { kind: 'cut'; executed: boolean }
  /** Another answer than the books give. */
  | { kind: 'code'; code: number; message?: string; executed?: boolean }
  /** Our own process dies: whoever waits for the answer waits for ever. */
  | { kind: 'crash'; executed: boolean }

/** One command as the registry saw it. */
export type Received = {
  verb: Verb
  clTRID: string
  at: Date
  /** What the books said; null when it never got there. */
  code: number | null
  /** Whether an answer came back that says what became of it. */
  answered: boolean
}

/** What happens at the registry, by the registry's own clock. */
export type Script = {
  name: DomainName
  /** When the old registration is purged; null: never. */
  dropAt: Date | null
  /** Somebody else's create. */
  rivalAt?: Date
  /** The holder gets the name back. */
  restoredAt?: Date
  statuses?: readonly string[]
  feeCents?: number | null
  /** Registry clock minus ours. */
  offsetMs?: number
  /** Round trip of a command. */
  tripMs?: number
  /** The fault of the nth command of its kind, counted from 0; `nth` of all commands is the third. */
  fault?: (verb: Verb, nth: number, ofAll: number) => Fault | undefined
}

export const OLD_ROID = 'OLD-1'
export const RIVAL = 'quick-grab'
/** A command without an answer is given up after this time. */
export const DEADLINE_MS = 5_000

const YEAR_MS = 365 * 86_400_000
const nothing = { createdAt: null, expiresAt: null }

/** A registry with one name, scripted beforehand. Time there passes only while commands are under way or somebody waits. */
export function scriptedRegistry(script: Script, clock: SteppedClock) {
  const { name, dropAt, rivalAt, restoredAt, statuses = ['pendingDelete'] } = script
  const { offsetMs = 0, tripMs = 20, feeCents = 900, fault } = script
  const received: Received[] = []
  let crashed = () => {}
  let holder: 'old' | 'nobody' | 'us' | 'rival' = 'old'
  let createdAt = new Date('2020-01-01T00:00:00Z')
  let opened = 0

  const theirNow = () => new Date(clock.now().getTime() + offsetMs)

  function passTime(now: Date): void {
    if (holder === 'old' && dropAt && dropAt <= now && !(restoredAt && restoredAt <= now))
      holder = 'nobody'
    if (holder === 'nobody' && rivalAt && rivalAt <= now) [holder, createdAt] = ['rival', rivalAt]
  }

  /** What the books answer, and what the command changes in them. */
  function execute(verb: Verb): number {
    const now = theirNow()
    passTime(now)
    if (verb === 'info') return holder === 'nobody' ? 2303 : 1000
    if (verb === 'check') return 1000
    if (holder !== 'nobody') return 2302
    ;[holder, createdAt] = ['us', now]
    return 1000
  }

  async function command(
    verb: Verb,
    clTRID: string,
    line: { alive: boolean },
  ): Promise<Exchange & { books: number | null }> {
    const ofItsKind = received.filter((other) => other.verb === verb).length
    const failure = fault?.(verb, ofItsKind, received.length)
    const sentAt = clock.now()
    const entry: Received = {
      verb,
      clTRID,
      at: theirNow(),
      code: null,
      answered: failure === undefined,
    }
    received.push(entry)
    const told = (code: number | null, message: string) => ({
      clTRID,
      svTRID: code === null ? null : `SV-${received.length}`,
      sentAt,
      answeredAt: code === null ? null : clock.now(),
      code,
      message,
    })
    if (!line.alive) {
      received.pop()
      return { ...told(null, 'session is closed'), books: null }
    }
    await clock.pass(tripMs / 2)
    if (!failure || failure.executed) entry.code = execute(verb)
    const books = entry.code
    switch (failure?.kind) {
      case undefined:
        await clock.pass(tripMs / 2)
        return { ...told(books, books === 2302 ? 'Object exists' : 'as you wish'), books }
      case 'code':
        await clock.pass(tripMs / 2)
        entry.answered = createOutcome(failure.code) !== 'undetermined'
        if (failure.code >= 2500) line.alive = false
        return { ...told(failure.code, failure.message ?? 'no'), books: null }
      case 'lost':
        await clock.pass(DEADLINE_MS)
        return { ...told(null, 'no answer'), books: null }
      case 'cut':
        line.alive = false
        return { ...told(null, 'connection lost'), books: null }
      case 'crash':
        crashed()
        return new Promise(() => {})
    }
  }

  function openLine(): Line {
    const state = { alive: true }
    const id = `line-${opened++}`
    let asked = 0
    const nextId = () => `${id}-${asked++}-${name}`
    return {
      registry: 'verisign',
      id,
      get offset() {
        return { offsetMs, uncertaintyMs: 5, measuredAt: clock.now() }
      },
      get alive() {
        return state.alive
      },
      async hello() {
        if (!state.alive) throw new Error('session is closed')
        return { offsetMs, uncertaintyMs: 5, measuredAt: clock.now() }
      },
      async check() {
        const { books, ...exchange } = await command('check', nextId(), state)
        const said = { available: holder === 'nobody', reason: null, releaseAt: null, feeCents }
        return { ...exchange, names: new Map(books === null ? [] : [[name, said]]) }
      },
      async info(): Promise<InfoAnswer> {
        const { books, ...exchange } = await command('info', nextId(), state)
        if (books === null) return { ...exchange, kind: 'unknown' }
        if (books === 2303) return { ...exchange, kind: 'absent' }
        const restored = restoredAt !== undefined && restoredAt <= theirNow()
        return {
          ...exchange,
          kind: 'registered',
          sponsor: { old: 'losing', us: 'vigie', rival: RIVAL, nobody: '' }[holder],
          ours: holder === 'us',
          roid: holder === 'old' ? OLD_ROID : 'NEW-1',
          createdAt,
          createdBy: null,
          updatedAt: null,
          expiresAt: new Date(createdAt.getTime() + YEAR_MS),
          statuses: holder === 'old' && !restored ? statuses : ['ok'],
          releaseAt: null,
        }
      },
      prepareCreate: () => ({
        async send(clTRID): Promise<CreateAnswer> {
          const wasAlive = state.alive
          const { books: _, ...exchange } = await command('create', clTRID, state)
          if (!wasAlive) return { ...exchange, outcome: 'no-session', ...nothing }
          const outcome = createOutcome(exchange.code)
          if (outcome !== 'created') return { ...exchange, outcome, ...nothing }
          const expiresAt = new Date(createdAt.getTime() + YEAR_MS)
          return { ...exchange, outcome, createdAt, expiresAt }
        },
      }),
      ensureContact: async (id) => ({ ok: true, id }),
      close: async () => {
        state.alive = false
      },
    }
  }

  const channel: Channel = {
    kind: 'epp',
    accreditation: (registry) => `vigie@${registry}`,
    open: async () => openLine(),
  }
  return {
    channel,
    received,
    sent: (verb: Verb) => received.filter((command) => command.verb === verb),
    /** Creates that the registry carried out. */
    executed: () => received.filter(({ verb, code }) => verb === 'create' && code === 1000),
    /** Who has the name at this instant. */
    standing() {
      passTime(theirNow())
      return holder === 'old' && restoredAt && restoredAt <= theirNow() ? 'restored' : holder
    },
    onCrash: (act: () => void) => {
      crashed = act
    },
  }
}
export type ScriptedRegistry = ReturnType<typeof scriptedRegistry>
