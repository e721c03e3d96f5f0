import type { Registration } from '../domain/observation.ts'
import { fromWhoisStatus, type Status } from '../domain/status.ts'

/** What a state line (`Status:`, `state:`, `Domain Status:`) says. */
export type StateWord =
  | { says: 'free' | 'invalid' | 'registered' }
  | { says: 'reserved'; as: 'reserved' | 'premium' | 'blocked' | 'notOpen' }
  | { says: 'stage'; stage: NonNullable<Registration['stage']> }
  | { says: 'status'; status: Status }

const free: StateWord = { says: 'free' }
const invalid: StateWord = { says: 'invalid' }
const held: StateWord = { says: 'registered' }
const hold: StateWord = { says: 'stage', stage: 'hold' }
const quarantine: StateWord = { says: 'stage', stage: 'quarantine' }
const withheld = (as: Extract<StateWord, { says: 'reserved' }>['as']): StateWord => ({
  says: 'reserved',
  as,
})
const stated = (status: Status): StateWord => ({ says: 'status', status })

/** Words of registries all over, by their letters in lower case. A registry that means something else says so in its rule. */
const WORDS: Readonly<Record<string, StateWord>> = {
  available: free,
  free,
  'not registered': free,
  'no object found': free,
  'not found': free,
  'no match': free,
  'not available': held,
  unavailable: held,
  registered: held,
  active: held,
  connect: held,
  connected: held,
  delegated: held,
  'not delegated': held,
  verified: held,
  unverified: held,
  published: held,
  'paid and in zone': held,
  'registered until expiry date': held,
  'renewal required': held,
  'no longer required': held,
  'registered until renewal date': held,
  busy: held,
  taken: held,
  allocated: held,
  assigned: held,
  'in use': held,
  'auto-renew grace': stated('autoRenewPeriod'),
  'auto renew grace': stated('autoRenewPeriod'),
  'to be suspended': held,
  'on hold': hold,
  'on-hold': hold,
  hold,
  suspended: hold,
  seized: hold,
  'out of service': hold,
  frozen: hold,
  locked: held,
  quarantine,
  quarantined: quarantine,
  'in quarantine': quarantine,
  reserved: withheld('reserved'),
  'reserved name': withheld('reserved'),
  unassignable: withheld('reserved'),
  prohibited: withheld('reserved'),
  restricted: withheld('reserved'),
  excluded: withheld('reserved'),
  'not assignable': withheld('reserved'),
  blocked: withheld('blocked'),
  withdrawn: withheld('blocked'),
  premium: withheld('premium'),
  'not open': withheld('notOpen'),
  invalid,
  'not allowed': invalid,
  'not valid': invalid,
  'invalid name': invalid,
}

const comparable = (value: string) =>
  value
    .toLowerCase()
    .replace(/\s*\(.*$/, '')
    .replace(/[_\s]+/g, ' ')
    .replace(/[.!]+$/, '')
    .trim()

/**
 * Every meaning of one state line: EPP words first, several words separated by `,`, `/` or `;` one by one. Words nobody
 * described mean nothing.
 * @param own the registry's own meanings, which come first.
 */
export function stateWords(value: string, own: Readonly<Record<string, StateWord>>): StateWord[] {
  const wordOf = (text: string): StateWord[] => {
    const key = comparable(text)
    const special = own[key]
    if (special) return [special]
    const status = fromWhoisStatus(text)
    if (status) return [stated(status)]
    const known = Object.hasOwn(WORDS, key) ? WORDS[key] : undefined
    return known ? [known] : []
  }
  const whole = wordOf(value)
  if (whole.length > 0) return whole
  return value
    .replace(/https?:\S*/gi, '')
    .split(/[,;/]|\s-\s/)
    .flatMap(wordOf)
}
