import { describe, expect, it } from 'vitest'
import { openLines } from '../../src/capture/lines.ts'
import type { Channel, Line } from '../../src/channels/channel.ts'

type FakeLine = Line & { alive: boolean }

/** A channel whose lines do nothing but live and die. */
function fakeChannel() {
  const opened: FakeLine[] = []
  let refuse = false
  const channel: Channel = {
    kind: 'epp',
    accreditation: () => 'us@pir',
    open: async () => {
      if (refuse) throw new Error('2502 session limit')
      const line = { id: `line-${opened.length}`, alive: true, close: async () => {} } as FakeLine
      opened.push(line)
      return line
    },
  }
  return {
    channel,
    opened,
    refuseMore: () => {
      refuse = true
    },
  }
}
const { signal } = new AbortController()

describe('the lines of a process', () => {
  it('gives each race a session of its own while there are some, then shares the least used', async () => {
    const { channel, opened } = fakeChannel()
    const lines = openLines(channel, 2)
    const ids = []
    for (let i = 0; i < 4; i++) ids.push((await lines.borrow('pir', signal)).line.id)
    expect(opened).toHaveLength(2)
    expect(ids.toSorted()).toEqual(['line-0', 'line-0', 'line-1', 'line-1'])
  })

  it('uses a session again that was given back', async () => {
    const { channel, opened } = fakeChannel()
    const lines = openLines(channel, 5)
    ;(await lines.borrow('pir', signal)).giveBack()
    await lines.borrow('pir', signal)
    expect(opened).toHaveLength(1)
  })

  it('opens a new session in place of a dead one', async () => {
    const { channel, opened } = fakeChannel()
    const lines = openLines(channel, 1)
    ;(await lines.borrow('pir', signal)).giveBack()
    opened[0]!.alive = false
    expect((await lines.borrow('pir', signal)).line.id).toBe('line-1')
  })

  it('shares what it has when the registry refuses another session, and rejects when it has none', async () => {
    const { channel, refuseMore } = fakeChannel()
    const lines = openLines(channel, 5)
    const first = await lines.borrow('pir', signal)
    refuseMore()
    expect((await lines.borrow('pir', signal)).line.id).toBe(first.line.id)
    await expect(lines.borrow('afnic', signal)).rejects.toThrow('session limit')
  })
})
