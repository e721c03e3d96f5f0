import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DomainName } from '../domain/name.ts'
import type { Registry } from '../domain/policy/policy.ts'
import type { Books } from './registry.ts'
import type { World } from './world.ts'

/** Names by what the registries say of them. */
export type ListedNames = Record<
  'free' | 'active' | 'redemption' | 'pendingDelete' | 'quarantine' | 'reserved',
  DomainName[]
>

/** The one line that a sandbox prints when everything listens. Ports are those of 127.0.0.1. */
export type Ready = {
  epp: Record<Registry, number>
  /** Base URL of RDAP. */
  rdap: string
  /** The bootstrap file of RFC 9224. */
  bootstrap: string
  /** Its anchor as JSON; `/stream` below it is a stream of anchors. */
  clock: string
  whois: number
  das: number
  dns: number
  /** PEM file of the authority that signed the EPP servers' certificate. */
  ca: string
  accounts: { id: string; pw: string }[]
  names: ListedNames
}

/** The names that the world lists, by where they stand now; the ones in some other state are left out. */
export function listNames(books: Books, { names }: World): ListedNames {
  const listed: ListedNames = {
    free: [],
    active: [],
    redemption: [],
    pendingDelete: [],
    quarantine: [],
    reserved: [],
  }
  const { free, active, redemption, pendingDelete, quarantine, reserved } = names
  for (const name of [free, active, redemption, pendingDelete, quarantine, reserved].flat()) {
    const standing = books.standing(name)
    if (standing.kind === 'free') listed.free.push(name)
    if (standing.kind === 'reserved') listed.reserved.push(name)
    if (standing.kind !== 'registered') continue
    const { stage } = standing.domain
    if (stage !== 'pendingRestore') listed[stage === 'registered' ? 'active' : stage].push(name)
  }
  return listed
}

const fileIn = (stateDir: string) => join(stateDir, 'ready.json')

/** Leaves the line where other processes look for it; they see the old one or the new one, whole. */
export function writeReady(stateDir: string, ready: Ready): void {
  const draft = `${fileIn(stateDir)}.new`
  writeFileSync(draft, `${JSON.stringify(ready)}\n`, { mode: 0o600 })
  renameSync(draft, fileIn(stateDir))
}

/** The line of the last start, whose ports are worth having again; null when there is none that can be read. */
export function readReady(stateDir: string | null): Ready | null {
  if (stateDir === null) return null
  try {
    return JSON.parse(readFileSync(fileIn(stateDir), 'utf8'))
  } catch {
    return null
  }
}
