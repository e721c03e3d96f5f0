import { el } from '../../epp/xml.ts'
import { done } from './answer.ts'
import { refuse } from './refusal.ts'
import { expectSequence } from './shape.ts'
import type { Carry } from './turn.ts'

/** Namespace of the object, which no other registry has. */
export const HIT_POINTS = 'http://www.eurid.eu/xml/epp/registrarHitPoints-1.0'

/**
 * EURid's counter of penalty points, an object of its own with nothing but an info; the form is the one that client
 * libraries read (Net-DRI).
 */
export const infoHitPoints: Carry = ({ ledger, by, command }) => {
  expectSequence(command.object, '')
  const reckoning = ledger.reckon(by)
  if (!reckoning) return refuse(2307, 'This registry counts no hit points.')
  const { points, perDay, blockedUntil } = reckoning
  return done(
    1000,
    el(
      'registrarHitPoints:infData',
      { 'xmlns:registrarHitPoints': HIT_POINTS },
      el('registrarHitPoints:nbrHitPoints', {}, String(Math.round(points))),
      el('registrarHitPoints:maxNbrHitPoints', {}, String(Math.round(perDay))),
      blockedUntil && el('registrarHitPoints:blockedUntil', {}, blockedUntil.toISOString()),
    ),
  )
}
