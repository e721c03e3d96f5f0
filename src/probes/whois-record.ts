import parseRawData from 'whois-json/parse-raw-data.js'
import type { Registration } from '../domain/observation.ts'
import type { Status } from '../domain/status.ts'
import { type DateOrder, type PrintedDate, readPrintedDate } from './printed-date.ts'
import { isRegistryItself } from './rdap-decode.ts'
import type { WhoisRule } from './whois-rules.ts'
import { allValues, firstValue, type WhoisField, type WhoisText } from './whois-text.ts'
import { type StateWord, stateWords } from './whois-words.ts'

/** What a WHOIS answer prints about a registration. */
export type WhoisRecord = {
  registration: Registration
  expires: PrintedDate | null
  releases: PrintedDate | null
  /** State lines as printed, and what they say. */
  printed: readonly string[]
  words: readonly StateWord[]
  /** How many different signs of a registration are there: ids, dates, registrar, name servers. */
  signs: number
  /** Whether name servers are listed: a name in its last stages has none. */
  delegated: boolean
}

const STATE = [
  'domain status',
  'status',
  'state',
  'domain state',
  'registration status',
  'eppstatus',
  'domaintype',
]
const CREATED = [
  'creation date',
  'created',
  'created on',
  'registered',
  'registered on',
  'registration date',
  'registered date',
  'registration time',
  'domain registered',
  'creation',
]
const UPDATED = [
  'updated date',
  'last-update',
  'last updated',
  'last updated on',
  'last modified',
  'modified',
  'changed',
  'last update',
]
/** The registry's own date before the registrar's. */
const EXPIRES = [
  'registry expiry date',
  'expiry date',
  'expiration date',
  'expire date',
  'domain expiration date',
  'expires',
  'expires on',
  'expires at',
  'expire',
  'expiration time',
  'expiration',
  'expiry',
  'paid-till',
  'valid until',
  'validity',
  'exp date',
  'record expires on',
  'registrar registration expiration date',
]
const SERVERS = [
  'name server',
  'name servers',
  'nameservers',
  'nserver',
  'nameserver',
  'domain servers',
  'name servers in the listed order',
  'domain nameservers',
  'name server handle',
  'dns',
]
const HOLDERS = [
  'registrant',
  'holder-c',
  'holder',
  'registrant name',
  'registrant organization',
  'registrant country',
  'org',
  'domain holder',
]
const REGISTRAR = ['registrar', 'sponsoring registrar', 'registrar name']
const NAMED_IN = ['name', 'organization', 'organisation', 'registrar', 'registrar name', '']
/** Words that stand where a name was taken out, and so name nobody. */
const NOBODY = /^(redacted|not (disclosed|shown)|n\/?a|none|-+)\b/i

/** Reads the record of one domain: fields by whois-json, state and dates by our own reader. */
export function readRecord(text: WhoisText, rule: WhoisRule | null): WhoisRecord {
  const own = ownBlock(text)
  const dateOf = (keys: readonly string[]) => {
    const value = firstValue(own, keys)
    return value ? readPrintedDate(value, rule?.dates ?? orderIn(text.proper)) : null
  }
  const expires = dateOf([...(rule?.keys?.expires ?? []), ...EXPIRES])
  const releases = dateOf(rule?.keys?.releases ?? [])
  const [created, updated] = [dateOf(CREATED), dateOf(UPDATED)]
  const deleted = dateOf(rule?.keys?.deleted ?? [])
  const states = allValues(own, rule?.keys?.state ?? STATE).map((value) => ({
    value,
    words: stateWords(value, rule?.words ?? {}),
  }))
  // What means nothing to us is not repeated either: a contact's `state` is part of an address.
  const printed = states.filter((state) => state.words.length > 0).map((state) => state.value)
  const words = states.flatMap((state) => state.words)
  const onHold = /^yes$/i.test(firstValue(own, ['hold']) ?? '')
  const stage = words.find((word) => word.says === 'stage')?.stage ?? (onHold ? 'hold' : null)
  const sponsor = sponsorIn(text)
  const fields = parsedFields(own)
  const roid = fields('registryDomainId') ?? fields('domainId') ?? fields('roid')

  const registration: Registration = {
    roid,
    statuses: [
      ...new Set(words.flatMap((word): Status[] => (word.says === 'status' ? [word.status] : []))),
    ],
    stage,
    createdAt: created?.at ?? null,
    updatedAt: updated?.at ?? null,
    expiresAt: expires?.at ?? null,
    deletedAt: deleted?.at ?? null,
    releaseAt: releases?.at ?? null,
    sponsor,
    sponsorIanaId: fields('registrarIanaId') ?? fields('sponsoringRegistrarIanaId'),
    deletedByRegistry: isRegistryItself(sponsor),
  }
  const delegated = allValues(text, SERVERS).length > 0
  const signs = [
    roid,
    created,
    expires,
    updated,
    sponsor ?? text.fields.some(({ key, value }) => /^registrar\b/.test(key) && value !== ''),
    delegated,
    allValues(text, HOLDERS).length > 0,
  ].filter(Boolean).length
  return { registration, expires, releases, printed, words, signs, delegated }
}

/** Fields that make a block a record; DNS Belgium's heads, which other blocks go on from, have up to five. */
const WHOLE_RECORD = 6

/**
 * The fields of the domain itself. Where its block is a whole record (RIPE style: `.fr`, `.it`), those of contacts and name
 * servers in other blocks are left out, since they have statuses and dates too.
 */
function ownBlock(text: WhoisText): WhoisText {
  const subject = text.fields.find(({ key }) => SUBJECT_KEYS.includes(key))
  const block = text.fields.filter((field) => field.block === subject?.block)
  return block.length >= WHOLE_RECORD ? { ...text, fields: block } : text
}

/** Keys under which the name itself is printed. */
export const SUBJECT_KEYS: readonly string[] = [
  'domain name',
  'domain',
  'domainname',
  'domain name (ascii)',
  'ascii',
  'nom de domaine',
  'query',
  'a-label',
  'complete domain name',
]

/** The form of dates that AFNIC announces in its banner. */
function orderIn(proper: string): DateOrder | null {
  const announced = /complete date format\s*:\s*(DD|MM)\//.exec(proper)?.[1]
  return announced === 'DD' ? 'day-first' : announced === 'MM' ? 'month-first' : null
}

/** The registrar's name: on its own line, below it, or in its section; null where it was taken out. */
function sponsorIn(text: WhoisText): string | null {
  const own = parsedFields(ownBlock(text))
  const inSection = text.fields.find(
    ({ key, section }) => REGISTRAR.includes(section) && NAMED_IN.includes(key),
  )
  const found =
    own('registrar') ?? own('sponsoringRegistrar') ?? own('registrarName') ?? inSection?.value
  const name = found?.replace(/\s*(\[Tag = .*\]|\(\s*https?:.*\)|\(R\d+-LROR\))$/, '').trim()
  return name && !NOBODY.test(name) ? name : null
}

/** Fields as whois-json reads them; it joins repeated keys and lets `constructor` through, so: single keys, own ones. */
function parsedFields(text: WhoisText): (key: string) => string | null {
  const seen = new Set<string>()
  const single = text.fields.filter(({ key }) => key !== '' && !seen.has(key) && seen.add(key))
  const parsed = parseRawData(single.map(fieldLine).join('\n'))
  return (key) => (Object.hasOwn(parsed, key) ? parsed[key]?.trim() || null : null)
}
const fieldLine = ({ key, value }: WhoisField) => `${key}: ${value}`
