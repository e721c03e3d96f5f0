import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Limiter } from '../../src/sandbox/limiter.ts'

it('lets a burst through and then says how long to wait', () => {
  let wall = 0
  const limiter = new Limiter({ perSecond: 2, burst: 4 }, () => wall)
  expect([1, 2, 3, 4].map(() => limiter.take('a'))).toEqual([0, 0, 0, 0])
  wall = 500
  expect(limiter.take('a')).toBe(1_500)
  wall = 2_000
  expect(limiter.take('a')).toBe(0)
})

it('counts each client by itself, and nobody where there is no limit', () => {
  const limiter = new Limiter({ perSecond: 1, burst: 1 }, () => 0)
  expect([limiter.take('a'), limiter.take('b'), limiter.take('a')]).toEqual([0, 0, 1_000])
  const boundless = new Limiter(null, () => 0)
  expect(Array.from({ length: 1_000 }, () => boundless.take('a')).every((ms) => ms === 0)).toBe(
    true,
  )
})

it('never takes more than the burst in any window', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(400), { maxLength: 200 }), (gapsMs) => {
      let wall = 0
      const limiter = new Limiter({ perSecond: 5, burst: 10 }, () => wall)
      const taken: number[] = []
      for (const gapMs of gapsMs) {
        wall += gapMs
        if (limiter.take('a') === 0) taken.push(wall)
      }
      for (const from of taken)
        expect(taken.filter((at) => at >= from && at < from + 2_000).length).toBeLessThanOrEqual(10)
    }),
  )
})

it('forgets the stalest client when too many come', () => {
  const limiter = new Limiter({ perSecond: 1, burst: 1 }, () => 0)
  limiter.take('first')
  for (let index = 0; index < 10_000; index += 1) limiter.take(`stranger-${index}`)
  expect(limiter.take('stranger-9999')).toBeGreaterThan(0)
  expect(limiter.take('first')).toBe(0)
})
