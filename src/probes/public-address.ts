import { type LookupAddress, lookup } from 'node:dns'
import type { LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'

/** Whether an IP address is one of the public internet: not loopback, private, link-local, mapped or reserved. */
export const isPublicAddress = (address: string): boolean =>
  ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast'

/** Resolves like `dns.lookup`, and fails where a name points at an address that is not public. */
export const lookupPublic: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, found: LookupAddress[]) => {
    if (error) return callback(error, '', 0)
    const inside = found.find(({ address }) => !isPublicAddress(address))
    const first = found[0]
    if (inside || !first) {
      const reason = inside
        ? `${hostname} points at ${inside.address}`
        : `${hostname} has no address`
      return callback(new Error(`refused: ${reason}`), '', 0)
    }
    return options.all ? callback(null, found) : callback(null, first.address, first.family)
  })
}
