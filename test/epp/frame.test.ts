import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeFrame, FrameError, FrameReader } from '../../src/epp/frame.ts'

const texts = fc.array(fc.string({ minLength: 1, unit: 'grapheme' }), {
  minLength: 1,
  maxLength: 5,
})

describe('a frame', () => {
  it('counts its own four octets and is UTF-8', () => {
    expect(encodeFrame('é')).toEqual(Buffer.from([0, 0, 0, 6, 0xc3, 0xa9]))
  })

  it('survives a cut at every offset', () => {
    const sent = ['<a/>', '<é>😀</é>', '<b/>']
    const stream = Buffer.concat(sent.map(encodeFrame))
    for (let at = 0; at <= stream.length; at += 1) {
      const reader = new FrameReader(1000)
      const got = [...reader.push(stream.subarray(0, at)), ...reader.push(stream.subarray(at))]
      expect(got).toEqual(sent)
    }
  })

  it('survives any chunking', () => {
    fc.assert(
      fc.property(
        texts,
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
        (sent, sizes) => {
          const stream = Buffer.concat(sent.map(encodeFrame))
          const reader = new FrameReader(100_000)
          const got: string[] = []
          for (let at = 0, i = 0; at < stream.length; i += 1) {
            const size = sizes[i % sizes.length]!
            got.push(...reader.push(stream.subarray(at, at + size)))
            at += size
          }
          expect(got).toEqual(sent)
        },
      ),
    )
  })

  it('is refused by its header alone when it claims 4 GiB', () => {
    const reader = new FrameReader(1024)
    expect(() => reader.push(Buffer.from([0xff, 0xff, 0xff, 0xff]))).toThrow(
      /above the limit of 1024/,
    )
  })

  it.each([0, 1, 3, 4])('is refused with a length of %i, which leaves no content', (length) => {
    expect(() => new FrameReader(1024).push(Buffer.from([0, 0, 0, length]))).toThrow(FrameError)
  })

  it('does not take the answers before a fault down with it', () => {
    const chunk = Buffer.concat([encodeFrame('<a/>'), Buffer.from([0, 0, 0, 0])])
    try {
      new FrameReader(1024).push(chunk)
      expect.unreachable()
    } catch (error) {
      expect(error).toBeInstanceOf(FrameError)
      expect((error as FrameError).before).toEqual(['<a/>'])
    }
  })

  it('is refused when it is not UTF-8, and so is all that follows', () => {
    const reader = new FrameReader(1024)
    expect(() => reader.push(Buffer.from([0, 0, 0, 6, 0xc3, 0x28]))).toThrow(/not UTF-8/)
    expect(() => reader.push(encodeFrame('<a/>'))).toThrow(FrameError)
  })

  it.each([
    ['big', [0xfe, 0xff, 0, 0x3c, 0, 0x61, 0, 0x2f, 0, 0x3e]],
    ['little', [0xff, 0xfe, 0x3c, 0, 0x61, 0, 0x2f, 0, 0x3e, 0]],
  ])('may be UTF-16, %s-endian, by its mark', (_order, bytes) => {
    const frame = Buffer.concat([Buffer.from([0, 0, 0, 4 + bytes.length]), Buffer.from(bytes)])
    expect(new FrameReader(1024).push(frame)).toEqual(['<a/>'])
  })

  it('never fails but with FrameError, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 40 })), (chunks) => {
        const reader = new FrameReader(64)
        for (const chunk of chunks) {
          try {
            reader.push(Buffer.from(chunk))
          } catch (error) {
            expect(error).toBeInstanceOf(FrameError)
          }
        }
      }),
    )
  })
})
