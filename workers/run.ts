/**
 * Processes: the only code that reads the configuration, opens connections, wires, and exits. `run.ts ROLE` is one line
 * of the Procfile; `all.ts` runs every role for somebody who has nothing but Node.
 */
import { openLog } from '../src/log.ts'
import { startCatcher } from './catcher.ts'
import { startCourier } from './courier.ts'
import { type Installation, openInstallation, type Running } from './installation.ts'
import { configOrExit, exitWith, stopOnSignal } from './process.ts'
import { startScheduler } from './scheduler.ts'
import { startWatcher } from './watcher.ts'
import { startWeb } from './web.ts'

const ROLES: Readonly<Record<string, (installation: Installation) => Running | Promise<Running>>> =
  {
    web: startWeb,
    scheduler: startScheduler,
    watcher: startWatcher,
    catcher: startCatcher,
    courier: startCourier,
  }

const role = process.argv[2] ?? ''
const start = ROLES[role]
if (!start) {
  process.stderr.write(`vigie: usage: run ${Object.keys(ROLES).join(' | ')}.\n`)
  process.exit(2)
}
const config = configOrExit()
if (!config.databaseUrl) {
  process.stderr.write(
    'vigie: set DATABASE_URL to run the roles one by one; "npm start" runs them all on an embedded PostgreSQL.\n',
  )
  process.exit(2)
}
try {
  const log = openLog(config.logLevel).child({ role })
  const installation = await openInstallation(config, config.databaseUrl, log)
  const running = await start(installation)
  stopOnSignal(
    async () => {
      await running.stop()
      await installation.close()
    },
    { withParent: process.send !== undefined },
  )
  log.info('started')
  process.send?.({ started: role })
} catch (fault) {
  exitWith(fault)
}
