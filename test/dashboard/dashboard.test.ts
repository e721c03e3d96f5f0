import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openAccess } from '../../src/dashboard/access.ts'
import type { DomainName } from '../../src/domain/name.ts'
import { appendEvent } from '../../src/store/outbox.ts'
import { names } from '../../src/store/schema/watching.ts'
import { readSwitches, setSwitch } from '../../src/store/switches.ts'
import {
  addCapture,
  addCreates,
  addLine,
  addName,
  addObservation,
  addOrder,
  addWatch,
  DAY,
  forecastOf,
  fromNow,
  HOUR,
  MINUTE,
} from './scene.ts'
import { NOW, openDashboard, type TestDashboard } from './server.ts'

/** Markup in every field that comes from elsewhere. */
const HOSTILE = `"><script>alert('x')</script><img src=x onerror=alert(1)>`
const NOBODY = '00000000-0000-4000-8000-000000000000'

let dashboard: TestDashboard
beforeAll(async () => {
  dashboard = await openDashboard()
})
afterAll(() => dashboard.close())

const get = (path: string, init?: RequestInit) => fetch(dashboard.url + path, init)
const html = async (path: string): Promise<string> => (await get(path)).text()
/** What a person reads, without markup. */
const read = async (path: string): Promise<string> =>
  (await html(path))
    .replace(/<(title|style)[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replace(/\s+/g, ' ')

describe('an empty dashboard', () => {
  it('says what will come', async () => {
    const empty = await openDashboard()
    try {
      const words = await (await fetch(empty.url)).text()
      expect(words).toContain('No watched name is about to drop.')
      expect(words).toContain('No capture has been decided yet.')
      expect(words).toContain('Nothing has happened yet.')
      expect(words).toContain('No open watch.')
      expect(words).toContain('Sandbox:')
      expect(await (await fetch(`${empty.url}/names`)).text()).toContain('No name is watched yet.')
      expect(await (await fetch(`${empty.url}/captures`)).text()).toContain('No capture yet.')
      expect(await (await fetch(`${empty.url}/switches`)).text()).toContain(
        'No switch was ever set.',
      )
    } finally {
      await empty.close()
    }
  })
})

describe('every page', () => {
  it('lets nothing run, load or frame but what is ours', async () => {
    const { headers } = await get('/')
    const policy = headers.get('content-security-policy')!
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('unsafe')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('cache-control')).toBe('no-store')
  })

  it('needs neither inline script nor inline style', async () => {
    const page = await html('/')
    expect(page).not.toMatch(/<script(?![^>]*\bsrc=)/)
    expect(page).not.toMatch(/\sstyle=|<style|\son\w+=/)
  })

  it('refreshes itself where there is no script', async () => {
    expect(await html('/')).toContain(
      '<noscript><meta http-equiv="refresh" content="15"/></noscript>',
    )
  })

  it('refers to files that a browser may keep for ever', async () => {
    const [path] = /\/assets\/vigie-[\w-]+\.css/.exec(await html('/'))!
    const style = await get(path)
    expect(style.status).toBe(200)
    expect(style.headers.get('content-type')).toBe('text/css; charset=utf-8')
    expect(style.headers.get('cache-control')).toContain('immutable')
  })

  it('as a fragment holds only its changing part, with the clock it was drawn by', async () => {
    const fragment = await html('/?fragment=1')
    expect(fragment).toMatch(
      new RegExp(`^<div id="page" data-now="${NOW.getTime()}" data-speed="0">`),
    )
    expect(fragment).not.toContain('<nav')
  })
})

describe('the overview', () => {
  it('puts the next drop first, with its window, odds and what stands ready', async () => {
    const { db } = dashboard
    const soon = await addName(db, 'soon.com', {
      phase: 'pendingDelete',
      forecast: forecastOf([[20 * MINUTE, 80 * MINUTE, 0.9]]),
    })
    await addCapture(db, soon, {
      windowFrom: fromNow(20 * MINUTE),
      windowTo: fromNow(80 * MINUTE),
      shots: [1, 2, 3],
    })
    await addName(db, 'late.fr', {
      phase: 'redemption',
      forecast: forecastOf([[9 * DAY, 10 * DAY, 0.5]]),
    })
    await addName(db, 'gone.net', {
      phase: 'pendingDelete',
      forecast: forecastOf([[-2 * HOUR, -HOUR, 1]]),
    })
    await addName(db, 'nobody.net', { openWatches: 0, forecast: forecastOf([[HOUR, 2 * HOUR, 1]]) })
    const words = await read('/')
    expect(words).toMatch(
      /Dropping next .*soon \.com in 20 min 0 s pending delete armed 2026-11-23 19:02:10 to 20:02:10 UTC 90 % this time 3 creates planned/,
    )
    expect(words.indexOf('soon .com')).toBeLessThan(words.indexOf('late .fr'))
    expect(words).toMatch(/late \.fr redemption not armed yet in 9 d 0 h/)
    expect(words).not.toContain('gone .net in')
    expect(words).not.toContain('nobody .net')
  })

  it('sets off alarms for what wants a person', async () => {
    const { db } = dashboard
    await addName(db, 'blind.info', { silentLooks: 3 })
    await setSwitch(db, {
      scope: 'registry:afnic',
      stopped: true,
      by: 'camille',
      reason: 'Audit.',
      at: NOW,
    })
    await db.execute(`insert into permits (host, paused_until, reason) values
      ('rdap:pir', clock_timestamp() + interval '5 minutes', 'HTTP 429'), ('das:eurid', clock_timestamp() - interval '1 s', 'over')`)
    const order = await addOrder(db)
    await addLine(db, order, 'premium.biz', { state: 'action-needed', reason: 'Premium fee.' })
    await addCapture(db, await addName(db, 'cut.org'), { state: 'undetermined' })
    await db.execute(`insert into webhooks (id, url, sealed_secret, created_at, disabled_at, reason)
      values ('${NOBODY}', 'https://orders.example/hook?key=secret', 's', now(), now(), 'Gone for a week.')`)
    const words = await read('/')
    expect(words).toContain('Stopped: every create by registry afnic. By camille: Audit.')
    expect(words).toMatch(/Paused: rdap:pir\. For (4 min|5 min) \d+ s more: HTTP 429/)
    expect(words).not.toContain('das:eurid')
    expect(words).toContain('Blind: 1 name without an answer')
    expect(words).toContain('Somebody has to decide about 1 order line. premium.biz : Premium fee.')
    expect(words).toContain('cut.org: undetermined.')
    expect(words).toContain('Webhook switched off: orders.example. Gone for a week.')
    expect(words).not.toContain('secret')
  })

  it('tells how the last captures ended, and by how much', async () => {
    const { db } = dashboard
    const won = await addCapture(db, await addName(db, 'won.org'), {
      state: 'won',
      decidedAt: fromNow(-HOUR),
      explanation: 'Our create was accepted.',
    })
    await appendEvent(db, 'capture.won', `capture:${won}`, `won:${won}`, fromNow(-HOUR), {
      captureId: won,
      name: 'won.org',
      watchId: NOBODY,
      orderId: NOBODY,
      delayMs: 84,
      creates: 3,
    })
    await addCapture(db, await addName(db, 'lost.com'), {
      state: 'lost',
      reason: 'beaten',
      rival: 'Rapid Names',
      gapFromMs: 96,
      gapToMs: 1108,
      decidedAt: fromNow(-2 * HOUR),
    })
    const words = await read('/')
    expect(words).toMatch(
      /won \.org won caught 84 ms after the drop Our create was accepted\. 1 h ago/,
    )
    expect(words).toMatch(/lost \.com lost beaten by Rapid Names, 0\.1 to 1\.1 s earlier/)
    expect(words).toContain('1 won, 1 lost')
    expect(words).toMatch(/Happening .*won\.org caught 84 ms after the drop \(3 creates\)/)
  })

  it('counts open watches by extension', async () => {
    await addName(dashboard.db, 'thrice.be', { phase: 'quarantine', openWatches: 3 })
    expect(await read('/')).toMatch(/\.be 3 1 ending/)
  })
})

describe('/names', () => {
  beforeAll(async () => {
    await addName(dashboard.db, 'xn--caf-dma.eu', { phase: 'quarantine' })
    await addName(dashboard.db, 'a100.com', { phase: 'active' })
    await addName(dashboard.db, 'free.be', { phase: null, state: 'free' })
  })
  const rows = async (query: string) =>
    [
      ...(await html(`/names?${query}`)).matchAll(
        /<th scope="row"><a class="name" href="\/names\/([^"]+)"/g,
      ),
    ].map((m) => m[1])

  it('finds a name by its written form and by its A-label', async () => {
    expect(await rows('q=caf%C3%A9')).toEqual(['xn--caf-dma.eu'])
    expect(await rows('q=CAF%C3%89.eu')).toEqual(['xn--caf-dma.eu'])
    expect(await rows('q=xn--caf')).toEqual(['xn--caf-dma.eu'])
  })

  it('takes wildcards of SQL for the characters they are', async () => {
    expect(await rows('q=%25')).toEqual([])
    expect(await rows('q=a_00')).toEqual([])
    expect(await rows(`q=${encodeURIComponent("'; drop table names; --")}`)).toEqual([])
  })

  it('filters by extension and stage, a state counting where there is no phase', async () => {
    expect(await rows('extension=eu&phase=quarantine')).toEqual(['xn--caf-dma.eu'])
    expect(await rows('phase=free')).toEqual(['free.be'])
    expect(await rows('extension=eu&phase=redemption')).toEqual([])
  })

  it('goes page by page, with the filters kept', async () => {
    await dashboard.db.insert(names).values(
      Array.from({ length: 60 }, (_, i) => ({
        name: `many-${String(i).padStart(2, '0')}.biz` as DomainName,
        unicode: `many-${i}.biz`,
        extension: 'biz' as const,
        registry: 'godaddy' as const,
      })),
    )
    const first = await html('/names?q=many&order=name')
    expect(first).toContain('60 names')
    expect(first).toContain('href="/names?q=many&amp;order=name&amp;page=2"')
    expect(await rows('q=many&order=name&page=2')).toHaveLength(10)
    expect(await rows('q=many&order=name&page=3')).toEqual([])
  })

  it('answers a filter that makes no sense with its rule', async () => {
    const answer = await get('/names?extension=dev')
    expect(answer.status).toBe(400)
    expect(await answer.text()).toContain(
      'extension is one of com, net, org, info, biz, fr, eu, be.',
    )
  })
})

describe('/names/:name', () => {
  it('tells where it stands, when it can drop, what was seen, who waits', async () => {
    const { db } = dashboard
    const name = await addName(db, 'story.com', {
      phase: 'pendingDelete',
      phaseSince: fromNow(-4 * DAY),
      sponsor: 'Harbour Domains',
      reason: 'RDAP and EPP agree.',
      nextLookAt: fromNow(2 * MINUTE),
      nextLookBecause: 'window',
      forecast: forecastOf(
        [
          [DAY, DAY + HOUR, 0.8],
          [DAY + HOUR, DAY + 2 * HOUR, 0.1],
        ],
        'The fifth day ends.',
      ),
    })
    const order = await addOrder(db, { reference: 'R-STORY' })
    const watch = await addWatch(db, order, name)
    await appendEvent(db, 'watch.opened', `watch:${watch}`, `w:${watch}`, fromNow(-9 * DAY), {
      watchId: watch,
      orderId: order,
      name,
      extension: 'com',
    })
    await appendEvent(db, 'name.stage', `name:${name}`, `s:${name}`, fromNow(-4 * DAY), {
      name,
      from: 'redemption',
      to: 'pendingDelete',
      sponsor: null,
      reason: 'Redemption is over.',
    })
    for (let i = 0; i < 5; i++)
      await addObservation(db, name, { at: fromNow(-i * HOUR), source: 'dns', kind: 'undelegated' })
    const words = await read(`/names/${name}`)
    expect(words).toContain('pending delete since 2026-11-19 18:42:10 UTC, 4 d ago')
    expect(words).toContain('Next look in 2 min 0 s : it can drop then.')
    expect(words).toContain('The fifth day ends. 90 % this time, 10 % not.')
    expect(words).toContain('R-STORY for MD1042-VIGIE: open')
    expect(words).toMatch(/dns not delegated: says nothing by itself 5 looks/)
    expect(words).toContain('redemption → pending delete Redemption is over.')
    expect(words).toContain('watched from now on')
    expect(await html(`/names/${name}`)).toContain(
      'Can drop 2026-11-24 18:42:10 to 20:42:10 UTC, most likely',
    )
  })

  it('shows text from outside as text', async () => {
    const { db } = dashboard
    const name = await addName(db, 'hostile.com', {
      sponsor: HOSTILE,
      reason: HOSTILE,
      registrationKey: HOSTILE,
      nextLookBecause: HOSTILE,
      forecast: forecastOf([[HOUR, DAY, 0.4]], HOSTILE),
    })
    const order = await addOrder(db, { reference: HOSTILE, nicHandle: HOSTILE })
    await addWatch(db, order, name, { nicHandle: HOSTILE, reason: HOSTILE })
    await addLine(db, order, name, { reason: HOSTILE })
    const capture = await addCapture(db, name, {
      state: 'lost',
      reason: 'beaten',
      rival: HOSTILE,
      explanation: HOSTILE,
      decidedAt: NOW,
      newCreatedAt: NOW,
    })
    await addCreates(db, capture, NOW, [{ plan: 5 }])
    await addObservation(db, name, {
      kind: 'undetermined',
      host: HOSTILE,
      detail: { reason: HOSTILE },
    })
    await appendEvent(db, 'name.renewed', `name:${name}`, 'hostile', NOW, {
      name,
      expiresAt: null,
      reason: HOSTILE,
    })
    await setSwitch(db, {
      scope: `accreditation:x`,
      stopped: true,
      by: HOSTILE,
      reason: HOSTILE,
      at: NOW,
    })
    for (const path of [
      '/',
      `/names/${name}`,
      `/captures/${capture}`,
      '/captures',
      `/orders/${order}`,
      '/switches',
      `/names?q=${encodeURIComponent(HOSTILE)}`,
      `/names/${encodeURIComponent(HOSTILE)}`,
    ]) {
      const page = await html(path)
      expect(page, path).not.toContain('<script>')
      expect(page, path).not.toContain('<img')
    }
    expect(await html(`/names/${name}`)).toContain('&lt;script&gt;')
  })

  it('says that a name was never watched', async () => {
    const answer = await get('/names/never.com')
    expect(answer.status).toBe(404)
    expect(await answer.text()).toContain('The name never.com has never been watched.')
    expect((await get('/names/-x')).status).toBe(404)
  })
})

describe('/captures', () => {
  let race: TestDashboard
  beforeAll(async () => {
    race = await openDashboard()
    const add = (name: string, change: Parameters<typeof addCapture>[2]) =>
      addCapture(race.db, name, change)
    await add('first.com', {
      state: 'lost',
      reason: 'beaten',
      rival: '=cmd|calc',
      explanation: 'One, "two"\nthree',
      decidedAt: new Date('2026-11-20T23:59:59Z'),
      gapFromMs: 5,
      gapToMs: 9,
    })
    await add('second.fr', { state: 'won', decidedAt: new Date('2026-11-21T00:00:00Z') })
    await add('third.fr', { state: 'armed', windowFrom: fromNow(DAY) })
  })
  afterAll(() => race.close())
  const found = async (query: string) => {
    const page = await (await fetch(`${race.url}/captures?${query}`)).text()
    return [...page.matchAll(/<th scope="row"><a class="name" href="\/names\/([^"]+)"/g)].map(
      (m) => m[1],
    )
  }

  it('filters by extension, outcome, reason and whole days, newest first', async () => {
    expect(await found('')).toEqual(['third.fr', 'second.fr', 'first.com'])
    expect(await found('extension=fr')).toEqual(['third.fr', 'second.fr'])
    expect(await found('outcome=under-way')).toEqual(['third.fr'])
    expect(await found('outcome=won')).toEqual(['second.fr'])
    expect(await found('reason=beaten')).toEqual(['first.com'])
    expect(await found('from=2026-11-20&to=2026-11-20')).toEqual(['first.com'])
    expect(await found('from=2026-11-21&to=2026-11-21')).toEqual(['second.fr'])
  })

  it('hands the same captures out as CSV that no spreadsheet runs', async () => {
    const page = await (await fetch(`${race.url}/captures?reason=beaten`)).text()
    expect(page).toContain('href="/captures.csv?reason=beaten"')
    const file = await fetch(`${race.url}/captures.csv?reason=beaten`)
    expect(file.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present')
    expect(file.headers.get('content-disposition')).toBe(
      'attachment; filename="captures-2026-11-23.csv"',
    )
    const [head, ...lines] = (await file.text()).split('\r\n')
    expect(head).toMatch(
      /^id,name,extension,registry,accreditation,outcome,reason,explanation,rival,gapFromMs,/,
    )
    expect(lines.join('\r\n')).toMatch(
      /,first\.com,com,verisign,vigie@verisign,lost,beaten,"One, ""two""\nthree",'=cmd\|calc,5,9,/,
    )
    expect(lines.at(-1)).toBe('')
  })

  it('refuses a filter of the CSV that makes no sense', async () => {
    const answer = await fetch(`${race.url}/captures.csv?from=yesterday`)
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({
      problems: [{ field: 'from', rule: 'malformed-day' }],
    })
  })
})

describe('/captures/:id', () => {
  it('shows every create with its instants, code and ids', async () => {
    const { db } = dashboard
    const zero = fromNow(-HOUR)
    const id = await addCapture(db, await addName(db, 'race.com'), {
      state: 'lost',
      reason: 'beaten',
      rival: 'Rapid Names',
      gapFromMs: 96,
      gapToMs: 1108,
      newCreatedAt: new Date(Math.floor(zero.getTime() / 1000) * 1000),
      decidedAt: zero,
      priceCents: 1050,
    })
    await addCreates(db, id, zero, [
      { plan: -180 },
      { plan: 1_090, late: 3, trip: 26 },
      { plan: 1_400, trip: null, code: null, outcome: 'undetermined' },
    ])
    const words = await read(`/captures/${id}`)
    expect(words).toContain('lost beaten by Rapid Names, 0.1 to 1.1 s earlier')
    expect(words).toContain('registered by Rapid Names, within this second')
    expect(words).toContain('registry +14 ms, ± 6 ms')
    expect(words).toMatch(
      /create 17:42:11\.093 2302 Object exists \+3 ms 26 ms VIG-\w+-2 SRV-70401 verisign-2/,
    )
    expect(words).toContain('no answer')
    expect(words).toContain('10.50 EUR')
    expect(await html(`/captures/${id}`)).toContain(
      'Create 2: sent 3 ms after its plan, answered 2302 after 26 ms',
    )
  })

  it('says how many creates are planned before the first has left', async () => {
    const id = await addCapture(dashboard.db, await addName(dashboard.db, 'ready.com'), {
      shots: [1, 2],
    })
    expect(await read(`/captures/${id}`)).toContain('No create has been sent yet. 2 are planned')
  })

  it('finds nothing under an id that is none', async () => {
    for (const id of [NOBODY, 'x', "'"]) expect((await get(`/captures/${id}`)).status).toBe(404)
    expect((await get('/orders/x')).status).toBe(404)
  })
})

describe('/orders/:id', () => {
  it('lists what became of each extension', async () => {
    const { db } = dashboard
    const id = await addOrder(db, { reference: 'CMD-1' })
    await addLine(db, id, 'maison.fr', {
      state: 'joined',
      reason: 'Already held by the same nic-handle.',
    })
    await addLine(db, id, 'maison.com', { state: 'watched', reason: 'Held elsewhere.' })
    const words = await read(`/orders/${id}`)
    expect(words).toContain(
      'Order CMD-1 Alldom International + France for “maison-lumiere”, MD1042-VIGIE, 39.99 EUR a year',
    )
    expect(words).toContain('maison.com watched Held elsewhere. maison.fr in the pack Already held')
  })
})

describe('/switches', () => {
  const post = (
    fields: Record<string, string>,
    headers: Record<string, string> = { origin: dashboard.url },
  ) =>
    get('/switches', {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers,
      redirect: 'manual',
    })

  it('stops a scope and lets it go again, with who and why', async () => {
    expect(
      (await post({ scope: 'name:Café.eu', action: 'stop', reason: 'Court order' })).status,
    ).toBe(303)
    const stopped = (await readSwitches(dashboard.db)).find(
      (s) => s.scope === 'name:xn--caf-dma.eu',
    )
    expect(stopped).toMatchObject({
      stopped: true,
      by: 'dashboard',
      reason: 'Court order',
      at: NOW,
    })
    expect(await read('/switches')).toContain('stopped name:xn--caf-dma.eu')
    await post({ scope: 'name:xn--caf-dma.eu', action: 'go', reason: 'Lifted' })
    expect(await read('/switches')).toContain('may go name:xn--caf-dma.eu')
  })

  it.each([
    [{ scope: 'everything', action: 'stop', reason: 'x' }, 'A scope is all, or one of'],
    [{ scope: 'registry:nominet', action: 'stop', reason: 'x' }, 'registry is one of verisign'],
    [{ scope: 'all', action: 'stop', reason: ' ' }, 'Say why'],
    [{ scope: 'all', action: 'pause', reason: 'x' }, 'action is stop or go.'],
  ])('refuses %o and changes nothing', async (fields, message) => {
    const before = await readSwitches(dashboard.db)
    const answer = await post(fields)
    expect(answer.status).toBe(400)
    expect(await answer.text()).toContain(message)
    expect(await readSwitches(dashboard.db)).toEqual(before)
  })

  it('takes no order from another site', async () => {
    const before = await readSwitches(dashboard.db)
    const fields = { scope: 'all', action: 'stop', reason: 'x' }
    expect((await post(fields, { origin: 'https://evil.example' })).status).toBe(403)
    expect((await post(fields, {})).status).toBe(403)
    expect(await readSwitches(dashboard.db)).toEqual(before)
  })

  it('refuses a form far larger than any', async () => {
    const answer = await post({ scope: 'all', action: 'stop', reason: 'x'.repeat(20_000) })
    expect(answer.status).toBe(413)
  })
})

describe('a dashboard bound elsewhere', () => {
  let outside: TestDashboard
  beforeAll(async () => {
    const authenticate = async (token: string) =>
      token === 'good' ? { scopes: ['ops:read'], name: 'camille' } : null
    outside = await openDashboard({
      access: openAccess({ open: false, authenticate }),
      registries: 'live',
    })
  })
  afterAll(() => outside.close())
  const signIn = (token: string, next = '/') =>
    fetch(`${outside.url}/sign-in`, {
      method: 'POST',
      body: new URLSearchParams({ token, next }),
      headers: { origin: outside.url },
      redirect: 'manual',
    })

  it('shows nothing before somebody has signed in', async () => {
    for (const path of [
      '/',
      '/names',
      '/captures.csv',
      '/live',
      '/switches',
      `/captures/${NOBODY}`,
    ])
      expect((await fetch(outside.url + path, { redirect: 'manual' })).status, path).toBe(401)
    const page = await fetch(outside.url, { headers: { accept: 'text/html' } })
    expect(page.url).toBe(`${outside.url}/sign-in?next=%2F`)
    expect(await page.text()).not.toContain('<nav')
  })

  it('lets in by token, back to the page asked for, and out again', async () => {
    const answer = await signIn('good', '/captures?outcome=won')
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/captures?outcome=won'])
    const cookie = answer.headers.get('set-cookie')!.split(';')[0]!
    const page = await fetch(`${outside.url}/switches`, { headers: { cookie } })
    const words = await page.text()
    expect(words).toContain('Sign out')
    expect(words).not.toContain('Stop something else')
    expect(words).not.toContain('Sandbox:')
    await fetch(`${outside.url}/sign-out`, {
      method: 'POST',
      headers: { cookie, origin: outside.url },
      redirect: 'manual',
    })
    expect((await fetch(`${outside.url}/names`, { headers: { cookie } })).status).toBe(401)
  })

  it('says what is wrong with a token, and leads to no other site', async () => {
    const answer = await signIn('bad', '//evil.example')
    expect(answer.status).toBe(400)
    const words = await answer.text()
    expect(words).toContain('There is no such token, or it was revoked.')
    expect(words).not.toContain('evil.example')
    expect(words).not.toContain('bad"')
  })
})

describe('trouble', () => {
  it('is told plainly, without the fault', async () => {
    const broken = await openDashboard()
    await broken.db.execute('drop table events cascade')
    try {
      const answer = await fetch(broken.url)
      expect(answer.status).toBe(503)
      expect(answer.headers.get('retry-after')).toBe('5')
      const words = await answer.text()
      expect(words).toContain('This page cannot be drawn now')
      expect(words).not.toMatch(/select|relation|events"/)
    } finally {
      await broken.close()
    }
  })
})
