import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { Ready } from '../../src/sandbox/ready.ts'
import { saveContact } from '../../src/store/contacts.ts'
import { openSealer } from '../../src/store/seal.ts'
import { eventually, spawnVigie, vigie } from '../support/command-line.ts'
import { openEmptyDatabase, openTestDatabase, type TestDatabase } from '../support/database.ts'
import { openTemporaryFolder } from '../support/temporary.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

describe('vigie', () => {
  it('tells wrong usage with the field and the rule, and exits with 2', async () => {
    const said = await Promise.all(
      [
        ['ordre', '-'],
        ['watch', 'pause', '17'],
        ['captures', 'list', '--from', 'yesterday'],
        ['stop', 'planet:mars', '--reason', 'x'],
      ].map((args) => vigie(args)),
    )
    expect(said.map(({ status, stdout }) => [status, stdout])).toEqual(said.map(() => [2, '']))
    expect(said[0]?.stderr).toMatch(/unknown command 'ordre'.*Did you mean order\?/s)
    expect(said[1]?.stderr).toMatch(/'17' is invalid for argument 'id'.*UUID/)
    expect(said[2]?.stderr).toMatch(/--from.*'yesterday'.*RFC 3339/)
    expect(said[3]?.stderr).toMatch(/'scope'.*registry, extension/)
  })

  it('says how to start what is not running, also when a dead process left its file', async () => {
    const { status, stdout, stderr } = await vigie(['watch', 'list'], {
      VIGIE_HOME: await homeOf({ pid: NO_PID }),
    })
    expect({ status, stdout, stderr }).toEqual({
      status: 1,
      stdout: '',
      stderr: 'vigie: Vigie is not running here: start it with npm start, or set DATABASE_URL.\n',
    })
  })

  it('finds what runs in its home folder', async () => {
    const { status, stderr } = await vigie(['forecast', 'never.com'], {
      VIGIE_HOME: await homeOf({ pid: process.pid }),
    })
    expect(status).toBe(1)
    expect(stderr).toContain('never.com was never watched')
  })

  it('says what is wrong with a database that is away or empty, never the password', async () => {
    const empty = await openEmptyDatabase()
    const [away, bare] = await Promise.all([
      vigie(['token', 'list'], { DATABASE_URL: 'postgres://u:hidden@127.0.0.1:1/x' }),
      vigie(['token', 'list'], { DATABASE_URL: empty.url }),
    ])
    await empty.close()
    expect([away.status, bare.status]).toEqual([1, 1])
    expect(away.stderr).toMatch(/^vigie: PostgreSQL at 127\.0\.0\.1:1\/x: .*ECONNREFUSED/)
    expect(away.stderr).not.toContain('hidden')
    expect(bare.stderr).toMatch(/^vigie: The database has 0 of Vigie’s \d+ migrations/)
  })

  it('ends quietly when its reader has seen enough', async () => {
    const child = spawnVigie(['read'], {})
    const messages: Buffer[] = []
    child.stderr.on('data', (chunk) => messages.push(chunk))
    child.stdin.on('error', () => {})
    const line = JSON.stringify({ id: 1, source: 'whois', name: 'a.com', body: 'No match' })
    child.stdin.end(`${line}\n`.repeat(20_000))
    await once(child.stdout, 'data')
    child.stdout.destroy()
    const [status] = await once(child, 'close')
    expect([status, Buffer.concat(messages).toString()]).toEqual([0, ''])
  })

  it('judges recorded answers', async () => {
    const line = JSON.stringify({
      id: 1,
      source: 'whois',
      name: 'a.com',
      body: 'No match for A.COM',
    })
    const { status, json } = await vigie(['read'], {}, `${line}\nnonsense\n`)
    expect(status).toBe(1)
    expect(json).toEqual([
      expect.objectContaining({ id: 1, state: 'free' }),
      { id: null, error: expect.any(String) },
    ])
  })
})

describe('vigie beside a sandbox', () => {
  const key = Buffer.alloc(32, 7)
  beforeAll(() =>
    saveContact(database.db, {
      nicHandle: 'ab12345',
      sealed: openSealer(key).seal('{}'),
      country: 'FR',
      citizenship: null,
      updatedAt: new Date(),
    }),
  )

  it('runs one alone, probes it without an installation, and finds nothing wrong with one', async () => {
    const { path, remove } = await openTemporaryFolder()
    const child = spawnVigie(['sandbox', '--state', path, '--seed', '4'], {})
    onTestFinished(async () => {
      child.kill('SIGKILL')
      await remove()
    })
    const printed: string[] = []
    child.stdout.setEncoding('utf8').on('data', (chunk) => printed.push(chunk))
    await eventually(async () => printed.join('').endsWith('\n'))
    const ready: Ready = JSON.parse(printed.join(''))
    const free = ready.names.free.find((name) => name.endsWith('.com'))!
    const held = ready.names.active.find((name) => name.endsWith('.be'))!
    const server = (port: number) => `127.0.0.1:${port}`
    const env = {
      DATABASE_URL: database.url,
      VIGIE_SANDBOX: join(path, 'ready.json'),
      VIGIE_SECRET_KEY: key.toString('base64'),
    }
    const [rdap, text, epp, doctor] = await Promise.all([
      vigie(['probe', free, '--rdap-base', ready.rdap]),
      vigie([
        ...['probe', held, '--whois-server', server(ready.whois)],
        ...['--das-server', server(ready.das), '--dns-server', server(ready.dns)],
      ]),
      vigie(['probe', '--source', 'epp', held], env),
      vigie(['doctor', '--json'], env),
    ])
    expect(rdap.json).toEqual([expect.objectContaining({ name: free, kind: 'absent' })])
    expect(text.json.map(({ source, kind }) => [source, kind])).toEqual([
      ['whois', 'registered'],
      ['das', 'registered'],
      ['dns', 'delegated'],
    ])
    expect(epp.json).toEqual([
      expect.objectContaining({ source: 'epp', host: 'epp:dnsBelgium', kind: 'registered' }),
    ])
    expect(doctor.json.filter(({ ok }) => !ok)).toEqual([])
    expect(doctor.status).toBe(0)

    child.kill('SIGTERM')
    const [status] = await once(child, 'close')
    expect(status).toBe(0)
    expect(printed.join('').split('\n')).toHaveLength(2)
  })

  it('says what is wrong with an installation, and how to mend it', async () => {
    const env = {
      DATABASE_URL: database.url,
      VIGIE_SECRET_KEY: Buffer.alloc(32, 8).toString('base64'),
    }
    const { status, json } = await vigie(['doctor', '--json'], env)
    expect(status).toBe(1)
    const wrong = json.filter(({ ok }) => !ok)
    expect(wrong.map(({ check }) => check)).toEqual(['secret key', 'sandbox'])
    for (const { remedy } of wrong) expect(remedy).toMatch(/./)
  })

  it('fails when a look brought no answer, and asks nobody it was not told of', async () => {
    const [silent, nowhere] = await Promise.all([
      vigie(['probe', 'a.com', '--rdap-base', 'http://127.0.0.1:1/']),
      vigie(['probe', 'a.com']),
    ])
    expect(silent.json).toEqual([
      expect.objectContaining({ kind: 'undetermined', reason: 'connection refused' }),
    ])
    expect([silent.status, silent.stderr]).toEqual([1, 'vigie: 1 look brought no answer.\n'])
    expect([nowhere.status, nowhere.stdout]).toEqual([2, ''])
    expect(nowhere.stderr).toContain('VIGIE_REGISTRIES=live')
  })
})

/** Above the most that Linux gives. */
const NO_PID = 2 ** 22 + 1

/** A home folder in which a process says that it runs the installation, for one test. */
async function homeOf({ pid }: { pid: number }): Promise<string> {
  const { path, remove } = await openTemporaryFolder()
  onTestFinished(remove)
  const running = {
    pid,
    url: 'http://localhost:1',
    databaseUrl: database.url,
    redisUrl: null,
    registries: 'sandbox',
    sandboxFile: join(path, 'sandbox', 'ready.json'),
  }
  await writeFile(join(path, 'running.json'), JSON.stringify(running))
  return path
}
