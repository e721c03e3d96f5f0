import type { Context } from 'hono'
import type { Access } from './access.ts'
import { type Fragment, FragmentCache } from './fragment-cache.ts'
import { Body, type Frame, Layout, type Page } from './layout.tsx'
import type { Live } from './live.ts'

/** A page with the status it is answered with. */
export type Shown = { status: Fragment['status']; page: Page }

export type Draw = {
  /**
   * Answers with a page drawn for this moment: whole, or with `?fragment=1` only the part that changes. Fragments asked
   * for by many at once are drawn once.
   */
  show(c: Context, make: (now: Date) => Promise<Shown> | Shown): Promise<Response>
}

export type DrawDeps = Pick<Frame, 'registries' | 'registrarName'> & {
  clock: { now(): Date }
  access: Access
  live: Live
}

export function openDraw({ clock, access, live, registries, registrarName }: DrawDeps): Draw {
  const fragments = new FragmentCache()
  return {
    async show(c, make) {
      // Who may see it is the guard's affair; here it only shapes the frame, also when the database is away.
      const visitor = await access.visitor(c).catch(() => null)
      const draw = async () => {
        const now = clock.now()
        const { status, page } = await make(now)
        const frame: Frame = {
          now,
          speed: live.speed,
          registries,
          registrarName,
          isInside: visitor !== null,
          isSignedIn: visitor !== null && !access.open,
        }
        return { status, frame, page }
      }
      if (c.req.query('fragment') === undefined) {
        const { status, frame, page } = await draw()
        return c.html(`<!doctype html>${String(<Layout frame={frame} page={page} />)}`, status)
      }
      const key = `${visitor?.scopes.join(' ')} ${c.req.url}`
      const drawn = await fragments.get(key, live.revision, async () => {
        const { status, frame, page } = await draw()
        return { status, html: String(<Body frame={frame} page={page} />) }
      })
      return c.html(drawn.html, drawn.status)
    },
  }
}
