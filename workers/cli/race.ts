import {
  CAPTURE_WORDS,
  euroWords,
  outcomeWords,
  REGISTRY_WORDS,
} from '../../src/dashboard/words.ts'
import { unicodeOf } from '../../src/domain/name.ts'
import { resultText } from '../../src/epp/result-code.ts'
import { describeEvent } from '../../src/events/describe.ts'
import { gapWords, spanWords } from '../../src/events/time-words.ts'
import type { AttemptRow } from '../../src/store/attempts.ts'
import type { ListedCapture } from '../../src/store/capture-list.ts'
import type { CapturePage } from '../../src/store/capture-page.ts'
import { type Column, print, printFacts, printTable } from './output.ts'

const ATTEMPTS: readonly Column<AttemptRow>[] = [
  ['COMMAND', ({ command }) => command],
  ['PLANNED (UTC)', ({ plannedAt }) => exactWords(plannedAt)],
  ['SENT', ({ sentAt }) => (sentAt ? timeWords(sentAt) : 'not sent')],
  ['ANSWERED', ({ sentAt, answeredAt }) => answeredWords(sentAt, answeredAt)],
  ['CODE', ({ code }) => String(code ?? '')],
  ['TEXT', ({ code, message }) => message || (code ? resultText(code) : '')],
  ['OUTCOME', ({ outcome }) => outcome ?? ''],
  ['CLOCK', ({ offsetMs, offsetUncertaintyMs }) => offsetWords(offsetMs, offsetUncertaintyMs)],
  ['CLTRID', ({ clTRID }) => clTRID],
]

/** Prints the whole story of one race for people: what was planned, every command, how it ended and why. */
export async function printRace(page: CapturePage): Promise<void> {
  const { capture, attempts, events, beneficiary } = page
  const { state, registry, accreditation, windowFrom, windowTo, shots, rival } = capture
  const how = outcomeWords(listedOf(page))
  await print(`${unicodeOf(capture.name)}: ${CAPTURE_WORDS[state].words}${how && `, ${how}`}`)
  if (capture.explanation) await print(capture.explanation)
  await print()
  await printFacts([
    ['id', capture.id],
    ['registry', `${REGISTRY_WORDS[registry]}, as ${accreditation}`],
    ['registration', `${capture.registrationKey}, the one that ends`],
    ['window', spanWords(windowFrom, windowTo)],
    ['shots', shots.length > 0 ? `${shots.length} planned` : 'none planned'],
    ['armed', whenWords(capture.armedAt)],
    ['finalised', whenWords(capture.finalisedAt)],
    ['fired', whenWords(capture.firedAt)],
    ['decided', whenWords(capture.decidedAt)],
    ['settled', whenWords(capture.settledAt)],
    ['for', beneficiary && `${beneficiary.nicHandle}, order ${beneficiary.reference}`],
    ['price', capture.priceCents === null ? null : `${euroWords(capture.priceCents)} before tax`],
    ['reason', capture.reason],
    ['rival', rival],
    ['gap', gapOf(page)],
    ['created', whenWords(capture.newCreatedAt)],
    ['expires', whenWords(capture.newExpiresAt)],
  ])
  await printShots(shots)
  await print(attempts.length > 0 ? '\nCommands' : '\nNo command was sent.')
  await printTable(attempts, ATTEMPTS, '  ')
  await print('\nEvents')
  for (const event of events) {
    const { what, detail } = describeEvent(event)
    await print(`  ${exactWords(event.at)}  ${what}${detail && `. ${detail}`}`)
  }
}

const SHOTS_A_LINE = 8

/** Prints the planned instants of the volley, a few a line, each line under the day of its first. */
async function printShots(shots: readonly number[]): Promise<void> {
  const left = shots.map((at) => new Date(at).toISOString())
  if (left.length > 0) await print('\nShots (UTC)')
  while (left.length > 0) {
    const day = left[0]!.slice(0, 10)
    const ends = left.findIndex((at) => !at.startsWith(day))
    const line = left.splice(0, Math.min(SHOTS_A_LINE, ends === -1 ? left.length : ends))
    await print(`  ${day}  ${line.map((at) => at.slice(11, 23)).join('  ')}`)
  }
}

/** A capture of a page as the lists have it. */
export function listedOf({ capture, attempts, events }: CapturePage): ListedCapture {
  const won = events.find(({ type }) => type === 'capture.won')
  return {
    ...capture,
    creates: attempts.filter(({ command, sentAt }) => command === 'create' && sentAt).length,
    delayMs: won?.type === 'capture.won' ? won.data.delayMs : null,
  }
}

function gapOf({ capture: { gapFromMs, gapToMs } }: CapturePage): string | null {
  if (gapFromMs === null || gapToMs === null) return null
  return `${gapWords({ from: gapFromMs, to: gapToMs })} behind the rival`
}

/** An instant of a race: milliseconds count. */
const exactWords = (at: Date): string => at.toISOString().slice(0, 23).replace('T', ' ')
const timeWords = (at: Date): string => at.toISOString().slice(11, 23)
const whenWords = (at: Date | null): string | null => at && `${exactWords(at)} UTC`

function answeredWords(sentAt: Date | null, answeredAt: Date | null): string {
  if (!answeredAt) return sentAt ? 'no answer' : ''
  const tookMs = sentAt ? ` (+${answeredAt.getTime() - sentAt.getTime()} ms)` : ''
  return timeWords(answeredAt) + tookMs
}

/** The registry's clock as it was believed when the command was sent. */
function offsetWords(offsetMs: number | null, uncertaintyMs: number | null): string {
  if (offsetMs === null) return ''
  return `${offsetMs >= 0 ? '+' : ''}${offsetMs} ± ${uncertaintyMs ?? '?'} ms`
}
