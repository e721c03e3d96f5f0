import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import type { Channel } from '../src/channels/channel.ts'
import { type Accreditation, eppChannel } from '../src/channels/epp.ts'
import { type Clock, systemClock } from '../src/clock.ts'
import type { Config } from '../src/config.ts'
import { EXTENSIONS, type Extension } from '../src/domain/name.ts'
import { policyFor } from '../src/domain/policy/policies.ts'
import { REGISTRIES } from '../src/domain/policy/policy.ts'
import type { Log } from '../src/log.ts'
import type { Endpoints } from '../src/probes/endpoints.ts'
import { followSandboxClock } from './sandbox-clock.ts'
import { findZoneServers } from './zone-servers.ts'

/** The world outside: where the sources are, the way to get a name, what it costs, and the time there. */
export type Registries = {
  clock: Clock
  endpoints: Endpoints
  channel: Channel
  priceOf(extension: Extension): number | null
  close(): void
}

/** A fault of the set-up that its owner can mend; the message says how. */
export class SetupFault extends Error {
  override readonly name = 'SetupFault'
}

export const openRegistries = (config: Config, log: Log): Promise<Registries> =>
  config.registries === 'sandbox' ? openSandbox(config, log) : openLive(config, log)

const port = z.number().int().min(1).max(65_535)
/** The first line that `vigie sandbox` prints, kept in its folder. */
const SandboxReady = z.object({
  epp: z.record(z.enum(REGISTRIES), port),
  bootstrap: z.url(),
  clock: z.url(),
  whois: port,
  das: port,
  dns: port,
  ca: z.string(),
  accounts: z.array(z.object({ id: z.string(), pw: z.string() })).min(1),
})

/** What the sandbox's contract asks for a create of one year, in cents. */
const SANDBOX_PRICE_CENTS = 800

async function openSandbox(config: Config, log: Log): Promise<Registries> {
  const ready = await readJson(config.sandboxFile, SandboxReady, () => noSandbox(config))
  const ca = await readFile(ready.ca, 'utf8')
  const [account] = ready.accounts
  const followed = await followSandboxClock(ready.clock, log).catch(() => {
    throw noSandbox(config)
  })
  const here = (at: number) => ({ host: '127.0.0.1', port: at })
  const accreditations = REGISTRIES.map(
    (registry): Accreditation => ({
      registry,
      id: account!.id,
      password: account!.pw,
      ...here(ready.epp[registry]),
      ca,
      servername: 'localhost',
      cert: null,
      key: null,
    }),
  )
  return {
    clock: followed.clock,
    endpoints: {
      rdapBootstrap: ready.bootstrap,
      allowPrivate: true,
      whois: (extension) => (policyFor(extension).whois ? here(ready.whois) : null),
      das: (extension) => (policyFor(extension).das ? here(ready.das) : null),
      dns: () => [here(ready.dns)],
    },
    channel: eppChannel({ accreditations, clock: followed.clock, log }),
    priceOf: () => SANDBOX_PRICE_CENTS,
    close: followed.close,
  }
}

const noSandbox = ({ sandboxFile }: Config) =>
  new SetupFault(
    `No sandbox answers at ${sandboxFile}. Start one with "vigie sandbox --state ${sandboxFile.replace(/\/[^/]*$/, '')}", ` +
      'or set VIGIE_REGISTRIES=live.',
  )

/** The file that VIGIE_ACCREDITATIONS names. */
const AccreditationFile = z.array(
  z.strictObject({
    registry: z.enum(REGISTRIES),
    id: z.string().min(1),
    passwordFile: z.string(),
    host: z.string().optional(),
    port: port.optional(),
    caFile: z.string().optional(),
    certFile: z.string().optional(),
    keyFile: z.string().optional(),
    /** Contract price of a create of one year in cents, by extension, from a day on. */
    prices: z
      .array(
        z.strictObject({
          extension: z.enum(EXTENSIONS),
          cents: z.number().int().positive(),
          validFrom: z.iso.date(),
        }),
      )
      .default([]),
  }),
)

async function openLive(config: Config, log: Log): Promise<Registries> {
  const file = config.accreditationsFile
  const listed =
    file === null
      ? []
      : await readJson(
          file,
          AccreditationFile,
          (why) => new SetupFault(`VIGIE_ACCREDITATIONS: ${file} cannot be used: ${why}.`),
        )
  const text = (path: string | undefined) => (path ? readFile(path, 'utf8') : Promise.resolve(null))
  const accreditations: Accreditation[] = []
  for (const entry of listed) {
    const known = EXTENSIONS.map(policyFor).find((policy) => policy.registry === entry.registry)
      ?.epp.host.value
    const host = entry.host ?? known?.host
    if (!host)
      throw new SetupFault(
        `${file}: the EPP host of ${entry.registry} is told at accreditation; name it as "host".`,
      )
    accreditations.push({
      registry: entry.registry,
      id: entry.id,
      password: (await readFile(entry.passwordFile, 'utf8')).trim(),
      host,
      port: entry.port ?? known?.port ?? 700,
      servername: host,
      ca: await text(entry.caFile),
      cert: await text(entry.certFile),
      key: await text(entry.keyFile),
    })
  }
  const prices = listed.flatMap((entry) => entry.prices)
  const zones = findZoneServers(log)
  return {
    clock: systemClock,
    endpoints: {
      rdapBootstrap: 'https://data.iana.org/rdap/dns.json',
      allowPrivate: false,
      whois: (extension) => {
        const whois = policyFor(extension).whois
        const forbidden =
          whois?.automated === 'forbidden' && !config.acceptedTerms.includes(extension)
        return whois && !forbidden ? { host: whois.value.host, port: 43 } : null
      },
      das: (extension) => policyFor(extension).das?.value ?? null,
      dns: zones.of,
    },
    channel: eppChannel({
      accreditations,
      clock: systemClock,
      log,
      nameServers: config.nameServers,
    }),
    priceOf: (extension) => {
      const today = systemClock.now().toISOString().slice(0, 10)
      const valid = prices.filter(
        (price) => price.extension === extension && price.validFrom <= today,
      )
      return valid.sort((a, b) => (a.validFrom < b.validFrom ? 1 : -1))[0]?.cents ?? null
    },
    close: zones.close,
  }
}

/** @param fault told with the reason when the file is not there or holds something else. */
async function readJson<T>(
  path: string,
  schema: z.ZodType<T>,
  fault: (why: string) => SetupFault,
): Promise<T> {
  try {
    return schema.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch (cause) {
    throw Object.assign(fault(whyUnreadable(cause)), { cause })
  }
}

const whyUnreadable = (cause: unknown): string =>
  cause instanceof z.ZodError
    ? cause.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')
    : cause instanceof Error
      ? cause.message
      : String(cause)
