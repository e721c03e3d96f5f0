/**
 * Everything in one command: embedded PostgreSQL, the sandbox registry and the catcher as processes of their own, every
 * other role in this one, and the story told in the terminal.
 */
import { openSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Config } from '../src/config.ts'
import { type Label, parseLabel, unicodeOf } from '../src/domain/name.ts'
import { openLog } from '../src/log.ts'
import { openEmbeddedPostgres } from '../src/store/embedded.ts'
import { findOrderByReference } from '../src/store/orders.ts'
import { lastEventSeq } from '../src/store/outbox.ts'
import { createToken, hasTokens, revokeToken, SCOPES } from '../src/store/tokens.ts'
import { type Supervised, supervise } from './child.ts'
import { startCourier } from './courier.ts'
import { DEMO_PACK, demoLabelProblem, demoReference, placeDemoOrder } from './demo.ts'
import { type Installation, openInstallation } from './installation.ts'
import { narrate } from './narrator.ts'
import { paint } from './paint.ts'
import { configOrExit, exitWith, stopOnSignal } from './process.ts'
import { removeRunning, writeRunning } from './running-file.ts'
import { startScheduler } from './scheduler.ts'
import { startWatcher } from './watcher.ts'
import { startWeb } from './web.ts'

const DEFAULT_LABEL = 'maison-durand'
const say = (line = '') => process.stdout.write(`${line}\n`)

const USAGE = `usage: npm start -- [--label LABEL]

  --label LABEL   order the pack ${DEMO_PACK.title} for this label (default ${DEFAULT_LABEL}; sandbox only)`

/** What has to be undone at the end, last opened first. */
const openings: (() => Promise<unknown>)[] = []

async function closeAll(): Promise<void> {
  for (const close of openings.splice(0).reverse()) await close()
}

const config = configOrExit()
const label = labelOrExit()
try {
  await start(config, label)
} catch (fault) {
  await closeAll().catch(() => {})
  exitWith(fault)
}

function labelOrExit(): Label {
  try {
    const { values } = parseArgs({
      options: { label: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    })
    if (values.help) {
      say(USAGE)
      process.exit(0)
    }
    const read = parseLabel(values.label ?? DEFAULT_LABEL)
    const problem = read.ok ? demoLabelProblem(read.value) : read.problems[0]
    if (read.ok && !problem) return read.value
    process.stderr.write(`vigie: --label: ${problem?.message}\n`)
  } catch (fault) {
    process.stderr.write(`vigie: ${(fault as Error).message}\n${USAGE}\n`)
  }
  process.exit(2)
}

async function start(config: Config, label: Label): Promise<void> {
  await mkdir(config.home, { recursive: true })
  const logFile = join(config.home, 'vigie.log')
  const log = openLog(config.logLevel, logFile)
  const stderr = openSync(logFile, 'a')
  stopOnSignal(
    async () => {
      say(paint('dim', '\nStopping …'))
      await closeAll()
      say(paint('dim', 'Stopped. Nothing is lost: "npm start" goes on from here.'))
    },
    { withParent: false },
  )

  let databaseUrl = config.databaseUrl
  if (!databaseUrl) {
    say(paint('dim', 'Starting PostgreSQL …'))
    const postgres = await openEmbeddedPostgres(join(config.home, 'postgres'))
    openings.push(postgres.stop)
    databaseUrl = postgres.url
  }
  const env = {
    DATABASE_URL: databaseUrl,
    VIGIE_HOME: config.home,
    VIGIE_SANDBOX: config.sandboxFile,
  }
  const sandbox = config.registries === 'sandbox'
  if (sandbox) {
    const args = [
      '--state',
      dirname(config.sandboxFile),
      '--speed',
      'leap',
      '--label',
      label,
      '--with-parent',
    ]
    keep(await supervise({ file: 'sandbox', args, env: {}, log, stderr }))
  }
  const installation = await openInstallation(config, databaseUrl, log)
  openings.push(installation.close)
  const { db, listen } = installation

  const web = await startWeb(installation)
  const roles = [
    startWatcher(installation),
    await startCourier(installation),
    startScheduler(installation),
  ]
  openings.push(async () => {
    await Promise.all([web, ...roles].map((role) => role.stop()))
  })
  keep(await supervise({ file: 'run', args: ['catcher'], env, log, stderr }))
  const { redisUrl, registries, sandboxFile } = config
  await writeRunning(config.home, {
    pid: process.pid,
    url: web.url,
    databaseUrl,
    redisUrl,
    registries,
    sandboxFile,
  })
  openings.push(() => removeRunning(config.home))

  const newcomer = !(await hasTokens(db))
  const token = newcomer ? await giveToken(installation, 'first start') : null
  const seq = await lastEventSeq(db)
  welcome(config, web.url, token?.secret ?? null)
  const known = sandbox && (await findOrderByReference(db, demoReference(label)))
  if (known) say(`Going on where it stopped: the order for “${unicodeOf(label)}” stands.`)
  if (sandbox && !known) tellWhatComes(label)
  say()
  openings.push(await narrate({ db, listen, log }, seq, say))
  if (sandbox && !known) await orderAsCustomer(installation, web.url, label, token)

  function keep({ child }: { child: Supervised }): void {
    openings.push(child.stop)
  }
}

type NewToken = Awaited<ReturnType<typeof createToken>>

function giveToken({ db, registries }: Installation, name: string): Promise<NewToken> {
  return createToken(db, { name, scopes: SCOPES, now: registries.clock.now() })
}

/** Places the demonstration's order with a token that is good for nothing else, unless there is one at hand. */
async function orderAsCustomer(
  installation: Installation,
  url: string,
  label: Label,
  token: NewToken | null,
): Promise<void> {
  const used = token ?? (await giveToken(installation, `order for ${label}`))
  await placeDemoOrder(url, used.secret, label)
  if (!token) await revokeToken(installation.db, used.id, installation.registries.clock.now())
}

function welcome(config: Config, url: string, secret: string | null): void {
  const strong = (text: string) => paint('bold', text)
  say()
  say(
    `${strong('Vigie')} watches names that somebody else holds, and registers them the moment they drop.`,
  )
  say()
  say(`  Dashboard   ${strong(url)}`)
  say(`  API         ${url}/openapi.json`)
  if (secret) say(`  API token   ${secret}  ${paint('dim', '(shown once)')}`)
  if (config.registries === 'sandbox') {
    say(
      `  Registries  ${strong('the sandbox')}: real protocols on loopback, a clock that leaps over dull days`,
    )
    say(`  Going live  VIGIE_REGISTRIES=live with your accreditations; the README says how`)
  } else {
    say(`  Registries  ${strong('live')}`)
  }
  say(`  Log         ${join(config.home, 'vigie.log')}`)
  say()
}

function tellWhatComes(label: Label): void {
  const name = unicodeOf(label)
  say(
    `An order is placed by itself: ${DEMO_PACK.title}, for “${name}”. Some extensions are free and registered,`,
  )
  say(
    `${name}.org is already held here by the same customer, the others are held by somebody else and watched.`,
  )
  say(
    'In the next minute or so: one watched name is deleted, drops and is caught, one is restored by its holder,',
  )
  say(
    'one is lost to a rival. The times below are the sandbox’s own. Ctrl-C stops; nothing is lost.',
  )
}
