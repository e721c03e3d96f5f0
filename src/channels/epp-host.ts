import type { Command, Extensions } from '../epp/command.ts'
import { checkHosts, createHost } from '../epp/host-command.ts'
import { readObjectCheck } from '../epp/object-response.ts'
import type { Response } from '../epp/response.ts'
import { isSuccess } from '../epp/result-code.ts'
import type { Exchange } from './channel.ts'

/**
 * Makes host objects of name servers that the registry does not know, since a create that names an unknown one is
 * refused (2303). Hosts inside the registry's own zones want addresses and are not for us to make.
 * @returns what could not be made, and why; empty when all is well.
 */
export async function ensureHosts(
  names: readonly string[],
  extensions: Extensions,
  send: (command: Command) => Promise<{ exchange: Exchange; answer: Response | null }>,
): Promise<string[]> {
  if (names.length === 0) return []
  const check = await send(checkHosts(names, extensions))
  if (!check.answer || !isSuccess(check.answer.code))
    return [`hosts not checked: ${check.exchange.message}`]
  const faults: string[] = []
  for (const [name, unknown] of readObjectCheck(check.answer)) {
    if (!unknown) continue
    const { exchange, answer } = await send(createHost(name, [], extensions))
    const made = answer !== null && (isSuccess(answer.code) || answer.code === 2302)
    if (!made) faults.push(`${name}: ${exchange.message}`)
  }
  return faults
}
