import { type Label, unicodeOf } from '../../domain/name.ts'
import { findPack } from '../../domain/pack.ts'
import type { OrderPage } from '../../store/order-page.ts'
import { LineBadge, NameLink } from '../badge.tsx'
import { type Page, Region } from '../layout.tsx'
import { When } from '../time.tsx'
import { euroWords } from '../words.ts'

export const orderPage = ({ order, lines }: OrderPage, now: Date): Page => ({
  title: `Order ${order.reference}`,
  section: null,
  live: [`order:${order.id}`, ...lines.map(({ name }) => `name:${name}`)],
  body: (
    <>
      <h1>Order {order.reference}</h1>
      <p class="why">
        {findPack(order.pack)?.title ?? order.pack} for “{unicodeOf(order.label as Label)}”,{' '}
        {order.nicHandle}, {euroWords(order.priceCents)} a year before tax whatever the registries
        answer. Placed <When at={order.placedAt} now={now} />.
      </p>
      <Region id="lines" title={lines.length === 1 ? '1 name' : `${lines.length} names`}>
        {lines.length > 0 ? (
          <ul class="lines">
            {lines.map((line) => (
              <li>
                <NameOf line={line} />
                <LineBadge state={line.state} />
                <p>
                  {line.reason}
                  {line.expiresAt && (
                    <small>
                      {' '}
                      Until <When at={line.expiresAt} now={now} />
                    </small>
                  )}
                </p>
              </li>
            ))}
          </ul>
        ) : (
          <p class="empty">The extensions are being looked up.</p>
        )}
      </Region>
    </>
  ),
})

/** A name that was never watched has no page of its own. */
const NameOf = ({ line }: { line: OrderPage['lines'][number] }) =>
  line.watch ? <NameLink name={line.name} /> : <span class="name">{unicodeOf(line.name)}</span>
