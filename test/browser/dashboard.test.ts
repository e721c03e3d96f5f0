import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { appendEvent } from '../../src/store/outbox.ts'
import { addCapture, addName, fromNow, HOUR } from '../dashboard/scene.ts'
import { NOW, openDashboard, type TestDashboard } from '../dashboard/server.ts'
import { findChromium, openBrowser, type TestBrowser } from '../support/browser.ts'
import { fillShowcase, type Showcase } from './showcase.ts'

const chromium = findChromium()

describe.skipIf(chromium === null)('the dashboard in a browser', () => {
  let browser: TestBrowser
  let dashboard: TestDashboard
  let showcase: Showcase
  let paths: string[]

  beforeAll(async () => {
    browser = await openBrowser(chromium!)
    dashboard = await openDashboard()
    showcase = await fillShowcase(dashboard.db)
    const { orderId, lostId, wonId } = showcase
    paths = [
      '/',
      '/names',
      '/names/maison-lumiere.com',
      '/names/never.com',
      '/captures',
      `/captures/${lostId}`,
      `/captures/${wonId}`,
      `/orders/${orderId}`,
      '/switches',
    ]
  })
  afterAll(async () => {
    await browser?.close()
    await dashboard?.close()
  })

  /** A page that fails its test when anything in it goes wrong. */
  async function open(
    options: BrowserContextOptions = {},
  ): Promise<{ page: Page; faults: string[] }> {
    const page = await browser.open(options)
    // Sooner than the page would fetch itself again without any news.
    page.setDefaultTimeout(8_000)
    const faults: string[] = []
    page.on('pageerror', (fault) => faults.push(fault.message))
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().includes('404')) faults.push(message.text())
    })
    onTestFinished(() => page.context().close())
    return { page, faults }
  }

  it('shows a win without a reload, marks it new, and keeps what the reader had opened', async () => {
    const { page, faults } = await open()
    await page.goto(dashboard.url)
    await page.getByText('Live', { exact: true }).waitFor()
    await page.evaluate('window.isTheSamePage = true')
    await page.getByRole('link', { name: 'northwind.net' }).focus()

    const { db } = dashboard
    const name = await addName(db, 'fresh-catch.com')
    const captureId = await addCapture(db, name, {
      state: 'won',
      decidedAt: NOW,
      explanation: 'Our create was accepted.',
    })
    const won = { captureId, name, watchId: 'w', orderId: 'o', delayMs: 41, creates: 2 }
    await appendEvent(db, 'capture.won', `capture:${captureId}`, 'fresh', NOW, won)

    const told = page.locator('#happenings li', { hasText: 'fresh-catch.com' })
    await told.waitFor()
    expect(await told.textContent()).toContain('caught 41 ms after the drop (2 creates)')
    expect(await told.getAttribute('class')).toContain('fresh')
    await page.locator('#captures li', { hasText: 'fresh-catch.com' }).waitFor()
    expect(await page.evaluate('window.isTheSamePage')).toBe(true)
    expect(await page.evaluate('document.activeElement.textContent')).toBe('northwind.net')
    expect(faults).toEqual([])
  })

  it('leaves a page alone that the news is not about, and keeps its details open when it is', async () => {
    const { page } = await open()
    const { page: overview } = await open()
    const isFragment = (it: { url(): string }) => it.url().includes('fragment=1')
    for (const [one, path] of [
      [page, '/names/maison-lumiere.com'],
      [overview, '/'],
    ] as const) {
      const connected = one.waitForResponse(isFragment)
      await one.goto(dashboard.url + path)
      await connected
    }
    await page.getByText('The forecast in figures').click()
    const fetched: string[] = []
    page.on('request', (request) => {
      if (isFragment(request)) fetched.push(request.url())
    })

    const tell = (name: string) =>
      appendEvent(dashboard.db, 'name.renewed', `name:${name}`, name, NOW, {
        name,
        expiresAt: null,
        reason: `Told of ${name}.`,
      })
    await tell('somebody-else.com')
    await overview.getByText('Told of somebody-else.com.').waitFor()
    expect(fetched).toEqual([])
    await tell('maison-lumiere.com')
    await page.getByText('Told of maison-lumiere.com.').waitFor()
    expect(await page.locator('details#segments').getAttribute('open')).not.toBeNull()
  })

  it('counts down by the clock that Vigie lives by, and follows its leaps', async () => {
    const moving = await openDashboard()
    onTestFinished(() => moving.close())
    const name = await addName(moving.db, 'leap.com', { phase: 'pendingDelete' })
    await addCapture(moving.db, name, {
      windowFrom: fromNow(30 * HOUR),
      windowTo: fromNow(31 * HOUR),
    })
    const { page } = await open()
    await page.goto(moving.url)
    const count = page.locator('.hero-count')
    expect(await count.textContent()).toBe('in 1 d 6 h')
    await page.getByText('Live', { exact: true }).waitFor()
    moving.clock.leapTo(fromNow(30 * HOUR - 9_000))
    await page.locator('.hero-count', { hasText: 'in 9 s' }).waitFor()
    moving.clock.move({
      ...moving.clock.anchor,
      wallMs: moving.clock.anchor.wallMs,
      atMs: fromNow(30 * HOUR).getTime(),
    })
    await page.locator('.hero-count', { hasText: 'open, 1 h 0 min left' }).waitFor()
  })

  it('fits a phone without scrolling sideways', async () => {
    const { page, faults } = await open({ viewport: { width: 360, height: 740 } })
    for (const path of paths) {
      await page.goto(dashboard.url + path)
      const over = await page.evaluate(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      )
      expect(over, path).toBe(0)
      const outside = await page.evaluate(WIDER_THAN_THE_PAGE)
      expect(outside, path).toEqual([])
    }
    expect(faults).toEqual([])
  })

  it.each(['light', 'dark'] as const)(
    'is readable in %s mode: contrast is at least 4.5',
    async (colorScheme) => {
      const { page } = await open({ colorScheme })
      for (const path of paths) {
        await page.goto(dashboard.url + path)
        expect(await page.evaluate(FAINT_TEXT), path).toEqual([])
      }
    },
  )

  it('shows everything and can be used without script', async () => {
    const { page } = await open({ javaScriptEnabled: false })
    await page.goto(dashboard.url)
    expect(await page.locator('.hero').textContent()).toContain('maison-lumiere.com')
    expect(await page.locator('meta[http-equiv=refresh]').count()).toBe(1)
    await page.getByRole('link', { name: 'Names', exact: true }).click()
    await page.getByRole('searchbox').fill('atelier')
    await page.getByRole('button', { name: 'Show' }).click()
    expect(await page.locator('tbody tr').count()).toBe(1)
  })

  it('is usable by keyboard: skip link first, and the focus is seen', async () => {
    const { page } = await open()
    await page.goto(dashboard.url)
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.textContent.trim()')).toBe(
      'Skip to the content',
    )
    await page.keyboard.press('Tab')
    const width = await page.evaluate(
      'parseFloat(getComputedStyle(document.activeElement).outlineWidth)',
    )
    expect(width).toBeGreaterThanOrEqual(2)
  })
})

/** Elements that reach beyond the page though they do not stand in a part that scrolls by itself. */
const WIDER_THAN_THE_PAGE = `[...document.querySelectorAll('main *')]
  .filter((e) => !e.closest('.scroll, svg, .unseen') && e.getBoundingClientRect().right > innerWidth + 1)
  .map((e) => e.tagName + '.' + e.className)`

/** Text whose contrast with what lies behind it is below 4.5 (WCAG 2.1, 1.4.3), with its ratio. */
const FAINT_TEXT = `(() => {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })
  const over = (colours) => {
    canvas.clearRect(0, 0, 1, 1)
    for (const colour of colours) { canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1) }
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3)
  }
  const light = (rgb) => {
    const [r, g, b] = rgb.map((v) => v / 255).map((v) => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const behind = (element) => {
    const colours = []
    for (let e = element; e; e = e.parentElement) colours.unshift(getComputedStyle(e).backgroundColor)
    return [getComputedStyle(document.documentElement).backgroundColor, ...colours]
  }
  const faint = []
  for (const element of document.querySelectorAll('body *')) {
    const hasText = [...element.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim())
    if (!hasText || !element.checkVisibility() || element.closest('option, datalist, noscript, title')) continue
    const style = getComputedStyle(element)
    const ink = element instanceof SVGElement ? style.fill : style.color
    const ground = behind(element)
    const [a, b] = [light(over([...ground, ink])), light(over(ground))].sort((x, y) => y - x)
    const ratio = (a + 0.05) / (b + 0.05)
    if (ratio < 4.5) faint.push(element.textContent.trim().slice(0, 30) + ' ' + ratio.toFixed(2))
  }
  return faint
})()`
