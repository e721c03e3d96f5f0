import { afterAll, describe, expect, it } from 'vitest'
import { skipWithoutXmllint } from '../../support/xmllint.ts'
import { faultsOfAnswers } from './client.ts'
import { check, command, login, logout, poll } from './frames.ts'
import { ACCOUNTS, openRegistry } from './registry.ts'

afterAll(async () => {
  if (!skipWithoutXmllint()) expect(await faultsOfAnswers()).toEqual([])
})

const PW = ACCOUNTS.vigie
const loginSec = (inner: string) =>
  `<loginSec:loginSec xmlns:loginSec="urn:ietf:params:xml:ns:epp:loginSec-1.0">${inner}</loginSec:loginSec>`

describe('login', () => {
  it.each([
    ['a wrong password', login('vigie', 'not-the-one'), 2200],
    ['a stranger', login('nobody', PW), 2200],
    ['a password that is too short', login('vigie', 'short'), 2005],
    ['another version', login('vigie', PW, [], { version: '2.0' }), 2100],
    ['another language', login('vigie', PW, [], { lang: 'fr' }), 2102],
    ['an object that is not offered', login('vigie', PW, [], { objects: ['urn:zone'] }), 2307],
    ['no objects', login('vigie', PW, [], { objects: [] }), 2003],
    ['an extension that is not offered', login('vigie', PW, ['urn:zone']), 2103],
    ['no account', command(`<login><pw>${PW}</pw></login>`), 2003],
    ['parts out of order', command(`<login><pw>${PW}</pw><clID>vigie</clID></login>`), 2001],
    [
      'a password said to be in an extension that is not there',
      login('vigie', '[LOGIN-SECURITY]'),
      2003,
    ],
  ])('refuses %s', async (_what, xml, code) => {
    const client = await (await openRegistry('pir')).connect()
    expect((await client.ask(xml)).code).toBe(code)
    expect((await client.ask(poll('req'))).code).toBe(2002)
  })

  it('is wanted before any command, and wanted once', async () => {
    const client = await (await openRegistry('pir')).connect()
    for (const xml of [check(['vent-debout.org']), poll('req'), logout()])
      expect((await client.ask(xml)).code).toBe(2002)
    expect((await client.ask(login('vigie', PW))).code).toBe(1000)
    expect((await client.ask(login('vigie', PW))).code).toBe(2002)
  })

  it('closes the connection at the third wrong password', async () => {
    const client = await (await openRegistry('pir')).connect()
    const codes = []
    for (let i = 0; i < 3; i += 1)
      codes.push((await client.ask(login('vigie', 'not-the-one'))).code)
    expect(codes).toEqual([2200, 2200, 2501])
    await client.closed
  })

  it('changes the password for the next session', async () => {
    const registry = await openRegistry('pir')
    const client = await registry.connect()
    expect((await client.ask(login('vigie', PW, [], { newPW: 'new-one-77' }))).code).toBe(1000)
    const next = await registry.connect()
    expect((await next.ask(login('vigie', PW))).code).toBe(2200)
    expect((await next.ask(login('vigie', 'new-one-77'))).code).toBe(1000)
  })

  it('takes long passwords by the login security extension', async () => {
    const registry = await openRegistry('pir')
    const client = await registry.connect()
    const long = 'a password of far more than sixteen characters'
    const extension = loginSec(
      `<loginSec:userAgent><loginSec:app>test</loginSec:app></loginSec:userAgent><loginSec:pw>${PW}</loginSec:pw><loginSec:newPW>${long}</loginSec:newPW>`,
    )
    const newPW = '[LOGIN-SECURITY]'
    const first = await client.ask(login('vigie', '[LOGIN-SECURITY]', [], { newPW, extension }))
    expect(first.code).toBe(1000)
    const next = await registry.connect()
    const again = login('vigie', '[LOGIN-SECURITY]', [], {
      extension: loginSec(`<loginSec:pw>${long}</loginSec:pw>`),
    })
    expect((await next.ask(again)).code).toBe(1000)
  })
})

describe('sessions', () => {
  it('are no more than the registry allows an account, and come back when they end', async () => {
    const registry = await openRegistry('pir', { sessions: 2 })
    const first = await registry.open()
    await registry.open()
    const third = await registry.connect()
    expect((await third.ask(login('vigie', PW))).code).toBe(2502)
    await third.closed
    await registry.open('quayside')
    await first.ask(logout())
    await first.closed
    await registry.open()
  })

  it('come back when a client just vanishes', async () => {
    const registry = await openRegistry('pir', { sessions: 1 })
    const client = await registry.open()
    client.socket.destroy()
    await client.closed
    // The server learns of it in its own time: a session is free at the latest when the next greeting but one has come.
    for (let tries = 0; tries < 50; tries += 1) {
      const next = await registry.connect()
      const answer = await next.ask(login('vigie', PW))
      if (answer.code === 1000) return
      expect(answer.code).toBe(2502)
    }
    expect.unreachable('the session never came back')
  })
})
