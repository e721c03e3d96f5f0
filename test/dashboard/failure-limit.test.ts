import { expect, it } from 'vitest'
import { FailureLimit } from '../../src/dashboard/failure-limit.ts'

it('blocks one address after five failures in a minute, and only that one', () => {
  let now = 0
  const limit = new FailureLimit(() => now)
  for (let i = 0; i < 5; i++) {
    expect(limit.waitSeconds('a')).toBe(0)
    limit.failed('a')
    now += 1_000
  }
  expect(limit.waitSeconds('a')).toBe(55)
  expect(limit.waitSeconds('b')).toBe(0)
  now = 60_000
  expect(limit.waitSeconds('a')).toBe(0)
})

it('blocks everybody when very many addresses fail together', () => {
  const limit = new FailureLimit(() => 0)
  for (let i = 0; i < 60; i++) limit.failed(`address-${i}`)
  expect(limit.waitSeconds('somebody else')).toBe(60)
})
