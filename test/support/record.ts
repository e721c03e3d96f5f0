import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** One EPP command as a registry got it. */
export type Frame = {
  verb: string
  /** The domain that it is about; null when it is about something else. */
  name: string | null
  clTRID: string | null
}

/** Reads the folder of a sandbox's `--record`. @returns the function that gives all frames so far, oldest first. */
export function readRecord(folder: string): () => Promise<Frame[]> {
  const frames: Frame[] = []
  const readOn = async () => {
    const files = (await readdir(folder)).sort()
    for (const file of files.slice(frames.length)) {
      const xml = await readFile(join(folder, file), 'utf8')
      // Still being written; the next reading has it.
      if (!xml.trimEnd().endsWith('</epp>')) break
      frames.push(frameOf(xml))
    }
    return [...frames]
  }
  // One reading after the other, so that no frame is taken twice.
  let reading: Promise<Frame[]> = Promise.resolve([])
  return () => {
    reading = reading.then(readOn)
    return reading
  }
}

function frameOf(xml: string): Frame {
  const content = (element: string) =>
    new RegExp(`<${element}(?: [^>]*)?>([^<]*)</${element}>`).exec(xml)?.[1] ?? null
  return {
    verb: /<(hello|login|logout|check|info|create|update|poll)\b/.exec(xml)?.[1] ?? 'other',
    name: content('domain:name'),
    clTRID: content('clTRID'),
  }
}
