import type { Problem } from '../../src/domain/problem.ts'

/** A command that could not do what it was asked; told in a sentence, exit status 1. */
export class Failure extends Error {
  override readonly name = 'Failure'
}

/** A command that was asked wrongly; told in a sentence, exit status 2. */
export class WrongUsage extends Error {
  override readonly name = 'WrongUsage'
}

/** Problems as lines for a person: the field, what is wrong with it, and the rule's own word. */
export const problemLines = (problems: readonly Problem[]): string =>
  problems.map(({ field, message, rule }) => `${field}: ${message} (${rule})`).join('\n')

/** Faults of the set-up, by name: their classes live beside the things they speak of, which need not be loaded for this. */
const TOLD = [
  'Failure',
  'WrongUsage',
  'SetupFault',
  'DatabaseUnreachable',
  'QueuesUnreachable',
  'FolderInUse',
]

/** Whether a fault says all that its reader needs, so that no stack is shown. */
export const isTold = (fault: unknown): fault is Error =>
  fault instanceof Error && TOLD.includes(fault.name)

/** What lies at the bottom of a fault, in its own words: drivers wrap what the network threw. */
export function causeOf(fault: unknown): string {
  if (!(fault instanceof Error)) return String(fault)
  if (fault.cause !== undefined) return causeOf(fault.cause)
  const { code } = fault as NodeJS.ErrnoException
  return fault.message || code || fault.name
}
