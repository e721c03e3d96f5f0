import { type LookupOptions, lookup } from 'node:dns'
import type { LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'

/** An address that no request of ours may go to: loopback, private, link-local, or otherwise not of the public internet. */
export class PrivateAddress extends Error {
  override readonly name = 'PrivateAddress'
}

/** Whether an IP address is of the public internet. IPv4 in IPv6 counts as the IPv4 it stands for. */
export const isPublic = (address: string): boolean =>
  ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast'

/**
 * Resolves a host name for the connection itself and fails if any of its addresses is not public: what was checked is what
 * is connected to, whatever the name says a moment later.
 */
export const lookupPublic: LookupFunction = (hostname, options, callback) => {
  const all: LookupOptions & { all: true } = { ...options, all: true }
  lookup(hostname, all, (fault, addresses) => {
    const first = addresses?.[0]
    if (fault || !first) return callback(fault ?? new Error(`${hostname} has no address`), '')
    const hidden = addresses.find(({ address }) => !isPublic(address))
    if (hidden) return callback(new PrivateAddress(`${hostname} is a private address`), '')
    return options.all ? callback(null, addresses) : callback(null, first.address, first.family)
  })
}
