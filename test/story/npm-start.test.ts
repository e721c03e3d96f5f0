import { readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium, openBrowser } from '../support/browser.ts'
import { type Process, runProcess, startProcess } from '../support/processes.ts'
import { openTemporaryFolder } from '../support/temporary.ts'

const chromium = findChromium()
/** Some eight seconds on a machine that does nothing else; other tests may keep it busy. */
const SOON_MS = 40_000
/** The three acts, from the first line to the last. */
const STORY_MS = 120_000

describe('npm start', () => {
  let folder: Awaited<ReturnType<typeof openTemporaryFolder>>
  let env: Record<string, string>
  let started: Process
  let url: string
  let token: string

  const start = () => startProcess('npm', ['start'], env, { group: true })
  const kept = async (...path: string[]) =>
    JSON.parse(await readFile(join(folder.path, 'home', ...path), 'utf8'))

  beforeAll(async () => {
    folder = await openTemporaryFolder()
    env = { VIGIE_HOME: join(folder.path, 'home'), PORT: '0', NO_COLOR: '1' }
    started = start()
  })
  afterAll(async () => {
    started.kill('SIGINT')
    await started.ended
    await folder.remove()
  })

  it('soon says where the dashboard is, what runs and what will happen', {
    timeout: 60_000,
  }, async () => {
    url = /http:\S+/.exec(await started.line(/Dashboard\s+http/, SOON_MS))![0]
    token = /\S{20,}/.exec(await started.line(/API token/, 1_000))![0]
    await started.line(/the sandbox/, 1_000)
    await started.line(/VIGIE_REGISTRIES=live/, 1_000)
    await started.line(/An order is placed by itself/, 1_000)
  })

  it.skipIf(chromium === null)(
    'lets a browser follow one capture from order to won',
    { timeout: STORY_MS },
    async () => {
      const browser = await openBrowser(chromium!)
      try {
        const page = await browser.open()
        page.setDefaultTimeout(STORY_MS)
        const faults: string[] = []
        page.on('pageerror', (fault) => faults.push(fault.message))
        await page.goto(url)
        await page.evaluate('window.isTheSamePage = true')
        const told = (what: RegExp) =>
          page.locator('#happenings li').filter({ hasText: what }).first()
        await told(/Order demo-maison-durand.*ordered/s).waitFor()
        await told(/maison-durand\.com.*watched/s).waitFor()
        await told(/maison-durand\.com.*redemption/s).waitFor()
        const armed = told(/maison-durand\.com.*armed/s).getByRole('link')
        await armed.waitFor()
        expect(await page.evaluate('window.isTheSamePage')).toBe(true)

        await armed.click()
        await page.waitForURL('**/captures/*')
        await page.evaluate('window.isTheSamePage = true')
        await page
          .locator('#outcome')
          .getByText('armed')
          .or(page.locator('#outcome').getByText('ready'))
          .first()
          .waitFor()
        await page
          .locator('#outcome')
          .getByText(/^caught/)
          .waitFor()
        await page
          .locator('#attempts tr')
          .filter({ hasText: 'create' })
          .filter({ hasText: '1000' })
          .waitFor()
        expect(await page.evaluate('window.isTheSamePage')).toBe(true)
        expect(faults).toEqual([])
      } finally {
        await browser.close()
      }
    },
  )

  it('tells the story: one name caught, one restored, one lost and to whom and by how much', {
    timeout: STORY_MS,
  }, async () => {
    const line = (pattern: RegExp) => started.line(pattern, STORY_MS)
    await line(/maison-durand\.info .*registered with the order/)
    await line(/maison-durand\.biz .*registered with the order/)
    await line(/maison-durand\.org .*joined its pack/)
    await line(/maison-durand\.fr .*restored by its holder/)
    await line(/maison-durand\.net .*lost: beaten by Rapid Names, .*s earlier/)
    await line(/maison-durand\.com .*caught .* after the drop/)
  })

  it('keeps a second one out of its home', { timeout: 30_000 }, async () => {
    const second = await runProcess(['workers/all.ts'], env)
    expect(second.ending).toBe(1)
    expect(second.messages).toMatch(
      /^vigie: Another Vigie \(process \d+\) is using .* with VIGIE_HOME\.\n$/,
    )
  })

  it('ends with Ctrl-C and leaves nothing running', { timeout: 60_000 }, async () => {
    const { databaseUrl, pid } = await kept('running.json')
    const sandbox = await kept('sandbox', 'ready.json')
    const log = await readFile(join(folder.path, 'home', 'vigie.log'), 'utf8')
    const catcher = Number(/"pid":(\d+),"role":"catcher"/.exec(log)?.[1])
    expect(isAlive(catcher)).toBe(true)

    started.kill('SIGINT')
    expect([0, 130, 'SIGINT']).toContain(await started.ended)

    expect(started.output).toContain('Stopped. Nothing is lost')
    expect([pid, catcher, started.pid].filter(isAlive)).toEqual([])
    const ports = [new URL(databaseUrl).port, new URL(url).port, new URL(sandbox.rdap).port]
    for (const port of ports) expect(await isOpen(Number(port))).toBe(false)
    await expect(kept('running.json')).rejects.toThrow(/ENOENT/)
  })

  it('goes on where it stopped when it is started again', { timeout: 60_000 }, async () => {
    started = start()
    url = /http:\S+/.exec(await started.line(/Dashboard\s+http/, SOON_MS))![0]
    await started.line(/Going on where it stopped/, 5_000)
    const listed = async (path: string): Promise<{ name: string; state: string }[]> => {
      const answer = await fetch(url + path, { headers: { authorization: `Bearer ${token}` } })
      expect(answer.status).toBe(200)
      const { items } = (await answer.json()) as { items: { name: string; state: string }[] }
      return items
    }
    expect(await listed('/v1/orders')).toHaveLength(1)
    const captures = await listed('/v1/captures')
    expect(captures.filter(({ name }) => name === 'maison-durand.com')).toMatchObject([
      { state: 'won' },
    ])
    expect(captures.filter(({ name }) => name === 'maison-durand.net')).toMatchObject([
      { state: 'lost' },
    ])
    started.kill('SIGINT')
    expect([0, 130, 'SIGINT']).toContain(await started.ended)
    expect(started.output).not.toMatch(/ordered for/)
  })
})

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

const isOpen = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
