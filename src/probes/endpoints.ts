import type { Extension } from '../domain/name.ts'

export type HostPort = { host: string; port: number }

/** Where the sources are: the registries' own hosts in live mode, loopback in the sandbox. */
export type Endpoints = {
  /** RDAP bootstrap file of RFC 9224. */
  rdapBootstrap: string | null
  /** The one RDAP base to ask, whatever the bootstrap file says. */
  rdapBase?: string
  /** Loopback and private addresses may be asked (sandbox), or never (live). */
  allowPrivate: boolean
  whois(extension: Extension): HostPort | null
  das(extension: Extension): HostPort | null
  /** Authoritative servers of the extension's zone. */
  dns(extension: Extension): readonly HostPort[]
}
