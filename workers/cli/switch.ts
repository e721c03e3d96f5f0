import { userInfo } from 'node:os'
import { scopeWords } from '../../src/events/words.ts'
import { setSwitch } from '../../src/store/switches.ts'
import { withInstallation } from './here.ts'
import { print, printJson } from './output.ts'

export type SwitchOptions = { reason: string; json?: true }

/** Stops creates, or lets them go again. Every create reads the switches before it leaves. */
export const runSwitch = (
  scope: string,
  stopped: boolean,
  { reason, json }: SwitchOptions,
): Promise<void> =>
  withInstallation(async ({ db, clock }) => {
    const set = { scope, stopped, reason, by: `command line (${userName()})`, at: clock.now() }
    await setSwitch(db, set)
    if (json) return printJson(set)
    await print(`${stopped ? 'Stopped' : 'Let go'}: ${scopeWords(scope)}.`)
  })

/** Containers may run as a user without a name. */
function userName(): string {
  try {
    return userInfo().username
  } catch {
    return `user ${process.getuid?.() ?? 'unknown'}`
  }
}
