import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { runRead } from '../../workers/read.ts'

const free = { id: 'a', source: 'whois', name: 'a.com', body: 'No match for "A.COM".' }

/** Runs the command over pieces of input. */
async function run(pieces: Iterable<Buffer | string>) {
  const output = new PassThrough()
  const printed: Buffer[] = []
  output.on('data', (chunk: Buffer) => printed.push(chunk))
  const status = await runRead(
    (async function* () {
      yield* pieces
    })(),
    output,
  )
  output.end()
  const text = Buffer.concat(printed).toString('utf8')
  return {
    status,
    lines: text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line)),
  }
}

describe('vigie read', () => {
  it('answers each line in order and ends well', async () => {
    const lines = [1, 2, 3].map((id) => `${JSON.stringify({ ...free, id })}\n`)
    const { status, lines: read } = await run(lines)
    expect(status).toBe(0)
    expect(read.map(({ id, state }) => [id, state])).toEqual([
      [1, 'free'],
      [2, 'free'],
      [3, 'free'],
    ])
  })

  it.each([
    ['no JSON', 'nonsense'],
    ['no object', '[]'],
    ['no name', JSON.stringify({ id: 1, source: 'whois', body: '' })],
    ['no body', JSON.stringify({ id: 1, source: 'whois', name: 'a.com' })],
    ['an unknown source', JSON.stringify({ ...free, source: 'finger' })],
    ['a body that is no base64', JSON.stringify({ ...free, body: undefined, bodyBase64: '§' })],
  ])('says so of a line with %s, goes on, and fails in the end', async (_, line) => {
    const { status, lines } = await run([`${line}\n${JSON.stringify(free)}\n`])
    expect(status).toBe(1)
    expect(lines[0]).toEqual({ id: null, error: expect.any(String) })
    expect(lines[1]).toMatchObject({ id: 'a', state: 'free' })
  })

  it('names the field that is wrong', async () => {
    const { lines } = await run([JSON.stringify({ ...free, source: 'finger' })])
    expect(lines[0].error).toMatch(/^source: /)
  })

  it('does not mind where the pieces of its input end', async () => {
    const text = Buffer.from(
      `${JSON.stringify({ ...free, name: 'é.com', body: 'No match for "É.COM".' })}\r\n\n`,
    )
    const { status, lines } = await run(Array.from(text, (byte) => Buffer.from([byte])))
    expect(status).toBe(0)
    expect(lines).toMatchObject([{ state: 'free' }])
  })

  it('needs no end to the last line, and has nothing to say of no input', async () => {
    expect((await run([JSON.stringify(free)])).lines).toHaveLength(1)
    expect(await run([])).toEqual({ status: 0, lines: [] })
  })

  it('keeps nothing of a line that is too long', async () => {
    const mebibyte = Buffer.alloc(1024 * 1024, 'x')
    const pieces = [
      ...Array.from({ length: 33 }, () => mebibyte),
      '\n',
      `${JSON.stringify(free)}\n`,
    ]
    const { status, lines } = await run(pieces)
    expect(status).toBe(1)
    expect(lines).toMatchObject([
      { id: null, error: expect.stringContaining('exceeds') },
      { id: 'a' },
    ])
  })

  it('judges what is strange as well as what is usual', async () => {
    const names = ['', '..', '-x.com', '🙂.com', 'a'.repeat(300), '192.0.2.1']
    const lines = names.map((name, id) => `${JSON.stringify({ ...free, id, name })}\n`)
    const { status, lines: read } = await run(lines)
    expect(status).toBe(0)
    expect(read.map(({ state }) => state)).toEqual(names.map(() => 'undetermined'))
  })
})
