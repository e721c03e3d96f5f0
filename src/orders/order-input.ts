import { createHash } from 'node:crypto'
import { z } from 'zod'
import { type DomainName, type Label, nameIn, parseDomainName, parseLabel } from '../domain/name.ts'
import { findPack, PACKS, type Pack } from '../domain/pack.ts'
import { type Parsed, parsed, rejected } from '../domain/problem.ts'
import { parseNicHandle } from './nic-handle.ts'
import { problemsOf } from './problems.ts'
import { line, readBy } from './text.ts'

/** A pack for one label, as the order system asks for it. */
export const OrderInput = z.strictObject({
  /** The order system's own reference: the same one is the same order. */
  reference: line(100).meta({ example: 'ORDER-2041' }),
  nicHandle: z.string().transform(readBy(parseNicHandle)).meta({ example: 'ab12345-ovh' }),
  pack: z.string().transform(readBy(parsePack)).meta({ example: 'international-france' }),
  label: z.string().transform(readBy(parseLabel)).meta({ example: 'my-brand' }),
  /** Names of the pack that the customer holds with another registrar. */
  heldElsewhere: z
    .array(z.string().transform(readBy(parseDomainName)))
    .max(20)
    .default([])
    .meta({ example: ['my-brand.fr'] }),
})

/** An order whose every field keeps its rule. */
export type OrderRequest = {
  reference: string
  nicHandle: string
  pack: Pack
  label: Label
  heldElsewhere: readonly DomainName[]
}

/** Reads an order. @returns every problem at once, each naming its field. */
export function readOrder(input: unknown): Parsed<OrderRequest> {
  const read = OrderInput.safeParse(input)
  if (!read.success) return { ok: false, problems: problemsOf(read.error.issues, input) }
  const names = namesOf(read.data.pack, read.data.label)
  const strangers = read.data.heldElsewhere.flatMap((name, i) =>
    names.includes(name)
      ? []
      : [
          {
            field: `heldElsewhere.${i}`,
            rule: 'not-in-pack',
            message: `${name} is no name of this order: it holds ${names.join(', ')}.`,
          },
        ],
  )
  return strangers.length > 0 ? { ok: false, problems: strangers } : parsed(read.data)
}

/** The names that an order stands for. */
export const namesOf = (pack: Pack, label: Label): DomainName[] =>
  pack.extensions.map((extension) => nameIn(label, extension))

/** Hash of what an order asks for: two orders of one reference are the same when it is equal. */
export function fingerprintOf({ nicHandle, pack, label, heldElsewhere }: OrderRequest): string {
  const content = [nicHandle, pack.code, label, [...new Set(heldElsewhere)].sort()]
  return createHash('sha256').update(JSON.stringify(content)).digest('hex')
}

function parsePack(code: string): Parsed<Pack> {
  const pack = findPack(code)
  if (pack) return parsed(pack)
  const known = PACKS.map((p) => p.code).join(', ')
  return rejected('pack', 'pack-unknown', `There is no such pack; there are ${known}.`)
}
