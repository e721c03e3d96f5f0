import type { Extension } from '../domain/name.ts'
import type { Registry } from '../domain/policy/policy.ts'
import type { Log } from '../log.ts'
import type { PublicBooks } from './asked.ts'
import { endingOf, lookUp } from './asked.ts'
import type { Manners } from './manners.ts'
import type { Standing } from './registry.ts'
import { type Listening, serveText } from './text-server.ts'

export type DasServerDeps = {
  books: PublicBooks
  manners: (registry: Registry) => Manners
  log: Log
  /** The port of the last start, taken again while it is free. */
  port?: number | undefined
}

/** `get 1.0 LABEL` is EURid's; `get 2.0 NAME.be`, or the bare name, is DNS Belgium's. */
function questionOf(question: string): { extension: Extension; name: string; printed: string } {
  const word = question.replace(/^get\s+[\d.]+\s+/i, '').trim()
  return endingOf(word) === 'be' && word.includes('.')
    ? { extension: 'be', name: word, printed: word }
    : { extension: 'eu', name: `${word}.eu`, printed: word }
}

/** The Domain Availability Services of .eu and .be on one port. */
export const serveDas = ({ books, manners, log, port }: DasServerDeps): Promise<Listening> =>
  serveText(
    {
      registryOf: (question) => books.policyOf(questionOf(question).extension).registry,
      answer(question, denying) {
        const { extension, name, printed } = questionOf(question)
        const { standing } = lookUp(books, name, extension, denying)
        return page(extension, 0, [
          `Domain: ${printed}`,
          `Status: ${statusOf(standing, extension)}`,
        ])
      },
      refuse: (_, question, waitMs) =>
        questionOf(question).extension === 'be'
          ? page('be', -2, ['% Excessive querying'])
          : `${HEADS.eu.join('\r\n')}\r\n-1: Still in grace period, wait ${Math.ceil(waitMs / 1_000)} seconds\r\n`,
    },
    manners,
    log,
    port,
  )

/** DNS Belgium says no more than three things; EURid tells held-back names apart. */
function statusOf(standing: Standing, extension: Extension): string {
  switch (standing.kind) {
    case 'registered':
      return 'NOT AVAILABLE'
    case 'invalid':
      return 'NOT ALLOWED'
    case 'reserved':
      if (extension === 'be') return 'NOT ALLOWED'
      return standing.as === 'blocked' ? 'BLOCKED' : 'RESERVED'
    default:
      return 'AVAILABLE'
  }
}

const HEADS = {
  eu: ['% .eu Domain Availability Server 1.0', '%', '% (c) 2005 (http://www.eurid.eu)', '%'],
  be: ['% .be Domain Availability Server 4.0', ''],
} as const
const page = (extension: Extension, code: number, lines: readonly string[]) =>
  `${[...HEADS[extension === 'be' ? 'be' : 'eu'], `%% RC = ${code}`, ...lines].join('\r\n')}\r\n`
