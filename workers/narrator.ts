import type { DomainEvent } from '../src/domain/event.ts'
import { describeEvent } from '../src/events/describe.ts'
import type { Log } from '../src/log.ts'
import type { Database, OpenDatabase } from '../src/store/connect.ts'
import { readEvents } from '../src/store/outbox.ts'
import { type Paint, paint } from './paint.ts'

/** Events that are steps of others, told by them. */
const UNTOLD: readonly DomainEvent['type'][] = ['capture.finalised', 'watch.ended', 'name.dropping']

const COLOURS: Partial<Record<DomainEvent['type'], Paint>> = {
  'capture.won': ['green', 'bold'],
  'capture.lost': 'red',
  'capture.refused': 'red',
  'capture.undetermined': 'yellow',
  'order.action-needed': 'yellow',
  'name.restored': 'yellow',
}

const OVERLAP = 20

/** Tells each new event in one plain line: time, name, what happened, why. @returns the function that ends it. */
export async function narrate(
  { db, listen, log }: { db: Database; listen: OpenDatabase['listen']; log: Log },
  afterSeq: number,
  print: (line: string) => void,
): Promise<() => Promise<void>> {
  let seq = afterSeq
  const told = new Set<number>()
  const tell = async () => {
    // Of two statements at once the later number may be seen first: the last few are read again.
    const events = await readEvents(db, { afterSeq: Math.max(afterSeq, seq - OVERLAP), limit: 200 })
    for (const event of events) {
      if (told.has(event.seq)) continue
      told.add(event.seq)
      seq = Math.max(seq, event.seq)
      if (!UNTOLD.includes(event.type)) print(lineOf(event))
    }
  }
  let telling = Promise.resolve()
  const soon = () => {
    telling = telling.then(tell).catch((fault) => log.warn({ err: fault }, 'story interrupted'))
  }
  const unlisten = await listen('vigie_events', soon)
  soon()
  return async () => {
    await unlisten()
    await telling
  }
}

function lineOf(event: DomainEvent): string {
  const { about, what, detail } = describeEvent(event)
  const time = paint('dim', `${event.at.toISOString().slice(0, 19).replace('T', ' ')}`)
  const colour = COLOURS[event.type]
  const said = colour ? paint(colour, what) : what
  return `${time}  ${about.padEnd(24)} ${said}${detail ? paint('dim', `  ${detail}`) : ''}`
}
