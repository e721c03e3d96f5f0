import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  EPP_STATUSES,
  fromRdapStatus,
  fromWhoisStatus,
  RGP_STATUSES,
  toRdapStatus,
} from '../../src/domain/status.ts'
import { anyStatus } from './arbitraries.ts'

describe('statuses over RDAP', () => {
  it.each([
    ['ok', 'active'],
    ['inactive', 'inactive'],
    ['clientTransferProhibited', 'client transfer prohibited'],
    ['serverHold', 'server hold'],
    ['pendingDelete', 'pending delete'],
    ['autoRenewPeriod', 'auto renew period'],
    ['redemptionPeriod', 'redemption period'],
    ['pendingRestore', 'pending restore'],
  ] as const)('%s is "%s"', (status, name) => {
    expect(toRdapStatus(status)).toBe(name)
    expect(fromRdapStatus(name)).toBe(status)
  })

  it('come back as they went, but for the RGP word that RDAP cannot tell apart', () => {
    for (const status of [...EPP_STATUSES, ...RGP_STATUSES])
      expect(fromRdapStatus(toRdapStatus(status))).toBe(
        status === 'rgpPendingDelete' ? 'pendingDelete' : status,
      )
  })

  it.each(['associated', 'linked', 'locked', 'validated', '', 'renew prohibited', 'free'])(
    '"%s" is no domain status',
    (name) => expect(fromRdapStatus(name)).toBeNull(),
  )
})

describe('statuses over WHOIS', () => {
  it.each([
    [
      'clientTransferProhibited https://icann.org/epp#clientTransferProhibited',
      'clientTransferProhibited',
    ],
    [
      'clientDeleteProhibited (https://www.icann.org/epp#clientDeleteProhibited)',
      'clientDeleteProhibited',
    ],
    ['clientHoldhttps://icann.org/epp#clientHold', 'clientHold'],
    ['redemptionPeriod http://www.icann.org/epp#redemptionPeriod', 'redemptionPeriod'],
    ['clienttransferprohibited', 'clientTransferProhibited'],
    ['CLIENT-XFER-PROHIBITED', null],
    ['CLIENT TRANSFER PROHIBITED', 'clientTransferProhibited'],
    ['ok (active)', 'ok'],
    ['OK', 'ok'],
    ['ACTIVE', 'ok'],
    ['inactive', 'inactive'],
    ['autoRenewPeriod', 'autoRenewPeriod'],
    ['PENDINGDELETE', 'pendingDelete'],
    ['PENDING DELETE RESTORABLE', 'redemptionPeriod'],
    ['PENDING DELETE SCHEDULED FOR RELEASE', 'rgpPendingDelete'],
    ['REDEMPTION', 'redemptionPeriod'],
    ['AVAILABLE', null],
    ['constructor', null],
  ])('"%s" is %s', (text, status) => {
    expect(fromWhoisStatus(text)).toBe(status)
  })

  it('are known in any case, with and without the address of ICANN', () => {
    fc.assert(
      fc.property(
        anyStatus.filter((status) => status !== 'rgpPendingDelete'),
        fc.constantFrom('', ' ', ' https://icann.org/epp#x', 'https://icann.org/epp#ok'),
        fc.boolean(),
        (status, tail, upper) => {
          const word = upper ? status.toUpperCase() : status.toLowerCase()
          expect(fromWhoisStatus(word + tail)).toBe(status)
        },
      ),
    )
  })
})
