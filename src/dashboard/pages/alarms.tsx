import type { Child } from 'hono/jsx'
import { scopeWords } from '../../events/words.ts'
import type { Alarms } from '../../store/alarms.ts'
import { NameLink } from '../badge.tsx'
import { Icon, type IconName } from '../icon.tsx'
import { lengthWords } from '../relative.ts'

/** What wants a person's eye, before anything else; nothing at all when all is well. */
export const AlarmList = ({ alarms }: { alarms: Alarms }) => {
  const items = alarmItems(alarms)
  if (items.length === 0)
    return <section id="alarms" data-region aria-label="Alarms" hidden></section>
  return (
    <section id="alarms" data-region aria-label="Alarms">
      <ul class="alarms">
        {items.map(({ icon, what, detail }) => (
          <li>
            <Icon name={icon} />
            <p>
              <strong>{what}</strong> {detail}
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}

type Item = { icon: IconName; what: Child; detail: Child }

function alarmItems(alarms: Alarms): Item[] {
  const items: Item[] = alarms.stopped.map(({ scope, by, reason }) => ({
    icon: 'stopped',
    what: <a href="/switches">Stopped: {scopeWords(scope)}.</a>,
    detail: `By ${by}: ${reason}`,
  }))
  for (const { id, name } of alarms.undetermined)
    items.push({
      icon: 'undetermined',
      what: <a href={`/captures/${id}`}>{name}: undetermined.</a>,
      detail:
        'A create may have been executed; the registry is asked before anything else is sent.',
    })
  for (const { host, leftMs, reason } of alarms.paused)
    items.push({
      icon: 'paused',
      what: `Paused: ${host}.`,
      detail: `For ${lengthWords(leftMs)} more: ${reason}`,
    })
  if (alarms.blind.count > 0)
    items.push({
      icon: 'blind',
      what: `Blind: ${counted(alarms.blind.count, 'name')} without an answer for several looks.`,
      detail: <Listed names={alarms.blind.names} of={alarms.blind.count} />,
    })
  if (alarms.actionNeeded.count > 0)
    items.push({
      icon: 'alarm',
      what: `Somebody has to decide about ${counted(alarms.actionNeeded.count, 'order line')}.`,
      detail: alarms.actionNeeded.lines.map(({ orderId, name, reason }) => (
        <span class="case">
          <a href={`/orders/${orderId}`}>{name}</a>: {reason}{' '}
        </span>
      )),
    })
  for (const { url, reason } of alarms.deadWebhooks)
    items.push({ icon: 'alarm', what: `Webhook switched off: ${hostOf(url)}.`, detail: reason })
  if (alarms.undelivered > 0)
    items.push({
      icon: 'alarm',
      what: `${counted(alarms.undelivered, 'event')} could not be delivered.`,
      detail: 'All attempts were used up.',
    })
  return items
}

const Listed = ({ names, of }: { names: Alarms['blind']['names']; of: number }) => (
  <>
    {names.map(({ name }, i) => (
      <>
        {i > 0 && ', '}
        <NameLink name={name} />
      </>
    ))}
    {of > names.length && ` and ${of - names.length} more`}
  </>
)

const counted = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`

/** The address may carry a secret in its path or query. */
const hostOf = (url: string): string =>
  URL.canParse(url) ? new URL(url).host : 'unreadable address'
