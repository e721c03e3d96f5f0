import { describe, expect, it } from 'vitest'
import { httpGet } from '../../src/probes/http-get.ts'
import { isPublicAddress } from '../../src/probes/public-address.ts'
import { serveWeb } from '../support/web-server.ts'

describe('a public address', () => {
  it.each(['192.0.32.8', '2001:500:88:200::8'])('is %s', (address) => {
    expect(isPublicAddress(address)).toBe(true)
  })

  it.each([
    '127.0.0.1',
    '10.0.0.1',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '0.0.0.0',
    '100.64.0.1',
    '224.0.0.1',
    '::1',
    '::',
    'fe80::1',
    'fc00::1',
    '::ffff:127.0.0.1',
    'localhost',
  ])('is not %s', (address) => {
    expect(isPublicAddress(address)).toBe(false)
  })

  it.each(['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]', '0x7f.1'])(
    'is asked for before anything is sent to http://%s',
    async (host) => {
      let asked = 0
      const origin = await serveWeb((_, response) => {
        asked += 1
        response.end()
      })
      const url = new URL(`http://${host}:${new URL(origin).port}/`)
      const options = { headers: {}, maxBytes: 10, allowPrivate: false }
      const signal = AbortSignal.timeout(1_000)
      await expect(httpGet(url, { ...options, signal })).rejects.toThrow(/refused/)
      expect(asked).toBe(0)
    },
  )
})
