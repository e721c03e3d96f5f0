import type { Registry } from '../../domain/policy/policy.ts'
import type { XmlElement } from '../../epp/xml.ts'
import type { Books } from '../registry.ts'
import { type Answer, done } from './answer.ts'
import { refuse } from './refusal.ts'
import { expectSequence } from './shape.ts'
import { settled } from './turn.ts'

/** The registrar's message queue, one for all its clients (RFC 5730 section 2.9.2.3). @throws Refusal 2003, 2005, 2303. */
export function poll(books: Books, registry: Registry, by: string, element: XmlElement): Answer {
  expectSequence(element, '')
  const { op, msgID } = element.attributes
  switch (op) {
    case undefined:
      return refuse(2003, 'The attribute op of poll is missing.')
    case 'req':
      return request(books, registry, by)
    case 'ack':
      return acknowledge(books, registry, by, msgID?.trim() ?? '')
    default:
      return refuse(2005, 'The op of a poll is req or ack.')
  }
}

function request(books: Books, registry: Registry, by: string): Answer {
  const message = books.poll(registry, by)
  if (!message) return done(1300)
  const { id, count, at, text } = message
  return { ...done(1301), queue: { id, count, at, text } }
}

function acknowledge(books: Books, registry: Registry, by: string, id: string): Answer {
  if (id === '') refuse(2003, 'The attribute msgID of poll is missing.')
  const { left } = settled(books.ack(registry, by, id))
  return { ...done(1000), queue: { id, count: left, at: null, text: null } }
}
