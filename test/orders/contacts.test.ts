import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { putContact, readContact } from '../../src/orders/contacts.ts'
import { contactIdOf, parseNicHandle } from '../../src/orders/nic-handle.ts'
import { parseVoice } from '../../src/orders/voice.ts'
import { CONTACT, type OrderDesk, openOrderDesk } from './support/order-desk.ts'

let desk: OrderDesk
beforeAll(async () => {
  desk = await openOrderDesk([])
})
afterAll(() => desk.close())

describe('a contact', () => {
  it('is read back as it was put, with the defaults filled in', async () => {
    const put = await putContact('AB1-ovh', { ...CONTACT, country: 'fr' }, desk)
    expect(put).toMatchObject({
      ok: true,
      value: { nicHandle: 'ab1-ovh', country: 'FR', isNew: true },
    })
    expect(await readContact('ab1-ovh', desk)).toEqual({
      ...CONTACT,
      citizenship: null,
      language: 'fr',
    })
  })

  it('is replaced by a later one', async () => {
    await putContact('moved-1', CONTACT, desk)
    const again = await putContact('moved-1', { ...CONTACT, city: 'Lyon' }, desk)
    expect(again).toMatchObject({ ok: true, value: { isNew: false } })
    expect((await readContact('moved-1', desk))!.city).toBe('Lyon')
  })

  it('stands sealed in the database: nothing of the person is readable', async () => {
    await putContact('sealed-1', CONTACT, desk)
    const [row] = await desk.db.execute<{ text: string }>(
      sql`select contacts::text as text from contacts where nic_handle = 'sealed-1'`,
    )
    for (const personal of ['Marie', 'Lilas', 'Nantes', '44000', '240123456', 'marie@example.org'])
      expect(row!.text).not.toContain(personal)
  })

  it.each([
    [{ name: '' }, 'name', 'too-small'],
    [{ name: 'a\0b' }, 'name', 'control-characters'],
    [{ name: 'x'.repeat(256) }, 'name', 'too-big'],
    [{ street: [] }, 'street', 'too-small'],
    [{ street: ['a', 'b', 'c', 'd'] }, 'street', 'too-big'],
    [{ street: ['a', ' '] }, 'street.1', 'too-small'],
    [{ postalCode: '1'.repeat(17) }, 'postalCode', 'too-big'],
    [{ country: 'XX' }, 'country', 'country-unknown'],
    [{ country: 'France' }, 'country', 'country-unknown'],
    [{ citizenship: 'EU' }, 'citizenship', 'country-unknown'],
    [{ voice: '0240123456' }, 'voice', 'voice-form'],
    [{ voice: '+33 12' }, 'voice', 'voice-length'],
    [{ email: 'marie' }, 'email', 'wrong-format'],
    [{ language: 'de' }, 'language', 'not-one-of'],
    [{ city: undefined }, 'city', 'required'],
    [{ passport: '12' }, 'passport', 'unknown-field'],
  ])('with %o breaks the rule of %s (%s)', async (wrong, field, rule) => {
    const put = await putContact('wrong-1', { ...CONTACT, ...wrong }, desk)
    expect(put).toMatchObject({ ok: false, problems: [{ field, rule }] })
    expect(await readContact('wrong-1', desk)).toBeNull()
  })
})

describe('a nic-handle', () => {
  it.each(['', 'a', 'ab', 'a b', 'ab_1', '-ab', 'ab-', 'é12', 'a/b', 'a'.repeat(33)])(
    '%o is none',
    (text) => {
      expect(parseNicHandle(text).ok).toBe(false)
    },
  )

  it('has one contact id at the registries, which clIDType takes', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9][a-z0-9-]{1,30}[a-z0-9]$/), (handle) => {
        expect(contactIdOf(handle)).toMatch(/^vg[a-z2-7]{14}$/)
        expect(contactIdOf(handle)).toBe(contactIdOf(handle))
      }),
    )
    expect(contactIdOf('ab1-ovh')).not.toBe(contactIdOf('ab2-ovh'))
  })
})

it.each([
  ['+33 2 40 12 34 56', '+33.240123456'],
  ['+33.240123456', '+33.240123456'],
  ['+1 (212) 555-0100', '+1.2125550100'],
  ['+352 26 12 34', '+352.261234'],
  ['+32-2-555-12-12', '+32.25551212'],
])('the number %s is %s to a registry', (typed, wire) => {
  expect(parseVoice(typed)).toEqual({ ok: true, value: wire })
})
