import { expect, test } from 'vitest'
import { readConfig } from '../src/config.ts'

const configOf = (env: NodeJS.ProcessEnv) => {
  const read = readConfig(env)
  if (!read.ok) throw new Error(read.problems.map((problem) => problem.message).join(' '))
  return read.value
}
const problemsOf = (env: NodeJS.ProcessEnv) => {
  const read = readConfig(env)
  return read.ok ? [] : read.problems
}

test('an empty environment means the sandbox on loopback, with everything embedded', () => {
  expect(configOf({ HOME: '/home/somebody' })).toEqual({
    home: `${process.cwd()}/.vigie`,
    databaseUrl: null,
    redisUrl: null,
    registries: 'sandbox',
    host: '127.0.0.1',
    port: 8080,
    logLevel: 'info',
    secretKey: null,
    sandboxFile: `${process.cwd()}/.vigie/sandbox/ready.json`,
    accreditationsFile: null,
    priceCeilingCents: 5000,
    nameServers: [],
    acceptedTerms: [],
    registrarName: 'Vigie Registrar',
  })
})

test('every variable is read into its type', () => {
  const key = Buffer.alloc(32, 7)
  const config = configOf({
    DATABASE_URL: 'postgres://u:p@db.example:5433/vigie',
    REDIS_URL: 'rediss://cache.example:6380',
    VIGIE_HOME: '/var/lib/there',
    VIGIE_REGISTRIES: 'live',
    VIGIE_HOST: '::',
    PORT: '9000',
    VIGIE_LOG_LEVEL: 'debug',
    VIGIE_SECRET_KEY: key.toString('base64'),
    VIGIE_ACCREDITATIONS: '/etc/vigie/accreditations.json',
    VIGIE_PRICE_CEILING_CENTS: '1200',
    VIGIE_NAME_SERVERS: 'ns1.example.net, NS2.example.net',
    VIGIE_WHOIS_TERMS: 'fr be',
    VIGIE_REGISTRAR: 'Example SAS',
  })
  expect(config).toMatchObject({
    databaseUrl: 'postgres://u:p@db.example:5433/vigie',
    redisUrl: 'rediss://cache.example:6380',
    registries: 'live',
    host: '::',
    port: 9000,
    logLevel: 'debug',
    sandboxFile: '/var/lib/there/sandbox/ready.json',
    accreditationsFile: '/etc/vigie/accreditations.json',
    priceCeilingCents: 1200,
    nameServers: ['ns1.example.net', 'ns2.example.net'],
    acceptedTerms: ['fr', 'be'],
    registrarName: 'Example SAS',
  })
  expect(config.secretKey?.equals(key)).toBe(true)
})

test('the configuration cannot be changed', () => {
  const config = configOf({})
  expect(Object.isFrozen(config)).toBe(true)
  expect(Object.isFrozen(config.nameServers)).toBe(true)
})

test('VIGIE_PORT goes before PORT', () => {
  expect(configOf({ PORT: '9000', VIGIE_PORT: '9001' }).port).toBe(9001)
})

test('an empty variable counts as absent', () => {
  expect(configOf({ DATABASE_URL: '', VIGIE_PORT: ' ' })).toMatchObject({
    databaseUrl: null,
    port: 8080,
  })
})

test('an unknown variable is named, with the one that was meant', () => {
  expect(problemsOf({ VIGIE_REGISTERIES: 'live' })).toEqual([
    {
      field: 'VIGIE_REGISTERIES',
      rule: 'unknown-variable',
      message:
        'VIGIE_REGISTERIES is not a variable that Vigie knows. Did you mean VIGIE_REGISTRIES?',
    },
  ])
  expect(problemsOf({ VIGIE_WEATHER_STATION: 'x' })[0]?.message).not.toContain('Did you mean')
})

test('all problems are told at once', () => {
  const fields = problemsOf({ VIGIE_COLOUR: 'red', VIGIE_PORT: 'x', PORT: '70000' })
  expect(fields.map((problem) => problem.field)).toEqual(['VIGIE_COLOUR', 'PORT', 'VIGIE_PORT'])
})

test.each([
  ['DATABASE_URL', 'localhost:5432', 'must be an address such as postgres://'],
  ['DATABASE_URL', 'mysql://user:hunter2@host/db', 'must be an address such as postgres://'],
  ['REDIS_URL', 'http://host', 'must be an address such as redis://'],
  ['VIGIE_PORT', '65536', 'must be a whole number from 0 to 65535'],
  ['VIGIE_PORT', '80.5', 'must be a whole number from 0 to 65535'],
  ['VIGIE_REGISTRIES', 'production', 'must be one of sandbox, live'],
  ['VIGIE_SECRET_KEY', 'c2hvcnQ=', 'must be 32 octets in base64'],
  ['VIGIE_NAME_SERVERS', 'ns1.example.net 10.0.0.1', 'must list host names'],
  ['VIGIE_WHOIS_TERMS', 'fr,de', 'must be one of com, net'],
  ['VIGIE_LOG_LEVEL', 'loud', 'must be one of fatal, error'],
  ['VIGIE_HOST', 'two hosts', 'must be a host name or an IP address'],
])('%s=%s is refused by name and rule, without its value', (name, value, rule) => {
  const [problem] = problemsOf({ [name]: value })
  expect(problem).toMatchObject({ field: name, rule: 'malformed-value' })
  expect(problem?.message).toContain(`${name} ${rule}`)
  expect(problem?.message).not.toContain(value)
})
