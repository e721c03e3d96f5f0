import type { Channel, Line } from '../channels/channel.ts'
import type { DomainName } from '../domain/name.ts'
import { policyFor } from '../domain/policy/policies.ts'
import type { HostLimit, Policy, Registry } from '../domain/policy/policy.ts'

/** How orders reach the registries. */
export type DeskDeps = {
  channel: Pick<Channel, 'accreditation'>
  /** A session to a registry, given back after use. Rejects when none can be had. */
  borrow(registry: Registry, signal: AbortSignal): Promise<{ line: Line; giveBack(): void }>
  /** Leave to send one command, shared with every process of the installation; false when it would take too long. */
  permit(host: string, limit: HostLimit, signal: AbortSignal): Promise<boolean>
}

/** Sends nothing more than the registry permits. */
export type Desk = {
  line: Line
  policy: Policy
  accreditation: string
  /** Waits for leave to send `commands` commands. @throws Closed when it would take too long. */
  leave(commands: number): Promise<void>
}

/** There is no way to a registry now, or none at all (`forGood`): nothing has been sent since the last answer. */
export class Closed extends Error {
  override readonly name = 'Closed'
  readonly forGood: boolean

  constructor(
    message: string,
    { forGood = false, cause }: { forGood?: boolean; cause?: unknown } = {},
  ) {
    super(message, { cause })
    this.forGood = forGood
  }
}

/** Limit of a registry that none is known for: a careful command a second. */
const CAREFUL: HostLimit = { perSecond: 1, burst: 2, concurrency: 1 }

/** The extension's policy. @throws when the name is under none of ours, which orders never hold. */
export const policyOf = (name: DomainName): Policy =>
  policyFor(name.slice(name.lastIndexOf('.') + 1) as Policy['extension'])

/**
 * Does something over a session to the name's registry.
 * @throws Closed when we have no accreditation there, or no session or leave can be had.
 */
export async function atDesk<T>(
  name: DomainName,
  deps: DeskDeps,
  signal: AbortSignal,
  work: (desk: Desk) => Promise<T>,
): Promise<T> {
  const policy = policyOf(name)
  const { registry } = policy
  const accreditation = deps.channel.accreditation(registry)
  if (accreditation === null)
    throw new Closed(`There is no accreditation at ${policy.operator}.`, { forGood: true })
  const limit = policy.limits.epp?.value ?? CAREFUL
  const { line, giveBack } = await deps.borrow(registry, signal).catch((fault: unknown) => {
    signal.throwIfAborted()
    throw new Closed(`No session to ${policy.operator}: ${messageOf(fault)}`, { cause: fault })
  })
  const leave = async (commands: number) => {
    for (let i = 0; i < commands; i++)
      if (!(await deps.permit(`epp:${registry}`, limit, signal)))
        throw new Closed(`${policy.operator} takes no more commands now.`)
  }
  try {
    return await work({ line, policy, accreditation, leave })
  } finally {
    giveBack()
  }
}

export const messageOf = (fault: unknown): string =>
  fault instanceof Error ? fault.message : String(fault)
