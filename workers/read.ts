import { once } from 'node:events'
import { type Reading, RecordedAnswer, readAnswer } from '../src/probes/read.ts'

/** A body of 20 MB in base64 fits; what is longer is no recording. */
const LONGEST_LINE = 32 * 1024 * 1024

/**
 * `vigie read`: judges recorded answers, one JSON object a line in and out, in order. A malformed line is answered with
 * `{"id":null,"error":…}` and the rest goes on. Holds one line at a time, however long the input.
 * @returns the exit status: 0, or 1 when any line was malformed.
 */
export async function runRead(
  input: AsyncIterable<Buffer | string>,
  output: NodeJS.WritableStream,
): Promise<number> {
  let malformed = false
  for await (const line of linesOf(input)) {
    if (line !== null && line.trim() === '') continue
    const result = line === null ? tooLong() : readLine(line)
    malformed ||= 'error' in result
    if (!output.write(`${JSON.stringify(result)}\n`)) await once(output, 'drain')
  }
  return malformed ? 1 : 0
}

type Malformed = { id: null; error: string }
const tooLong = (): Malformed => ({ id: null, error: `a line exceeds ${LONGEST_LINE} bytes` })

function readLine(line: string): Reading | Malformed {
  let json: unknown
  try {
    json = JSON.parse(line)
  } catch (error) {
    return { id: null, error: `not JSON: ${error instanceof Error ? error.message : error}` }
  }
  const read = RecordedAnswer.safeParse(json)
  if (read.success) return readAnswer(read.data)
  const [issue] = read.error.issues
  const field = issue?.path.join('.') || 'the line'
  return { id: null, error: `${field}: ${issue?.message ?? 'malformed'}` }
}

/** Lines without their ends; null for one that is too long, of which nothing is kept. */
async function* linesOf(input: AsyncIterable<Buffer | string>): AsyncGenerator<string | null> {
  let parts: Buffer[] = []
  let size = 0
  const take = (): string | null => {
    const line = size > LONGEST_LINE ? null : Buffer.concat(parts).toString('utf8')
    ;[parts, size] = [[], 0]
    return line?.replace(/^\uFEFF/, '').replace(/\r$/, '') ?? null
  }
  for await (const piece of input) {
    let chunk = typeof piece === 'string' ? Buffer.from(piece) : piece
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10)) {
      size += end
      if (size <= LONGEST_LINE) parts.push(chunk.subarray(0, end))
      yield take()
      chunk = chunk.subarray(end + 1)
    }
    size += chunk.length
    if (size <= LONGEST_LINE) parts.push(chunk)
    else parts = []
  }
  if (size > 0) yield take()
}
