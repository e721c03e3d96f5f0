import { EXTENSIONS, type Extension } from '../domain/name.ts'
import type { Registry } from '../domain/policy/policy.ts'
import type { Log } from '../log.ts'
import type { PublicBooks } from './asked.ts'
import { endingOf, lookUp } from './asked.ts'
import type { Manners } from './manners.ts'
import { type Listening, serveText } from './text-server.ts'
import { afnicRefusal, afnicWhois } from './whois-afnic.ts'
import { dnsBelgiumRefusal, dnsBelgiumWhois } from './whois-dns-belgium.ts'
import { euridRefusal, euridWhois } from './whois-eurid.ts'
import { icannWhois } from './whois-icann.ts'

export type WhoisServerDeps = {
  books: PublicBooks
  manners: (registry: Registry) => Manners
  log: Log
  /** The port of the last start, taken again while it is free. */
  port?: number | undefined
}

/** Verisign wants `domain NAME`; AFNIC and others take options before the name. */
const nameIn = (question: string): string => question.split(/\s+/).at(-1)?.replace(/^=/, '') ?? ''
/** Whom a question without a known extension is counted for. */
const STRANGERS: Extension = 'com'

/** WHOIS of all the registries on one port: the name's extension chooses the format. .info has none and closes. */
export const serveWhois = ({ books, manners, log, port }: WhoisServerDeps): Promise<Listening> =>
  serveText(
    {
      registryOf: (question) => books.policyOf(endingOf(nameIn(question)) ?? STRANGERS).registry,
      answer(question, denying) {
        const extension = endingOf(nameIn(question))
        if (!extension)
          return `This server knows ${EXTENSIONS.map((e) => `.${e}`).join(' ')} only.\r\n`
        if (extension === 'info') return null
        const asked = lookUp(books, nameIn(question), extension, denying)
        switch (extension) {
          case 'fr':
            return afnicWhois(books, asked)
          case 'eu':
            return euridWhois(books, asked)
          case 'be':
            return dnsBelgiumWhois(books, asked)
          default:
            return icannWhois(books, asked)
        }
      },
      refuse: (registry, _, waitMs) => refusalOf(registry, waitMs),
    },
    manners,
    log,
    port,
  )

function refusalOf(registry: Registry, waitMs: number): string {
  switch (registry) {
    case 'afnic':
      return afnicRefusal()
    case 'eurid':
      return euridRefusal(waitMs)
    case 'dnsBelgium':
      return dnsBelgiumRefusal(waitMs)
    case 'pir':
      return 'WHOIS LIMIT EXCEEDED - SEE WWW.PIR.ORG/WHOIS FOR DETAILS\r\n'
    default:
      return `Query rate limit exceeded. Please wait ${Math.ceil(waitMs / 1_000)} seconds.\r\n`
  }
}
