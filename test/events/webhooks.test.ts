import { describe, expect, it } from 'vitest'
import { isPublic } from '../../src/events/public-address.ts'
import { parseWebhookUrl } from '../../src/events/webhooks.ts'

describe('the address of a webhook', () => {
  it.each([
    ['ftp://example.org/', 'url-form'],
    ['example.org', 'url-form'],
    ['', 'url-form'],
    ['https://user:pw@example.org/', 'url-credentials'],
    ['https://example.org/#here', 'url-fragment'],
  ])('%s breaks the rule %s in any mode', (text, rule) => {
    for (const allowPrivate of [true, false])
      expect(parseWebhookUrl(text, allowPrivate)).toMatchObject({ ok: false, problems: [{ rule }] })
  })

  it.each([
    ['http://example.org/', 'url-https'],
    ['https://127.0.0.1/', 'url-private'],
    ['https://0x7f.1/', 'url-private'],
    ['https://[::1]/', 'url-private'],
    ['https://169.254.169.254/latest', 'url-private'],
    ['https://localhost/', 'url-private'],
  ])('%s breaks the rule %s in live mode', (text, rule) => {
    expect(parseWebhookUrl(text, false)).toMatchObject({ ok: false, problems: [{ rule }] })
  })

  it('may be plain HTTP on loopback in the sandbox', () => {
    expect(parseWebhookUrl('http://127.0.0.1:9000/hook', true).ok).toBe(true)
  })
})

it.each([
  ['93.184.216.34', true],
  ['2606:2800:220:1:248:1893:25c8:1946', true],
  ['10.1.2.3', false],
  ['172.16.0.1', false],
  ['192.168.1.1', false],
  ['100.64.0.1', false],
  ['0.0.0.0', false],
  ['fe80::1', false],
  ['fd00::1', false],
  ['::ffff:10.0.0.1', false],
  ['64:ff9b::a00:1', false],
  ['nonsense', false],
])('%s is a public address: %s', (address, expected) => {
  expect(isPublic(address)).toBe(expected)
})
