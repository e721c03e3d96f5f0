import { readdirSync, readFileSync, statSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { connect as connectTls } from 'node:tls'
import { describe, expect, it, onTestFinished } from 'vitest'
import { REGISTRIES } from '../../src/domain/policy/policy.ts'
import { encodeFrame, FrameReader } from '../../src/epp/frame.ts'
import { readWishes } from '../../workers/sandbox.ts'
import { openSandbox, spawnSandbox } from '../support/sandbox.ts'
import { openTemporaryFolder } from '../support/temporary.ts'

async function temporaryFolder() {
  const { path, remove } = await openTemporaryFolder()
  onTestFinished(remove)
  return path
}

/** Sends frames one after the other, each once the one before was answered. @returns greeting and answers. */
async function eppTalk(port: number, ca: string, frames: readonly string[]): Promise<string[]> {
  const socket = connectTls({
    host: '127.0.0.1',
    port,
    servername: 'localhost',
    ca: readFileSync(ca),
  })
  const reader = new FrameReader(1024 * 1024)
  const answers: string[] = []
  for await (const chunk of socket) {
    for (const answer of reader.push(chunk as Buffer)) {
      answers.push(answer)
      const next = frames[answers.length - 1]
      if (next) socket.write(encodeFrame(next))
      else socket.end()
    }
  }
  return answers
}

const epp = (command: string) =>
  `<?xml version="1.0" encoding="UTF-8"?><epp xmlns="urn:ietf:params:xml:ns:epp-1.0"><command>${command}<clTRID>t-1</clTRID></command></epp>`
const login = (pw: string) =>
  epp(
    `<login><clID>vigie</clID><pw>${pw}</pw><options><version>1.0</version><lang>en</lang></options><svcs><objURI>urn:ietf:params:xml:ns:domain-1.0</objURI></svcs></login>`,
  )
const create = (name: string) =>
  epp(
    `<create><domain:create xmlns:domain="urn:ietf:params:xml:ns:domain-1.0"><domain:name>${name}</domain:name><domain:authInfo><domain:pw>open-sesame</domain:pw></domain:authInfo></domain:create></create>`,
  )

async function whois(port: number, question: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.write(`${question}\r\n`)
  return text(socket)
}

describe('a sandbox', () => {
  it('speaks every protocol on loopback and says of a created name that it is registered', async () => {
    const { ready } = await openSandbox()
    const { pw } = ready.accounts[0]!
    for (const registry of REGISTRIES) {
      const [greeting, answer] = await eppTalk(ready.epp[registry], ready.ca, [login(pw)])
      expect(greeting).toContain('<greeting')
      expect(answer).toContain('code="1000"')
    }
    const [, , created] = await eppTalk(ready.epp.pir, ready.ca, [login(pw), create('x-ray.org')])
    expect(created).toContain('code="1000"')
    expect(await whois(ready.whois, 'x-ray.org')).toMatch(/Domain Name: x-ray\.org/i)
    const services = (await (await fetch(ready.bootstrap)).json()) as {
      services: [string[], string[]][]
    }
    const [base] = services.services.find(([tlds]) => tlds.includes('org'))![1]
    for (const url of [base, ready.rdap, `${ready.rdap}/`]) {
      const answer = await fetch(`${url}domain/x-ray.org`)
      expect(await answer.json()).toMatchObject({ objectClassName: 'domain', ldhName: 'x-ray.org' })
    }
    expect((await fetch(`${ready.rdap}domain/vent-debout.org`)).status).toBe(404)
  })

  it('records what it receives, without the passwords', async () => {
    const recordDir = join(await temporaryFolder(), 'frames')
    const { ready } = await openSandbox({ recordDir })
    const { pw } = ready.accounts[0]!
    await eppTalk(ready.epp.pir, ready.ca, [login(pw), create('x-ray.org')])
    const files = readdirSync(recordDir).sort()
    expect(files).toEqual(['0001-pir.xml', '0002-pir.xml'])
    const frames = files.map((file) => readFileSync(join(recordDir, file), 'utf8'))
    expect(frames[0]).toContain('<clID>vigie</clID>')
    expect(frames.join()).not.toMatch(new RegExp(`${pw}|open-sesame`))
  })

  it('lists the names of its world by where they stand', async () => {
    const { ready, engine } = await openSandbox()
    expect(ready.names).toEqual(
      Object.fromEntries(
        ['free', 'active', 'redemption', 'pendingDelete', 'quarantine', 'reserved'].map((state) => [
          state,
          engine.world.names[state as keyof typeof ready.names],
        ]),
      ),
    )
    for (const names of Object.values(ready.names)) expect(names.length).toBeGreaterThan(0)
  })

  it('tells the stories of its label', async () => {
    const { engine } = await openSandbox({ label: 'alizes', now: '2027-01-11T09:00:00Z' })
    expect(engine.standing('alizes.fr' as never)).toMatchObject({
      kind: 'registered',
      domain: { stage: 'redemption', sponsor: 'terre-neuve' },
    })
  })
})

describe('vigie sandbox', () => {
  it('prints one line, keeps it in its folder, and ends with 0 at SIGTERM', async () => {
    const state = await temporaryFolder()
    const { ready, stop } = await spawnSandbox(['--state', state, '--now', '2027-01-11T09:00:00Z'])
    expect(Object.keys(ready).slice(0, 9)).toEqual([
      'epp',
      'rdap',
      'bootstrap',
      'whois',
      'das',
      'dns',
      'ca',
      'accounts',
      'names',
    ])
    expect(JSON.parse(readFileSync(join(state, 'ready.json'), 'utf8'))).toEqual(ready)
    expect(statSync(join(state, 'server-key.pem')).mode & 0o777).toBe(0o600)
    const anchor = (await (await fetch(ready.clock)).json()) as { atMs: number; speed: number }
    expect(anchor).toMatchObject({ atMs: Date.parse('2027-01-11T09:00:00Z'), speed: 1 })
    expect(await stop('SIGTERM')).toEqual({ status: 0, rest: '' })
  })

  it('goes on after a kill with what it had answered, at the time and on the ports it had', async () => {
    const state = await temporaryFolder()
    const args = ['--state', state, '--now', '2027-01-11T09:00:00Z']
    const first = await spawnSandbox(args)
    const { pw } = first.ready.accounts[0]!
    const [, , created] = await eppTalk(first.ready.epp.pir, first.ready.ca, [
      login(pw),
      create('x-ray.org'),
    ])
    expect(created).toContain('code="1000"')
    await first.stop('SIGKILL')

    const second = await spawnSandbox(args)
    expect(second.ready).toEqual(first.ready)
    expect(await whois(second.ready.whois, 'x-ray.org')).toMatch(/Creation Date: 2027-01-11T09:00/)
    const { atMs } = (await (await fetch(second.ready.clock)).json()) as { atMs: number }
    expect(atMs - Date.parse('2027-01-11T09:00:00Z')).toBeLessThan(60_000)
    expect(await second.stop('SIGINT')).toEqual({ status: 0, rest: '' })
  })

  it('refuses a folder that another one lives in', async () => {
    const state = await temporaryFolder()
    await spawnSandbox(['--state', state])
    await expect(spawnSandbox(['--state', state])).rejects.toThrow(
      `ended with 1: vigie: Another sandbox lives in ${state}`,
    )
  })

  it('answers wrong usage with status 2 and the reason', async () => {
    await expect(spawnSandbox(['--sped', '2'])).rejects.toThrow(
      "ended with 2: vigie: Unknown option '--sped'",
    )
  })

  it.each([
    [{ speed: 'fast' }, '--speed fast: neither a number above 0 nor "leap"'],
    [{ speed: '0' }, '--speed 0: neither a number above 0 nor "leap"'],
    [{ now: 'today' }, '--now today: not an instant'],
    [{ seed: '1.5' }, '--seed 1.5: not a whole number'],
    [{ label: 'a.b' }, '--label a.b: The label holds a dot'],
    [{ world: '/nowhere.json' }, 'World file /nowhere.json: ENOENT'],
  ])('refuses %j with the reason', (given, reason) => {
    expect(() => readWishes(given)).toThrow(reason)
  })

  it('takes an instant, a seed, a speed and a label', () => {
    const wishes = readWishes({ now: '2027-01-11', seed: '-4', speed: 'leap', label: 'Été' })
    expect(wishes).toMatchObject({ speed: 'leap', label: 'xn--t-9fab', recordDir: null })
    expect(wishes.world).toMatchObject({ seed: -4, startAt: new Date('2027-01-11T00:00:00Z') })
  })
})
