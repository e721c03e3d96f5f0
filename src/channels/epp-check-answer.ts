import { domainToASCII } from 'node:url'
import { type DomainName, extensionOf } from '../domain/name.ts'
import type { Dialect } from '../epp/dialects/dialect.ts'
import { readCreateFees, readDomainCheck } from '../epp/domain-response.ts'
import type { Response } from '../epp/response.ts'
import type { CheckAnswer } from './channel.ts'

/** What check says of one name. */
export type Checked = CheckAnswer['names'] extends ReadonlyMap<DomainName, infer V> ? V : never

/** What an answer says of the names asked; names it does not mention are missing. */
export function readChecks(
  answer: Response,
  asked: readonly DomainName[],
  dialect: Dialect,
): Map<DomainName, Checked> {
  const checks = new Map(readDomainCheck(answer).map((check) => [nameKey(check.name), check]))
  const releases = byKey(dialect.readReleases(answer))
  const fees = byKey(readCreateFees(answer))
  return new Map(
    asked.flatMap((name) => {
      const check = checks.get(name)
      if (!check) return []
      const { available, reason } = check
      const more = { releaseAt: releases.get(name) ?? null, feeCents: fees.get(name) ?? null }
      return [[name, { available, reason, ...more }] as const]
    }),
  )
}

/** Commands' worth of names: of one extension each, since some registries want to be told which. */
export function batchesOf(names: readonly DomainName[], most: number): DomainName[][] {
  const batches: DomainName[][] = []
  for (const name of new Set(names)) {
    const open = batches.findLast(([first]) => first && extensionOf(first) === extensionOf(name))
    if (open && open.length < most) open.push(name)
    else batches.push([name])
  }
  return batches
}

/** Registries answer in either form of an IDN and in any case. */
const nameKey = (spelled: string): string => domainToASCII(spelled) || spelled.toLowerCase()

const byKey = <V>(by: ReadonlyMap<string, V>): Map<string, V> =>
  new Map([...by].map(([spelled, value]) => [nameKey(spelled), value]))
