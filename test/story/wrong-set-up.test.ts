import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { freePort } from '../../src/store/free-port.ts'
import { openTestDatabase, type TestDatabase } from '../support/database.ts'
import { runProcess } from '../support/processes.ts'
import { spawnSandbox } from '../support/sandbox.ts'
import { openTemporaryFolder } from '../support/temporary.ts'

type Environment = Record<string, string>

describe('a wrong set-up ends the process with its exit status and a clear sentence', {
  timeout: 90_000,
}, () => {
  let folder: Awaited<ReturnType<typeof openTemporaryFolder>>
  let database: TestDatabase
  let closed: number
  beforeAll(async () => {
    folder = await openTemporaryFolder()
    database = await openTestDatabase()
    closed = await freePort()
  })
  afterAll(async () => {
    await database.close()
    await folder.remove()
  })

  /** Runs to its end. @returns its exit status and its sentences, each of which says who speaks and comes without a stack. */
  async function run(args: readonly string[], env: Environment) {
    const usual = { VIGIE_HOME: join(folder.path, 'home'), VIGIE_LOG_LEVEL: 'error', PORT: '0' }
    const { ending, output, messages } = await runProcess(args, { ...usual, ...env })
    expect(messages).not.toMatch(/^\s+at /m)
    const sentences = messages.trimEnd().split('\n')
    for (const sentence of sentences) expect(sentence).toMatch(/^vigie: .+[.?]$/)
    return { status: ending, sentences: sentences.map((told) => told.slice(7)), output }
  }
  const runRole = (role: string, env: Environment = {}) =>
    run(['workers/run.ts', role], { DATABASE_URL: database.url, ...env })

  it('says that nothing listens where the database should be', async () => {
    const url = `postgres://vigie:open-sesame@127.0.0.1:${closed}/vigie`
    const { status, sentences } = await runRole('watcher', { DATABASE_URL: url })
    expect(status).toBe(1)
    expect(sentences).toEqual([
      `PostgreSQL at 127.0.0.1:${closed}, database vigie: nothing listens there (ECONNREFUSED).`,
    ])
  })

  it('says that there is no such database', async () => {
    const url = new URL(database.url)
    url.pathname = '/nowhere'
    const { status, sentences } = await runRole('catcher', { DATABASE_URL: url.href })
    expect(status).toBe(1)
    expect(sentences).toEqual([
      `PostgreSQL at ${url.host}, database nowhere: there is no such database (3D000).`,
    ])
  })

  it('says that nothing listens where Redis should be, and that a port is in use', async () => {
    await spawnSandbox(['--state', join(folder.path, 'sandbox')])
    const server = createServer()
    const port = await new Promise<number>((resolve) =>
      server.listen(0, '127.0.0.1', () => {
        const address = server.address()
        resolve(typeof address === 'object' && address ? address.port : 0)
      }),
    )
    onTestFinished(() => {
      server.close()
    })
    const sandbox = { VIGIE_SANDBOX: join(folder.path, 'sandbox', 'ready.json') }
    const [redisless, portless] = await Promise.all([
      runRole('scheduler', { ...sandbox, REDIS_URL: `redis://127.0.0.1:${closed}` }),
      runRole('web', { ...sandbox, PORT: String(port) }),
    ])
    expect(redisless.status).toBe(1)
    expect(redisless.sentences).toEqual([
      `Redis for the queues at 127.0.0.1:${closed}: nothing listens there.`,
    ])
    expect(portless.status).toBe(1)
    expect(portless.sentences).toEqual([
      `Port ${port} on 127.0.0.1 is in use. Set PORT to another one, or to 0 for any free one.`,
    ])
  })

  it.each([
    ['is not there', null],
    ['is no ready line', '{"epp":{}}'],
    ['tells of one that is gone', 'stale'],
  ])('says that no sandbox runs when its file %s', async (_, content) => {
    const file = join(folder.path, 'no-sandbox.json')
    if (content !== null) await writeFile(file, content === 'stale' ? stale(closed) : content)
    const { status, sentences } = await runRole('watcher', { VIGIE_SANDBOX: file })
    expect(status).toBe(1)
    expect(sentences).toHaveLength(1)
    expect(sentences[0]).toContain(`No sandbox answers at ${file}. Start one with`)
  })

  it('names every variable that is unknown or malformed, and repeats no value', async () => {
    const { status, sentences } = await runRole('web', {
      VIGIE_REGISTRY: 'live',
      DATABASE_URL: 'my-database',
      PORT: 'http',
      VIGIE_SECRET_KEY: 'open-sesame',
    })
    expect(status).toBe(2)
    expect(sentences).toEqual([
      'VIGIE_REGISTRY is not a variable that Vigie knows. Did you mean VIGIE_REGISTRAR?',
      'DATABASE_URL must be an address such as postgres://user:password@host:5432/vigie.',
      'PORT must be a whole number from 0 to 65535.',
      'VIGIE_SECRET_KEY must be 32 octets in base64, as `openssl rand -base64 32` prints.',
    ])
  })

  it('asks for a database when one role is started alone', async () => {
    const { status, sentences } = await run(['workers/run.ts', 'catcher'], {})
    expect(status).toBe(2)
    expect(sentences[0]).toMatch(/^set DATABASE_URL to run the roles one by one/)
  })

  it('names the roles when it is asked for another', async () => {
    const { status, sentences } = await runRole('barber')
    expect(status).toBe(2)
    expect(sentences).toEqual(['usage: run web | scheduler | watcher | catcher | courier.'])
  })

  it.each(['-x', '🚀'])('refuses the label "%s" and changes nothing', async (label) => {
    const { status, sentences, output } = await run(['workers/all.ts', `--label=${label}`], {})
    expect(status).toBe(2)
    expect(sentences[0]).toMatch(/^--label: /)
    expect(output).toBe('')
  })

  it('says which file of accreditations cannot be used', async () => {
    const file = join(folder.path, 'accreditations.json')
    await writeFile(file, '[{"registry":"pirate"}]')
    const { status, sentences } = await runRole('catcher', {
      VIGIE_REGISTRIES: 'live',
      VIGIE_ACCREDITATIONS: file,
    })
    expect(status).toBe(1)
    expect(sentences[0]).toMatch(/accreditations\.json cannot be used: 0\.registry: /)
  })
})

/** What a sandbox left that was killed: nothing listens at these ports any more. */
const stale = (port: number): string => {
  const registries = [
    'verisign',
    'pir',
    'identityDigital',
    'godaddy',
    'afnic',
    'eurid',
    'dnsBelgium',
  ]
  const origin = `http://127.0.0.1:${port}`
  return JSON.stringify({
    epp: Object.fromEntries(registries.map((registry) => [registry, port])),
    rdap: `${origin}/`,
    bootstrap: `${origin}/bootstrap.json`,
    clock: `${origin}/clock`,
    whois: port,
    das: port,
    dns: port,
    ca: '/dev/null',
    accounts: [{ id: 'vigie', pw: 'open-sesame' }],
    names: {},
  })
}
