import { once } from 'node:events'
import { createServer } from 'node:net'
import { Writable } from 'node:stream'
import { describe, expect, it, onTestFinished } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { logout } from '../../src/epp/command.ts'
import { checkDomains, infoDomain } from '../../src/epp/domain-command.ts'
import { encodeFrame } from '../../src/epp/frame.ts'
import { NS } from '../../src/epp/namespaces.ts'
import { SESSION_DEFAULTS, Session, type SessionOptions } from '../../src/epp/session.ts'
import { SessionError } from '../../src/epp/session-error.ts'
import { openLog } from '../../src/log.ts'
import {
  type Behaviour,
  clTRIDOf,
  greeting,
  openFakeRegistry,
  type Peer,
  response,
} from '../support/fake-registry.ts'

const PASSWORD = 'pA55-wörd<&'
const never = new AbortController().signal

/** Everything logged by the sessions of one test. */
function capturedLog() {
  const lines: string[] = []
  const stream = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk))
      done()
    },
  })
  return { log: openLog('trace', stream), lines }
}

async function openRegistry(behaviour: Behaviour = {}) {
  const registry = await openFakeRegistry(behaviour)
  onTestFinished(registry.close)
  return registry
}

async function openSession(behaviour: Behaviour = {}, options: Partial<SessionOptions> = {}) {
  const registry = await openRegistry(behaviour)
  const { log, lines } = capturedLog()
  const settings = { ...SESSION_DEFAULTS, clock: systemClock, log, id: 'test', ...options }
  const { session, greeted } = await Session.open(registry.endpoint, settings, never)
  onTestFinished(() => session.close())
  return { session, greeted, registry, peer: registry.peers[0]!, lines }
}

/** Answers nothing until told to, in whatever order. */
function heldAnswers() {
  const held: { clTRID: string; peer: Peer }[] = []
  let wake = () => {}
  return {
    held,
    answer: (xml: string, peer: Peer) => {
      if (xml.includes('<logout')) return false
      held.push({ clTRID: clTRIDOf(xml), peer })
      wake()
      return true
    },
    /** Resolves once so many commands have come. */
    async come(n: number): Promise<void> {
      while (held.length < n) await new Promise<void>((resolve) => (wake = resolve))
    },
  }
}

const check = checkDomains(['a.org'])

describe('opening', () => {
  it('reads a greeting that comes in single bytes', async () => {
    const { session, greeted } = await openSession({
      greet: ({ socket }) => {
        for (const byte of encodeFrame(greeting(new Date(5000)))) socket.write(Buffer.from([byte]))
      },
    })
    expect(session.greeting.serverId).toBe('Fake')
    expect(greeted.answer?.serverAt).toEqual(new Date(5000))
    expect(greeted.sentAt!.getTime()).toBeLessThanOrEqual(greeted.answeredAt!.getTime())
  })

  const failing = async (
    behaviour: Behaviour,
    options: Partial<SessionOptions> = {},
    signal = never,
  ) => {
    const registry = await openRegistry(behaviour)
    const settings = { ...SESSION_DEFAULTS, clock: systemClock, log: capturedLog().log, id: 'test' }
    return Session.open(registry.endpoint, { ...settings, ...options }, signal).then(
      () => expect.unreachable(),
      (error: SessionError) => error,
    )
  }

  it.each<[string, SessionError['fault'], Behaviour]>([
    ['nothing is said', 'silent', { greet: () => {} }],
    [
      'half a greeting is said',
      'silent',
      {
        greet: ({ socket }) => void socket.write(encodeFrame(greeting(new Date())).subarray(0, 50)),
      },
    ],
    ['the connection is cut', 'unreachable', { greet: ({ socket }) => void socket.destroy() }],
    ['the connection is closed', 'unreachable', { greet: ({ socket }) => void socket.end() }],
    [
      'HTTP is spoken',
      'unreadable',
      { greet: ({ socket }) => void socket.write('HTTP/1.1 400 Bad Request\r\n\r\n') },
    ],
    [
      '4 GiB are announced',
      'unreadable',
      { greet: ({ socket }) => void socket.write(Buffer.from([255, 255, 255, 255])) },
    ],
    [
      'no XML comes',
      'unreadable',
      { greet: ({ socket }) => void socket.write(encodeFrame('<greeting>')) },
    ],
    ['the session limit is reached', 'refused', { greet: (peer) => peer.send(response(2502)) }],
  ])('fails when %s: %s', async (_what, fault, behaviour) => {
    const error = await failing(behaviour, { openDeadlineMs: fault === 'silent' ? 200 : 5000 })
    expect(error).toBeInstanceOf(SessionError)
    expect(error.fault).toBe(fault)
    if (fault === 'refused') expect(error.code).toBe(2502)
  })

  it('fails when nobody listens', async () => {
    const { endpoint, close } = await openFakeRegistry()
    await close()
    const settings = { ...SESSION_DEFAULTS, clock: systemClock, log: capturedLog().log, id: 'test' }
    await expect(Session.open(endpoint, settings, never)).rejects.toMatchObject({
      fault: 'unreachable',
    })
  })

  it('fails when the other side takes the connection and speaks no TLS', async () => {
    const server = createServer((socket) => socket.on('error', () => {})).listen(0, '127.0.0.1')
    await once(server, 'listening')
    onTestFinished(() => void server.close())
    const { port } = server.address() as { port: number }
    const endpoint = { host: '127.0.0.1', port, ca: null, cert: null, key: null }
    const settings = { ...SESSION_DEFAULTS, clock: systemClock, log: capturedLog().log, id: 'test' }
    await expect(
      Session.open(endpoint, { ...settings, openDeadlineMs: 200 }, never),
    ).rejects.toMatchObject({ fault: 'silent' })
  })

  it('fails when the certificate is not of the pinned CA, or of another name', async () => {
    const { endpoint } = await openRegistry()
    const settings = { ...SESSION_DEFAULTS, clock: systemClock, log: capturedLog().log, id: 'test' }
    for (const wrong of [{ ca: null }, { servername: 'epp.example' }])
      await expect(Session.open({ ...endpoint, ...wrong }, settings, never)).rejects.toMatchObject({
        fault: 'untrusted',
      })
  })

  it('ends when the caller gives up, before it and while it lasts', async () => {
    expect(await failing({}, {}, AbortSignal.abort())).toMatchObject({ fault: 'closed' })
    const giveUp = new AbortController()
    const error = await failing({ greet: () => giveUp.abort() }, {}, giveUp.signal)
    expect(error).toMatchObject({ fault: 'closed' })
  })
})

describe('a login', () => {
  it('asks for what the greeting offers', async () => {
    const { session, peer } = await openSession()
    await session.login({ id: 'vigie', password: PASSWORD }, [[NS.fee], [NS.rgp]], 'login-1')
    expect(peer.received[0]).toContain(`<extURI>${NS.rgp}</extURI>`)
    expect(peer.received[0]).not.toContain(NS.fee)
    expect(session.alive).toBe(true)
  })

  it('that is refused ends the session, and no secret is told', async () => {
    const { session, lines } = await openSession({
      answer: (xml, peer) => {
        peer.send(
          response(2200, { clTRID: clTRIDOf(xml), message: `bad pair vigie/pA55-wörd&lt;&amp;` }),
        )
        return true
      },
    })
    const login = session.login({ id: 'vigie', password: PASSWORD }, [], 'login-1')
    await expect(login).rejects.toMatchObject({ fault: 'refused', code: 2200 })
    await expect(login).rejects.toThrow('login refused: 2200 bad pair vigie/…')
    expect(session.alive).toBe(false)
    expect(lines.join('')).not.toContain('pA55')
  })

  it('that is not answered ends the session', async () => {
    const { session, lines } = await openSession({ answer: () => true }, { deadlineMs: 50 })
    const login = session.login({ id: 'vigie', password: PASSWORD }, [], 'login-1')
    await expect(login).rejects.toMatchObject({ fault: 'silent' })
    expect(lines.join('')).not.toContain('pA55')
  })
})

describe('an answer', () => {
  it('comes with the instants of its command and answer, and both ids', async () => {
    const { session } = await openSession()
    const before = new Date()
    const reply = await session.send(check, 'check-1')
    expect(reply).toMatchObject({ clTRID: 'check-1', why: '' })
    expect(reply.answer).toMatchObject({ code: 1000, clTRID: 'check-1', svTRID: 'SV-1000' })
    expect(reply.sentAt!.getTime()).toBeGreaterThanOrEqual(before.getTime())
    expect(reply.answeredAt!.getTime()).toBeGreaterThanOrEqual(reply.sentAt!.getTime())
  })

  it('finds its command in any order', async () => {
    const registry = heldAnswers()
    const { session } = await openSession(registry, { pipelined: true })
    const replies = ['one', 'two', 'three'].map((id) => session.send(check, id))
    await registry.come(3)
    for (const i of [2, 0, 1]) {
      const { clTRID, peer } = registry.held[i]!
      peer.send(response(2000 + i, { clTRID }))
    }
    expect((await Promise.all(replies)).map((r) => [r.clTRID, r.answer?.code])).toEqual([
      ['one', 2000],
      ['two', 2001],
      ['three', 2002],
    ])
  })

  it('that echoes no clTRID is that of the oldest command', async () => {
    const registry = heldAnswers()
    const { session } = await openSession(registry, { pipelined: true })
    const replies = ['one', 'two', 'three'].map((id) => session.send(check, id))
    await registry.come(3)
    const { peer } = registry.held[0]!
    peer.send(response(2001))
    peer.send(response(1000, { clTRID: 'three' }))
    peer.send(response(2302))
    expect((await Promise.all(replies)).map((r) => r.answer?.code)).toEqual([2001, 2302, 1000])
  })

  it('to nothing of ours is left alone', async () => {
    const { session, lines } = await openSession({
      answer: (xml, peer) => {
        peer.send(response(1000, { clTRID: 'somebody-else' }))
        peer.send(greeting(new Date()))
        peer.send(response(2303, { clTRID: clTRIDOf(xml) }))
        return true
      },
    })
    expect((await session.send(check, 'one')).answer?.code).toBe(2303)
    expect(lines.join('')).toContain('answer to nothing of ours')
  })

  it('that comes after the deadline is not taken for the next command', async () => {
    const registry = heldAnswers()
    const { session, lines } = await openSession(
      { answer: (xml, peer) => !xml.includes('<hello') && registry.answer(xml, peer) },
      { deadlineMs: 400 },
    )
    const late = session.send(check, 'late')
    const next = session.send(infoDomain('a.org'), 'next')
    await registry.come(1)
    const { peer } = registry.held[0]!
    // Any byte is a sign of life, so that the session outlives the deadline.
    peer.send(greeting(new Date()))
    expect(await late).toMatchObject({
      answer: null,
      answeredAt: null,
      why: 'no answer within 400 ms',
    })
    await registry.come(2)
    peer.send(response(1000))
    peer.send(response(2303))
    expect((await next).answer?.code).toBe(2303)
    expect(lines.join('')).toContain('answer after its deadline')
  })

  it('of a hello is the greeting, between commands that wait', async () => {
    const registry = heldAnswers()
    const { session } = await openSession(
      { answer: (xml, peer) => !xml.includes('<hello') && registry.answer(xml, peer) },
      { pipelined: true },
    )
    const command = session.send(check, 'one')
    const hello = await session.hello()
    expect(hello.answer?.serverId).toBe('Fake')
    const { peer, clTRID } = registry.held[0]!
    peer.send(response(1000, { clTRID }))
    expect((await command).answer?.code).toBe(1000)
  })
})

describe('sending', () => {
  it('keeps one command under way where the registry is not known to take more', async () => {
    const registry = heldAnswers()
    const { session } = await openSession(registry)
    const replies = ['one', 'two'].map((id) => session.send(check, id))
    await registry.come(1)
    expect(registry.held.map((h) => h.clTRID)).toEqual(['one'])
    registry.held[0]!.peer.send(response(1000))
    await registry.come(2)
    registry.held[1]!.peer.send(response(1001))
    expect((await Promise.all(replies)).map((r) => r.answer?.code)).toEqual([1000, 1001])
  })

  it('keeps the spacing between commands, from which hello is free', async () => {
    const { session } = await openSession({}, { pipelined: true, spacingMs: 400 })
    const first = await session.send(check, 'one')
    const hello = await session.hello()
    const second = await session.send(check, 'two')
    expect(hello.sentAt!.getTime() - first.sentAt!.getTime()).toBeLessThan(400)
    expect(second.sentAt!.getTime() - first.sentAt!.getTime()).toBeGreaterThanOrEqual(399)
  })

  it('says hello by itself when nothing else is said', async () => {
    let greeted = () => {}
    const said = new Promise<void>((resolve) => (greeted = resolve))
    const { session } = await openSession(
      {
        answer: (xml) => {
          if (xml.includes('<hello')) greeted()
          return false
        },
      },
      { keepAliveMs: 20 },
    )
    await said
    expect(session.alive).toBe(true)
  })
})

describe('a session that breaks', () => {
  it.each<[string, string, (peer: Peer) => void]>([
    ['is cut', 'unreachable', ({ socket }) => void socket.destroy()],
    ['is closed', 'unreachable', ({ socket }) => void socket.end()],
    ['turns to garbage', 'unreadable', ({ socket }) => void socket.write('garbage!')],
    ['answers no XML', 'unreadable', (peer) => peer.send('<<<')],
    [
      'announces 4 GiB',
      'unreadable',
      ({ socket }) => void socket.write(Buffer.from([255, 255, 255, 255])),
    ],
    [
      'is cut in the middle of an answer',
      'unreachable',
      ({ socket }) => {
        const frame = encodeFrame(response(1000, { clTRID: 'one' }))
        socket.write(frame.subarray(0, frame.length - 1), () => socket.destroy())
      },
    ],
  ])(
    'because it %s leaves every command without an answer, and none hanging',
    async (_what, fault, breakIt) => {
      const registry = heldAnswers()
      const { session } = await openSession(registry)
      const replies = ['one', 'two'].map((id) => session.send(check, id))
      await registry.come(1)
      breakIt(registry.held[0]!.peer)
      const [sent, queued] = await Promise.all(replies)
      expect(sent).toMatchObject({ answer: null, answeredAt: null })
      expect(sent?.sentAt).toBeInstanceOf(Date)
      expect(queued).toMatchObject({ answer: null, sentAt: null })
      expect(session.alive).toBe(false)
      expect(session.ended?.fault).toBe(fault)
      expect(await session.send(check, 'three')).toMatchObject({ answer: null, sentAt: null })
    },
  )

  it('by silence settles its commands at the deadline', async () => {
    const { session } = await openSession(
      { answer: () => true },
      { deadlineMs: 60, pipelined: true },
    )
    const replies = await Promise.all(['one', 'two'].map((id) => session.send(check, id)))
    expect(replies.map((r) => r.answer)).toEqual([null, null])
    expect(session.ended?.fault).toBe('silent')
  })

  it.each([2500, 2501, 2502])(
    'by %i gives that answer to its command and none to the others',
    async (code) => {
      const registry = heldAnswers()
      const { session } = await openSession(registry, { pipelined: true })
      const replies = ['one', 'two'].map((id) => session.send(check, id))
      await registry.come(2)
      registry.held[1]!.peer.send(response(code, { clTRID: 'two' }))
      const [one, two] = await Promise.all(replies)
      expect(one?.answer).toBeNull()
      expect(two?.answer?.code).toBe(code)
      expect(session.ended).toMatchObject({ fault: 'refused', code })
    },
  )

  it('keeps an answer that came whole before the garbage', async () => {
    const registry = heldAnswers()
    const { session } = await openSession(registry)
    const reply = session.send(check, 'one')
    await registry.come(1)
    const answer = encodeFrame(response(1000, { clTRID: 'one' }))
    registry.held[0]!.peer.socket.write(Buffer.concat([answer, Buffer.from([0, 0, 0, 0])]))
    expect((await reply).answer?.code).toBe(1000)
    await session.close()
    expect(session.ended?.fault).toBe('unreadable')
  })
})

describe('closing', () => {
  it('logs out, and nothing is sent after it', async () => {
    const { session, peer } = await openSession()
    await Promise.all([session.close(), session.close()])
    expect(peer.received).toHaveLength(1)
    expect(peer.received[0]).toContain('<logout/>')
    expect(await session.send(logout(), 'late')).toMatchObject({ sentAt: null, answer: null })
  })

  it('does not wait long for a registry that does not answer the logout', async () => {
    const { session } = await openSession({ answer: () => true }, { closeDeadlineMs: 50 })
    await session.close()
    expect(session.ended).not.toBeNull()
  })

  it('takes a registry that just hangs up for a good end', async () => {
    const { session, lines } = await openSession({
      answer: (_xml, { socket }) => {
        socket.destroy()
        return true
      },
    })
    await session.close()
    expect(session.alive).toBe(false)
    expect(lines).toEqual([])
  })
})
