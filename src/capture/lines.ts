import type { Channel, Line } from '../channels/channel.ts'
import type { Registry } from '../domain/policy/policy.ts'

/** A session lent to one race; give it back when the race is over. */
export type Loan = { line: Line; giveBack(): void }

/** Warm sessions, a few a registry, shared by the races of one process. */
export type Lines = {
  /** A living session that nobody uses, else a new one, else the least used. Rejects when none can be had. */
  borrow(registry: Registry, signal: AbortSignal): Promise<Loan>
  close(): Promise<void>
}

type Entry = { line: Promise<Line>; loans: number }

/** @param perRegistry sessions opened at most to one registry. */
export function openLines(channel: Channel, perRegistry: number): Lines {
  const pools = new Map<Registry, Entry[]>()

  function poolOf(registry: Registry): Entry[] {
    const pool = pools.get(registry) ?? []
    pools.set(registry, pool)
    return pool
  }

  async function buryDead(pool: Entry[]): Promise<void> {
    for (const entry of [...pool]) {
      const line = await entry.line.catch(() => null)
      if (!line?.alive && pool.includes(entry)) pool.splice(pool.indexOf(entry), 1)
    }
  }

  async function lend(entry: Entry): Promise<Loan> {
    entry.loans++
    try {
      return { line: await entry.line, giveBack: () => void entry.loans-- }
    } catch (fault) {
      entry.loans--
      throw fault
    }
  }

  return {
    async borrow(registry, signal) {
      const pool = poolOf(registry)
      await buryDead(pool)
      const leastUsed = pool.toSorted((a, b) => a.loans - b.loans)[0]
      if (leastUsed && (leastUsed.loans === 0 || pool.length >= perRegistry)) return lend(leastUsed)
      const opened: Entry = { line: channel.open(registry, signal), loans: 0 }
      pool.push(opened)
      try {
        return await lend(opened)
      } catch (fault) {
        pool.splice(pool.indexOf(opened), 1)
        if (leastUsed) return lend(leastUsed)
        throw fault
      }
    },
    async close() {
      const entries = [...pools.values()].flat()
      pools.clear()
      await Promise.allSettled(entries.map(async ({ line }) => (await line).close()))
    },
  }
}
