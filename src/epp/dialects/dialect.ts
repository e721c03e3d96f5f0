import type { Extension } from '../../domain/name.ts'
import type { Extensions } from '../command.ts'
import type { Greeting, Response } from '../response.ts'

/** What a command is about, and whom it goes to. Extensions are sent only where the greeting offers them. */
export type Context = { extension: Extension; greeting: Greeting }

/** What registries ask of a holder beyond RFC 5733. */
export type Holder = {
  name: string
  organisation: string | null
  /** ISO 3166-1 alpha-2, for those who qualify by citizenship. */
  citizenship: string | null
  language: 'fr' | 'en'
}

/** How one registry departs from the plain RFCs: what it wants said besides, and where it answers more. */
export type Dialect = {
  /** Groups of extension URIs to log in with; of each group the first that is offered. */
  extensions: readonly (readonly string[])[]
  nameServers: 'objects' | 'attributes'
  /** Known to answer commands that are sent without waiting. */
  pipelined: boolean
  check(context: Context): Extensions
  info(context: Context): Extensions
  /** For each command on hosts. */
  host(context: Context): Extensions
  /** @param idn the U-label and its language or script tag; null for a plain name. */
  create(context: Context, idn: { unicode: string; tag: string } | null): Extensions
  /** Form of postal addresses: `loc`, or `int` where the text is ASCII, as RFC 5733 section 2.4 asks. */
  postal: 'loc' | 'by-script'
  /** The holder as the registry wants one to be written. */
  contact(
    greeting: Greeting,
    holder: Holder,
  ): { name: string; organisation: string | null; extensions: Extensions }
  /** Release instants by name, as the registry spells it. */
  readReleases(check: Response): ReadonlyMap<string, Date>
  /** The stage outside EPP's statuses, `quarantine` or `hold`, and the release instant, where info tells them. */
  readStage(info: Response): { stages: readonly string[]; releaseAt: Date | null }
}
