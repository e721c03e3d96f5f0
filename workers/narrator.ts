import { styleText } from 'node:util'
import type { DomainEvent } from '../src/domain/event.ts'
import { describeEvent } from '../src/events/describe.ts'
import type { Log } from '../src/log.ts'
import type { Database, OpenDatabase } from '../src/store/connect.ts'
import { readEvents } from '../src/store/outbox.ts'

/** Events that are steps of others, told by them. */
const UNTOLD: readonly DomainEvent['type'][] = ['capture.finalised', 'watch.ended']

const COLOURS: Partial<Record<DomainEvent['type'], Parameters<typeof styleText>[0]>> = {
  'capture.won': ['green', 'bold'],
  'capture.lost': 'red',
  'capture.refused': 'red',
  'capture.undetermined': 'yellow',
  'order.action-needed': 'yellow',
  'name.restored': 'yellow',
}

/** Tells each new event in one plain line: time, name, what happened, why. @returns the function that ends it. */
export async function narrate(
  { db, listen, log }: { db: Database; listen: OpenDatabase['listen']; log: Log },
  afterSeq: number,
  print: (line: string) => void,
): Promise<() => Promise<void>> {
  let seq = afterSeq
  let telling = Promise.resolve()
  const tell = async () => {
    const events = await readEvents(db, { afterSeq: seq, limit: 200 })
    for (const event of events) {
      seq = event.seq
      if (!UNTOLD.includes(event.type)) print(lineOf(event))
    }
  }
  const soon = () => {
    telling = telling.then(tell).catch((fault) => log.warn({ fault }, 'story interrupted'))
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
  const time = styleText('dim', `${event.at.toISOString().slice(0, 19).replace('T', ' ')}`)
  const colour = COLOURS[event.type]
  const said = colour ? styleText(colour, what) : what
  return `${time}  ${about.padEnd(24)} ${said}${detail ? styleText('dim', `  ${detail}`) : ''}`
}
