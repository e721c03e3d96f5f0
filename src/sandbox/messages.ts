import type { DomainName } from '../domain/name.ts'
import type { Registry } from '../domain/policy/policy.ts'
import { type Desk, done, refused } from './desk.ts'
import type { Books, Done } from './registry.ts'
import type { Message } from './state.ts'

/** Oldest first. An ack takes a message from everybody, since a registrar has one queue at a registry. */
function queueOf(desk: Desk, registry: Registry, by: string): Message[] {
  const all = [...desk.state.table('message').values()]
  return all.filter((message) => message.registry === registry && message.registrar === by)
}

export function poll(desk: Desk, registry: Registry, by: string): ReturnType<Books['poll']> {
  const queue = queueOf(desk, registry, by)
  const oldest = queue[0]
  if (!oldest) return null
  const { id, at, text, name } = oldest
  return { id, count: queue.length, at, text, name: name as DomainName | null }
}

/** 2303 for a message that is not in the queue. */
export function ack(
  desk: Desk,
  registry: Registry,
  by: string,
  id: string,
): Done<{ left: number }> {
  const queue = queueOf(desk, registry, by)
  if (!queue.some((message) => message.id === id))
    return refused(2303, `Message ${id} does not exist`)
  desk.state.put('message', id, null)
  return done({ left: queue.length - 1 })
}
