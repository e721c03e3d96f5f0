/** Octets of the length field, which counts itself (RFC 5734 section 4). */
const HEADER_BYTES = 4

/** A stream that is no sequence of EPP data units. Nothing after it can be read. */
export class FrameError extends Error {
  override readonly name = 'FrameError'
  /** Frames that were whole before the fault, so that an answer which did arrive is not lost with it. */
  readonly before: readonly string[]

  constructor(message: string, before: readonly string[]) {
    super(message)
    this.before = before
  }
}

/** One EPP data unit (RFC 5734 section 4): the total length in 4 octets, big-endian, then the XML in UTF-8. */
export function encodeFrame(xml: string): Buffer {
  const bytes = HEADER_BYTES + Buffer.byteLength(xml)
  const frame = Buffer.allocUnsafe(bytes)
  frame.writeUInt32BE(bytes, 0)
  frame.write(xml, HEADER_BYTES)
  return frame
}

/** Puts the data units of one stream together again, however it was cut on its way. */
export class FrameReader {
  readonly #maxBytes: number
  #chunks: Buffer[] = []
  #held = 0
  /** Total length of the frame under way, header included; null until its header is complete. */
  #wanted: number | null = null
  #broken: string | null = null

  /** @param maxBytes longest frame taken, header included; a longer one is refused by its header alone. */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  /**
   * Takes the next bytes of the stream.
   * @returns the frames they completed.
   * @throws FrameError when a length is impossible or above the limit, or a frame is not UTF-8; and ever after.
   */
  push(chunk: Buffer): string[] {
    if (this.#broken !== null) throw new FrameError(this.#broken, [])
    this.#chunks.push(chunk)
    this.#held += chunk.length
    const frames: string[] = []
    for (;;) {
      this.#wanted ??= this.#held < HEADER_BYTES ? null : this.#readLength(frames)
      if (this.#wanted === null || this.#held < this.#wanted) return frames
      const frame = this.#take(this.#wanted)
      this.#wanted = null
      frames.push(this.#decode(frame.subarray(HEADER_BYTES), frames))
    }
  }

  #readLength(before: readonly string[]): number {
    const header = this.#join()
    const bytes = header.readUInt32BE(0)
    if (bytes <= HEADER_BYTES)
      throw this.#break(`a frame of ${bytes} octets has no content`, before)
    if (bytes > this.#maxBytes)
      throw this.#break(
        `a frame of ${bytes} octets is above the limit of ${this.#maxBytes}`,
        before,
      )
    return bytes
  }

  #take(bytes: number): Buffer {
    const all = this.#join()
    this.#chunks = bytes < all.length ? [all.subarray(bytes)] : []
    this.#held = all.length - bytes
    return all.subarray(0, bytes)
  }

  /** Joins only when a header or a whole frame is there, so that many small chunks cost linear time. */
  #join(): Buffer {
    const all = this.#chunks.length === 1 ? this.#chunks[0]! : Buffer.concat(this.#chunks)
    this.#chunks = [all]
    return all
  }

  /** UTF-16 is allowed too, told by its byte order mark (RFC 5730 section 5). */
  #decode(bytes: Buffer, before: readonly string[]): string {
    const mark = bytes.length < 2 ? 0 : bytes.readUInt16BE(0)
    const encoding = mark === 0xfeff ? 'utf-16be' : mark === 0xfffe ? 'utf-16le' : 'utf-8'
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes)
    } catch {
      throw this.#break(`a frame is not ${encoding.toUpperCase()}`, before)
    }
  }

  #break(message: string, before: readonly string[]): FrameError {
    this.#broken = message
    this.#chunks = []
    this.#held = 0
    return new FrameError(message, before)
  }
}
